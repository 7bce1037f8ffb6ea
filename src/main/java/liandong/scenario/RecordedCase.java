package liandong.scenario;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.decision.ParsedRequest;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.policy.Policy;
import liandong.table.Attribute;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request and its answer as a row of a scenario workbook, for a tester to tick or correct.
 *
 * <p>Texts stand in it as they were given, personal ones included.
 *
 * @param kind the decision it is about
 * @param cells what the row says, by header, in the order of the columns; nothing for what is not known or not there
 */
public record RecordedCase(Decision<?, ?> kind, Map<String, String> cells) {
    private static final int VERSION_SHOWN = 12;
    private static final String UNSAFE = "，,；;、\n";
    /** What cannot be written as a value without being taken for something else. */
    private static final Pattern SPECIAL = Pattern.compile("有|无|[含非][ \u3000].*|.*[、\n].*", Pattern.DOTALL);

    /** Keeps the order of the columns. */
    public RecordedCase {
        cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    }

    /**
     * The row of a request and its answer.
     *
     * @param policy whose words the row uses
     * @param request what was asked; without {@code now}, the answer's {@code decidedAt} counts
     * @param answer what the service answered
     * @throws BadRequestException if the service would not take the request under this policy
     */
    public static RecordedCase of(Policy policy, Decision<?, ?> kind, JsonNode request, JsonNode answer)
            throws BadRequestException {
        ObjectNode dated = Json.object();
        request.properties().forEach(member -> dated.set(member.getKey(), member.getValue()));
        if (!dated.hasNonNull("now")) {
            dated.set("now", answer.path("decidedAt"));
        }
        return row(policy, kind, dated, answer);
    }

    private static <F extends Record> RecordedCase row(
            Policy policy, Decision<F, ?> kind, JsonNode request, JsonNode answer) throws BadRequestException {
        ParsedRequest<F> asked = Cases.parse(kind, policy, request);
        ZoneId zone = policy.calendar().zone();
        var write = new Writer(policy.vocabulary(), zone);
        var cells = new LinkedHashMap<String, String>();
        String outcome = shown(policy, kind, "结果", answer);
        cells.put(ScenarioReader.TITLE, kind.subject(asked.facts()) + (outcome.isEmpty() ? "" : "：" + outcome));
        cells.put(ScenarioReader.NOW, Expectation.shown(asked.now().atZone(zone).toOffsetDateTime(), zone));
        write.given(kind, asked.facts(), cells);
        Part.recorded(kind).forEach(part -> {
            String text = Expectation.shown(part, answer, policy.vocabulary(), zone);
            List<JsonNode> found = part.in(answer);
            boolean plain = found.stream()
                    .noneMatch(node -> SPECIAL.matcher(Expectation.shown(part.type(), node, policy.vocabulary(), zone))
                            .matches());
            if (!found.isEmpty() && plain) {
                cells.put(Part.EXPECTED + part.name(), text);
            }
        });
        var fired = new LinkedHashSet<String>();
        answer.path("because")
                .forEach(reason -> Stream.of("rule", "row")
                        .map(reason::get)
                        .filter(id -> id != null && id.isString())
                        .forEach(id -> fired.add(id.stringValue())));
        cells.put(ScenarioReader.FIRES, String.join("、", fired));
        JsonNode by = answer.path("policy");
        String version = by.path("version").asString(policy.version());
        cells.put(
                ScenarioReader.SOURCE,
                "记录的答复，政策 " + by.path("label").asString(policy.label()) + " "
                        + version.substring(0, Math.min(VERSION_SHOWN, version.length())));
        cells.put(ScenarioReader.STATUS, ScenarioReader.UNCONFIRMED);
        return new RecordedCase(kind, cells);
    }

    /** What of it states the request, by header; without its title and moment. */
    public Map<String, String> given() {
        var given = new LinkedHashMap<String, String>();
        for (Map.Entry<String, String> cell : cells.entrySet()) {
            if (cell.getKey().startsWith(Part.EXPECTED) || cell.getKey().equals(ScenarioReader.FIRES)) {
                break; // what is expected follows what is given
            }
            if (!cell.getKey().equals(ScenarioReader.TITLE) && !cell.getKey().equals(ScenarioReader.NOW)) {
                given.put(cell.getKey(), cell.getValue());
            }
        }
        return given;
    }

    /** What of it states the answer, by header without the word that it is expected; without rows and rules. */
    public Map<String, String> expected() {
        var expected = new LinkedHashMap<String, String>();
        cells.forEach((header, text) -> {
            if (header.startsWith(Part.EXPECTED)) {
                expected.put(header.substring(Part.EXPECTED.length()), text);
            }
        });
        return expected;
    }

