package liandong.analysis;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Nested;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.table.Attribute;
import liandong.table.Condition;
import liandong.table.Row;
import liandong.table.Sheet;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Everything a table can be asked about, as far as its cells tell it apart: one axis for each condition column, cut into
 * finitely many parts, and of each row which parts it holds for.
 *
 * <p>Values of one part are alike to every row, so that what is true of a part's example is true of all of it. Columns that
 * follow from another, such as the category from the event type, share its axis, so that no part is impossible. Immutable.
 */
public final class ConditionSpace {
    static final String UNKNOWN = "—";
    private static final int MAX_PARTS = 100_000;

    private final Table<? extends Row> table;
    private final List<Axis> axes;
    private final boolean exact;

    private ConditionSpace(Table<? extends Row> table, List<Axis> axes, boolean exact) {
        this.table = table;
        this.axes = List.copyOf(axes);
        this.exact = exact;
    }

    /**
     * One or more condition columns cut into parts; or the days on which the rows count.
     *
     * <p>A set of parts is written as runs: {@code [first, last, first, last…]}, ascending and apart from each other.
     */
    public static final class Axis {
        private final List<String> columns;
        private final List<List<@Nullable Object>> parts;
        private final int[] whole;
        private final List<int[][]> byColumn;
        private final int[][] rows;
        private final List<Condition> texts;

        private Axis(
                List<String> columns,
                List<List<@Nullable Object>> parts,
                List<int[][]> byColumn,
                List<Condition> texts) {
            this.columns = columns;
            this.parts = parts;
            this.whole = new int[] {0, parts.size() - 1};
            this.byColumn = byColumn;
            this.texts = texts;
            this.rows = byColumn.get(0).clone();
            for (int row = 0; row < rows.length; row++) {
                for (int column = 1; column < byColumn.size(); column++) {
                    rows[row] = meet(rows[row], byColumn.get(column)[row]);
                }
                rows[row] = Arrays.equals(rows[row], whole) ? whole : rows[row];
            }
        }

        /** The Chinese names of its columns; empty for the days. */
        public List<String> columns() {
            return columns;
        }

        /** What facts of a part have in its columns; what is not known is missing. */
        Map<String, Object> values(int part) {
            var values = new LinkedHashMap<String, Object>();
            for (int i = 0; i < columns.size(); i++) {
                Object value = parts.get(part).get(i);
                if (value != null) {
                    values.put(columns.get(i), value);
                }
            }
            return values;
        }

        /** How many parts it has. */
        public int size() {
            return parts.size();
        }

        /** All parts. */
        public int[] whole() {
            return whole;
        }

        /** The parts a row holds for. */
        public int[] row(int row) {
            return rows[row];
        }

        /** The parts a row would hold for if one of the columns were not there. */
        public int[] rowWithout(String column, int row) {
            int[] runs = whole;
            for (int i = 0; i < columns.size(); i++) {
                if (!columns.get(i).equals(column)) {
                    runs = meet(runs, byColumn.get(i)[row]);
                }
            }
            return runs;
        }

        /** Whether a row says anything in one of the columns. */
        public boolean constrains(String column, int row) {
            return !Arrays.equals(byColumn.get(columns.indexOf(column))[row], whole);
        }

        /** The parts that facts with a term in a column may lie in; all when neither that column nor one that follows from it is here. */
        public int[] where(String column, Term term) {
            // Nothing follows from a word of the program's own, such as what happened to a case.
            Map<String, Attribute> following = term.getClass().isRecord() ? Attribute.of(term.getClass()) : Map.of();
            var found = new BitSet();
            found.set(0, parts.size());
            for (int i = 0; i < columns.size(); i++) {
                Attribute attribute = following.get(columns.get(i));
                boolean itself = columns.get(i).equals(column);
                if (itself || (attribute != null && Term.class.isAssignableFrom(attribute.type()))) {
                    Object value =
                            itself || attribute == null ? term : attribute.of().apply(term);
                    for (int part = 0; part < parts.size(); part++) {
                        if (!Objects.equals(parts.get(part).get(i), value)) {
                            found.clear(part);
                        }
                    }
                }
            }
            return runs(found);
        }

