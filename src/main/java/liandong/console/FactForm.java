package liandong.console;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import liandong.wire.RecordType;
import liandong.wire.RecordType.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The facts of a decision as a form: a field for each member, as its record describes it. Facts that hold lists, such as the
 * events of a case, are written as JSON instead.
 */
final class FactForm {
    /** The field that holds a whole request. */
    static final String JSON = "request";

    /** The field that says for which moment to decide; empty for now. */
    static final String NOW = "now";

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");
    private static final int MOST_OPTIONS = 40;
    private static final int LONG_TEXT = 200;

    private final Decision<?, ?> decision;
    private final Policy policy;
    private final boolean plain;

    FactForm(Decision<?, ?> decision, Policy policy) {
        this.decision = decision;
        this.policy = policy;
        this.plain = isPlain(decision.facts());
    }

    /** What a field looks like. */
    enum Kind {
        TEXT,
        LONG,
        CHOICE,
        WORD,
        YES,
        NUMBER,
        TIME
    }

    /** Something that can be chosen. */
    record Option(String value, String label) {}

    /**
     * A field.
     *
     * @param name the member's path, parts divided by dots
     * @param label what it is called, in the language of the page
     * @param options what can be chosen; empty when anything can be typed
     * @param required whether it must be there
     * @param value what is in it
     * @param error what is wrong with that; empty when nothing is
     */
    record Field(
            String name, String label, Kind kind, List<Option> options, boolean required, String value, String error) {}

    /** Whether every fact has a field of its own; else the request is written as JSON. */
    boolean isPlain() {
        return plain;
    }

    /** Whether no fact that must be there is a list. */
    private static boolean isPlain(Class<?> record) {
        return RecordType.of(record).components().stream()
                .allMatch(each -> each.element() == null
                        && (!isNested(each.type()) || each.nullable() || isPlain(each.type()))
                        && !Map.class.isAssignableFrom(each.type()));
    }

    private static boolean isNested(Class<?> type) {
        return type.isRecord() && !Term.class.isAssignableFrom(type);
    }

    /**
     * The fields, filled.
     *
     * @param values what was typed, by the fields' names
     * @param errors what is wrong, by the fields' names
     */
    List<Field> fields(Map<String, String> values, Map<String, String> errors, Locale locale) {
        var fields = new ArrayList<Field>();
        collect(decision.facts(), "", (name, component) -> fields.add(field(name, component, values, errors, locale)));
        return fields;
    }

    private Field field(
            String name, Component component, Map<String, String> values, Map<String, String> errors, Locale locale) {
        Class<?> type = component.type();
        List<Option> options = options(type);
        Kind kind = kind(component, options);
        return new Field(
                name,
                half(component.label().isEmpty() ? component.name() : component.label(), locale),
                kind,
                options,
                !component.nullable() && (kind == Kind.CHOICE || kind == Kind.WORD || kind == Kind.TIME),
                values.getOrDefault(name, ""),
                errors.getOrDefault(name, ""));
    }

    private static Kind kind(Component component, List<Option> options) {
        Class<?> type = component.type();
        if (Term.class.isAssignableFrom(type)) {
            return options.size() <= MOST_OPTIONS ? Kind.CHOICE : Kind.WORD;
        }
        if (type == boolean.class || type == Boolean.class) {
            return Kind.YES;
        }
        if (type == OffsetDateTime.class) {
            return Kind.TIME;
        }
        if (type == int.class || type == Integer.class || type == BigDecimal.class) {
            return Kind.NUMBER;
        }
        return component.bounds() != null && component.bounds().max() > LONG_TEXT ? Kind.LONG : Kind.TEXT;
    }

    private List<Option> options(Class<?> type) {
        if (!Term.class.isAssignableFrom(type)) {
            return List.of();
        }
        Class<? extends Term> set = type.asSubclass(Term.class);
        Vocabulary vocabulary = policy.vocabulary();
        Term[] constants = set.getEnumConstants();
        Stream<? extends Term> terms = constants == null ? vocabulary.all(set).stream() : Stream.of(constants);
        return terms.map(term -> {
                    // A label that several terms have means the first; the others go by their codes.
                    Term named = vocabulary.find(set, term.label());
                    boolean own = named == null || named.code().equals(term.code());
                    return new Option(own ? term.label() : term.code(), own ? "" : term.label());
                })
                .toList();
    }

