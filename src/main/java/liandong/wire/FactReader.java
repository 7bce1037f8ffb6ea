package liandong.wire;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.CoordinateSystem;
import liandong.incident.GeoPoint;
import liandong.incident.Member;
import liandong.incident.Nearest;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.RecordType.Component;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns a JSON object into a record of facts, member by component.
 *
 * <p>Tells everything that is wrong and then gives null; of an area that nobody knows but whose code lies in a known one it
 * takes that and warns. What a component must look like is read off its type, its
 * {@link Bounds} and whether it may be null: a number or yes/no that is missing is 0 or no (a number that may be below 0
 * must be sent), a text empty.
 */
public final class FactReader {
    /** The longest list that is taken. */
    public static final int MOST_ELEMENTS = 10_000;

    /** What stands before the place where a list has been given already. */
    public static final String LISTED_AT = "→ ";

    /** How far the last digit of a number may lie from its point. */
    private static final int MOST_DECIMALS = 100;

    private static final int MOST_ALLOWED_SHOWN = 80;

    private static final String LONGITUDE = "longitude";
    private static final String LATITUDE = "latitude";

    /** How much of a value a message quotes, in characters. */
    private static final int LONGEST_QUOTE = 60;

    private final Vocabulary vocabulary;
    private final ZoneId zone;
    private final Consumer<Problem> problems;
    /** Where the known names of objects, and the terms of sets, have been listed already. */
    private final Map<Object, RequestPointer> listed = new HashMap<>();

    /**
     * A reader of one request.
     *
     * @param zone the zone times are brought to, so that their dates are those of the place
     */
    public FactReader(Vocabulary vocabulary, ZoneId zone, Consumer<Problem> problems) {
        this.vocabulary = vocabulary;
        this.zone = zone;
        this.problems = problems;
    }

    /** The format of the policy whose words it reads. */
    public int format() {
        return vocabulary.format();
    }

    /** A reader of the same that tells nobody what is wrong. */
    public FactReader silent() {
        return new FactReader(vocabulary, zone, problem -> {});
    }

    /**
     * The facts; null when anything about them is wrong.
     *
     * @param besides members the object may have that are no components
     */
    public <T extends Record> @Nullable T read(Class<T> type, JsonNode node, RequestPointer at, String... besides) {
        if (!node.isObject()) {
            wrongType(node, at, "{…}");
            return null;
        }
        RecordType record = RecordType.of(type);
        List<Component> components = record.components();
        boolean whole = isKnown(node, record, besides)
                || known(
                        node,
                        Stream.concat(components.stream().map(Component::json), Stream.of(besides))
                                .toList(),
                        at,
                        problems,
                        listed);
        var values = new Object[components.size()];
        for (int i = 0; i < values.length; i++) {
            Component component = components.get(i);
            JsonNode member = node.get(component.json());
            if (member == null || member.isNull()) {
                values[i] = missing(component);
                if (values[i] == null && !component.nullable()) {
                    problems.accept(Problem.of(Code.MISSING_FIELD, at.member(component.json()), component.json(), ""));
                    whole = false;
                }
            } else {
                values[i] = value(component, member, at.member(component.json()));
                whole &= values[i] != null;
            }
        }
        return whole ? type.cast(record.make(values)) : null;
    }

    private static boolean isKnown(JsonNode node, RecordType record, String... besides) {
        for (String name : node.propertyNames()) {
            if (!record.names().contains(name) && !List.of(besides).contains(name)) {
                return false;
            }
        }
        return true;
    }

    /** Tells of members that have no meaning here; those that have are listed once. */
    public static boolean known(JsonNode node, List<String> names, RequestPointer at, Consumer<Problem> problems) {
        return known(node, names, at, problems, new HashMap<>());
    }

