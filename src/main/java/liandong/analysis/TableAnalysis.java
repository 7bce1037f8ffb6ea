package liandong.analysis;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.IntBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liandong.analysis.ConditionSpace.Axis;
import liandong.analysis.FirstMatchSolver.SearchedRow;
import liandong.analysis.FirstMatchSolver.SpentException;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.table.HitPolicy;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.SheetReader;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/** What only shows when the rows of one table are looked at together. */
public final class TableAnalysis {
    /** How much a question about a table may cost before it is left undecided; some seconds. */
    private static final long ALLOWANCE = 200_000_000;

    /** The same where very many such questions are asked. */
    private static final long SMALL_ALLOWANCE = 200_000;

    private static final int GAPS_TOLD = 3;
    private static final int ROWS_NAMED = 5;
    /** So many rows behind one row are told at that row. */
    private static final int MANY = 3;

    private static final int ROWS_WEIGHED = 64;

    private final Table<? extends Row> table;
    private final ConditionSpace space;
    private final Consumer<Problem> problems;
    private final int count;
    private final List<Axis> axes;
    private final int[][] whole;
    private final int[][][] runs;

    /** Rows that cannot apply, or that another finding is about already. */
    private final BitSet dead = new BitSet();

    private final BitSet told = new BitSet();
    /** Where facts lie that have a term in a column. */
    private final Map<List<Object>, int[][]> having = new HashMap<>();

    private boolean undecided;
    /** Whether a row was told of that covers many. */
    private boolean covers;

    public TableAnalysis(
            Table<? extends Row> table, Vocabulary vocabulary, LocalDate today, Consumer<Problem> problems) {
        this.table = table;
        this.space = ConditionSpace.of(table, vocabulary, today);
        this.problems = problems;
        this.count = table.rows().size();
        this.axes = space.axes();
        this.whole = axes.stream().map(Axis::whole).toArray(int[][]::new);
        this.runs = new int[count][][];
        for (int row = 0; row < count; row++) {
            int at = row;
            runs[row] = axes.stream().map(axis -> axis.row(at)).toArray(int[][]::new);
        }
    }

    /**
     * Tells everything.
     *
     * @return the numbers of the rows that can never apply from today on
     */
    public BitSet tell() {
        contradictions();
        sameConditions();
        if (space.isExact()) {
            decide(this::unreachable);
            decide(this::gaps);
        }
        decide(this::overlaps);
        decide(this::columns);
        if (undecided || !space.isExact()) {
            problems.accept(Problem.of(Code.UNDECIDED_TABLE, table.header(SheetReader.ID), table.sheet(), count));
        }
        return dead;
    }

    private interface Question {
        void answer(FirstMatchSolver search) throws SpentException;
    }

    private void decide(Question question) {
        try {
            question.answer(new FirstMatchSolver(ALLOWANCE));
        } catch (SpentException e) {
            undecided = true;
        }
    }

    ConditionSpace space() {
        return space;
    }

    /** What its rows conclude. */
    public Class<? extends Row> type() {
        return table.type();
    }

    public String sheet() {
        return table.sheet();
    }

    public List<? extends Row> rows() {
        return table.rows();
    }

    public Set<Term> named() {
        return table.named();
    }

    /** The rows that can apply; to be asked once everything has been told. */
    public List<? extends Row> living() {
        return IntStream.range(0, count)
                .filter(row -> !dead.get(row))
                .mapToObj(table.rows()::get)
                .toList();
    }

    /** Whether a row can apply to some facts that have a term in a column. */
    public boolean mayApply(String column, Term term) {
        return applying(column, term).findAny().isPresent();
    }

    /** The rows that can apply to some facts that have a term in a column; to be asked once everything has been told. */
    public List<? extends Row> mayApplyTo(String column, Term term) {
        return applying(column, term).mapToObj(table.rows()::get).toList();
    }

    private IntStream applying(String column, Term term) {
        int[][] box = axes.stream().map(axis -> axis.where(column, term)).toArray(int[][]::new);
        return IntStream.range(0, count)
                .filter(row -> !dead.get(row)
                        && IntStream.range(0, box.length)
                                .allMatch(axis -> FirstMatchSolver.touch(runs[row][axis], box[axis])));
    }

    /** Whether there are facts that two rows both cover, by their own conditions and days. */
    public boolean mayBothApply(int one, int other) {
        return both(one, other) != null;
    }

    /** Whether there are facts with these terms, by the Chinese names of their columns, that the row of a number covers. */
    public boolean mayApply(int row, Map<String, ? extends Term> facts) {
        return !dead.get(row) && box(row, facts) != null;
    }