    private static String half(String label, Locale locale) {
        int blank = label.indexOf(' ');
        return blank < 0
                ? label
                : locale.getLanguage().equals("zh") ? label.substring(0, blank) : label.substring(blank + 1);
    }

    @FunctionalInterface
    private interface Leaf {
        void at(String name, Component component);
    }

    private static void collect(Class<?> record, String before, Leaf leaf) {
        for (Component component : RecordType.of(record).components()) {
            String name = before + component.json();
            if (isNested(component.type()) && component.nullable()) {
                continue; // what may be left out as a whole, such as what a person has decided, is not tried by a form
            }
            if (isNested(component.type())) {
                collect(component.type(), name + ".", leaf);
            } else {
                leaf.at(name, component);
            }
        }
    }

    /** What a new form is filled with, so that little has to be typed. */
    Map<String, String> blank(Instant now) {
        var values = new LinkedHashMap<String, String>();
        String time = MINUTE.format(now.atZone(zone()));
        for (Field field : fields(Map.of(), Map.of(), Locale.CHINESE)) {
            if (field.kind() == Kind.TIME && field.required()) {
                values.put(field.name(), time);
            } else if (field.required() && !field.options().isEmpty()) {
                values.put(field.name(), field.options().get(0).value());
            } else if (field.name().endsWith(".id")) {
                values.put(field.name(), "TRY-1");
            }
        }
        return values;
    }

    private ZoneId zone() {
        return policy.calendar().zone();
    }

    /**
     * The request that a form makes.
     *
     * @param values what was typed, by the fields' names
     * @throws BadRequestException if what should be JSON is not
     */
    ObjectNode request(Map<String, String> values) throws BadRequestException {
        ObjectNode request = Json.object();
        if (plain) {
            fields(values, Map.of(), Locale.CHINESE).forEach(field -> put(request, field));
        } else {
            JsonNode typed = Json.read(values.getOrDefault(JSON, ""));
            typed.properties().forEach(member -> request.set(member.getKey(), member.getValue()));
        }
        String now = values.getOrDefault(NOW, "");
        if (!now.isBlank()) {
            request.put("now", time(now));
        }
        return request;
    }

    private void put(ObjectNode request, Field field) {
        String value = field.value();
        if (value.isBlank()) {
            return;
        }
        ObjectNode within = request;
        String[] parts = field.name().split("\\.", -1);
        for (int i = 0; i < parts.length - 1; i++) {
            within = within.withObject("/" + parts[i]);
        }
        String name = parts[parts.length - 1];
        switch (field.kind()) {
            case YES -> within.put(name, true);
            case NUMBER -> {
                try {
                    within.set(name, Json.raw(new BigDecimal(value.strip()).toPlainString()));
                } catch (NumberFormatException e) {
                    within.put(name, value); // is told to be no number
                }
            }
            case TIME -> within.put(name, time(value));
            case TEXT, CHOICE, WORD -> within.put(name, value.strip());
            case LONG -> within.put(name, value);
        }
    }

    /** A moment as a browser's field gives it, in the zone of the policy; as it is when it is no moment. */
    private String time(String typed) {
        try {
            return LocalDateTime.parse(typed).atZone(zone()).toOffsetDateTime().toString();
        } catch (DateTimeParseException e) {
            return typed;
        }
    }

    /** Which problems belong to which field; what belongs to none is under the empty name. */
    Map<String, String> errors(List<Problem> problems, Locale locale) {
        var errors = new LinkedHashMap<String, String>();
        List<String> names =
                fields(Map.of(), Map.of(), locale).stream().map(Field::name).toList();
        for (Problem problem : problems) {
            String name = problem.at().toString().replaceFirst("^/", "").replace('/', '.');
            boolean known = plain && (names.contains(name) || name.equals(NOW));
            String text = problem.message(locale) + " " + problem.help(locale);
            errors.merge(
                    known ? name : "",
                    known ? text.strip() : (problem.at() + " " + text).strip(),
                    (one, other) -> one + "\n" + other);
        }
        return errors;
    }
}
