package liandong.analysis;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import liandong.incident.Bounds;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.table.Attribute;
import liandong.table.Condition;
import liandong.table.HitPolicy;
import liandong.table.Row;
import liandong.table.Sheet;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Everything that two versions of some tables can be asked about, as far as the cells of either tell it apart: one axis for
 * each attribute, cut into finitely many parts, and of each row of each version which parts it holds for.
 *
 * <p>Values of one part are alike to every row of both versions. A label means in each version what that version's vocabulary
 * says of its code; one that only one version knows cannot be asked of the other, and {@link #common} leaves it out.
 * Columns that follow from another, such as the category from the event type, share its axis. Immutable.
 */
public final class JointSpace {
    /** The version that was. */
    public static final int BEFORE = 0;
    /** The version that is to be. */
    public static final int AFTER = 1;

    private static final int WORD_SETS = 6;
    private static final int MOST_TEXTS = 4_000;
    private static final int LABELS_NAMED = 6;
    private static final int WORDS_NAMED = 3;
    private static final Part ANYTHING = new Part(Map.of(), Map.of(), "", null, null);

    private final List<Pair> pairs;
    private final List<Axis> axes;
    /** By pair, version, row and axis. */
    private final int[][][][][] runs;

    private final int[][] common;
    private final boolean exact;

    /**
     * A table in both versions.
     *
     * @param before null when it is new
     * @param after null when it is gone; of the same kind of rows
     */
    public record Pair(
            @Nullable Table<? extends Row> before, @Nullable Table<? extends Row> after) {
        /** One version of it. */
        public @Nullable Table<? extends Row> side(int side) {
            return side == BEFORE ? before : after;
        }

        /** The one that is there, the later if both are. */
        public Table<? extends Row> either() {
            return Objects.requireNonNull(after == null ? before : after);
        }

        /** The kind of rows it has. */
        public Class<? extends Row> type() {
            return either().type();
        }
    }

    /**
     * Values of an attribute that no row tells apart.
     *
     * @param before what the former version's columns have of an example, by their Chinese names; null when it does not know it
     * @param after the same of the later version
     * @param label the example, for people
     * @param from of a number, its lower bound; null for none
     * @param to of a number, its upper bound; null for none
     */
    public record Part(
            @Nullable Map<String, Object> before,
            @Nullable Map<String, Object> after,
            String label,
            @Nullable Bound from,
            @Nullable Bound to) {
        /** What a version's columns have of the example; what is missing is not known. */
        public @Nullable Map<String, Object> side(int side) {
            return side == BEFORE ? before : after;
        }

        /** Whether it holds more numbers than one. */
        public boolean isRange() {
            if (from == null || to == null) {
                return before != null && !before.isEmpty();
            }
            return !from.equals(to);
        }

        /**
         * A number at its upper end.
         *
         * @param beyond how far beyond its lower end to go where it has no upper
         */
        public BigDecimal highest(BigDecimal beyond) {
            if (to == null) {
                return (from == null ? BigDecimal.ZERO : from.at()).add(beyond);
            }
            BigDecimal before = to.included() ? to.at() : to.at().subtract(BigDecimal.ONE);
            if (from == null
                    || before.compareTo(from.at()) > 0
                    || (before.compareTo(from.at()) == 0 && from.included())) {
                return before;
            }
            return to.included() ? to.at() : from.at().add(to.at()).divide(BigDecimal.valueOf(2));
        }
    }

    /** The end of a range of numbers. */
    record Bound(BigDecimal at, boolean included) {}

    /** What an axis is made of. */
    private enum Kind {
        LABELS,
        NUMBERS,
        DAYS,
        TEXTS
    }

    /** An attribute, with those that follow from it, cut into parts; last the days on which rows count. */
    public static final class Axis {
        private final String name;
        private final Set<String> columns;
        private final List<Part> parts;
        private final int[] whole;
        private final Kind kind;
        private final boolean integral;
        private final @Nullable List<String> flag;

        /** Whether a text has one of some words: no, or yes. */
        private Axis(String name, List<String> flag, List<Part> parts) {
            this.name = name;
            this.columns = Set.of(name);
            this.parts = parts;
            this.whole = new int[] {0, 1};
            this.kind = Kind.TEXTS;
            this.integral = false;
            this.flag = List.copyOf(flag);
        }

        private Axis(String name, Set<String> columns, List<Part> parts, Kind kind, boolean integral) {
            this.name = name;
            this.columns = columns;
            this.parts = List.copyOf(parts);
            this.whole = new int[] {0, parts.size() - 1};
            this.kind = kind;
            this.integral = integral;
            this.flag = null;
        }

        /** The Chinese name of its attribute; empty for the days. */
        public String name() {
            return name;
        }

        /** The Chinese names of the columns that ask about it. */
        public Set<String> columns() {
            return columns;
        }

        /** Its parts. */
        public List<Part> parts() {
            return parts;
        }

        /** All parts. */
        public int[] whole() {
            return whole;
        }

        /** Whether it is the days on which rows count. */
        public boolean isDays() {
            return kind == Kind.DAYS;
        }

        /** Whether it is about a text. */
        public boolean isText() {
            return kind == Kind.TEXTS;
        }

        /**
         * The words of which a text has one, in the second part, or none, in the first.
         *
         * @return empty where the first part is no text and the second any; null for another kind of axis
         */
        public @Nullable List<String> flag() {
            return flag;
        }

        /** Some of its parts in words, e.g. {@code "≥3"} or {@code "燃气泄漏、火灾"}. */
        public String words(int[] some) {
            var words = new ArrayList<String>();
            if (kind == Kind.NUMBERS || kind == Kind.DAYS) {
                for (int i = 0; i < some.length; i += 2) {
                    int from = some[i];
                    while (from <= some[i + 1]) {
                        int to = from;
                        while (to < some[i + 1] && isNumber(to) && isNumber(to + 1)) {
                            to++;
                        }
                        words.add(
                                isNumber(from)
                                        ? range(parts.get(from), parts.get(to))
                                        : parts.get(from).label());
                        from = to + 1;
                    }
                }
                return String.join("、", words);
            }
            int count = count(some);
            int others = parts.size() - count;
            boolean allBut = kind == Kind.LABELS && others > 0 && others <= 3 && others < count;
            int[] named = allBut ? ConditionSpace.minus(whole, some) : some;
            for (int i = 0; i < named.length; i += 2) {
                for (int part = named[i]; part <= named[i + 1] && words.size() < LABELS_NAMED; part++) {
                    words.add(parts.get(part).label());
                }
            }
            int all = count(named);
            String listed = String.join("、", words);
            return (allBut ? "非 " : "") + (all > words.size() ? listed + "… (" + all + ")" : listed);
        }

        private boolean isNumber(int part) {
            Map<String, Object> known = parts.get(part).before();
            return known != null && !known.isEmpty();
        }

        private String range(Part first, Part last) {
            Bound from = first.from();
            Bound to = last.to();
            BigDecimal low = from == null ? null : from.at();
            BigDecimal high = to == null ? null : to.at();
            boolean lowIn = from != null && from.included();
            boolean highIn = to != null && to.included();
            if (integral && low != null && !lowIn) {
                low = low.add(BigDecimal.ONE);
                lowIn = true;
            }
            if (integral && high != null && !highIn) {
                high = high.subtract(BigDecimal.ONE);
                highIn = true;
            }
            if (low == null && high == null) {
                return "*";
            }
            if (low == null) {
                return (highIn ? "≤" : "<") + shown(Objects.requireNonNull(high));
            }
            if (high == null) {
                return (lowIn ? "≥" : ">") + shown(low);
            }
            if (low.compareTo(high) == 0) {
                return shown(low);
            }
            return lowIn && highIn
                    ? shown(low) + "~" + shown(high)
                    : (lowIn ? "[" : "(") + shown(low) + ".." + shown(high) + (highIn ? "]" : ")");
        }

        private String shown(BigDecimal number) {
            boolean date = kind == Kind.DAYS || parts.stream().anyMatch(part -> isDate(part));
            return date
                    ? LocalDate.ofEpochDay(number.longValue()).toString()
                    : number.stripTrailingZeros().toPlainString();
        }

        private boolean isDate(Part part) {
            Map<String, Object> known = part.before() == null ? part.after() : part.before();
            return known != null && known.get(name) instanceof LocalDate;
        }
    }

    /** How many parts there are in some runs. */
    public static int count(int[] runs) {
        int count = 0;
        for (int i = 0; i < runs.length; i += 2) {
            count += runs[i + 1] - runs[i] + 1;
        }
        return count;
    }

    private JointSpace(List<Pair> pairs, List<Axis> axes, int[][][][][] runs, boolean exact) {
        this.pairs = pairs;
        this.axes = List.copyOf(axes);
        this.runs = runs;
        this.exact = exact;
        this.common = axes.stream()
                .map(axis -> {
                    var known = new BitSet();
                    for (int part = 0; part < axis.parts.size(); part++) {
                        known.set(
                                part,
                                axis.parts.get(part).before() != null
                                        && axis.parts.get(part).after() != null);
                    }
                    return ConditionSpace.runs(known);
                })
                .toArray(int[][]::new);
    }

    /** The tables. */
    public List<Pair> pairs() {
        return pairs;
    }

    /** The axes; last the days. */
    public List<Axis> axes() {
        return axes;
    }

    /** The parts that both versions know, axis by axis. */
    public int[][] common() {
        return common.clone();
    }

    /** Whether every difference between rows is seen; not where texts are too many to tell them all apart. */
    public boolean isExact() {
        return exact;
    }

    /** The parts that a row holds for, axis by axis. */
    public int[][] runs(int pair, int side, int row) {
        return runs[pair][side][row];
    }

    /** A column of a version of a table. */
    private record Use(int pair, int side, Table.ConditionColumn column) {}

    /** Attributes that share an axis. */
    private record Group(Attribute source, @Nullable Class<?> about, Set<String> known, List<Use> uses) {}

    /**
     * The space of some tables.
     *
     * @param vocabularies the words of the two versions
     * @param from the first day that matters
     * @param without Chinese names of attributes that get no axis: their conditions are taken for met
     * @param cuts numbers besides those of the cells at which attributes are cut, by their Chinese names
     * @param also attributes that get an axis though no table may ask about them
     * @param flags whether a text gets an axis for each condition on it, met or not, rather than one of texts
     */
    public static JointSpace of(
            List<Pair> pairs,
            List<Vocabulary> vocabularies,
            LocalDate from,
            Set<String> without,
            Map<String, Set<BigDecimal>> cuts,
            List<Attribute> also,
            boolean flags) {
        var groups = new LinkedHashMap<String, Group>();
        also.forEach(attribute -> groups.put(
                attribute.chinese(), new Group(attribute, null, Set.of(attribute.chinese()), new ArrayList<>())));
        for (int pair = 0; pair < pairs.size(); pair++) {
            for (int side = BEFORE; side <= AFTER; side++) {
                Table<? extends Row> table = pairs.get(pair).side(side);
                if (table != null) {
                    collect(pair, side, table, without, groups);
                }
            }
        }
        var axes = new ArrayList<Axis>();
        List<Set<Object>> asked = flags ? asked(groups.values()) : List.of();
        int count = groups.size() + 1 + asked.size();
        var runs = new int[pairs.size()][2][][][];
        for (int pair = 0; pair < pairs.size(); pair++) {
            for (int side = BEFORE; side <= AFTER; side++) {
                Table<? extends Row> table = pairs.get(pair).side(side);
                int rows = table == null ? 0 : table.rows().size();
                runs[pair][side] = new int[rows][count][];
            }
        }
        boolean exact = true;
        for (Group group : groups.values()) {
            int at = axes.size();
            if (group.source().isText() && flags) {
                for (Set<Object> words : asked) {
                    axes.add(flag(group, words, axes.size(), runs));
                }
                axes.add(new Axis("", Set.of(), List.of(ANYTHING), Kind.TEXTS, false));
            } else if (group.source().isText()) {
                Texts texts = Texts.of(group.uses(), pairs);
                exact &= texts.exact();
                axes.add(texts(group, texts.all(), at, runs));
            } else if (group.source().isNumber()) {
                axes.add(numbers(group, cuts.getOrDefault(group.source().chinese(), Set.of()), at, runs));
            } else {
                axes.add(labels(group, vocabularies, at, runs));
            }
        }
        axes.add(days(pairs, from, axes.size(), runs));
        for (int pair = 0; pair < pairs.size(); pair++) {
            for (int[][][] side : runs[pair]) {
                for (int[][] row : side) {
                    for (int axis = 0; axis < row.length; axis++) {
                        int[] whole = axes.get(axis).whole;
                        row[axis] = row[axis] == null || Arrays.equals(row[axis], whole) ? whole : row[axis];
                    }
                }
            }
        }
        return new JointSpace(List.copyOf(pairs), axes, runs, exact);
    }

    private static void collect(
            int pair, int side, Table<? extends Row> table, Set<String> without, Map<String, Group> groups) {
        Sheet sheet = table.type().getAnnotation(Sheet.class);
        Class<?> about = sheet == null ? null : sheet.about();
        Set<String> known = sheet == null ? Set.of() : Set.of(sheet.known());
        for (Table.ConditionColumn column : table.columns()) {
            if (!without.contains(column.attribute().chinese())) {
                Attribute source = ConditionSpace.source(column.attribute(), about);
                groups.computeIfAbsent(source.chinese(), name -> new Group(source, about, known, new ArrayList<>()))
                        .uses()
                        .add(new Use(pair, side, column));
            }
        }
    }

    private static void hold(int[][][][][] runs, Use use, int row, int axis, int[] holding) {
        int[][] of = runs[use.pair()][use.side()][row];
        of[axis] = of[axis] == null ? holding : ConditionSpace.meet(of[axis], holding);
    }

    // ———— Labels, and yes or no ————

    private static Axis labels(Group group, List<Vocabulary> vocabularies, int at, int[][][][][] runs) {
        Attribute source = group.source();
        var attributes = new LinkedHashMap<String, Attribute>();
        group.uses()
                .forEach(use -> attributes.put(
                        use.column().attribute().chinese(), use.column().attribute()));
        var parts = new ArrayList<Part>();
        List<Map<Object, Object>> values = vocabularies.stream()
                .map(vocabulary -> byKey(ConditionSpace.values(source, vocabulary)))
                .toList();
        var keys = new LinkedHashSet<>(values.get(BEFORE).keySet());
        keys.addAll(values.get(AFTER).keySet());
        for (Object key : keys) {
            Object was = values.get(BEFORE).get(key);
            Object is = values.get(AFTER).get(key);
            parts.add(new Part(
                    was == null ? null : columns(was, source, attributes),
                    is == null ? null : columns(is, source, attributes),
                    label(is == null ? was : is),
                    null,
                    null));
        }
        if (source.optional() && !group.known().contains(source.chinese())) {
            parts.addAll(unknown(group, attributes, vocabularies));
        }
        for (int side = BEFORE; side <= AFTER; side++) {
            for (Map.Entry<String, Attribute> attribute : attributes.entrySet()) {
                List<List<@Nullable Object>> tuples = new ArrayList<>();
                for (Part part : parts) {
                    Map<String, Object> known = part.side(side);
                    tuples.add(Arrays.asList(known == null ? null : known.get(attribute.getKey())));
                }
                for (Use use : group.uses()) {
                    if (use.side() == side && use.column().attribute().chinese().equals(attribute.getKey())) {
                        int[][] holding = ConditionSpace.labels(use.column().conditions(), tuples, 0);
                        for (int row = 0; row < holding.length; row++) {
                            hold(runs, use, row, at, holding[row]);
                        }
                    }
                }
            }
        }
        return new Axis(source.chinese(), Set.copyOf(attributes.keySet()), parts, Kind.LABELS, false);
    }

    private static Map<Object, Object> byKey(List<Object> values) {
        var byKey = new LinkedHashMap<Object, Object>();
        values.forEach(value -> byKey.put(value instanceof Term term ? term.code() : value, value));
        return byKey;
    }

    /** What the columns have of a value. */
    private static Map<String, Object> columns(Object value, Attribute source, Map<String, Attribute> attributes) {
        var columns = new LinkedHashMap<String, Object>();
        columns.put(source.chinese(), value);
        attributes.forEach((name, attribute) -> {
            Object had = name.equals(source.chinese()) ? value : ConditionSpace.component(value, attribute);
            if (had != null) {
                columns.put(name, had);
            }
        });
        return columns;
    }

    /** What can be known of columns that follow from a value which is not known. */
    private static List<Part> unknown(Group group, Map<String, Attribute> attributes, List<Vocabulary> vocabularies) {
        List<Part> parts = List.of(new Part(Map.of(), Map.of(), ConditionSpace.UNKNOWN, null, null));
        for (Attribute attribute : attributes.values()) {
            boolean apart = !attribute.chinese().equals(group.source().chinese())
                    && ConditionSpace.isGivenApart(group.about(), attribute.type());
            if (apart) {
                List<Map<Object, Object>> values = vocabularies.stream()
                        .map(vocabulary -> byKey(ConditionSpace.values(attribute, vocabulary)))
                        .toList();
                var keys = new LinkedHashSet<>(values.get(BEFORE).keySet());
                keys.addAll(values.get(AFTER).keySet());
                var longer = new ArrayList<>(parts);
                for (Part part : parts) {
                    for (Object key : keys) {
                        Object was = values.get(BEFORE).get(key);
                        Object is = values.get(AFTER).get(key);
                        longer.add(new Part(
                                with(part.before(), attribute, was),
                                with(part.after(), attribute, is),
                                ConditionSpace.UNKNOWN + " (" + label(is == null ? was : is) + ")",
                                null,
                                null));
                    }
                }
                parts = longer;
            }
        }
        return parts;
    }

    private static @Nullable Map<String, Object> with(
            @Nullable Map<String, Object> known, Attribute attribute, @Nullable Object value) {
        if (known == null || value == null) {
            return null;
        }
        var more = new LinkedHashMap<>(known);
        more.put(attribute.chinese(), value);
        return more;
    }

    private static String label(@Nullable Object value) {
        if (value instanceof Term term) {
            return term.label();
        }
        if (value instanceof Boolean yes) {
            return yes ? "是" : "否";
        }
        return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : String.valueOf(value);
    }

    // ———— Numbers and days ————

    private static Axis numbers(Group group, Set<BigDecimal> more, int at, int[][][][][] runs) {
        Attribute source = group.source();
        Bounds bounds = source.bounds();
        boolean unknown = source.optional() && !group.known().contains(source.chinese());
        var conditions = new ArrayList<Condition>();
        group.uses().forEach(use -> conditions.addAll(use.column().conditions()));
        var cut = Cut.at(
                conditions,
                more,
                bounds == null ? null : BigDecimal.valueOf(bounds.min()),
                bounds == null ? null : BigDecimal.valueOf(bounds.max()),
                source.isWhole());
        var parts = new ArrayList<Part>();
        for (Cut.Slot slot : cut.slots()) {
            Object value = source.isDate() ? LocalDate.ofEpochDay(slot.example().longValueExact()) : slot.example();
            Map<String, Object> known = Map.of(source.chinese(), value);
            parts.add(new Part(known, known, label(value), slot.from(), slot.to()));
        }
        if (unknown) {
            parts.add(new Part(Map.of(), Map.of(), ConditionSpace.UNKNOWN, null, null));
        }
        for (Use use : group.uses()) {
            List<Condition> asked = use.column().conditions();
            for (int row = 0; row < asked.size(); row++) {
                if (asked.get(row) != Condition.ANY) {
                    hold(runs, use, row, at, cut.holding(asked.get(row)));
                }
            }
        }
        return new Axis(source.chinese(), Set.of(source.chinese()), parts, Kind.NUMBERS, source.isWhole());
    }

    private static Axis days(List<Pair> pairs, LocalDate from, int at, int[][][][][] runs) {
        var conditions = new ArrayList<Condition>();
        for (Pair pair : pairs) {
            for (int side = BEFORE; side <= AFTER; side++) {
                Table<? extends Row> table = pair.side(side);
                for (int row = 0; table != null && row < table.rows().size(); row++) {
                    conditions.add(table.inForce(row));
                }
            }
        }
        var cut = Cut.at(conditions, Set.of(), BigDecimal.valueOf(from.toEpochDay()), null, true);
        var parts = new ArrayList<Part>();
        for (Cut.Slot slot : cut.slots()) {
            LocalDate day = LocalDate.ofEpochDay(slot.example().longValueExact());
            Map<String, Object> known = Map.of("", day);
            parts.add(new Part(known, known, day.toString(), slot.from(), slot.to()));
        }
        for (int pair = 0; pair < pairs.size(); pair++) {
            for (int side = BEFORE; side <= AFTER; side++) {
                Table<? extends Row> table = pairs.get(pair).side(side);
                for (int row = 0; table != null && row < table.rows().size(); row++) {
                    Condition asked = table.inForce(row);
                    runs[pair][side][row][at] = asked == Condition.ANY ? null : cut.holding(asked);
                }
            }
        }
        return new Axis("", Set.of(""), parts, Kind.DAYS, true);
    }

    /**
     * Numbers cut where conditions begin or end to hold.
     *
     * @param cuts where, ascending
     * @param slots the parts that some number lies in
     * @param before how many parts lie before each slot, possible or not: those on and between the cuts
     */
    private record Cut(List<BigDecimal> cuts, List<Slot> slots, List<Integer> before) {
        record Slot(
                BigDecimal example,
                @Nullable Bound from,
                @Nullable Bound to) {}

        static Cut at(
                List<Condition> conditions,
                Set<BigDecimal> more,
                @Nullable BigDecimal least,
                @Nullable BigDecimal most,
                boolean whole) {
            var ordered = new TreeSet<BigDecimal>(more);
            for (Condition condition : conditions) {
                condition.handle(
                        () -> {},
                        one -> {},
                        none -> {},
                        within -> within.bounds().forEach(ordered::add));
            }
            var cuts = List.copyOf(ordered);
            var slots = new ArrayList<Slot>();
            var before = new ArrayList<Integer>();
            for (int slot = 0; slot <= 2 * cuts.size(); slot++) {
                before.add(slots.size());
                BigDecimal low = slot == 0 ? null : cuts.get((slot - 1) / 2);
                BigDecimal high = slot == 2 * cuts.size() ? null : cuts.get(slot / 2);
                boolean on = slot % 2 == 1;
                BigDecimal example = on
                        ? ConditionSpace.on(Objects.requireNonNull(low), least, most, whole)
                        : ConditionSpace.between(low, high, least, most, whole);
                if (example != null) {
                    slots.add(
                            on
                                    ? new Slot(example, new Bound(example, true), new Bound(example, true))
                                    : new Slot(example, lower(low, least), upper(high)));
                }
            }
            before.add(slots.size());
            return new Cut(cuts, slots, before);
        }

        private static @Nullable Bound lower(@Nullable BigDecimal low, @Nullable BigDecimal least) {
            if (low != null && (least == null || low.compareTo(least) >= 0)) {
                return new Bound(low, false);
            }
            return least == null ? null : new Bound(least, true);
        }

        private static @Nullable Bound upper(@Nullable BigDecimal high) {
            return high == null ? null : new Bound(high, false);
        }

        int[] holding(Condition asked) {
            int[] all = {0, slots.size() - 1};
            return asked.fold(
                    () -> all,
                    one -> all,
                    none -> all,
                    within -> ConditionSpace.runs(within, range -> {
                        int first = range.from() == null ? 0 : 2 * at(range.from()) + (range.fromIncluded() ? 1 : 2);
                        int last = range.to() == null
                                ? 2 * cuts.size()
                                : 2 * at(range.to()) + (range.toIncluded() ? 1 : 0);
                        if (first > last) {
                            return new int[0];
                        }
                        int low = before.get(first);
                        int high = before.get(last + 1) - 1;
                        return low > high ? new int[0] : new int[] {low, high};
                    }));
        }

        private int at(BigDecimal bound) {
            for (int i = 0; i < cuts.size(); i++) {
                if (cuts.get(i).compareTo(bound) == 0) {
                    return i;
                }
            }
            throw new IllegalStateException("every bound is a cut");
        }
    }

    // ———— Texts ————

    /** The sets of words that conditions ask for or rule out. */
    private static List<Set<Object>> asked(Collection<Group> groups) {
        var asked = new LinkedHashSet<Set<Object>>();
        for (Group group : groups) {
            if (group.source().isText()) {
                group.uses()
                        .forEach(use -> use.column()
                                .conditions()
                                .forEach(condition -> condition.handle(
                                        () -> {},
                                        one -> asked.add(new LinkedHashSet<>(one.values())),
                                        none -> {
                                            asked.add(Set.of()); // of no text it is not known what it lacks
                                            asked.add(new LinkedHashSet<>(none.values()));
                                        },
                                        within -> {})));
            }
        }
        return List.copyOf(asked);
    }

    /** Whether a text has one of some words; of no words, whether there is a text at all. */
    private static Axis flag(Group group, Set<Object> words, int at, int[][][][][] runs) {
        List<String> named = words.stream().map(Object::toString).toList();
        String shown = String.join("、", named.subList(0, Math.min(WORDS_NAMED, named.size())))
                + (named.size() > WORDS_NAMED ? "… (" + named.size() + ")" : "");
        var parts = List.of(
                new Part(Map.of(), Map.of(), named.isEmpty() ? "空" : "不含 " + shown, null, null),
                new Part(Map.of(), Map.of(), named.isEmpty() ? "非空" : "含 " + shown, null, null));
        for (Use use : group.uses()) {
            List<Condition> asked = use.column().conditions();
            for (int row = 0; row < asked.size(); row++) {
                int[] holding = asked.get(row)
                        .<int[]>fold(
                                () -> null,
                                one -> words.equals(new HashSet<>(one.values())) ? new int[] {1, 1} : null,
                                none -> words.isEmpty()
                                        ? new int[] {1, 1}
                                        : words.equals(new HashSet<>(none.values())) ? new int[] {0, 0} : null,
                                within -> null);
                if (holding != null) {
                    hold(runs, use, row, at, holding);
                }
            }
        }
        return new Axis(group.source().chinese(), named, parts);
    }

    /**
     * Texts that tell rows apart.
     *
     * @param exact whether no two texts that rows tell apart fall together
     */
    private record Texts(List<String> all, boolean exact) {
        static Texts of(List<Use> uses, List<Pair> pairs) {
            var sets = new LinkedHashSet<List<Object>>();
            var words = new LinkedHashSet<Object>();
            var excludes = new boolean[1];
            for (Use use : uses) {
                for (Condition condition : use.column().conditions()) {
                    condition.handle(
                            () -> {},
                            one -> {
                                sets.add(one.values());
                                words.addAll(one.values());
                            },
                            none -> {
                                sets.add(none.values());
                                words.addAll(none.values());
                                excludes[0] = true;
                            },
                            within -> {});
                }
            }
            String apart = ConditionSpace.separator(words);
            var texts = new LinkedHashSet<String>();
            texts.add("");
            texts.add(apart);
            words.forEach(word -> texts.add((String) word));
            boolean all =
                    uses.stream().allMatch(use -> pairs.get(use.pair()).either().hitPolicy() == HitPolicy.ALL);
            if (all && !excludes[0]) {
                // A further word can only bring more rows, so that what differs of a text differs of one of its words.
                return new Texts(List.copyOf(texts), true);
            }
            if (sets.size() <= WORD_SETS) {
                combine(List.copyOf(sets), 0, "", apart, texts);
                return new Texts(List.copyOf(texts), isApart(List.copyOf(sets)));
            }
            if ((long) words.size() * words.size() > MOST_TEXTS) {
                return new Texts(List.copyOf(texts), false);
            }
            for (Object one : words) {
                for (Object other : words) {
                    texts.add(one + apart + other);
                }
            }
            // Of each version one row counts, and one word is enough for it to hold.
            return new Texts(List.copyOf(texts), !excludes[0]);
        }

        /** Whether no word of one set brings one of another with it. */
        private static boolean isApart(List<List<Object>> sets) {
            for (List<Object> one : sets) {
                for (List<Object> other : sets) {
                    if (one != other
                            && one.stream()
                                    .anyMatch(word -> other.stream()
                                            .anyMatch(within -> ((String) word).contains((String) within)))) {
                        return false;
                    }
                }
            }
            return true;
        }

        private static void combine(List<List<Object>> sets, int from, String so, String apart, Set<String> texts) {
            if (from == sets.size()) {
                texts.add(so.isEmpty() ? apart : so);
                return;
            }
            combine(sets, from + 1, so, apart, texts);
            for (Object word :
                    sets.get(from).subList(0, Math.min(2, sets.get(from).size()))) {
                combine(sets, from + 1, so.isEmpty() ? (String) word : so + apart + word, apart, texts);
            }
        }
    }

    private static Axis texts(Group group, List<String> texts, int at, int[][][][][] runs) {
        String name = group.source().chinese();
        var parts = new ArrayList<Part>();
        for (String text : texts) {
            Map<String, Object> known = Map.of(name, text);
            parts.add(new Part(known, known, text.isEmpty() ? ConditionSpace.UNKNOWN : text, null, null));
        }
        for (Use use : group.uses()) {
            List<Condition> asked = use.column().conditions();
            var holding = new BitSet[asked.size()];
            for (int part = 0; part < texts.size(); part++) {
                RoaringBitmap rows = use.column().index().rows(texts.get(part));
                int text = part;
                rows.forEach((int row) -> {
                    holding[row] = holding[row] == null ? new BitSet() : holding[row];
                    holding[row].set(text);
                });
            }
            for (int row = 0; row < asked.size(); row++) {
                if (asked.get(row) != Condition.ANY) {
                    hold(runs, use, row, at, holding[row] == null ? new int[0] : ConditionSpace.runs(holding[row]));
                }
            }
        }
        return new Axis(name, Set.of(name), parts, Kind.TEXTS, false);
    }
}