    /** Whether a row covers all the facts with these terms that another covers, by its own conditions and days. */
    public boolean coversAll(int row, int other, Map<String, ? extends Term> facts) {
        int[][] box = box(other, facts);
        return box != null
                && IntStream.range(0, box.length)
                        .allMatch(axis -> FirstMatchSolver.contains(runs[row][axis], box[axis]));
    }

    /** Whether there are facts with these terms for which the row of a number counts: where the first row does, it is the first. */
    public boolean mayCount(int row, Map<String, ? extends Term> facts) {
        int[][] box = dead.get(row) ? null : box(row, facts);
        if (box == null || table.hitPolicy() != HitPolicy.FIRST) {
            return box != null;
        }
        List<SearchedRow> before = IntStream.range(0, row)
                .filter(each -> !dead.get(each)
                        && IntStream.range(0, box.length)
                                .allMatch(axis -> FirstMatchSolver.touch(runs[each][axis], box[axis])))
                .mapToObj(each -> new SearchedRow(runs[each], false))
                .toList();
        try {
            return new FirstMatchSolver(SMALL_ALLOWANCE).first(before, box, true) != null;
        } catch (SpentException e) {
            return true; // too intricate to know: as far as its own conditions go, it does
        }
    }

    /** The facts with these terms that a row covers, axis by axis; null when there are none. */
    private int @Nullable [][] box(int row, Map<String, ? extends Term> facts) {
        return within(runs[row], facts);
    }

    private int @Nullable [][] within(int[][] parts, Map<String, ? extends Term> facts) {
        int[][] box = parts.clone();
        for (Map.Entry<String, ? extends Term> fact : facts.entrySet()) {
            int[][] where = having.computeIfAbsent(
                    List.of(fact.getKey(), fact.getValue()),
                    each -> axes.stream()
                            .map(axis -> axis.where(fact.getKey(), fact.getValue()))
                            .toArray(int[][]::new));
            for (int axis = 0; axis < box.length; axis++) {
                box[axis] = ConditionSpace.meet(box[axis], where[axis]);
                if (box[axis].length == 0) {
                    return null;
                }
            }
        }
        return Stream.of(box).allMatch(each -> each.length > 0) ? box : null;
    }

    /**
     * Facts with these terms that no row covers, in words of columns and labels; null when there are none, or when it is not
     * known.
     */
    public @Nullable String uncovered(Map<String, ? extends Term> facts) {
        return uncovered(within(whole, facts), row -> true);
    }

    /** Facts with these terms that a row covers and none of some other rows; see the other. */
    public @Nullable String uncovered(int row, Map<String, ? extends Term> facts, IntPredicate others) {
        return dead.get(row) ? null : uncovered(box(row, facts), others);
    }

    /** Facts that none of some rows covers; see the other. */
    public @Nullable String uncovered(IntPredicate rows) {
        return uncovered(whole, rows);
    }

    private @Nullable String uncovered(int @Nullable [][] box, IntPredicate others) {
        if (box == null || !space.isExact()) {
            return null;
        }
        List<SearchedRow> rows = IntStream.range(0, count)
                .filter(each -> !dead.get(each)
                        && others.test(each)
                        && IntStream.range(0, box.length)
                                .allMatch(axis -> FirstMatchSolver.touch(runs[each][axis], box[axis])))
                .mapToObj(each -> new SearchedRow(runs[each], false))
                .toList();
        try {
            int[] point = new FirstMatchSolver(SMALL_ALLOWANCE).first(rows, box, true);
            return point == null ? null : space.point(point, Map.of()).says();
        } catch (SpentException e) {
            return null;
        }
    }

    /** Whether there are facts with these terms that two rows both cover. */
    public boolean mayBothApply(int one, int other, Map<String, ? extends Term> facts) {
        int[][] box = dead.get(one) || dead.get(other) ? null : box(one, facts);
        return box != null
                && space.isExact()
                && IntStream.range(0, box.length)
                        .allMatch(axis -> FirstMatchSolver.touch(runs[other][axis], box[axis]));
    }

    private RowRef ref(int row) {
        return table.rows().get(row).ref();
    }

    private void tell(Code code, int row, Object... args) {
        problems.accept(Problem.of(code, table.at(table.rows().get(row), SheetReader.ID), args));
        told.set(row);
    }

    // ———— Rows whose own conditions exclude each other ————

