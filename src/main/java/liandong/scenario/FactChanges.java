package liandong.scenario;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.Choice;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.policy.Policy;
import liandong.table.Attribute;
import liandong.table.Row;
import liandong.table.Table;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ways in which one fact of a request can be otherwise, as far as tables tell facts apart: numbers at the bounds that a row
 * names and right beside them, yes for no, every word of a set, nothing where something is known, one happening more or fewer.
 *
 * <p>Of areas those that rows name, those that answer for what is wanted, and one of each level: what no row names is alike.
 * Texts, ids and moments stay as they are, but for words that a wanted row looks for.
 */
final class FactChanges {
    /** A change that gains or loses a value counts a little more than one from a value to another. */
    private static final double UNKNOWN = 1.5;

    private static final double WORD = 2;
    private static final int MOST_MORE = 3;

    /** Of a list so many of its last elements are as near as others; each before them is one further away. */
    private static final int RECENT = 200;

    private static final int MOST_WORDS = 6;
    private static final String AT = "at";
    private static final String STAGE = "stage";
    private static final String NOW = "now";

    private final Policy policy;
    private final ObjectNode request;
    private final List<Change> all = new ArrayList<>();

    /** What a fact becomes. A list is made only where it is asked about: it may be long, and its changes many. */
    private sealed interface Becomes {
        /** Another value; null for unknown. */
        record Value(@Nullable JsonNode value) implements Becomes {}

        /** A list without its element of this index. */
        record Fewer(int index) implements Becomes {}

        /** A list with these elements behind its own. */
        record More(List<JsonNode> elements) implements Becomes {}
    }

    /**
     * One fact, otherwise.
     *
     * @param column the fact
     * @param from what it is, as people write it; empty for unknown
     * @param becomes what it becomes
     * @param to that as people write it; empty for unknown
     * @param distance how far that is: of numbers between 0 and 1, of words 1 and more, of lists how many elements
     */
    record Change(GivenColumn column, String from, Becomes becomes, String to, double distance) {
        /** A request in which this one fact is otherwise. */
        ObjectNode in(ObjectNode request) {
            ObjectNode changed = request.deepCopy();
            List<String> path = column.path();
            if (becomes instanceof Becomes.Value put) {
                if (put.value() != null) {
                    ScenarioReader.put(changed, path, put.value());
                } else if (at(changed, path.subList(0, path.size() - 1)) instanceof ObjectNode parent) {
                    parent.remove(path.get(path.size() - 1));
                }
            } else {
                ArrayNode list =
                        at(changed, path) instanceof ArrayNode known ? known : JsonNodeFactory.instance.arrayNode();
                if (becomes instanceof Becomes.Fewer fewer && fewer.index() < list.size()) {
                    list.remove(fewer.index());
                } else if (becomes instanceof Becomes.More more) {
                    more.elements().forEach(element -> list.add(element.deepCopy()));
                }
                ScenarioReader.put(changed, path, list);
            }
            return changed;
        }
    }

    private FactChanges(Policy policy, ObjectNode request) {
        this.policy = policy;
        this.request = request;
    }

    /**
     * Every change of one fact, the nearest first.
     *
     * @param wanted what it is for
     * @param words words that a wanted row looks for in a text
     */
    static List<Change> of(
            Decision<?, ?> kind, Policy policy, ObjectNode request, Wanted wanted, Collection<String> words) {
        var changes = new FactChanges(policy, request);
        for (GivenColumn column : columns(kind)) {
            changes.add(column, wanted, words);
        }
        changes.all.sort(Comparator.comparingDouble(Change::distance)
                .thenComparing(change -> change.column().pointer())
                .thenComparing(Change::to));
        return List.copyOf(changes.all);
    }

    /** The facts that are never changed, by their Chinese names: texts, ids, moments, and what a person has chosen. */
    static List<String> kept(Decision<?, ?> kind) {
        return columns(kind).stream()
                .filter(column -> !isChanged(column))
                .map(GivenColumn::name)
                .distinct()
                .toList();
    }