        /** Whether it is about a text, of which two rows may each hold for a part though no part has both. */
        public boolean isText() {
            return !texts.isEmpty();
        }

        /** What a row asks of a text, so that rows that ask the same are equal. */
        public Object asks(int row) {
            return texts.get(row)
                    .<Object>fold(
                            List::of,
                            one -> List.of(true, Set.copyOf(one.values())),
                            none -> List.of(false, Set.copyOf(none.values())),
                            within -> List.of());
        }

        /** A text for which both rows hold; null when there is none. */
        public @Nullable String both(int one, int other) {
            var excluded = new ArrayList<Object>();
            var choices = new ArrayList<List<Object>>();
            for (int row : new int[] {one, other}) {
                texts.get(row)
                        .handle(
                                () -> choices.add(List.of("")),
                                some -> choices.add(some.values()),
                                none -> {
                                    excluded.addAll(none.values());
                                    choices.add(List.of(""));
                                },
                                within -> choices.add(List.of("")));
            }
            var words = new ArrayList<>(excluded);
            choices.forEach(words::addAll);
            String apart = separator(words);
            for (Object first : choices.get(0)) {
                for (Object second : choices.get(1)) {
                    String text = first.equals(second) || ((String) second).isEmpty()
                            ? (String) first
                            : ((String) first).isEmpty() ? (String) second : first + apart + second;
                    if (text.isEmpty() && !excluded.isEmpty()) {
                        text = apart;
                    }
                    String whole = text;
                    if (excluded.stream().noneMatch(word -> whole.contains((String) word))) {
                        return text;
                    }
                }
            }
            return null;
        }
    }

    /**
     * One concrete set of facts.
     *
     * @param values by the Chinese name of the condition column; what is missing is not known
     * @param on the day
     * @param says it in words of columns and labels, e.g. {@code "事项 路面坑洞，人数 30"}
     */
    public record Point(Map<String, Object> values, LocalDate on, String says) {}

    /**
     * The space of a table.
     *
     * @param from the first day that matters; the past is not looked at
     */
    public static ConditionSpace of(Table<? extends Row> table, Vocabulary vocabulary, LocalDate from) {
        var left = new ArrayList<>(table.columns());
        var axes = new ArrayList<Axis>();
        boolean exact = true;
        Sheet sheet = table.type().getAnnotation(Sheet.class);
        Set<String> known = sheet == null ? Set.of() : Set.of(sheet.known());
        Class<?> about = sheet == null ? null : sheet.about();
        while (!left.isEmpty()) {
            Table.ConditionColumn column = left.get(0);
            if (column.attribute().isText()) {
                left.remove(0);
                List<String> texts = texts(column.conditions());
                exact &= !texts.isEmpty();
                axes.add(text(column, texts.isEmpty() ? List.of("") : texts));
            } else if (column.attribute().isNumber()) {
                left.remove(0);
                axes.add(numbers(
                        List.of(column.attribute().chinese()),
                        column.attribute(),
                        column.conditions(),
                        column.attribute().optional()
                                && !known.contains(column.attribute().chinese()),
                        null));
            } else {
                Attribute source = source(column.attribute(), about);
                List<Table.ConditionColumn> group = left.stream()
                        .filter(other -> other.attribute().chinese().equals(source.chinese())
                                || follows(other.attribute(), source))
                        .toList();
                left.removeAll(group);
                axes.add(labels(source, group, about, known, vocabulary));
            }
        }
        var days = new ArrayList<Condition>();
        for (int row = 0; row < table.rows().size(); row++) {
            days.add(table.inForce(row));
        }
        axes.add(numbers(List.of(), null, days, false, from));
        return new ConditionSpace(table, axes, exact);
    }

    // ———— Labels, and yes or no ————

    /** What an attribute follows from, as the category does from the event type; itself when it follows from nothing. */
    static Attribute source(Attribute attribute, @Nullable Class<?> about) {
        return about == null
                ? attribute
                : Attribute.of(about).values().stream()
                        .filter(from -> follows(attribute, from))
                        .findFirst()
                        .orElse(attribute);
    }