    /** The same, with another title and something else that its expectation rests on. */
    RecordedCase about(String title, String source) {
        var changed = new LinkedHashMap<>(cells);
        changed.put(ScenarioReader.TITLE, title);
        changed.put(ScenarioReader.SOURCE, source);
        return new RecordedCase(kind, changed);
    }

    private static String shown(Policy policy, Decision<?, ?> kind, String name, JsonNode answer) {
        Part part = Part.of(kind).get(name);
        return part == null || part.in(answer).isEmpty()
                ? ""
                : Expectation.shown(
                        part, answer, policy.vocabulary(), policy.calendar().zone());
    }

    /** Writes facts as cells that {@link CellJson} reads as the same facts. */
    private static final class Writer {
        private final Vocabulary vocabulary;
        private final ZoneId zone;

        Writer(Vocabulary vocabulary, ZoneId zone) {
            this.vocabulary = vocabulary;
            this.zone = zone;
        }

        void given(Decision<?, ?> kind, Record facts, Map<String, String> cells) {
            new LinkedHashSet<>(GivenColumn.of(kind.facts()).values()).forEach(column -> {
                String text = cell(facts, column.path(), false, column);
                if (!text.isEmpty()) {
                    cells.putIfAbsent(column.header(), text);
                }
            });
        }

        /** @param within whether a record around it is only there if one of its members is stated */
        private String cell(Record record, List<String> path, boolean within, GivenColumn column) {
            RecordComponent component = Stream.of(record.getClass().getRecordComponents())
                    .filter(each -> each.getName().equals(path.get(0)))
                    .findFirst()
                    .orElseThrow();
            Object value = value(component, record);
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (value instanceof List<?> list && path.size() > 1) {
                boolean one = list.size() == 1;
                return one && list.get(0) instanceof Record only
                        ? cell(only, path.subList(2, path.size()), true, column)
                        : "";
            }
            if (value instanceof Record inner && path.size() > 1) {
                return cell(inner, path.subList(1, path.size()), within || optional, column);
            }
            if (value == null) {
                return "";
            }
            if (value instanceof List<?> list) {
                boolean facts = path.size() == column.path().size();
                boolean told = facts && GivenColumn.asksForList(record.getClass()) && list.size() == 1;
                return list.isEmpty() || told ? "" : list(list);
            }
            boolean missing = value.equals(0)
                    || value.equals(false)
                    || (value instanceof BigDecimal number && number.signum() == 0);
            return missing && !within && !optional ? "" : text(value);
        }

        private String list(List<?> values) {
            if (values.stream().allMatch(value -> value instanceof Term)) {
                List<String> words = values.stream().map(this::text).toList();
                return words.stream().allMatch(Writer::isSafe) ? String.join("、", words) : Json.write(Json.of(values));
            }
            List<String> lines = values.stream()
                    .map(value -> value instanceof Record record ? element(record) : "")
                    .toList();
            return lines.stream().noneMatch(String::isEmpty) ? String.join("；\n", lines) : Json.write(Json.of(values));
        }

        /** A record on a line; empty when a line cannot say it. */
        private String element(Record record) {
            RecordComponent[] components = record.getClass().getRecordComponents();
            boolean kinded = Term.class.isAssignableFrom(components[0].getType());
            boolean timed = false;
            var parts = new ArrayList<String>();
            for (RecordComponent component : components) {
                Object value = value(component, record);
                boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
                if (value == null || value.equals(false) || (value.equals(0) && !optional)) {
                    continue;
                }
                if (value instanceof List || (value instanceof Record && !(value instanceof Term))) {
                    return "";
                }
                String text = text(value);
                if (!isSafe(text)) {
                    return "";
                }
                boolean first = component == components[0];
                boolean when = value instanceof OffsetDateTime && !timed;
                timed |= when;
                String name = Attribute.chinese(GivenColumn.header(component));
                parts.add(kinded && (first || when) ? text : value.equals(true) ? name : name + " " + text);
            }
            return String.join("，", parts);
        }

        private static boolean isSafe(String text) {
            return !text.isBlank()
                    && text.equals(text.strip())
                    && text.chars().noneMatch(c -> UNSAFE.indexOf(c) >= 0)
                    && !text.startsWith("[")
                    && !text.startsWith("{");
        }

        private String text(Object value) {
            if (value instanceof Term term) {
                Term named = vocabulary.find(term.getClass().asSubclass(Term.class), term.label());
                return named == null || named.code().equals(term.code()) ? term.label() : term.code();
            }
            if (value instanceof OffsetDateTime time) {
                return Expectation.shown(time, zone);
            }
            if (value instanceof Boolean yes) {
                return yes ? "是" : "否";
            }
            return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
        }

        private static @Nullable Object value(RecordComponent component, Record record) {
            try {
                return component.getAccessor().invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + component, e);
            }
        }
    }
}
