package liandong.meaning;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liandong.analysis.Boxes;
import liandong.analysis.JointSpace;
import liandong.analysis.JointSpace.Axis;
import liandong.analysis.JointSpace.Pair;
import liandong.analysis.JointSpace.Part;
import liandong.analysis.RowContent;
import liandong.decision.Decision;
import liandong.decision.DecisionService;
import liandong.decision.FactMaker;
import liandong.decision.FactMaker.Choice;
import liandong.decision.FactMaker.Extra;
import liandong.decision.FactMaker.Made;
import liandong.engine.Concluded;
import liandong.incident.Area;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.meaning.Course.Cut;
import liandong.meaning.Course.Known;
import liandong.meaning.Course.Leaf;
import liandong.meaning.Course.Step;
import liandong.meaning.Course.Unknown;
import liandong.meaning.Meaning.Bound;
import liandong.meaning.Meaning.Change;
import liandong.meaning.Meaning.DecisionMeaning;
import liandong.meaning.Meaning.Region;
import liandong.meaning.Meaning.Result;
import liandong.meaning.Meaning.RowAt;
import liandong.meaning.Meaning.TextChange;
import liandong.meaning.Meaning.Where;
import liandong.meaning.Meaning.Witness;
import liandong.policy.Policy;
import liandong.publication.SheetDiff;
import liandong.replay.AnswerEssence;
import liandong.replay.AnswerEssence.Because;
import liandong.scenario.RecordedCase;
import liandong.table.Attribute;
import liandong.table.Condition;
import liandong.table.HitPolicy;
import liandong.table.Row;
import liandong.table.Table;
import liandong.wire.BadRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which facts of a decision two policies decide differently, shown class by class with the engine itself.
 *
 * <p>The facts are cut into boxes until all facts of a box get the same answers from every table that is asked about them,
 * under both policies; then one of them is decided for all ({@link Course}). A box that no differing row can concern is the same
 * by construction and is not cut further: a table's answer depends on the rows that hold, on nothing else.
 *
 * @param <F> the facts
 * @param <D> what is decided
 */
final class DecisionDifference<F extends Record, D extends Record & Concluded> {
    private static final String VOCABULARY = "vocabulary.xlsx";
    private static final String CALENDAR = "calendar.xlsx";
    private static final int REGIONS = 200;
    private static final int ROWS_NAMED = 5;
    private static final int TEXTS = 2_000;
    private static final int TEXTS_NAMED = 20;
    private static final int MOST_BOXES = 200_000;
    private static final int EXAMPLES_TRIED = 64;
    private static final BigDecimal FAR = BigDecimal.valueOf(1_000);

    private final Decision<F, D> decision;
    private final FactMaker<F> maker;
    private final List<Policy> policies;
    private final LocalDate day;
    private final DecisionService service;
    private List<Extra> extras = List.of();
    private final BooleanSupplier stopped;
    private final Progress progress;

    private final JointSpace space;
    private final List<Pair> pairs;
    private final Map<Class<? extends Row>, Integer> byType = new HashMap<>();
    private final int[][][] conclusions;
    private final int[][][] contents;
    private final boolean[][][] free;
    private final int first;
    private final int place;
    private final List<Integer> keys;
    private final Set<String> constant;
    private final Set<String> places;
    private final boolean prunes;
    /** The facts that differing rows can concern; all, where something else than rows differs. */
    private List<int[][]> suspect = List.of();

    private final Set<Bound> bounds = Collections.synchronizedSet(EnumSet.noneOf(Bound.class));
    private final AtomicLong classes = new AtomicLong();
    private final AtomicLong differing = new AtomicLong();
    private final AtomicInteger kept = new AtomicInteger();

    /** Told how far it is. */
    @FunctionalInterface
    interface Progress {
        void at(int done, int of);
    }