    private static List<GivenColumn> columns(Decision<?, ?> kind) {
        return List.copyOf(new LinkedHashSet<>(GivenColumn.of(kind.facts()).values()));
    }

    private static boolean isChanged(GivenColumn column) {
        Class<?> type = column.type();
        if (isChosen(column)) {
            return false;
        }
        if (column.list()) {
            return Term.class.isAssignableFrom(type) || kinded(column) != null;
        }
        return type != String.class && type != OffsetDateTime.class;
    }

    /** What a person has chosen is no fact of the case: that somebody may decide otherwise goes without saying. */
    private static boolean isChosen(GivenColumn column) {
        return Stream.of(Choice.class.getRecordComponents())
                .anyMatch(component -> component.getType() == column.type()
                        && column.header().endsWith(GivenColumn.header(component)));
    }

    private void add(GivenColumn column, Wanted wanted, Collection<String> words) {
        Class<?> type = column.type();
        if (!isChanged(column)) {
            if (type == String.class && isRead(column)) {
                words(column, words);
            }
        } else if (column.list()) {
            lists(column);
        } else if (Term.class.isAssignableFrom(type)) {
            terms(column, wanted);
        } else if (type == boolean.class || type == Boolean.class) {
            JsonNode own = at(request, column.path());
            boolean yes = own != null && own.asBoolean(false);
            add(column, Json.of(!yes), 1);
            if (type == Boolean.class && own == null) {
                add(column, Json.of(false), UNKNOWN);
            }
            unknown(column, type == Boolean.class);
        } else if (type == int.class || type == Integer.class || type == BigDecimal.class) {
            numbers(column);
        }
    }

    /** Whether tables look for words in it. */
    private boolean isRead(GivenColumn column) {
        String name = column.path().get(column.path().size() - 1);
        return attributes()
                .anyMatch(attribute -> attribute.isText() && attribute.name().equals(name));
    }

    private Stream<Attribute> attributes() {
        return policy.tables().stream().flatMap(table -> table.attributes().stream());
    }

    private void add(GivenColumn column, @Nullable JsonNode value, double distance) {
        JsonNode own = at(request, column.path());
        all.add(new Change(column, shown(column, own), new Becomes.Value(value), shown(column, value), distance));
    }

    private void unknown(GivenColumn column, boolean possible) {
        if (possible && at(request, column.path()) != null) {
            add(column, null, UNKNOWN);
        }
    }

    // ———— Numbers and words ————

    private void numbers(GivenColumn column) {
        BigDecimal now = number(column);
        var values = new TreeSet<BigDecimal>();
        for (Table<? extends Row> table : policy.tables()) {
            for (Table.ConditionColumn each : table.columns()) {
                Attribute attribute = each.attribute();
                if (attribute.isNumber()
                        && !attribute.isDate()
                        && attribute.chinese().equals(column.name())) {
                    each.conditions().forEach(condition -> values.addAll(CoverageGoal.edges(attribute, condition)));
                }
            }
        }
        for (BigDecimal value : values) {
            if (value.compareTo(now) != 0) {
                boolean whole = value.stripTrailingZeros().scale() <= 0;
                add(column, Json.of(whole ? value.setScale(0) : value), far(column, value));
            }
        }
        unknown(column, column.type() == Integer.class);
    }

    private BigDecimal number(GivenColumn column) {
        JsonNode own = at(request, column.path());
        return own != null && own.isNumber() ? own.decimalValue() : BigDecimal.ZERO;
    }

    /** How far a number is from what it is, between 0 and 1. */
    private double far(GivenColumn column, BigDecimal value) {
        double far = value.subtract(number(column)).abs().doubleValue();
        return far / (1 + far);
    }

    private void terms(GivenColumn column, Wanted wanted) {
        Term own = term(column.type(), at(request, column.path()));
        for (Term term : words(column.type(), wanted)) {
            if (!term.equals(own)) {
                add(column, Json.text(term.code()), 1 + unlike(term, own) / 10.0);
            }
        }
        unknown(column, true);
    }

