package liandong.scenario;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.policy.Policy;
import liandong.scenario.Suggestions.Base;
import liandong.table.Attribute;
import liandong.table.TableQuery;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ways a request can be changed towards what a table is wanted to be asked.
 *
 * <p>What the condition reads is given outright where the request has it; where it follows from something else, from a
 * label, from how often something has happened, from another decision before, what could lead to it is tried: other
 * labels, happenings more or fewer, what other requests have, a later moment. The likeliest come first.
 */
final class Moves {
    private static final List<Long> LATER = List.of(1L, 30L, 240L, 1_440L, 4_320L, 10_080L, 20_160L, 44_640L, 89_280L);
    private static final List<Long> SHIFTS = List.of(1_440L, -1_440L, 4_320L, -4_320L, 10_080L, -10_080L);
    private static final int MOST_LABELS = 8;
    private static final long MINUTES_A_QUARTER = 13L * 7 * 24 * 60;
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?[+-]\\d\\d:\\d\\d");
    private static final String NOW = "now";
    private static final String STAGE = "stage";
    /** What a stage is called where no request names any. */
    private static final String ANY_STAGE = "办理";

    private final Vocabulary vocabulary;
    /** By column and first label, an element of a list as some request has it. */
    private final Map<String, Map<String, ObjectNode>> samples = new HashMap<>();

    Moves(Policy policy) {
        this.vocabulary = policy.vocabulary();
    }

    /** Takes note of what a request has. */
    void learn(Base base) {
        for (GivenColumn column : columns(base.kind())) {
            RecordComponent first = kinded(column);
            if (first != null && at(base.request(), column.path()) instanceof ArrayNode list) {
                for (JsonNode element : list) {
                    if (element instanceof ObjectNode object) {
                        samples.computeIfAbsent(column.pointer(), each -> new HashMap<>())
                                .putIfAbsent(code(object.path(first.getName())), object);
                    }
                }
            }
        }
    }

    private static List<GivenColumn> columns(Decision<?, ?> kind) {
        return List.copyOf(new LinkedHashSet<>(GivenColumn.of(kind.facts()).values()));
    }

    /** A request with another text; null when the table reads no text that requests have. */
    @Nullable
    ObjectNode withText(Base base, CoverageGoal aim, String text) {
        Attribute attribute = aim.table().attributes().stream()
                .filter(Attribute::isText)
                .findFirst()
                .orElse(null);
        GivenColumn column = attribute == null ? null : direct(base.kind(), attribute);
        return column == null ? null : changed(base.request(), column.path(), Json.text(text));
    }

    /**
     * Changed requests, the likeliest first.
     *
     * @param asked the question of the request that comes nearest
     * @param donors requests that have something of what this one lacks
     */
    List<ObjectNode> from(Base base, CoverageGoal aim, TableQuery asked, List<Base> donors) {
        var requests = new ArrayList<ObjectNode>();
        List<CoverageGoal.Want> wants = aim.wants(asked, vocabulary);
        atOnce(base, wants, requests);
        boolean indirect = wants.isEmpty();
        for (CoverageGoal.Want want : wants) {
            GivenColumn column = direct(base.kind(), want.attribute());
            if (column != null) {
                want.values().forEach(value -> requests.add(given(base.request(), column, want, value)));
            }
            // Said outright, it may still follow from something else, as the category does from the event type.
            indirect |= column == null;
            labels(base, want, requests);
            parts(base, want, requests);
        }
        for (Base donor : donors) {
            donated(base, donor, requests);
        }
        if (indirect) {
            for (CoverageGoal.Want want : wants) {
                numbers(base, want, requests);
            }
            amounts(base, requests);
            columns(base.kind()).stream().filter(GivenColumn::list).forEach(column -> lists(base, column, requests));
            columns(base.kind()).forEach(column -> times(base, column, requests));
        }
        later(base, requests);
        return requests;
    }

    /** All that can be given outright, together: the first value of each. */
    private void atOnce(Base base, List<CoverageGoal.Want> wants, List<ObjectNode> requests) {
        ObjectNode request = base.request();
        for (CoverageGoal.Want want : wants) {
            GivenColumn column = direct(base.kind(), want.attribute());
            if (column != null) {
                request = given(request, column, want, want.values().get(0));
            }
        }
        requests.add(request);
    }