    /**
     * Facts that differ.
     *
     * @param box the parts, axis by axis, then the choices of what no column holds
     * @param classes how many boxes it was joined of
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Found(
            int[][] box,
            long classes,
            List<Change> changes,
            List<RowAt> before,
            List<RowAt> after,
            Supplier<@Nullable ObjectNode> witness) {}

    private DecisionDifference(
            Decision<F, D> decision,
            FactMaker<F> maker,
            List<Policy> policies,
            LocalDate day,
            BooleanSupplier stopped,
            Progress progress) {
        this.decision = decision;
        this.maker = maker;
        this.policies = policies;
        this.day = day;
        this.service = new DecisionService(() -> policies.get(1), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        this.stopped = stopped;
        this.progress = progress;
        this.pairs = pairs();
        this.constant = maker.concluded();
        var words = RuleWords.of(policies);
        List<Vocabulary> vocabularies =
                policies.stream().map(Policy::vocabulary).toList();
        var cuts = new HashMap<String, Set<BigDecimal>>();
        var also = new ArrayList<>(List.of(maker.first(), maker.place()));
        var inRules = new ArrayList<String>();
        for (Attribute attribute : maker.stated()) {
            if (words.mention(attribute.name())) {
                also.add(attribute);
                inRules.add(attribute.chinese());
                if (attribute.isNumber()) {
                    cuts.put(attribute.chinese(), words.numbers());
                }
            }
        }
        if (words.mention("reportedAt")) {
            bounds.add(Bound.RULES_ASK_TIME);
        }
        this.space = JointSpace.of(pairs, vocabularies, day, constant, cuts, also, true);
        this.first = axis(maker.first().chinese());
        this.place = axis(maker.place().chinese());
        this.keys = inRules.stream().map(this::axis).toList();
        this.conclusions = new int[pairs.size()][2][];
        this.contents = new int[pairs.size()][2][];
        this.free = new boolean[pairs.size()][2][];
        this.places = read();
        boolean sameRules =
                isSame(policies.get(0).files().rules(), policies.get(1).files().rules());
        if (!sameRules) {
            bounds.add(Bound.RULES_DIFFER);
        }
        boolean sameWords = compareVocabularies();
        this.prunes = sameRules && sameWords;
        bounds.add(Bound.TEXTS_BY_EXAMPLE);
    }

    /**
     * Compares two policies.
     *
     * @param day the first day that matters
     * @param stopped asked now and then; once it says so, the comparison ends as far as it has come
     */
    static <F extends Record, D extends Record & Concluded> @Nullable DecisionMeaning of(
            Decision<F, D> decision,
            List<Policy> policies,
            LocalDate day,
            int threads,
            BooleanSupplier stopped,
            Progress progress) {
        FactMaker<F> maker = decision.factMaker(policies.get(0), policies.get(1));
        return maker == null
                ? null
                : new DecisionDifference<>(decision, maker, policies, day, stopped, progress).compare(threads);
    }

    private List<Pair> pairs() {
        var found = new ArrayList<Pair>();
        maker.asked().stream()
                .filter(type -> policies.stream().anyMatch(policy -> policy.table(type) != null))
                .sorted(Comparator.comparing(Class::getName))
                .forEach(type -> {
                    byType.put(type, found.size());
                    found.add(new Pair(
                            policies.get(0).table(type), policies.get(1).table(type)));
                });
        return List.copyOf(found);
    }

    private int axis(String name) {
        return find(name).orElseThrow();
    }

    private OptionalInt find(String name) {
        return IntStream.range(0, space.axes().size())
                .filter(axis -> space.axes().get(axis).name().equals(name))
                .findFirst();
    }

    /**
     * Reads what every row says.
     *
     * @return the codes of all terms that rows name in their conclusions
     */
    private Set<String> read() {
        var ids = new HashMap<Object, Integer>();
        var named = new HashSet<String>();
        for (int pair = 0; pair < pairs.size(); pair++) {
            for (int side = JointSpace.BEFORE; side <= JointSpace.AFTER; side++) {
                Table<? extends Row> table = pairs.get(pair).side(side);
                int rows = table == null ? 0 : table.rows().size();
                conclusions[pair][side] = new int[rows];
                contents[pair][side] = new int[rows];
                free[pair][side] = new boolean[rows];
                for (int row = 0; table != null && row < rows; row++) {
                    List<Object> conclusion = RowContent.of(table.rows().get(row));
                    List<Object> held = held(table, row);
                    conclusions[pair][side][row] = ids.computeIfAbsent(conclusion, each -> ids.size());
                    contents[pair][side][row] = ids.computeIfAbsent(List.of(conclusion, held), each -> ids.size());
                    free[pair][side][row] = held.isEmpty();
                    RowContent.codes(table.rows().get(row), named);
                }
            }
        }
        return named;
    }

    /** What a row asks of columns that have no axis. */
    private List<Object> held(Table<? extends Row> table, int row) {
        var held = new ArrayList<Object>();
        for (Table.ConditionColumn column : table.columns()) {
            Condition condition = column.conditions().get(row);
            if (constant.contains(column.attribute().chinese()) && condition != Condition.ANY) {
                held.add(column.attribute().chinese());
                held.add(RowContent.of(condition));
            }
        }
        return held;
    }

    private static boolean isSame(Map<String, byte[]> one, Map<String, byte[]> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream().allMatch(each -> Arrays.equals(each.getValue(), other.get(each.getKey())));
    }

    /**
     * Whether all words mean the same but those of the first attribute, which are compared one by one.
     *
     * <p>Names are for people: another name is no other meaning.
     */
    private boolean compareVocabularies() {
        var sets = new LinkedHashSet<Class<? extends Term>>();
        policies.forEach(policy -> sets.addAll(policy.vocabulary().sets()));
        boolean same = true;
        for (Class<? extends Term> set : sets) {
            List<Map<String, Object>> words = policies.stream()
                    .map(policy -> policy.vocabulary().all(set).stream()
                            .collect(Collectors.toMap(
                                    Term::code, RowContent::meaning, (one, other) -> one, LinkedHashMap::new)))
                    .map(each -> (Map<String, Object>) each)
                    .toList();
            if (!words.get(0).keySet().equals(words.get(1).keySet())) {
                bounds.add(Bound.VOCABULARY_DIFFERS);
            }
            if (set != maker.first().type() && !words.get(0).equals(words.get(1))) {
                same = false;
            }
        }
        return same;
    }