    private Collection<Term> words(Class<?> type, Wanted wanted) {
        Vocabulary vocabulary = policy.vocabulary();
        var words = new LinkedHashSet<Term>(vocabulary.all(type.asSubclass(Term.class)));
        if (type == Area.class) {
            Set<Term> named = policy.tables().stream()
                    .flatMap(table -> table.named().stream())
                    .collect(Collectors.toSet());
            var levels = new LinkedHashSet<Term>();
            words.removeIf(term -> {
                Area area = (Area) term;
                Body territory = vocabulary.territory(area.code());
                boolean answers = territory != null && territory.equals(wanted.term());
                return !levels.add(area.level()) && !named.contains(area) && !answers;
            });
        }
        if (type == Body.class && wanted.term() instanceof Body body) {
            words.add(body);
        }
        return words;
    }

    /** In how many of the words that describe them two words differ, as event types do that are of other topics. */
    private static int unlike(Term term, @Nullable Term other) {
        int unlike = 0;
        if (other != null && term.getClass().isRecord()) {
            for (RecordComponent component : term.getClass().getRecordComponents()) {
                if (Term.class.isAssignableFrom(component.getType())
                        && !Objects.equals(read(component, term), read(component, other))) {
                    unlike++;
                }
            }
        }
        return unlike;
    }

    private static @Nullable Object read(RecordComponent component, Term term) {
        try {
            return component.getAccessor().invoke(term);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private void words(GivenColumn column, Collection<String> words) {
        JsonNode own = at(request, column.path());
        String text = own == null ? "" : own.asString("");
        words.stream()
                .filter(word -> !text.contains(word))
                .limit(MOST_WORDS)
                .forEach(word -> all.add(new Change(
                        column,
                        "",
                        new Becomes.Value(Json.text(text.isEmpty() ? word : text + "；" + word)),
                        "+ " + word,
                        WORD)));
    }

    // ———— Lists ————

    private void lists(GivenColumn column) {
        ArrayNode list =
                at(request, column.path()) instanceof ArrayNode known ? known : JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < list.size(); i++) {
            int older = Math.max(0, list.size() - i - RECENT);
            all.add(new Change(column, shown(column, list.get(i)), new Becomes.Fewer(i), "", 1.0 + older));
        }
        RecordComponent of = kinded(column);
        Class<?> set = of == null ? column.type() : of.getType();
        Set<Term> there = of == null
                ? list.valueStream()
                        .map(each -> term(set, each))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet())
                : Set.of();
        for (Term term : policy.vocabulary().all(set.asSubclass(Term.class))) {
            if (of != null) {
                elements(column, of, term).forEach(element -> more(column, element, term));
            } else if (!there.contains(term)) {
                all.add(new Change(
                        column, "", new Becomes.More(List.of(Json.text(term.code()))), "+ " + term.label(), 1));
            }
        }
    }

    private void more(GivenColumn column, ObjectNode element, Term term) {
        var more = new ArrayList<JsonNode>();
        for (int count = 1; count <= MOST_MORE; count++) {
            ObjectNode another = element.deepCopy();
            if (count > 1 && !another.has(AT)) {
                return; // what is there twice without a moment counts once
            }
            if (another.has(AT)) {
                another.put(AT, minutesBefore(element.path(AT).asString(""), count - 1));
            }
            more.add(another);
            String times = count == 1 ? "+ " + term.label() : "+ " + count + " × " + term.label();
            all.add(new Change(column, "", new Becomes.More(List.copyOf(more)), times, count));
        }
    }