    /** The column that says outright what an attribute reads; null when none does. */
    private static @Nullable GivenColumn direct(Decision<?, ?> kind, Attribute attribute) {
        String name = Attribute.chinese(attribute.header());
        return columns(kind).stream()
                .filter(column -> !column.list() && column.type() == attribute.type())
                .filter(column -> column.name().equals(name)
                        || (attribute.isText()
                                && column.path().get(column.path().size() - 1).equals(attribute.name())))
                .findFirst()
                .orElse(null);
    }

    private ObjectNode given(ObjectNode request, GivenColumn column, CoverageGoal.Want want, @Nullable Object value) {
        if (value == null) {
            return changed(request, column.path(), null);
        }
        if (want.attribute().isText()) {
            JsonNode text = at(request, column.path());
            String before = text == null ? "" : text.asString("");
            String word = String.valueOf(value);
            boolean without = word.isEmpty();
            return changed(
                    request, column.path(), Json.text(without ? "－" : before.isEmpty() ? word : before + "；" + word));
        }
        return changed(request, column.path(), json(value));
    }

    private static JsonNode json(Object value) {
        return value instanceof Term term ? Json.text(term.code()) : Json.of(value);
    }

    /** Labels of which what is wanted is a part: the bodies of a kind, the event types of a category. */
    private void labels(Base base, CoverageGoal.Want want, List<ObjectNode> requests) {
        for (GivenColumn column : columns(base.kind())) {
            if (!column.list()
                    && Term.class.isAssignableFrom(column.type())
                    && column.type().isRecord()) {
                for (Object value : want.values()) {
                    all(column.type()).stream()
                            .filter(term -> value != null && has(term, want.attribute(), value))
                            .limit(MOST_LABELS)
                            .forEach(term ->
                                    requests.add(changed(base.request(), column.path(), Json.text(term.code()))));
                }
            }
        }
    }

    private List<Term> all(Class<?> type) {
        var all = new ArrayList<Term>(vocabulary.all(type.asSubclass(Term.class)));
        if (type == Body.class) {
            vocabulary.all(Area.class).forEach(area -> {
                Body territory = vocabulary.territory(area.code());
                if (territory != null
                        && all.stream()
                                        .filter(body -> ((Body) body).kind() == territory.kind())
                                        .count()
                                < 4) {
                    all.add(territory);
                }
            });
        }
        return all;
    }

    private static boolean has(Term term, Attribute attribute, Object value) {
        for (RecordComponent component : term.getClass().getRecordComponents()) {
            if (component.getType() == attribute.type()) {
                try {
                    if (value.equals(component.getAccessor().invoke(term))) {
                        return true;
                    }
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("cannot read " + component, e);
                }
            }
        }
        return false;
    }