    private void contradictions() {
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < axes.size() && !dead.get(row); i++) {
                Axis axis = axes.get(i);
                if (runs[row][i].length == 0) {
                    dead.set(row);
                    int at = row;
                    List<String> asking = axis.columns().stream()
                            .filter(column -> axis.constrains(column, at))
                            .toList();
                    if (!asking.isEmpty()) { // rows that have ended are reported when they are read
                        problems.accept(Problem.of(
                                Code.IMPOSSIBLE_CONDITION,
                                table.at(table.rows().get(row), asking.get(asking.size() - 1)),
                                asking.stream()
                                        .map(column -> column + " " + table.text(at, column))
                                        .collect(Collectors.joining("，"))));
                        told.set(row);
                    }
                }
            }
        }
    }

    // ———— Rows with the same conditions ————

    private void sameConditions() {
        int days = axes.size() - 1;
        var groups = new LinkedHashMap<List<Object>, List<Integer>>();
        for (int row = 0; row < count; row++) {
            if (!dead.get(row)) {
                var key = new ArrayList<Object>();
                for (int i = 0; i < days; i++) {
                    key.add(axes.get(i).isText() ? axes.get(i).asks(row) : IntBuffer.wrap(runs[row][i]));
                }
                if (table.hitPolicy() == HitPolicy.ALL) {
                    key.add(conclusion(table.rows().get(row)));
                }
                groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
            }
        }
        for (List<Integer> group : groups.values()) {
            for (int i = 1; i < group.size(); i++) {
                int later = group.get(i);
                for (int earlier : group.subList(0, Math.min(i, ROWS_WEIGHED))) {
                    if (table.hitPolicy() == HitPolicy.FIRST
                            ? FirstMatchSolver.contains(runs[earlier][days], runs[later][days])
                            : FirstMatchSolver.touch(runs[earlier][days], runs[later][days])) {
                        boolean same = conclusion(table.rows().get(earlier))
                                .equals(conclusion(table.rows().get(later)));
                        tell(
                                same ? Code.DUPLICATE_ROW : Code.SAME_CONDITIONS,
                                later,
                                ref(earlier).id(),
                                ref(earlier).row());
                        if (table.hitPolicy() == HitPolicy.FIRST) {
                            dead.set(later);
                        }
                        break;
                    }
                }
            }
        }
    }

    /** What a row concludes, so that rows that conclude the same are equal. */
    static List<Object> conclusion(Row row) {
        var values = new ArrayList<Object>();
        for (RecordComponent component : row.getClass().getRecordComponents()) {
            if (component.getType() != RowRef.class) {
                Object value = value(row, component);
                values.add(
                        value instanceof BigDecimal number ? number.stripTrailingZeros() : value == null ? "" : value);
            }
        }
        return values;
    }

    private static Object value(Row row, RecordComponent component) {
        try {
            return component.getAccessor().invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    // ———— Rows behind others ————

    /** What is behind a row that covers it is told at that row when there is much: it is one fault. */
    private void unreachable(FirstMatchSolver search) throws SpentException {
        var behind = new TreeMap<Integer, List<Integer>>();
        if (table.hitPolicy() != HitPolicy.FIRST) {
            return;
        }
        var neighbours = new Neighbours(axes, runs, dead);
        for (int row = 0; row < count; row++) {
            if (!dead.get(row)) {
                List<Integer> before = neighbours.before(row, search);
                List<SearchedRow> entries = before.stream()
                        .map(each -> new SearchedRow(runs[each], false))
                        .toList();
                if (search.first(entries, runs[row], true) == null) {
                    List<Integer> covering = fewest(before, row, search);
                    dead.set(row);
                    if (covering.size() == 1) {
                        behind.computeIfAbsent(covering.get(0), each -> new ArrayList<>())
                                .add(row);
                    } else {
                        tell(Code.UNREACHABLE_ROW, row, names(covering));
                    }
                }
            }
        }
        behind.forEach((by, rows) -> {
            if (rows.size() < MANY) {
                rows.forEach(row -> tell(Code.UNREACHABLE_ROW, row, names(List.of(by))));
            } else {
                covers = true;
                tell(Code.COVERS_ROWS, by, rows.size(), names(rows));
                rows.forEach(told::set);
            }
        });
    }

    /** Rows enough to cover another: one where one is enough, otherwise none that could be left out. */
    private List<Integer> fewest(List<Integer> covering, int row, FirstMatchSolver search) throws SpentException {
        for (int each : covering) {
            boolean alone = true;
            for (int axis = 0; axis < axes.size() && alone; axis++) {
                alone = FirstMatchSolver.contains(runs[each][axis], runs[row][axis]);
            }
            if (alone) {
                return List.of(each);
            }
        }
        var needed = new ArrayList<>(covering);
        for (int i = Math.min(needed.size(), ROWS_WEIGHED) - 1; i >= 0; i--) {
            Integer without = needed.remove(i);
            List<SearchedRow> entries = needed.stream()
                    .map(each -> new SearchedRow(runs[each], false))
                    .toList();
            if (search.first(entries, runs[row], true) != null) {
                needed.add(i, without);
            }
        }
        return needed;
    }

    private String names(List<Integer> rows) {
        String names = rows.stream()
                .limit(ROWS_NAMED)
                .map(row -> ref(row).id() + " (" + ref(row).row() + ")")
                .collect(Collectors.joining("、"));
        return rows.size() > ROWS_NAMED ? names + "… (" + rows.size() + ")" : names;
    }

    // ———— Facts that no row covers ————

    private void gaps(FirstMatchSolver search) throws SpentException {
        if (table.complete()) {
            for (ConditionSpace.Point gap : uncovered(search)) {
                problems.accept(
                        Problem.of(Code.UNCOVERED_FACTS, table.header(SheetReader.ID), table.sheet(), gap.says()));
            }
        }
    }

    /** Facts that no row covers, a few that differ; empty when some row covers everything. */
    List<ConditionSpace.Point> uncovered(FirstMatchSolver search) throws SpentException {
        var gaps = new ArrayList<ConditionSpace.Point>();
        search.each(entries(), whole, true, gap -> {
            gaps.add(space.point(gap, Map.of()));
            return gaps.size() < GAPS_TOLD;
        });
        return gaps;
    }

    private List<SearchedRow> entries() {
        var entries = new ArrayList<SearchedRow>();
        for (int row = 0; row < count; row++) {
            if (!dead.get(row)) {
                entries.add(new SearchedRow(runs[row], false));
            }
        }
        return entries;
    }

    // ———— Facts that two rows cover where one may ————

    private void overlaps(FirstMatchSolver search) throws SpentException {
        if (table.hitPolicy() != HitPolicy.UNIQUE) {
            return;
        }
        var neighbours = new Neighbours(axes, runs, dead);
        for (int row = 0; row < count; row++) {
            if (!dead.get(row) && !told.get(row)) {
                var others = new ArrayList<Integer>();
                ConditionSpace.Point both = null;
                for (int other : neighbours.before(row, search)) {
                    ConditionSpace.Point point = both(other, row);
                    both = both == null ? point : both;
                    if (point != null) {
                        others.add(other);
                    }
                }
                if (both != null) {
                    problems.accept(Problem.of(
                            Code.OVERLAPPING_ROWS,
                            table.at(table.rows().get(row), SheetReader.ID),
                            names(others),
                            both.says()));
                }
            }
        }
    }

    /** Facts that two rows cover; null when there are none. */
    ConditionSpace.@Nullable Point both(int one, int other) {
        var parts = new int[axes.size()];
        var texts = new HashMap<Axis, String>();
        for (int i = 0; i < parts.length; i++) {
            Axis axis = axes.get(i);
            if (axis.isText()) {
                String text = axis.both(one, other);
                if (text == null) {
                    return null;
                }
                texts.put(axis, text);
            } else {
                int[] met = ConditionSpace.meet(runs[one][i], runs[other][i]);
                if (met.length == 0) {
                    return null;
                }
                parts[i] = met[0];
            }
        }
        return space.point(parts, texts);
    }

    // ———— Columns that decide nothing ————

    private void columns(FirstMatchSolver search) throws SpentException {
        for (int i = 0; i < axes.size(); i++) {
            for (String column : axes.get(i).columns()) {
                if (!table.isUsed(column)) {
                    problems.accept(Problem.of(Code.UNUSED_CONDITION, table.header(column), column));
                } else if (!covers && isIdle(column, i, search)) { // behind such a row no column decides anything
                    problems.accept(Problem.of(Code.IDLE_CONDITION, table.header(column), column));
                }
            }
        }
    }

    /** Whether a table without the column would conclude the same of all facts. */
    private boolean isIdle(String column, int axis, FirstMatchSolver search) throws SpentException {
        for (int row = 0; row < count; row++) {
            // A row that can never apply may do so once the column is gone.
            if (axes.get(axis).constrains(column, row)) {
                int[][] box = runs[row].clone();
                box[axis] = ConditionSpace.minus(axes.get(axis).rowWithout(column, row), runs[row][axis]);
                boolean differs = Stream.of(box).allMatch(parts -> parts.length > 0);
                if (differs
                        && (table.hitPolicy() != HitPolicy.FIRST
                                || !space.isExact()
                                || makesDifference(column, axis, row, box, search))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether some facts, which a row would be the first to cover were the column not there, are concluded otherwise now. */
    private boolean makesDifference(String column, int axis, int row, int[][] box, FirstMatchSolver search)
            throws SpentException {
        var entries = new ArrayList<SearchedRow>();
        List<Object> conclusion = conclusion(table.rows().get(row));
        search.spend(count);
        for (int other = 0; other < count; other++) {
            if (other < row) {
                int[][] without = runs[other].clone();
                without[axis] = axes.get(axis).rowWithout(column, other);
                entries.add(new SearchedRow(without, false));
            } else if (other > row) {
                boolean differs = !conclusion(table.rows().get(other)).equals(conclusion);
                entries.add(new SearchedRow(runs[other], differs));
            }
        }
        return search.first(entries, box, true) != null;
    }
}