    // ———— All of it ————

    private DecisionMeaning compare(int threads) {
        compareOthers();
        int[][] whole = space.common();
        var kinds = new ArrayList<Integer>();
        if (Stream.of(whole).allMatch(parts -> parts.length > 0)) {
            each(whole[first], kinds::add);
        }
        suspect = suspects(whole);
        var work = new ArrayList<Kind>();
        for (int kind : kinds) {
            int[][] box = Boxes.with(whole, first, new int[] {kind, kind});
            if (!isSame(kind) || isSuspect(box)) {
                work.add(new Kind(kind, box, relevant(all(), box)));
            }
        }
        extras = work.isEmpty() ? List.of() : maker.extras();
        Reached reached = decide(work, threads);
        List<Found> found = told(work);
        List<Region> regions =
                found.stream().limit(REGIONS).map(each -> region(each, whole)).toList();
        var texts = new ArrayList<TextChange>();
        int textsAsked = texts(texts);
        Result result = Result.DIFFERENT;
        if (reached.left() > 0) {
            result = Result.UNFINISHED;
        } else if (regions.isEmpty() && texts.isEmpty()) {
            result = bounds.stream().allMatch(Bound::leavesProof) ? Result.SAME : Result.NONE_FOUND;
        }
        return new DecisionMeaning(
                decision.code(),
                decision.label(),
                result,
                classes.get(),
                differing.get(),
                kinds.size() - work.size(),
                reached.parts(),
                reached.left(),
                reached.unusual(),
                regions,
                Math.max(0, found.size() - REGIONS),
                texts.subList(0, Math.min(TEXTS_NAMED, texts.size())),
                textsAsked,
                List.copyOf(EnumSet.copyOf(bounds)));
    }

    private static void each(int[] runs, IntConsumer then) {
        for (int i = 0; i < runs.length; i += 2) {
            for (int part = runs[i]; part <= runs[i + 1]; part++) {
                then.accept(part);
            }
        }
    }

    /** Notes what differs outside the tables that are asked one by one. */
    private void compareOthers() {
        var types = new LinkedHashSet<Class<? extends Row>>();
        policies.forEach(policy -> policy.tables().forEach(table -> types.add(table.type())));
        for (Class<? extends Row> type : types) {
            if (decision.part().rows().isAssignableFrom(type)
                    && !byType.containsKey(type)
                    && !isSameFile(type)
                    && !content(policies.get(0).table(type))
                            .equals(content(policies.get(1).table(type)))) {
                bounds.add(Bound.READING_DIFFERS);
            }
        }
        if (!SheetDiff.between(
                        CALENDAR,
                        policies.get(0).files().tables().get(CALENDAR),
                        policies.get(1).files().tables().get(CALENDAR))
                .isEmpty()) {
            bounds.add(Bound.CALENDAR_DIFFERS);
        }
    }

    private boolean isSameFile(Class<? extends Row> type) {
        Table<? extends Row> table = policies.get(0).table(type);
        return table != null && Comparison.isSame(policies, table.file()) && Comparison.isSame(policies, VOCABULARY);
    }

    private static Map<Object, Integer> content(@Nullable Table<? extends Row> table) {
        var content = new HashMap<Object, Integer>();
        for (int row = 0; table != null && row < table.rows().size(); row++) {
            List<Object> asked =
                    table.conditions(row).stream().<Object>map(RowContent::of).toList();
            content.merge(
                    List.of(
                            RowContent.of(table.rows().get(row)),
                            table.attributes().stream().map(Attribute::chinese).toList(),
                            asked,
                            RowContent.of(table.inForce(row))),
                    1,
                    Integer::sum);
        }
        return content;
    }

    private boolean isSame(int kind) {
        Part part = space.axes().get(first).parts().get(kind);
        Map<String, Object> was = part.before();
        Map<String, Object> is = part.after();
        return was != null
                && is != null
                && was.get(maker.first().chinese()) instanceof Term one
                && is.get(maker.first().chinese()) instanceof Term other
                && RowContent.meaning(one).equals(RowContent.meaning(other));
    }

    /** Facts of one value of the first attribute. */
    private final class Kind {
        private final boolean same;
        private final int[][] box;
        private final int[][][] rows;
        private final ConcurrentLinkedQueue<Found> found = new ConcurrentLinkedQueue<>();
        /** What no request can state. */
        private final ConcurrentLinkedQueue<int[][]> impossible = new ConcurrentLinkedQueue<>();

        Kind(int part, int[][] box, int[][][] rows) {
            this.same = isSame(part);
            this.box = box;
            this.rows = rows;
        }