    /** Whether an attribute is one of another's term: it has the type and the name of a column of its vocabulary sheet. */
    static boolean follows(Attribute attribute, Attribute from) {
        return from.type().isRecord()
                && Stream.of(from.type().getRecordComponents()).anyMatch(component -> {
                    Column column = component.getAccessor().getAnnotation(Column.class);
                    return column != null
                            && component.getType() == attribute.type()
                            && Term.class.isAssignableFrom(attribute.type())
                            && Attribute.chinese(column.value()).equals(attribute.chinese());
                });
    }

    private static Axis labels(
            Attribute source,
            List<Table.ConditionColumn> group,
            @Nullable Class<?> about,
            Set<String> known,
            Vocabulary vocabulary) {
        var parts = new LinkedHashSet<List<@Nullable Object>>();
        for (Object value : values(source, vocabulary)) {
            parts.add(group.stream()
                    .map(column -> column.attribute().chinese().equals(source.chinese())
                            ? value
                            : component(value, column.attribute()))
                    .toList());
        }
        if (source.optional() && !known.contains(source.chinese())) {
            List<List<@Nullable Object>> unknown = List.of(List.of());
            for (Table.ConditionColumn column : group) {
                Attribute attribute = column.attribute();
                var choices = new ArrayList<@Nullable Object>();
                if (!attribute.chinese().equals(source.chinese()) && isGivenApart(about, attribute.type())) {
                    choices.addAll(values(attribute, vocabulary));
                }
                choices.add(null);
                var longer = new ArrayList<List<@Nullable Object>>();
                for (List<@Nullable Object> part : unknown) {
                    for (Object choice : choices) {
                        var tuple = new ArrayList<@Nullable Object>(part);
                        tuple.add(choice);
                        longer.add(tuple);
                    }
                }
                unknown = longer;
            }
            parts.addAll(unknown);
        }
        var all = new ArrayList<>(parts);
        var byColumn = new ArrayList<int[][]>();
        for (int i = 0; i < group.size(); i++) {
            byColumn.add(labels(group.get(i).conditions(), all, i));
        }
        return new Axis(
                group.stream().map(column -> column.attribute().chinese()).toList(), all, byColumn, List.of());
    }

    static List<Object> values(Attribute attribute, Vocabulary vocabulary) {
        if (attribute.isBoolean()) {
            return List.of(true, false);
        }
        Class<? extends Term> set = attribute.type().asSubclass(Term.class);
        var values = new ArrayList<Object>(vocabulary.all(set));
        if (set == Body.class) {
            for (Area area : vocabulary.all(Area.class)) {
                Body territory = vocabulary.territory(area.code());
                if (territory != null) {
                    values.add(territory);
                }
            }
        }
        return values;
    }

    static @Nullable Object component(Object term, Attribute attribute) {
        return Objects.requireNonNull(Attribute.of(term.getClass()).get(attribute.chinese()))
                .of()
                .apply(term);
    }

    /** Whether the facts hold a term of this type by itself, which may be known when what it follows from is not. */
    static boolean isGivenApart(@Nullable Class<?> about, Class<?> type) {
        return about != null
                && about.isRecord()
                && !Term.class.isAssignableFrom(about)
                && Stream.of(about.getRecordComponents())
                        .anyMatch(component -> component.getType() == type || isGivenApart(component.getType(), type));
    }