    /** What is wanted, as a part of an element of a list. */
    private static void parts(Base base, CoverageGoal.Want want, List<ObjectNode> requests) {
        for (GivenColumn column : columns(base.kind())) {
            if (column.list()
                    && at(base.request(), column.path()) instanceof ArrayNode list
                    && column.type().isRecord()) {
                for (RecordComponent component : column.type().getRecordComponents()) {
                    if (component.getType() == want.attribute().type()
                            && Term.class.isAssignableFrom(component.getType())) {
                        for (int i = 0; i < list.size(); i++) {
                            for (Object value : want.values()) {
                                if (value != null && list.get(i).has(component.getName())) {
                                    ArrayNode changed = list.deepCopy();
                                    ((ObjectNode) changed.get(i)).set(component.getName(), json(value));
                                    requests.add(changed(base.request(), column.path(), changed));
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /** Times earlier or later; when one would lie ahead, the moment of the decision moves with it. */
    private void times(Base base, GivenColumn column, List<ObjectNode> requests) {
        JsonNode value = at(base.request(), column.path());
        if (value == null) {
            return;
        }
        if (!column.list()) {
            if (column.type() == OffsetDateTime.class && value.isString()) {
                for (long minutes : SHIFTS) {
                    JsonNode time = shifted(value, minutes);
                    requests.add(reaching(changed(base.request(), column.path(), time), time));
                }
            }
            return;
        }
        for (int i = 0; column.type().isRecord() && value.isArray() && i < Math.min(value.size(), MOST_LABELS); i++) {
            for (RecordComponent component : column.type().getRecordComponents()) {
                JsonNode own = value.get(i).get(component.getName());
                if (component.getType() == OffsetDateTime.class && own != null && own.isString()) {
                    for (long minutes : SHIFTS) {
                        JsonNode time = shifted(own, minutes);
                        JsonNode list = value.deepCopy();
                        ((ObjectNode) list.get(i)).set(component.getName(), time);
                        requests.add(reaching(changed(base.request(), column.path(), list), time));
                    }
                }
            }
        }
    }

    private static ObjectNode reaching(ObjectNode request, JsonNode time) {
        JsonNode now = request.get(NOW);
        boolean ahead = now != null
                && now.isString()
                && OffsetDateTime.parse(time.stringValue()).isAfter(OffsetDateTime.parse(now.stringValue()));
        return ahead ? changed(request, List.of(NOW), time) : request;
    }

    /** What another request has instead: column by column, and all of it. */
    private void donated(Base base, Base donor, List<ObjectNode> requests) {
        ObjectNode whole = base.request();
        for (GivenColumn column : columns(base.kind())) {
            JsonNode own = at(base.request(), column.path());
            JsonNode other = at(donor.request(), column.path());
            boolean same = own == null ? other == null : own.equals(other);
            boolean elements = column.path().size() == 1
                    && columns(base.kind()).stream()
                            .anyMatch(each -> each.path().size() > 1
                                    && each.path().get(0).equals(column.path().get(0))
                                    && each.path().get(1).equals("0"));
            if (!same && !elements) {
                ObjectNode one = changed(base.request(), column.path(), other);
                requests.add(one);
                // What happened elsewhere happened at its own time.
                JsonNode now = donor.request().get(NOW);
                if (column.list() && now != null) {
                    requests.add(changed(one, List.of(NOW), now));
                }
                whole = changed(whole, column.path(), other);
            }
        }
        requests.add(changed(whole, List.of(NOW), donor.request().get(NOW)));
    }

    /** Every number given in the place of one that is wanted and follows from others. */
    private static void numbers(Base base, CoverageGoal.Want want, List<ObjectNode> requests) {
        if (!want.attribute().isNumber()) {
            return;
        }
        for (GivenColumn column : columns(base.kind())) {
            boolean number = column.type() == int.class || column.type() == BigDecimal.class;
            if (number && !column.list()) {
                for (Object value : want.values()) {
                    if (value != null) {
                        requests.add(changed(base.request(), column.path(), Json.of(value)));
                    }
                }
            }
        }
    }

    /** Every number given otherwise: a little, or much. */
    private static void amounts(Base base, List<ObjectNode> requests) {
        for (GivenColumn column : columns(base.kind())) {
            if (!column.list() && (column.type() == int.class || column.type() == BigDecimal.class)) {
                JsonNode own = at(base.request(), column.path());
                BigDecimal number = own != null && own.isNumber() ? own.decimalValue() : BigDecimal.ZERO;
                Stream.of(
                                number.subtract(BigDecimal.ONE),
                                number.add(BigDecimal.ONE),
                                number.add(BigDecimal.valueOf(3)),
                                number.divideToIntegralValue(BigDecimal.valueOf(2)),
                                number.subtract(BigDecimal.TEN))
                        .filter(each -> each.signum() >= 0)
                        .map(each -> each.setScale(0, RoundingMode.DOWN).intValueExact())
                        .distinct()
                        .forEach(each -> requests.add(changed(base.request(), column.path(), Json.of(each))));
            }
        }
    }

    /** One element more, or one fewer. */
    private void lists(Base base, GivenColumn column, List<ObjectNode> requests) {
        ArrayNode list = at(base.request(), column.path()) instanceof ArrayNode known
                ? known
                : JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < list.size(); i++) {
            ArrayNode fewer = list.deepCopy();
            fewer.remove(i);
            requests.add(changed(base.request(), column.path(), fewer));
            if (list.get(i) instanceof ObjectNode element && times(column, element)) {
                ArrayNode more = list.deepCopy();
                more.add(shifted(column, element));
                requests.add(changed(base.request(), column.path(), more));
            }
        }
        if (Term.class.isAssignableFrom(column.type())) {
            all(column.type()).forEach(term -> {
                ArrayNode more = list.deepCopy();
                more.add(term.code());
                requests.add(changed(base.request(), column.path(), more));
            });
            return;
        }
        RecordComponent first = kinded(column);
        if (first != null) {
            for (Term term : all(first.getType())) {
                ArrayNode more = list.deepCopy();
                ObjectNode element = element(base, column, first, term);
                more.add(element);
                requests.add(changed(base.request(), column.path(), more));
                boolean staged = Stream.of(column.type().getRecordComponents())
                        .anyMatch(component -> component.getName().equals(STAGE));
                if (staged && !element.has(STAGE)) {
                    ArrayNode named = list.deepCopy();
                    named.add(element.deepCopy().put(STAGE, ANY_STAGE));
                    requests.add(changed(base.request(), column.path(), named));
                }
            }
        }
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

    private ObjectNode element(Base base, GivenColumn column, RecordComponent first, Term term) {
        ObjectNode sample = samples.getOrDefault(column.pointer(), Map.of()).get(term.code());
        ObjectNode element = sample == null ? Json.object() : sample.deepCopy();
        element.put(first.getName(), term.code());
        JsonNode now = base.request().get(NOW);
        for (RecordComponent component : column.type().getRecordComponents()) {
            String name = component.getName();
            if (name.equals("at") && now != null) {
                element.set(name, now);
            } else if (name.equals(STAGE) && element.has(name) && base.request().has("stages")) {
                element.set(name, base.request().path("stages").path(0).path("name"));
            } else if (component.getType() == Body.class
                    && element.has(name)
                    && base.request().has("lead")) {
                element.set(name, base.request().get("lead"));
            }
        }
        return element;
    }

    private static boolean times(GivenColumn column, ObjectNode element) {
        return Stream.of(column.type().getRecordComponents())
                .anyMatch(component -> component.getType() == OffsetDateTime.class && element.has(component.getName()));
    }

    private static ObjectNode shifted(GivenColumn column, ObjectNode element) {
        ObjectNode later = element.deepCopy();
        for (RecordComponent component : column.type().getRecordComponents()) {
            JsonNode time = later.get(component.getName());
            if (component.getType() == OffsetDateTime.class && time != null && time.isString()) {
                later.set(component.getName(), shifted(time, 1));
            }
        }
        return later;
    }

    private static JsonNode shifted(JsonNode time, long minutes) {
        return Json.text(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                OffsetDateTime.parse(time.stringValue()).plusMinutes(minutes)));
    }

    /** The same later. */
    private void later(Base base, List<ObjectNode> requests) {
        JsonNode now = base.request().get(NOW);
        if (now != null && now.isString()) {
            LATER.forEach(minutes -> requests.add(changed(base.request(), List.of(NOW), shifted(now, minutes))));
        }
    }

    /** The same some quarters before: thirteen weeks each, so that every day stays the day of the week it is. */
    static ObjectNode earlier(ObjectNode request, int quarters) {
        ObjectNode earlier = request.deepCopy();
        shift(earlier, -quarters * MINUTES_A_QUARTER);
        return earlier;
    }

    private static void shift(JsonNode node, long minutes) {
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                JsonNode member = object.get(name);
                if (member.isString() && TIME.matcher(member.stringValue()).matches()) {
                    object.set(name, shifted(member, minutes));
                } else {
                    shift(member, minutes);
                }
            }
        } else if (node.isArray()) {
            node.forEach(each -> shift(each, minutes));
        }
    }

    private static String code(JsonNode term) {
        return term.isObject() ? term.path("code").asString("") : term.asString("");
    }

    private static @Nullable JsonNode at(JsonNode request, List<String> path) {
        JsonNode node = request;
        for (String name : path) {
            node = name.equals("0") ? node.path(0) : node.path(name);
        }
        return node.isMissingNode() || node.isNull() ? null : node;
    }

    /** A request with another value of a member; null takes it away. */
    private static ObjectNode changed(ObjectNode request, List<String> path, @Nullable JsonNode value) {
        ObjectNode changed = request.deepCopy();
        if (value != null) {
            ScenarioReader.put(changed, path, value);
            return changed;
        }
        JsonNode parent = at(changed, path.subList(0, path.size() - 1));
        if (parent instanceof ObjectNode object) {
            object.remove(path.get(path.size() - 1));
        }
        return changed;
    }
}