        /** Its facts, divided by what rules may look at themselves. */
        List<Task> tasks() {
            var tasks = new ArrayList<Task>();
            List<int[]> places = places(rows, box);
            for (int at = 0; at < places.size(); at++) {
                List<Piece> boxes = List.of(new Piece(Boxes.with(box, place, places.get(at)), at == 0 ? 0 : 1));
                for (int key : keys) {
                    boxes = divided(boxes, key);
                }
                boxes.forEach(piece -> choices(extras)
                        .forEach(choice -> tasks.add(new Task(
                                this,
                                piece.box(),
                                choice,
                                piece.unusual()
                                        + (int) choice.stream()
                                                .filter(each -> each > 0)
                                                .count()))));
            }
            return tasks;
        }
    }

    /** A box, and how many unusual facts it has. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Piece(int[][] box, int unusual) {}

    /** Boxes cut into the parts of an axis. */
    private List<Piece> divided(List<Piece> boxes, int axis) {
        Axis of = space.axes().get(axis);
        var divided = new ArrayList<Piece>();
        boxes.forEach(piece -> each(piece.box()[axis], part -> {
            Map<String, Object> known = of.parts().get(part).after();
            boolean usual = part == 0;
            if (known != null && !known.isEmpty()) {
                usual = !Boolean.TRUE.equals(known.get(of.name()))
                        && (known.get(of.name()) instanceof Boolean || part == 0);
            }
            divided.add(new Piece(
                    Boxes.with(piece.box(), axis, new int[] {part, part}), piece.unusual() + (usual ? 0 : 1)));
        }));
        return divided;
    }

    /** How far it came: how many parts were left, and how few unusual facts one of them has. */
    private record Reached(int parts, int left, int unusual) {}