    private static boolean known(
            JsonNode node,
            List<String> names,
            RequestPointer at,
            Consumer<Problem> problems,
            Map<Object, RequestPointer> listed) {
        boolean known = true;
        for (String name : node.propertyNames()) {
            if (!names.contains(name)) {
                String shown = shortened(name);
                RequestPointer place = at.member(shown);
                RequestPointer before = listed.putIfAbsent(names, place);
                String possible = before == null ? String.join(", ", names) : listedAt(before);
                problems.accept(Problem.of(Code.UNKNOWN_FIELD, place, shown, possible));
                known = false;
            }
        }
        return known;
    }

    /** Stands for a list that has been given before, in every language. */
    private static String listedAt(RequestPointer before) {
        return LISTED_AT + before.pointer();
    }

    /** What stands for a member that is not sent; null when nothing does: it must be sent, unless it may be null. */
    public static @Nullable Object missing(Component component) {
        Class<?> type = component.type();
        if (type == int.class) {
            return 0;
        }
        if (type == boolean.class) {
            return false;
        }
        if (component.nullable()) {
            return null;
        }
        Bounds bounds = component.bounds();
        if (type == BigDecimal.class) {
            return bounds != null && bounds.min() < 0 ? null : BigDecimal.ZERO; // of a degree 0 is one like others
        }
        if (type == List.class) {
            return List.of();
        }
        return type == String.class && bounds != null && bounds.min() == 0 ? "" : null;
    }

    private @Nullable Object value(Component component, JsonNode node, RequestPointer at) {
        return component.element() == null
                ? value(component.type(), component.bounds(), node, at)
                : list(component.element(), component.bounds(), node, at);
    }

    /** How many elements a list may have. */
    public static long mostElements(@Nullable Bounds bounds) {
        return bounds == null ? MOST_ELEMENTS : bounds.max();
    }