    static int[][] labels(List<Condition> conditions, List<List<@Nullable Object>> parts, int column) {
        int[] whole = {0, parts.size() - 1};
        var holding = new HashMap<Object, BitSet>();
        var known = new BitSet();
        for (int part = 0; part < parts.size(); part++) {
            Object value = parts.get(part).get(column);
            if (value != null) {
                known.set(part);
            }
            while (value != null) {
                holding.computeIfAbsent(key(value), v -> new BitSet()).set(part);
                value = value instanceof Nested nested ? nested.parent() : null;
            }
        }
        var cache = new HashMap<Condition, int[]>();
        var rows = new int[conditions.size()][];
        for (int row = 0; row < rows.length; row++) {
            Condition condition = conditions.get(row);
            rows[row] = condition == Condition.ANY
                    ? whole
                    : cache.computeIfAbsent(condition, asked -> {
                        var set = new BitSet();
                        asked.handle(
                                () -> set.set(0, parts.size()),
                                one -> one.values().forEach(value -> or(set, holding.get(key(value)))),
                                none -> {
                                    var excluded = new BitSet();
                                    none.values().forEach(value -> or(excluded, holding.get(key(value))));
                                    set.or(known);
                                    set.andNot(excluded);
                                },
                                within -> {}); // no label lies within bounds
                        return runs(set);
                    });
        }
        return rows;
    }

    private static void or(BitSet set, @Nullable BitSet other) {
        if (other != null) {
            set.or(other);
        }
    }

    private static Object key(Object value) {
        return value instanceof Term term ? term.code() : value;
    }

    // ———— Numbers and days ————

    /** @param from the first day; null when it is not about the days on which rows count */
    private static Axis numbers(
            List<String> names,
            @Nullable Attribute attribute,
            List<Condition> conditions,
            boolean optional,
            @Nullable LocalDate from) {
        Bounds bounds = attribute == null ? null : attribute.bounds();
        BigDecimal least = from != null
                ? BigDecimal.valueOf(from.toEpochDay())
                : bounds == null ? null : BigDecimal.valueOf(bounds.min());
        BigDecimal most = bounds == null ? null : BigDecimal.valueOf(bounds.max());
        boolean whole = attribute == null || attribute.isWhole();
        var cuts = new TreeSet<BigDecimal>();
        for (Condition condition : conditions) {
            condition.handle(
                    () -> {}, one -> {}, none -> {}, within -> within.bounds().forEach(cuts::add));
        }
        BigDecimal[] cut = cuts.toArray(BigDecimal[]::new);
        int slots = 2 * cut.length + 1;
        var parts = new ArrayList<List<@Nullable Object>>();
        int[] before = new int[slots + 1]; // how many parts lie before a slot
        for (int slot = 0; slot < slots; slot++) {
            BigDecimal example = slot % 2 == 1
                    ? on(cut[slot / 2], least, most, whole)
                    : between(
                            slot == 0 ? null : cut[slot / 2 - 1],
                            slot == slots - 1 ? null : cut[slot / 2],
                            least,
                            most,
                            whole);
            if (example != null) {
                parts.add(Arrays.asList(value(attribute, example)));
            }
            before[slot + 1] = parts.size();
        }
        int numbers = parts.size();
        if (optional) {
            parts.add(Arrays.asList((Object) null));
        }
        int[] all = {0, parts.size() - 1};
        var rows = new int[conditions.size()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = conditions
                    .get(row)
                    .fold(
                            () -> all,
                            one -> all,
                            none -> all,
                            within -> runs(within, range -> {
                                int first = range.from() == null
                                        ? 0
                                        : 2 * Arrays.binarySearch(cut, range.from()) + (range.fromIncluded() ? 1 : 2);
                                int last = range.to() == null
                                        ? slots - 1
                                        : 2 * Arrays.binarySearch(cut, range.to()) + (range.toIncluded() ? 1 : 0);
                                int low = before[Math.min(first, slots)];
                                int high = last < 0 ? -1 : before[last + 1] - 1;
                                return low > high ? new int[0] : new int[] {low, Math.min(high, numbers - 1)};
                            }));
        }
        List<int[][]> byColumn = new ArrayList<>();
        byColumn.add(rows);
        return new Axis(names, parts, byColumn, List.of());
    }

    private static Object value(@Nullable Attribute attribute, BigDecimal number) {
        return attribute == null || attribute.isDate() ? LocalDate.ofEpochDay(number.longValueExact()) : number;
    }