    /** Decides all parts, those first whose facts are usual: when the time is up, little that is usual is left. */
    private Reached decide(List<Kind> work, int threads) {
        List<Task> tasks = work.stream()
                .flatMap(kind -> kind.tasks().stream())
                .sorted(Comparator.comparingInt(Task::unusual))
                .toList();
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            var thread = new Thread(task, "meaning");
            thread.setDaemon(true);
            return thread;
        });
        var done = new AtomicInteger();
        progress.at(0, tasks.size());
        try {
            var all = new ArrayList<Future<?>>();
            for (Task task : tasks) {
                all.add(pool.submit(() -> {
                    task.run();
                    progress.at(done.incrementAndGet(), tasks.size());
                }));
            }
            for (Future<?> task : all) {
                task.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pool.shutdownNow();
        }
        List<Task> left = tasks.stream().filter(task -> !task.finished).toList();
        return new Reached(
                tasks.size(),
                left.size(),
                left.stream().mapToInt(Task::unusual).min().orElse(0));
    }

    /** The places, those together that no row and nothing that rows name tells apart. */
    private List<int[]> places(int[][][] rows, int[][] box) {
        var holding = new ArrayList<int[][]>();
        for (int i = 0; i < pairs.size(); i++) {
            for (int side = JointSpace.BEFORE; side <= JointSpace.AFTER; side++) {
                for (int row : rows[2 * i + side][0]) {
                    holding.add(space.runs(i, side, row));
                }
            }
        }
        var apart = new ArrayList<int[]>();
        for (int[] piece : Boxes.pieces(holding, place, box[place])) {
            var groups = new LinkedHashMap<Object, BitSet>();
            each(
                    piece,
                    part -> groups.computeIfAbsent(alike(part), each -> new BitSet())
                            .set(part));
            groups.values().forEach(group -> apart.add(runs(group)));
        }
        apart.sort(Comparator.comparingInt(piece -> -JointSpace.count(piece)));
        return apart;
    }

    private static int[] runs(BitSet set) {
        return set.stream()
                .mapToObj(part -> new int[] {part, part})
                .reduce(new int[0], (one, other) -> one.length == 0 ? other : Boxes.join(one, other));
    }

    /** What makes a place like others: its level, when nothing names it or what lies around it. */
    private Object alike(int part) {
        var levels = new ArrayList<Object>();
        for (int side = JointSpace.BEFORE; side <= JointSpace.AFTER; side++) {
            Map<String, Object> known =
                    space.axes().get(place).parts().get(part).side(side);
            if (known != null && known.get(maker.place().chinese()) instanceof Area area) {
                for (Area at = area; at != null; at = at.parent()) {
                    if (places.contains(at.code())) {
                        return part;
                    }
                    levels.add(at.level().code());
                }
            }
        }
        return levels;
    }

    private static List<List<Integer>> choices(List<Extra> extras) {
        List<List<Integer>> all = List.of(List.of());
        for (Extra extra : extras) {
            var longer = new ArrayList<List<Integer>>();
            for (List<Integer> before : all) {
                for (int choice = 0; choice < extra.choices().size(); choice++) {
                    var with = new ArrayList<>(before);
                    with.add(choice);
                    longer.add(with);
                }
            }
            all = longer;
        }
        return all;
    }

    // ———— Rows that matter ————

    /** By table and version, all rows; each list in an array of its own, as the lists of boxes are. */
    private int[][][] all() {
        int[][][] all = new int[2 * pairs.size()][1][];
        for (int i = 0; i < pairs.size(); i++) {
            for (int side = JointSpace.BEFORE; side <= JointSpace.AFTER; side++) {
                Table<? extends Row> table = pairs.get(i).side(side);
                all[2 * i + side][0] = IntStream.range(
                                0, table == null ? 0 : table.rows().size())
                        .toArray();
            }
        }
        return all;
    }

    /** The rows that hold for some of a box, whatever is concluded along the way; none behind one that always comes first. */
    private int[][][] relevant(int[][][] rows, int[][] box) {
        int[][][] relevant = new int[rows.length][1][];
        for (int i = 0; i < rows.length; i++) {
            relevant[i][0] = relevant(i / 2, i % 2, rows[i][0], box);
        }
        return relevant;
    }

    private int[] relevant(int pair, int side, int[] rows, int[][] box) {
        Table<? extends Row> table = pairs.get(pair).side(side);
        var found = IntStream.builder();
        for (int row : rows) {
            int[][] runs = space.runs(pair, side, row);
            if (Boxes.touch(runs, box)) {
                found.add(row);
                if (free[pair][side][row]
                        && Objects.requireNonNull(table).hitPolicy() == HitPolicy.FIRST
                        && Boxes.covers(runs, box)) {
                    break;
                }
            }
        }
        return found.build().toArray();
    }

    /** The facts that differing rows can concern. */
    private List<int[][]> suspects(int[][] whole) {
        if (!prunes || Stream.of(whole).anyMatch(parts -> parts.length == 0)) {
            return List.<int[][]>of(whole);
        }
        var found = new ArrayList<int[][]>();
        int[][][] all = all();
        for (int pair = 0; pair < pairs.size(); pair++) {
            if (pairs.get(pair).before() != pairs.get(pair).after()) {
                suspects(pair, new int[][] {all[2 * pair][0], all[2 * pair + 1][0]}, whole, found);
            }
        }
        return List.copyOf(found);
    }

    /** Cuts a box until the rows of a table that hold for it are the same in both versions, or hold for all of it. */
    private void suspects(int pair, int[][] rows, int[][] box, List<int[][]> found) {
        int[][] relevant = {
            relevant(pair, JointSpace.BEFORE, rows[0], box), relevant(pair, JointSpace.AFTER, rows[1], box)
        };
        if (found.size() > MOST_BOXES) {
            found.add(box); // taken for suspect without looking closer
            return;
        }
        if (isSame(pair, relevant, box)) {
            return;
        }
        var partial = new ArrayList<int[][]>();
        for (int side = JointSpace.BEFORE; side <= JointSpace.AFTER; side++) {
            for (int row : relevant[side]) {
                int[][] runs = space.runs(pair, side, row);
                if (!Boxes.covers(runs, box)) {
                    partial.add(runs);
                }
            }
        }
        if (partial.isEmpty()) {
            found.add(box);
            return;
        }
        int axis = Boxes.mostConstrained(partial, box);
        for (int[] piece : Boxes.pieces(partial, axis, box[axis])) {
            suspects(pair, relevant, Boxes.with(box, axis, piece), found);
        }
    }

    /** Whether the rows of a table that hold for some of a box are the same in both versions. */
    private boolean isSame(int pair, int[][] rows, int[][] box) {
        Table<? extends Row> was = pairs.get(pair).before();
        Table<? extends Row> is = pairs.get(pair).after();
        if (rows[0].length != rows[1].length || was == null || is == null || was.hitPolicy() != is.hitPolicy()) {
            return false;
        }
        for (int row = 0; row < rows[0].length; row++) {
            if (contents[pair][0][rows[0][row]] != contents[pair][1][rows[1][row]]
                    || !Boxes.sameWithin(
                            space.runs(pair, JointSpace.BEFORE, rows[0][row]),
                            space.runs(pair, JointSpace.AFTER, rows[1][row]),
                            box)) {
                return false;
            }
        }
        return true;
    }

    private boolean isSuspect(int[][] box) {
        return suspect.stream().anyMatch(each -> Boxes.touch(each, box));
    }

    // ———— One part of it ————

    /** What both policies decide where two ways end. */
    private record Outcome(List<Change> changes, List<RowAt> before, List<RowAt> after) {}

    /** Facts that a request can state: as each policy knows them. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Example<F extends Record>(int[][] point, List<Made<F>> made) {}

    /** Facts that are the same but for what tables are asked about. */
    private final class Task {
        private final Kind kind;
        private final int[][] box;
        private final List<Integer> choice;
        private final int unusual;
        private final List<@Nullable Object> extra = new ArrayList<>();
        private List<Side<F, D>> sides = List.of();
        private List<Course> courses = List.of();
        private final IdentityHashMap<Leaf, IdentityHashMap<Leaf, Optional<Outcome>>> outcomes =
                new IdentityHashMap<>();
        private volatile boolean finished;

        Task(Kind kind, int[][] box, List<Integer> choice, int unusual) {
            this.kind = kind;
            this.box = box;
            this.choice = choice;
            this.unusual = unusual;
            for (int i = 0; i < choice.size(); i++) {
                extra.add(extras.get(i).choices().get(choice.get(i)).value());
            }
        }

        int unusual() {
            return unusual;
        }

        void run() {
            sides = policies.stream()
                    .map(policy -> new Side<>(decision, policy))
                    .toList();
            courses = Stream.of(JointSpace.BEFORE, JointSpace.AFTER)
                    .map(side -> new Course(space, side, box, byType, constant, conclusions))
                    .toList();
            finished = explore(box);
            courses = List.of();
            outcomes.clear();
        }

        /** @return false when the time is up */
        private boolean explore(int[][] at) {
            if (stopped.getAsBoolean()) {
                return false;
            }
            if (kind.same && !isSuspect(at)) {
                return true;
            }
            Example<F> example = null;
            var answers = new ArrayList<@Nullable Answer>(Arrays.asList(null, null));
            var leaves = new ArrayList<Leaf>();
            for (int side = JointSpace.BEFORE; side <= JointSpace.AFTER; side++) {
                Step step = courses.get(side).walk(at);
                if (step instanceof Unknown) {
                    example = example == null ? example(at) : example;
                    if (example == null) {
                        kind.impossible.add(extended(at)); // no request can be like that
                        return true;
                    }
                    answers.set(side, sides.get(side).answer(example.made().get(side)));
                    if (!isTrue(example, side)) {
                        kind.impossible.add(extended(at)); // such a text tells what it was to leave open
                        return true;
                    }
                    if (!courses.get(side)
                            .learn(example.point(), sides.get(side).questions())) {
                        bounds.add(Bound.NOT_MADE);
                        return true;
                    }
                    step = courses.get(side).walk(at);
                }
                if (step instanceof Cut cut) {
                    return explorePieces(cut, at);
                }
                leaves.add(((Known) step).leaf());
            }
            classes.incrementAndGet();
            IdentityHashMap<Leaf, Optional<Outcome>> known =
                    outcomes.computeIfAbsent(leaves.get(0), each -> new IdentityHashMap<>());
            Optional<Outcome> outcome = known.get(leaves.get(1));
            if (outcome == null) {
                example = example == null ? example(at) : example;
                if (example == null) {
                    kind.impossible.add(extended(at));
                    return true;
                }
                outcome = outcome(example, answers, at);
                known.put(leaves.get(1), outcome);
            }
            outcome.ifPresent(differs -> keep(at, differs));
            return true;
        }

        private boolean explorePieces(Cut cut, int[][] at) {
            int axis = Boxes.mostConstrained(cut.rows(), at);
            for (int[] piece : Boxes.pieces(cut.rows(), axis, at[axis])) {
                if (!explore(Boxes.with(at, axis, piece))) {
                    return false;
                }
            }
            return true;
        }

        private Optional<Outcome> outcome(Example<F> example, List<@Nullable Answer> known, int[][] at) {
            var answers = new ArrayList<Answer>();
            for (int side = JointSpace.BEFORE; side <= JointSpace.AFTER; side++) {
                Answer answer = known.get(side);
                answers.add(
                        answer == null ? sides.get(side).answer(example.made().get(side)) : answer);
            }
            if (answers.get(0).essence().equals(answers.get(1).essence())) {
                return Optional.empty();
            }
            JsonNode was = answers.get(0).whole().get();
            JsonNode is = answers.get(1).whole().get();
            List<Change> changes = AnswerChanges.between(decision, was, is, generic(at));
            Set<Because> before = AnswerEssence.of(decision, was).reasons();
            Set<Because> after = AnswerEssence.of(decision, is).reasons();
            return changes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Outcome(changes, only(before, after), only(after, before)));
        }

        /** Whether what is read in a text unless it is stated was not read where it is said to be unknown. */
        private boolean isTrue(Example<F> example, int side) {
            for (String column : maker.readUnlessStated()) {
                OptionalInt axis = find(column);
                if (axis.isPresent()) {
                    Map<String, Object> said = space.axes()
                            .get(axis.getAsInt())
                            .parts()
                            .get(example.point()[axis.getAsInt()][0])
                            .side(side);
                    boolean unknown = said == null || said.get(column) == null;
                    if (unknown && sides.get(side).hasRead(column)) {
                        return false;
                    }
                }
            }
            return true;
        }

        private @Nullable Example<F> example(int[][] at) {
            int[] vary = IntStream.range(0, at.length)
                    .filter(axis -> axis != first && axis != place)
                    .filter(axis -> !space.axes().get(axis).isDays())
                    .filter(axis -> !space.axes().get(axis).isText() || isEmptiness(axis))
                    .boxed()
                    .sorted(Comparator.comparing((Integer axis) -> !isEmptiness(axis)))
                    .mapToInt(Integer::intValue)
                    .filter(axis -> JointSpace.count(at[axis]) > 1
                            || space.axes().get(axis).parts().get(at[axis][0]).isRange())
                    .toArray();
            for (int tried = 0; tried < EXAMPLES_TRIED && tried < 1 << Math.min(vary.length, 30); tried++) {
                int[] parts = Boxes.example(at);
                var high = new BitSet();
                for (int i = 0; i < vary.length; i++) {
                    if ((tried >> i & 1) == 1) {
                        parts[vary[i]] = at[vary[i]][at[vary[i]].length - 1];
                        high.set(vary[i]);
                    }
                }
                Example<F> example = made(parts, high);
                if (example != null
                        && sides.get(JointSpace.AFTER).takes(example.made().get(1))) {
                    return example;
                }
            }
            return null;
        }

        private @Nullable Example<F> made(int[] parts, BitSet high) {
            var made = new ArrayList<Made<F>>();
            for (int side = JointSpace.BEFORE; side <= JointSpace.AFTER; side++) {
                Made<F> one = made(parts, high, side);
                if (one == null) {
                    return null;
                }
                made.add(one);
            }
            return new Example<>(
                    IntStream.of(parts).mapToObj(part -> new int[] {part, part}).toArray(int[][]::new), made);
        }

        private @Nullable Made<F> made(int[] parts, BitSet high, int side) {
            var values = new LinkedHashMap<String, Object>();
            var with = new ArrayList<List<String>>();
            var without = new ArrayList<List<String>>();
            LocalDate on = day;
            for (int axis = 0; axis < parts.length; axis++) {
                Axis of = space.axes().get(axis);
                Part part = of.parts().get(parts[axis]);
                Map<String, Object> known = part.side(side);
                if (known == null) {
                    return null;
                }
                if (of.isDays()) {
                    on = (LocalDate) Objects.requireNonNull(known.get(""));
                } else if (of.flag() != null && parts[axis] == 0 && of.flag().isEmpty() && hasWords(parts)) {
                    return null; // a text that has words is not empty
                } else if (of.flag() != null) {
                    (parts[axis] == 1 ? with : without).add(of.flag());
                } else {
                    values.putAll(known);
                    if (high.get(axis) && known.get(of.name()) instanceof BigDecimal) {
                        values.put(of.name(), part.highest(FAR));
                    }
                }
            }
            return maker.facts(values, with, without, extra, policies.get(side).vocabulary(), on);
        }

        private boolean isEmptiness(int axis) {
            List<String> words = space.axes().get(axis).flag();
            return words != null && words.isEmpty();
        }

        private boolean hasWords(int[] parts) {
            return IntStream.range(0, parts.length).anyMatch(axis -> {
                List<String> words = space.axes().get(axis).flag();
                return words != null && !words.isEmpty() && parts[axis] == 1;
            });
        }

        private void keep(int[][] at, Outcome outcome) {
            differing.incrementAndGet();
            if (kept.incrementAndGet() > MOST_BOXES) {
                bounds.add(Bound.TOO_MANY);
                return;
            }
            kind.found.add(new Found(
                    extended(at), 1, outcome.changes(), outcome.before(), outcome.after(), () -> witness(at)));
        }

        private @Nullable ObjectNode witness(int[][] at) {
            Example<F> example = example(at);
            return example == null ? null : example.made().get(JointSpace.AFTER).request();
        }

        /** The box, with what is chosen of what no column holds. */
        private int[][] extended(int[][] at) {
            int[][] all = Arrays.copyOf(at, at.length + choice.size());
            for (int i = 0; i < choice.size(); i++) {
                all[at.length + i] = new int[] {choice.get(i), choice.get(i)};
            }
            return all;
        }

        /** How the places of an example are called where it stands for several. */
        private Map<String, String> generic(int[][] at) {
            var names = new HashMap<String, String>();
            if (JointSpace.count(at[place]) > 1) {
                Map<String, Object> known =
                        space.axes().get(place).parts().get(at[place][0]).after();
                if (known != null && known.get(maker.place().chinese()) instanceof Area area) {
                    for (Area in = area; in != null; in = in.parent()) {
                        names.put(in.code(), "属地" + in.level().label());
                    }
                }
            }
            return names;
        }
    }

    private static List<RowAt> only(Set<Because> these, Set<Because> those) {
        Set<Because> others = those.stream().map(Because::anywhere).collect(Collectors.toSet());
        return these.stream()
                .filter(each -> each.row() != null && !others.contains(each.anywhere()))
                .map(each -> new RowAt(
                        Objects.requireNonNull(each.row()),
                        Objects.requireNonNullElse(each.at(), ""),
                        Objects.requireNonNullElse(each.says(), "")))
                .distinct()
                .limit(ROWS_NAMED)
                .toList();
    }

    // ———— Regions ————

    /** What was found of a kind, each change by itself; changes that come together everywhere stay together. */
    private List<Found> told(Kind kind) {
        List<Found> found = List.copyOf(kind.found);
        var where = new LinkedHashMap<Change, BitSet>();
        for (int i = 0; i < found.size(); i++) {
            for (Change change : found.get(i).changes()) {
                where.computeIfAbsent(change, each -> new BitSet()).set(i);
            }
        }
        var together = new LinkedHashMap<BitSet, List<Change>>();
        where.forEach((change, in) ->
                together.computeIfAbsent(in, each -> new ArrayList<>()).add(change));
        var told = new ArrayList<Found>();
        together.forEach((in, changes) -> {
            List<Found> group = in.stream().mapToObj(found::get).toList();
            List<int[][]> simplest =
                    Boxes.simplest(group.stream().map(Found::box).toList(), kind.impossible, extended(kind.box));
            for (int[][] box : simplest) {
                List<Found> inside = group.stream()
                        .filter(each -> Boxes.touch(each.box(), box))
                        .toList();
                // Facts that no request can state may have gone the way of others: a region of such alone is none.
                inside.stream()
                        .filter(each -> each.witness().get() != null)
                        .findFirst()
                        .ifPresent(one -> told.add(
                                new Found(box, inside.size(), changes, one.before(), one.after(), one.witness())));
            }
        });
        return told;
    }

    /** A box with every choice of what no column holds. */
    private int[][] extended(int[][] box) {
        int[][] all = Arrays.copyOf(box, box.length + extras.size());
        for (int i = 0; i < extras.size(); i++) {
            all[box.length + i] = new int[] {0, extras.get(i).choices().size() - 1};
        }
        return all;
    }

    /** The regions, those of most classes first; kinds that change alike are joined. */
    private List<Found> told(List<Kind> work) {
        var byChanges = new LinkedHashMap<List<Change>, List<Found>>();
        work.forEach(kind -> told(kind)
                .forEach(each -> byChanges
                        .computeIfAbsent(each.changes(), key -> new ArrayList<>())
                        .add(each)));
        var all = new ArrayList<Found>();
        byChanges.forEach((changes, group) -> Boxes.joined(
                        group.stream().map(Found::box).toList())
                .forEach(joined -> {
                    long many = joined.of().stream()
                            .mapToLong(i -> group.get(i).classes())
                            .sum();
                    Found one = group.get(joined.of().get(0));
                    all.add(new Found(joined.box(), many, changes, one.before(), one.after(), one.witness()));
                }));
        all.sort(Comparator.comparingLong((Found each) -> -each.classes()));
        return all;
    }

    private Region region(Found found, int[][] whole) {
        ObjectNode request = found.witness().get();
        return new Region(
                where(found.box(), whole),
                found.changes(),
                found.before(),
                found.after(),
                found.classes(),
                request == null ? null : new Witness(request, scenario(request)));
    }

    private List<Where> where(int[][] box, int[][] whole) {
        var where = new ArrayList<Where>();
        var without = new ArrayList<String>();
        for (int axis = 0; axis < whole.length; axis++) {
            Axis of = space.axes().get(axis);
            if (!Arrays.equals(box[axis], whole[axis])) {
                boolean lacks = of.flag() != null && box[axis][1] == 0;
                if (lacks) {
                    without.add(of.words(box[axis]));
                } else {
                    where.add(new Where(of.name(), of.words(box[axis])));
                }
            }
        }
        if (!without.isEmpty()) {
            where.add(new Where("正文", String.join("；", without)));
        }
        for (int i = 0; i < box.length - whole.length; i++) {
            int[] runs = box[whole.length + i];
            List<Choice> choices = extras.get(i).choices();
            if (JointSpace.count(runs) < choices.size()) {
                var chosen = new ArrayList<String>();
                each(runs, choice -> chosen.add(choices.get(choice).label()));
                where.add(new Where(extras.get(i).name(), String.join("、", chosen)));
            }
        }
        return List.copyOf(where);
    }

    private @Nullable Map<String, String> scenario(ObjectNode request) {
        try {
            Policy policy = policies.get(1);
            return RecordedCase.of(
                            policy,
                            decision,
                            request,
                            service.decide(decision, policy, request).answer())
                    .cells();
        } catch (BadRequestException e) {
            return null; // the request is all the same ready to be sent
        }
    }

    // ———— Texts ————

    private int texts(List<TextChange> found) {
        if (!bounds.contains(Bound.READING_DIFFERS) && !bounds.contains(Bound.RULES_DIFFER)) {
            return 0;
        }
        var before = new Side<>(decision, policies.get(0));
        var after = new Side<>(decision, policies.get(1));
        int texts = 0;
        for (String text : maker.texts(TEXTS)) {
            if (stopped.getAsBoolean()) {
                break;
            }
            texts++;
            Answer was = before.answer(maker.saying(text, policies.get(0).vocabulary(), day));
            Answer is = after.answer(maker.saying(text, policies.get(1).vocabulary(), day));
            if (!was.essence().equals(is.essence())) {
                found.add(new TextChange(
                        text,
                        AnswerChanges.between(
                                decision, was.whole().get(), is.whole().get(), Map.of())));
            }
        }
        return texts;
    }
}