    private static String minutesBefore(String moment, int minutes) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                OffsetDateTime.parse(moment).minusMinutes(minutes));
    }

    /** An element as it may have to be stated: by its kind alone, with the first stage, with who has the case, with both. */
    private List<ObjectNode> elements(GivenColumn column, RecordComponent of, Term term) {
        ObjectNode bare = Json.object().put(of.getName(), term.code());
        JsonNode now = request.get(NOW);
        var named = new ArrayList<RecordComponent>();
        for (RecordComponent component : column.type().getRecordComponents()) {
            if (component.getName().equals(AT) && component.getType() == OffsetDateTime.class && now != null) {
                bare.set(AT, now);
            } else if (component.getType() == Body.class) {
                named.add(component);
            }
        }
        var elements = new ArrayList<ObjectNode>();
        elements.add(bare);
        JsonNode stage = at(request, List.of("stages", "0", "name"));
        boolean staged = Stream.of(column.type().getRecordComponents())
                .anyMatch(component -> component.getName().equals(STAGE));
        if (staged && stage != null) {
            elements.add(bare.deepCopy().set(STAGE, stage));
        }
        JsonNode lead = at(request, List.of("lead"));
        if (lead != null && !named.isEmpty()) {
            for (ObjectNode element : List.copyOf(elements)) {
                elements.add(element.deepCopy().set(named.get(0).getName(), lead));
            }
        }
        return elements;
    }

    /** The component of a list's elements that says what kind each is; null when none does. */
    private static @Nullable RecordComponent kinded(GivenColumn column) {
        return column.list() && column.type().isRecord() && !Term.class.isAssignableFrom(column.type())
                ? Stream.of(column.type().getRecordComponents())
                        .filter(component -> Term.class.isAssignableFrom(component.getType()))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    // ———— Reading and showing ————

    private String shown(GivenColumn column, @Nullable JsonNode value) {
        if (value == null) {
            return usual(column);
        }
        RecordComponent of = kinded(column);
        Class<?> type = of == null ? column.type() : of.getType();
        JsonNode named = of == null ? value : value.path(of.getName());
        if (Term.class.isAssignableFrom(type)) {
            Term term = term(type, named);
            return term == null ? named.asString("") : term.label();
        }
        if (named.isBoolean()) {
            return named.booleanValue() ? "是" : "否";
        }
        return named.isNumber() ? Expectation.plain(named.decimalValue()) : named.asString("");
    }

    /** What a fact is that nobody states: 0, no, or unknown, which is empty. */
    private String usual(GivenColumn column) {
        boolean known =
                attributes().anyMatch(attribute -> attribute.chinese().equals(column.name()) && !attribute.optional());
        if (column.type() == boolean.class) {
            return "否";
        }
        return column.type() == int.class || (column.type() == BigDecimal.class && known) ? "0" : "";
    }

    private @Nullable Term term(Class<?> type, @Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        String name = value.isObject() ? value.path("code").asString("") : value.asString("");
        Term term = policy.vocabulary().find(type.asSubclass(Term.class), name);
        return term == null && type == Body.class ? policy.vocabulary().territory(name) : term;
    }

    /** The column that says outright what an attribute reads; null when none does. */
    static @Nullable GivenColumn direct(Decision<?, ?> kind, Attribute attribute) {
        return columns(kind).stream()
                .filter(column -> !column.list() && column.type() == attribute.type())
                .filter(column -> column.name().equals(attribute.chinese()))
                .findFirst()
                .orElse(null);
    }

    /** A change of a fact to a value that a table asks for. */
    static Change to(Policy policy, ObjectNode request, GivenColumn column, @Nullable Object value) {
        var changes = new FactChanges(policy, request);
        JsonNode json = value == null ? null : value instanceof Term term ? Json.text(term.code()) : Json.of(value);
        double distance = json == null ? UNKNOWN : json.isNumber() ? changes.far(column, json.decimalValue()) : 1;
        changes.add(column, json, distance);
        return changes.all.get(0);
    }

    static @Nullable JsonNode at(JsonNode request, List<String> path) {
        JsonNode node = request;
        for (String name : path) {
            node = name.equals("0") ? node.path(0) : node.path(name);
        }
        return node.isMissingNode() || node.isNull() ? null : node;
    }
}