    static @Nullable BigDecimal on(
            BigDecimal cut, @Nullable BigDecimal least, @Nullable BigDecimal most, boolean whole) {
        boolean possible = (least == null || cut.compareTo(least) >= 0)
                && (most == null || cut.compareTo(most) <= 0)
                && (!whole || cut.stripTrailingZeros().scale() <= 0);
        return possible ? cut : null;
    }

    /** A number strictly between two cuts and within the bounds; null when there is none. */
    static @Nullable BigDecimal between(
            @Nullable BigDecimal after,
            @Nullable BigDecimal before,
            @Nullable BigDecimal least,
            @Nullable BigDecimal most,
            boolean whole) {
        BigDecimal candidate;
        if (after != null && (least == null || after.compareTo(least) >= 0)) {
            BigDecimal next = after.setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE);
            BigDecimal end = before == null ? most : before;
            candidate = whole || end == null || next.compareTo(end) < 0
                    ? next
                    : after.add(end).divide(BigDecimal.valueOf(2));
        } else if (least != null) {
            candidate = whole ? least.setScale(0, RoundingMode.CEILING) : least;
        } else if (before != null) {
            candidate = before.setScale(0, RoundingMode.CEILING).subtract(BigDecimal.ONE);
        } else {
            candidate = BigDecimal.ZERO;
        }
        boolean possible = (after == null || candidate.compareTo(after) > 0)
                && (before == null || candidate.compareTo(before) < 0)
                && (most == null || candidate.compareTo(most) <= 0);
        return possible ? candidate : null;
    }

    // ———— Texts ————

    /**
     * Texts enough to tell the rows apart: for each word a text of that word alone, since a further word can only bring more
     * rows; and each of those with every choice of the words that may not be there.
     *
     * @return empty when there would be too many
     */
    private static List<String> texts(List<Condition> conditions) {
        var named = new LinkedHashSet<Object>();
        var excluded = new LinkedHashSet<Object>();
        for (Condition condition : conditions) {
            condition.handle(
                    () -> {}, one -> named.addAll(one.values()), none -> excluded.addAll(none.values()), within -> {});
        }
        if (excluded.size() > 16 || (long) (named.size() + 2) << excluded.size() > MAX_PARTS) {
            return List.of();
        }
        var words = new ArrayList<>(named);
        words.addAll(excluded);
        String apart = separator(words);
        var texts = new LinkedHashSet<String>();
        texts.add("");
        var forbidden = new ArrayList<>(excluded);
        for (int choice = 0; choice < 1 << forbidden.size(); choice++) {
            var text = new StringBuilder();
            for (int i = 0; i < forbidden.size(); i++) {
                if ((choice >> i & 1) == 1) {
                    text.append(text.isEmpty() ? "" : apart).append(forbidden.get(i));
                }
            }
            texts.add(text.isEmpty() ? apart : text.toString());
            for (Object word : named) {
                texts.add(text.isEmpty() ? (String) word : word + apart + text);
            }
        }
        return List.copyOf(texts);
    }

    /** A sign that stands in none of the words, so that nothing but the words is found in a text made of them. */
    static String separator(Collection<?> words) {
        for (char sign : "。；|/".toCharArray()) {
            if (words.stream().noneMatch(word -> ((String) word).indexOf(sign) >= 0)) {
                return String.valueOf(sign);
            }
        }
        char sign = '\u2460';
        while (contains(words, sign)) {
            sign++;
        }
        return String.valueOf(sign);
    }

    private static boolean contains(Collection<?> words, char sign) {
        return words.stream().anyMatch(word -> ((String) word).indexOf(sign) >= 0);
    }

    private static Axis text(Table.ConditionColumn column, List<String> texts) {
        var parts = new ArrayList<List<@Nullable Object>>();
        var holding = new BitSet[column.conditions().size()];
        for (int row = 0; row < holding.length; row++) {
            holding[row] = new BitSet();
        }
        for (int part = 0; part < texts.size(); part++) {
            parts.add(List.of(texts.get(part)));
            RoaringBitmap rows = column.index().rows(texts.get(part));
            int at = part;
            rows.forEach((int row) -> holding[row].set(at));
        }
        List<int[][]> byColumn = new ArrayList<>();
        byColumn.add(Stream.of(holding).map(ConditionSpace::runs).toArray(int[][]::new));
        return new Axis(List.of(column.attribute().chinese()), parts, byColumn, column.conditions());
    }

    // ———— Runs ————

    /** The runs of a condition, from those of its ranges, of which none lies within another. */
    static int[] runs(Condition.Within within, Function<Condition.Range, int[]> range) {
        if (within.ranges().size() == 1) {
            return range.apply(within.ranges().get(0));
        }
        var set = new BitSet(); // ranges between which no part lies are one run
        for (Condition.Range each : within.ranges()) {
            int[] run = range.apply(each);
            if (run.length > 0) {
                set.set(run[0], run[1] + 1);
            }
        }
        return runs(set);
    }

    static int[] runs(BitSet set) {
        var runs = new int[2 * set.cardinality()];
        int length = 0;
        for (int from = set.nextSetBit(0); from >= 0; ) {
            int to = set.nextClearBit(from);
            runs[length++] = from;
            runs[length++] = to - 1;
            from = set.nextSetBit(to);
        }
        return Arrays.copyOf(runs, length);
    }

    /** The parts that lie in both. */
    public static int[] meet(int[] one, int[] other) {
        var met = new int[one.length + other.length];
        int length = 0;
        for (int i = 0, j = 0; i < one.length && j < other.length; ) {
            int from = Math.max(one[i], other[j]);
            int to = Math.min(one[i + 1], other[j + 1]);
            if (from <= to) {
                met[length++] = from;
                met[length++] = to;
            }
            if (one[i + 1] < other[j + 1]) {
                i += 2;
            } else {
                j += 2;
            }
        }
        return Arrays.copyOf(met, length);
    }

    /** The parts that lie in one but not in the other. */
    public static int[] minus(int[] one, int[] other) {
        var rest = new BitSet();
        for (int i = 0; i < one.length; i += 2) {
            rest.set(one[i], one[i + 1] + 1);
        }
        for (int i = 0; i < other.length; i += 2) {
            rest.clear(other[i], other[i + 1] + 1);
        }
        return runs(rest);
    }

    // ———— Asking ————

    /** The axes: one for each condition column or group of them, and last the days. */
    public List<Axis> axes() {
        return axes;
    }

    /** Whether every difference between rows is seen; not when so many words may not be there that their choices are too many. */
    public boolean isExact() {
        return exact;
    }

    /**
     * The example of a choice of parts.
     *
     * @param parts one for each axis
     * @param texts texts instead of an axis' part, by axis
     */
    public Point point(int[] parts, Map<Axis, String> texts) {
        var values = new LinkedHashMap<String, Object>();
        var says = new ArrayList<String>();
        LocalDate on = LocalDate.EPOCH;
        for (int i = 0; i < axes.size(); i++) {
            Axis axis = axes.get(i);
            List<@Nullable Object> example = axis.parts.get(parts[i]);
            if (axis.columns.isEmpty()) {
                on = (LocalDate) Objects.requireNonNull(example.get(0));
                if (axis.size() > 1) {
                    says.add(on.toString());
                }
            }
            for (int column = 0; column < axis.columns.size(); column++) {
                String name = axis.columns.get(column);
                Object value = texts.containsKey(axis) ? texts.get(axis) : example.get(column);
                if (value != null) {
                    values.put(name, value);
                }
                says.add(name + " " + shown(value));
            }
        }
        return new Point(values, on, String.join("，", says));
    }

    private static String shown(@Nullable Object value) {
        if (value == null || value.equals("")) {
            return UNKNOWN;
        }
        if (value instanceof Term term) {
            return term.label();
        }
        if (value instanceof Boolean yes) {
            return yes ? "是" : "否";
        }
        return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : value.toString();
    }

    /** The rows that cover a point, in the order of the sheet and whatever the hit policy: the table itself is asked. */
    public List<? extends Row> covering(Point point) {
        return table.covering(point.values(), point.on());
    }
}