    private @Nullable Object list(Class<?> type, @Nullable Bounds bounds, JsonNode node, RequestPointer at) {
        if (!node.isArray()) {
            return wrongType(node, at, "[…]");
        }
        long most = mostElements(bounds);
        if (node.size() > most) {
            problems.accept(Problem.of(Code.OUT_OF_RANGE, at, node.size(), 0, most));
            return null;
        }
        var values = new ArrayList<Object>();
        for (int i = 0; i < node.size(); i++) {
            Object value = value(type, null, node.get(i), at.member(String.valueOf(i)));
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() == node.size() ? List.copyOf(values) : null;
    }

    @SuppressWarnings("unchecked") // the type was just found to be a set of terms, or a record
    private @Nullable Object value(Class<?> type, @Nullable Bounds bounds, JsonNode node, RequestPointer at) {
        if (Term.class.isAssignableFrom(type)) {
            return term((Class<? extends Term>) type, node, at);
        }
        if (type.isRecord()) {
            return read((Class<? extends Record>) type, node, at);
        }
        if (type == int.class || type == Integer.class || type == BigDecimal.class) {
            return number(type != BigDecimal.class, bounds, node, at);
        }
        if (type == boolean.class || type == Boolean.class) {
            return node.isBoolean() ? node.booleanValue() : wrongType(node, at, "true | false");
        }
        if (!node.isString()) {
            return wrongType(node, at, "\"…\"");
        }
        String text = node.stringValue();
        if (type == OffsetDateTime.class) {
            return time(text, at);
        }
        if (type != String.class) {
            throw new IllegalStateException("facts of " + type + " cannot be read");
        }
        if (text.indexOf('\0') >= 0) {
            // PostgreSQL would refuse it, and with it every answer that is kept by the same write.
            problems.accept(Problem.of(Code.NUL_CHARACTER, at));
            return null;
        }
        int half = loneSurrogate(text);
        if (half >= 0) {
            // Written out it would be a question mark, as every other half is: two ids would become one.
            problems.accept(Problem.of(Code.LONE_SURROGATE, at, String.format("U+%04X", (int) text.charAt(half))));
            return null;
        }
        if (bounds != null && (text.length() < bounds.min() || text.length() > bounds.max())) {
            problems.accept(
                    text.length() < bounds.min()
                            ? Problem.of(Code.TOO_SHORT, at, text.length(), bounds.min())
                            : Problem.of(Code.TOO_LONG, at, text.length(), bounds.max()));
            return null;
        }
        if (bounds != null && bounds.min() > 0 && text.codePoints().allMatch(FactReader::isUnseen)) {
            problems.accept(Problem.of(Code.BLANK_TEXT, at));
            return null;
        }
        return text;
    }

    /** Where the first half of a character stands that lacks its other half; -1 for nowhere. */
    public static int loneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** Whether a character shows nothing: blanks, and what Unicode has programs pass over. */
    private static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT -> true;
            // Fillers of Hangul and Braille are letters and symbols by name; selectors of variants are marks.
            default ->
                c == 0x115F
                        || c == 0x1160
                        || c == 0x3164
                        || c == 0xFFA0
                        || c == 0x2800
                        || c == 0x034F
                        || (c >= 0xFE00 && c <= 0xFE0F)
                        || (c >= 0xE0100 && c <= 0xE01EF);
        };
    }

    private @Nullable Object number(boolean whole, @Nullable Bounds bounds, JsonNode node, RequestPointer at) {
        if (!node.isNumber() || (whole && !node.isIntegralNumber())) {
            return wrongType(node, at, whole ? "123" : "1.5");
        }
        BigDecimal number = node.decimalValue();
        if (Math.abs((long) number.scale()) > MOST_DECIMALS) {
            // A few letters that stand for a billion digits: whoever brought them to two decimals would never end.
            problems.accept(
                    Problem.of(Code.OUT_OF_RANGE, at, quoted(node), "1E-" + MOST_DECIMALS, "1E+" + MOST_DECIMALS));
            return null;
        }
        BigDecimal min = BigDecimal.valueOf(bounds == null ? Integer.MIN_VALUE : bounds.min());
        BigDecimal max = BigDecimal.valueOf(bounds == null ? Integer.MAX_VALUE : bounds.max());
        if (number.compareTo(min) < 0 || number.compareTo(max) > 0) {
            problems.accept(Problem.of(Code.OUT_OF_RANGE, at, quoted(node), min.toPlainString(), max.toPlainString()));
            return null;
        }
        return whole ? (Object) number.intValueExact() : number;
    }

    /** A time with its offset, brought to the zone of the place; null when it is none. */
    @Nullable
    public OffsetDateTime time(String text, RequestPointer at) {
        OffsetDateTime time = Moments.read(text, at, problems);
        return time == null ? null : time.atZoneSameInstant(zone).toOffsetDateTime();
    }

    /** A term by its code or label, or as answers write it: {@code {"code": …, "label": …}}. */
    private <T extends Term> @Nullable T term(Class<T> set, JsonNode node, RequestPointer at) {
        if (set == Area.class && node.isObject() && (node.has(LONGITUDE) || node.has(LATITUDE))) {
            return set.cast(areaAt(node, at));
        }
        JsonNode name = node.isObject() ? node.path("code") : node;
        if (!name.isString()) {
            String point = set == Area.class ? " | {\"" + LONGITUDE + "\": 120.16, \"" + LATITUDE + "\": 30.24}" : "";
            wrongType(node, at, "\"…\" | {\"code\": \"…\"}" + point);
            return null;
        }
        String text = name.stringValue();
        T term = vocabulary.find(set, text);
        if (term == null && set == Body.class) {
            term = set.cast(vocabulary.territory(text)); // answers name bodies of territories by their area
        }
        if (term == null && set == Area.class) {
            Area wider = vocabulary.wider(text);
            if (wider != null) {
                problems.accept(Problem.of(Code.WIDER_AREA, at, shortened(text), wider.code(), wider.label()));
                return set.cast(wider);
            }
        }
        if (term == null) {
            RequestPointer before = listed.putIfAbsent(set, at);
            problems.accept(Problem.of(
                    Code.UNKNOWN_CODE,
                    at,
                    shortened(text),
                    SetNames.of(set),
                    nearest(vocabulary, set, text) + (before == null ? allowed(vocabulary, set) : listedAt(before)),
                    Objects.requireNonNullElse(Vocabulary.sheet(set), at.name())));
        }
        return term;
    }

    /** The area a point on the map lies in; the widest one when no outline is around it, as a report is not refused for that. */
    private @Nullable Area areaAt(JsonNode node, RequestPointer at) {
        GivenPoint given = read(GivenPoint.class, node, at);
        if (given == null) {
            return null;
        }
        GeoPoint point = GeoPoint.of(
                given.longitude().doubleValue(),
                given.latitude().doubleValue(),
                given.system() == null ? CoordinateSystem.WGS84 : given.system());
        String shown =
                given.longitude().toPlainString() + ", " + given.latitude().toPlainString();
        Area area = vocabulary.at(point);
        if (area != null) {
            problems.accept(Problem.of(Code.AREA_BY_POINT, at, shown, area.code(), area.label()));
            return area;
        }
        Area widest = vocabulary.widest();
        if (widest == null) {
            return (Area) wrongType(node, at, "\"…\"");
        }
        problems.accept(Problem.of(Code.POINT_OUTSIDE, at, shown, widest.code(), widest.label()));
        return widest;
    }

    /**
     * A point on the map in the place of an area.
     *
     * @param longitude degrees east
     * @param latitude degrees north
     * @param system what they are counted by; null for WGS84
     */
    public record GivenPoint(
            @Member(label = "经度 Longitude", meaning = "degrees east", example = "120.169")
            @Bounds(min = -180, max = 180)
            BigDecimal longitude,

            @Member(label = "纬度 Latitude", meaning = "degrees north", example = "30.246") @Bounds(min = -90, max = 90)
            BigDecimal latitude,

            @Member(label = "坐标系 System", meaning = "what they are counted by; WGS84 unless given") @Nullable
            CoordinateSystem system) {}

    /** The label, else the code, that a mistyped word of a set probably was meant to be, to stand before a list; or nothing. */
    public static String nearest(Vocabulary vocabulary, Class<? extends Term> set, String mistyped) {
        String near = vocabulary.nearest(set, mistyped);
        if (near == null) {
            near = Nearest.of(
                    mistyped, vocabulary.all(set).stream().map(Term::code).toList());
        }
        return near == null ? "" : near + "? ";
    }

    /** The words of a set, as a message lists them: all of a few, the first of many. */
    public static String allowed(Vocabulary vocabulary, Class<? extends Term> set) {
        List<? extends Term> all = vocabulary.all(set);
        String allowed = all.stream()
                .limit(MOST_ALLOWED_SHOWN)
                .map(each -> each.code() + " " + each.label())
                .collect(Collectors.joining(", "));
        return all.size() > MOST_ALLOWED_SHOWN ? allowed + ", … (GET /v1/vocabulary)" : allowed;
    }

    private @Nullable Object wrongType(JsonNode node, RequestPointer at, String wanted) {
        problems.accept(Problem.of(Code.WRONG_JSON_TYPE, at, quoted(node), wanted));
        return null;
    }

    /** A value as it is quoted in a message, which must not become as long as what was sent. */
    public static String quoted(JsonNode node) {
        return shortened(node.toString());
    }

    /** A text as it is quoted in a message that has quotes around it. */
    public static String shortened(String text) {
        if (text.length() <= LONGEST_QUOTE) {
            return text;
        }
        boolean pair = Character.isHighSurrogate(text.charAt(LONGEST_QUOTE - 1));
        return text.substring(0, pair ? LONGEST_QUOTE - 1 : LONGEST_QUOTE) + "…";
    }
}
