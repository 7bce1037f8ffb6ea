package liandong.scenario;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.incident.Body;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.sheet.Cell;
import liandong.table.Attribute;
import liandong.table.Grammar;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns the cells of what is given into JSON, as a caller would send it.
 *
 * <p>A list of records is written one element a line, or with {@code ；} between: each is parts with {@code ，} between,
 * and a part is a value, or a component's name, a blank and its value. A value without a name belongs to the first
 * component not yet stated that can have it. A cell of several that begins with {@code [} or <code>{</code> is JSON
 * already.
 */
final class CellJson {
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,6})?");
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-M-d H:mm[:ss]");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Vocabulary vocabulary;
    private final ZoneId zone;
    private final Consumer<Problem> problems;
    private final Grammar grammar;

    /**
     * Understands cells.
     *
     * @param zone the zone of times that name no offset
     */
    CellJson(Vocabulary vocabulary, ZoneId zone, Consumer<Problem> problems) {
        this.vocabulary = vocabulary;
        this.zone = zone;
        this.problems = problems;
        this.grammar = new Grammar(vocabulary, problems);
    }

    /** What a cell says; null when it cannot be understood, which has been told. */
    @Nullable
    JsonNode of(GivenColumn column, Cell cell, CellRef at) {
        if (cell.error()) {
            problems.accept(Problem.of(Code.FORMULA_ERROR, at, cell.text()));
            return null;
        }
        if (column.list() && (cell.text().startsWith("[") || cell.text().startsWith("{"))) {
            try {
                return Json.read(cell.text());
            } catch (BadRequestException e) {
                e.problems().forEach(problem -> problems.accept(new Problem(problem.code(), at, problem.args())));
                return null;
            }
        }
        if (!column.list()) {
            return value(column.type(), column.name(), cell, at);
        }
        ArrayNode list = NODES.arrayNode();
        boolean record = isRecord(column.type());
        for (String each : cell.text().split(record ? "[；;\n]" : "、", -1)) {
            if (!each.isBlank()) {
                JsonNode element = record
                        ? element(column, each.strip(), at)
                        : value(column.type(), column.name(), text(each), at);
                if (element == null) {
                    return null;
                }
                list.add(element);
            }
        }
        return list;
    }

    private static boolean isRecord(Class<?> type) {
        return type.isRecord() && !Term.class.isAssignableFrom(type);
    }

    private static Cell text(String text) {
        String stripped = text.strip();
        BigDecimal number = NUMBER.matcher(stripped).matches() ? new BigDecimal(stripped) : null;
        return new Cell(stripped, number, null, false);
    }

    private @Nullable ObjectNode element(GivenColumn column, String text, CellRef at) {
        ObjectNode element = Json.object();
        RecordComponent[] components = column.type().getRecordComponents();
        String unnamed = null; // what was taken for a text, as it is nothing else
        for (String part : text.split("[，,]", -1)) {
            if (part.isBlank()) {
                continue;
            }
            RecordComponent component = named(components, part.strip());
            String value = part.strip();
            if (component != null) {
                int blank = value.indexOf(' ');
                value = blank < 0 ? "是" : value.substring(blank).strip();
            } else {
                component = taking(components, element, value);
                unnamed = unnamed == null && component != null && component.getType() == String.class ? value : unnamed;
            }
            if (component == null && unnamed != null && tellLeading(components, element, unnamed, at)) {
                return null;
            }
            if (component == null || element.has(component.getName())) {
                problems.accept(Problem.of(Code.BAD_ELEMENT, at, value, names(components)));
                return null;
            }
            String name = Attribute.chinese(GivenColumn.header(component));
            JsonNode node = value(component.getType(), name, text(value), at);
            if (node == null) {
                return null;
            }
            element.set(component.getName(), node);
        }
        String said = unnamed == null ? text.split("[，,]", -1)[0].strip() : unnamed;
        return tellLeading(components, element, said, at) ? null : element;
    }

    /**
     * Tells that a word was to say what an element is, and does not, when nothing else of it does; whether that was so.
     *
     * @param word what was found instead
     */
    @SuppressWarnings("unchecked") // just found to be a set of terms
    private boolean tellLeading(RecordComponent[] components, ObjectNode element, String word, CellRef at) {
        RecordComponent first = components[0];
        boolean missing = Term.class.isAssignableFrom(first.getType())
                && !first.getAnnotatedType().isAnnotationPresent(Nullable.class)
                && !element.has(first.getName());
        if (missing) {
            String header = Attribute.chinese(GivenColumn.header(first));
            grammar.term((Class<? extends Term>) first.getType(), word, header, at);
        }
        return missing;
    }

    private static String names(RecordComponent[] components) {
        return Stream.of(components)
                .map(component -> Attribute.chinese(GivenColumn.header(component)))
                .collect(Collectors.joining("、"));
    }

    private static @Nullable RecordComponent named(RecordComponent[] components, String part) {
        String first = Attribute.chinese(part);
        return Stream.of(components)
                .filter(component -> first.equals(Attribute.chinese(GivenColumn.header(component)))
                        || first.equals(component.getName()))
                // A lone word names a yes or no; of anything else it would be a name without a value.
                .filter(component -> part.length() > first.length() || component.getType() == boolean.class)
                .findFirst()
                .orElse(null);
    }

    private @Nullable RecordComponent taking(RecordComponent[] components, ObjectNode element, String value) {
        RecordComponent text = null;
        for (RecordComponent component : components) {
            if (component.getType() == String.class) {
                text = text == null ? component : text; // another text has to be named
            } else if (!element.has(component.getName()) && takes(component.getType(), value)) {
                return component;
            }
        }
        return text == null || element.has(text.getName()) ? null : text;
    }

    @SuppressWarnings("unchecked") // just found to be a set of terms
    private boolean takes(Class<?> type, String value) {
        if (Term.class.isAssignableFrom(type)) {
            return find((Class<? extends Term>) type, value) != null;
        }
        if (type == OffsetDateTime.class) {
            return time(text(value)) != null;
        }
        if (type == int.class || type == BigDecimal.class) {
            return NUMBER.matcher(value).matches();
        }
        return type == String.class;
    }

    private <T extends Term> @Nullable Term find(Class<T> set, String name) {
        T term = vocabulary.find(set, name);
        return term == null && set == Body.class ? vocabulary.territory(name) : term;
    }

    @SuppressWarnings("unchecked") // just found to be a set of terms
    @Nullable
    JsonNode value(Class<?> type, String header, Cell cell, CellRef at) {
        if (Term.class.isAssignableFrom(type)) {
            Term term = term((Class<? extends Term>) type, cell.text(), header, at);
            return term == null ? null : NODES.stringNode(term.code());
        }
        if (type == boolean.class || type == Boolean.class) {
            Boolean yes = grammar.yes(cell.text(), at, header);
            return yes == null ? null : NODES.booleanNode(yes);
        }
        if (type == String.class) {
            return NODES.stringNode(cell.text());
        }
        if (type == OffsetDateTime.class) {
            OffsetDateTime time = time(cell);
            if (time == null) {
                problems.accept(Problem.of(Code.BAD_TIME, at, cell.text(), header));
                return null;
            }
            return NODES.stringNode(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
        }
        String digits = Grammar.normalised(cell.text());
        if (cell.date() == null && NUMBER.matcher(digits).matches()) {
            var number = new BigDecimal(digits);
            boolean whole = number.stripTrailingZeros().scale() <= 0;
            return whole ? NODES.numberNode(number.longValueExact()) : NODES.numberNode(number);
        }
        problems.accept(Problem.of(Code.NOT_A_NUMBER, at, cell.text(), header));
        return null;
    }

    /** The term a word names; null when it names none, which has been told. */
    @Nullable
    Term term(Class<? extends Term> set, String word, String header, CellRef at) {
        Term term = find(set, word);
        return term == null ? grammar.term(set, word, header, at) : term;
    }

    /** Bounds of a number; null when the cell states none, which has been told. */
    @Nullable
    Predicate<BigDecimal> bounds(Cell cell, String header, CellRef at) {
        var within = grammar.bounds(cell, header, at);
        return within == null ? null : within::holds;
    }

    /** The time a cell names, in the zone of the place unless it has an offset; null when it names none. */
    @Nullable
    OffsetDateTime time(Cell cell) {
        LocalDateTime moment = cell.moment();
        if (moment != null) {
            return moment.atZone(zone).toOffsetDateTime();
        }
        String text = Grammar.normalised(cell.text()).replace('t', ' ').strip();
        try {
            return LocalDateTime.parse(text, LOCAL).atZone(zone).toOffsetDateTime();
        } catch (DateTimeException e) {
            try {
                return OffsetDateTime.parse(cell.text()).atZoneSameInstant(zone).toOffsetDateTime();
            } catch (DateTimeException none) {
                return null;
            }
        }
    }
}
