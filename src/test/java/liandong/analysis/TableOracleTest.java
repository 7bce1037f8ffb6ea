package liandong.analysis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.z3.ArithExpr;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.IntExpr;
import com.microsoft.z3.RealExpr;
import com.microsoft.z3.Solver;
import com.microsoft.z3.Status;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liandong.Seeds;
import liandong.incident.Area;
import liandong.incident.Category;
import liandong.incident.EventType;
import liandong.incident.Matter;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.routing.RelayRow;
import liandong.sheet.WorkbookReader;
import liandong.table.Facts;
import liandong.table.HitPolicy;
import liandong.table.Row;
import liandong.table.SheetReader;
import liandong.table.Table;
import liandong.table.TableContract;
import liandong.table.Workbooks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the analysis finds in random small tables, against the z3 solver, which reads the same cells in its own way and knows
 * nothing of parts and boxes.
 */
@Tag("slow") // asks a solver about hundreds of tables
class TableOracleTest {
    private static final int TABLES = 240;
    private static final LocalDate TODAY = LocalDate.parse("2026-03-02");
    private static final List<EventType> TYPES = Facts.VOCABULARY.all(EventType.class);
    private static final List<Category> CATEGORIES = Facts.VOCABULARY.all(Category.class);
    private static final List<Area> AREAS = Facts.VOCABULARY.all(Area.class);
    private static final List<String> HEADERS = List.of("事项", "类别", "区域", "危及生命", "死亡人数", "损失（百万元）", "正文含");
    private static final List<String> WORDS = List.of("水", "漏水", "火", "水火");

    /** A cell, and the same as the solver reads it. */
    private record Cell(String text, BoolExpr holds) {}

    /** A row: its cells by column, its days and what it concludes. */
    private record Line(List<Cell> cells, String from, String until, BoolExpr inForce, int conclusion) {}

    /** Facts as the solver varies them. */
    private static final class Facts3 {
        final Context z3;
        final IntExpr type;
        final IntExpr given;
        final IntExpr area;
        final BoolExpr danger;
        final IntExpr deaths;
        final RealExpr loss;
        final BoolExpr empty;
        final List<BoolExpr> said;
        final IntExpr day;

        Facts3(Context z3) {
            this.z3 = z3;
            type = z3.mkIntConst("type");
            given = z3.mkIntConst("given");
            area = z3.mkIntConst("area");
            danger = z3.mkBoolConst("danger");
            deaths = z3.mkIntConst("deaths");
            loss = z3.mkRealConst("loss");
            // The solver's own strings take it minutes. A text is what it says: a word says the words within it too.
            empty = z3.mkBoolConst("empty");
            said = WORDS.stream().map(z3::mkBoolConst).toList();
            day = z3.mkIntConst("day");
        }

        BoolExpr possible() {
            return z3.mkAnd(
                    z3.mkAnd(said.stream()
                            .map(each -> z3.mkImplies(each, z3.mkNot(empty)))
                            .toArray(BoolExpr[]::new)),
                    z3.mkImplies(says("漏水"), says("水")),
                    z3.mkImplies(says("水火"), z3.mkAnd(says("水"), says("火"))),
                    between(type, 0, TYPES.size()),
                    between(given, 0, CATEGORIES.size()),
                    between(area, 0, AREAS.size() - 1),
                    between(deaths, 0, 1_000_000),
                    z3.mkGe(loss, z3.mkReal(0)),
                    z3.mkLe(loss, z3.mkReal(1_000_000)),
                    z3.mkGe(day, z3.mkInt(TODAY.toEpochDay())));
        }

        private BoolExpr between(IntExpr value, long least, long most) {
            return z3.mkAnd(z3.mkGe(value, z3.mkInt(least)), z3.mkLe(value, z3.mkInt(most)));
        }

        BoolExpr is(IntExpr value, int number) {
            return z3.mkEq(value, z3.mkInt(number));
        }

        /** The category: the event type's, or the one given when there is no event type. */
        BoolExpr isCategory(int number) {
            BoolExpr[] ways = Stream.concat(
                            IntStream.range(0, TYPES.size())
                                    .filter(each -> TYPES.get(each).category().equals(CATEGORIES.get(number)))
                                    .mapToObj(each -> is(type, each)),
                            Stream.of(z3.mkAnd(is(type, TYPES.size()), is(given, number))))
                    .toArray(BoolExpr[]::new);
            return z3.mkOr(ways);
        }

        BoolExpr isWithin(Area wider) {
            return z3.mkOr(IntStream.range(0, AREAS.size())
                    .filter(each -> Stream.iterate(AREAS.get(each), area -> area != null, Area::parent)
                            .anyMatch(wider::equals))
                    .mapToObj(each -> is(area, each))
                    .toArray(BoolExpr[]::new));
        }

        BoolExpr says(String word) {
            return said.get(WORDS.indexOf(word));
        }
    }

    /** A random table, as a sheet and as formulas. */
    private static final class Drawn {
        final Facts3 facts;
        final List<Integer> columns;
        final List<Line> lines = new ArrayList<>();
        final Context z3;
        final Random random;

        Drawn(Context z3, long seed) {
            this.z3 = z3;
            this.facts = new Facts3(z3);
            this.random = new Random(seed);
            var shuffled =
                    new ArrayList<>(IntStream.range(0, HEADERS.size()).boxed().toList());
            java.util.Collections.shuffle(shuffled, random);
            columns = shuffled.subList(0, 1 + random.nextInt(4));
            int count = 2 + random.nextInt(7);
            boolean dated = random.nextInt(4) == 0;
            for (int row = 0; row < count; row++) {
                var cells = new ArrayList<Cell>();
                for (int column : columns) {
                    cells.add(random.nextInt(3) == 0 ? new Cell("", z3.mkTrue()) : cell(column));
                }
                LocalDate from = dated && random.nextInt(3) == 0 ? TODAY.plusDays(random.nextInt(5) - 2) : null;
                LocalDate until = dated && random.nextInt(3) == 0
                        ? (from == null ? TODAY : from).plusDays(random.nextInt(4))
                        : null;
                BoolExpr inForce = z3.mkAnd(
                        from == null ? z3.mkTrue() : z3.mkGe(facts.day, z3.mkInt(from.toEpochDay())),
                        until == null ? z3.mkTrue() : z3.mkLe(facts.day, z3.mkInt(until.toEpochDay())));
                lines.add(new Line(
                        cells,
                        from == null ? "" : from.toString(),
                        until == null ? "" : until.toString(),
                        inForce,
                        random.nextInt(2)));
            }
        }

        private Cell cell(int column) {
            return switch (column) {
                case 0 ->
                    labels(
                            TYPES.stream().map(EventType::label).toList(),
                            each -> facts.is(facts.type, each),
                            z3.mkNot(facts.is(facts.type, TYPES.size())));
                case 1 ->
                    labels(
                            CATEGORIES.stream().map(Category::label).toList(),
                            facts::isCategory,
                            z3.mkOr(facts.isCategory(0), facts.isCategory(1)));
                case 2 ->
                    labels(
                            AREAS.stream().map(Area::label).toList(),
                            each -> facts.isWithin(AREAS.get(each)),
                            z3.mkTrue());
                case 3 -> random.nextBoolean() ? new Cell("是", facts.danger) : new Cell("否", z3.mkNot(facts.danger));
                case 4 ->
                    number(facts.deaths, String.valueOf(random.nextInt(4)), String.valueOf(3 + random.nextInt(3)));
                case 5 ->
                    number(
                            facts.loss,
                            List.of("0", "0.5", "1", "2.25").get(random.nextInt(4)),
                            List.of("2.25", "3", "1000000").get(random.nextInt(3)));
                default -> labels(WORDS, each -> facts.says(WORDS.get(each)), z3.mkNot(facts.empty));
            };
        }

        private interface Holds {
            BoolExpr of(int label);
        }

        private Cell labels(List<String> labels, Holds holds, BoolExpr known) {
            var chosen = new TreeSet<Integer>();
            int count = 1 + random.nextInt(labels.size());
            for (int i = 0; i < count; i++) {
                chosen.add(random.nextInt(labels.size()));
            }
            String text = String.join("、", chosen.stream().map(labels::get).toList());
            BoolExpr any = z3.mkOr(chosen.stream().map(holds::of).toArray(BoolExpr[]::new));
            return random.nextInt(3) == 0 ? new Cell("非 " + text, z3.mkAnd(known, z3.mkNot(any))) : new Cell(text, any);
        }

        private Cell number(ArithExpr<?> value, String low, String high) {
            var from = z3.mkReal(low);
            var to = z3.mkReal(high);
            return switch (random.nextInt(8)) {
                case 0 -> new Cell("≥" + low, z3.mkGe(value, from));
                case 1 -> new Cell(">" + low, z3.mkGt(value, from));
                case 2 -> new Cell("≤" + high, z3.mkLe(value, to));
                case 3 -> new Cell("<" + low, z3.mkLt(value, from));
                case 4 -> new Cell(low + "~" + high, z3.mkAnd(z3.mkGe(value, from), z3.mkLe(value, to)));
                case 5 -> new Cell(low + "、>" + high, z3.mkOr(z3.mkEq(value, from), z3.mkGt(value, to)));
                case 6 ->
                    new Cell(
                            "非 " + low + "、" + high,
                            z3.mkAnd(z3.mkNot(z3.mkEq(value, from)), z3.mkNot(z3.mkEq(value, to))));
                default -> new Cell(low, z3.mkEq(value, from));
            };
        }

        BoolExpr covers(int row) {
            return covers(row, -1);
        }

        /** Whether a row covers the facts, one of its cells left out. */
        BoolExpr covers(int row, int without) {
            Line line = lines.get(row);
            return z3.mkAnd(Stream.concat(
                            Stream.of(line.inForce()),
                            IntStream.range(0, columns.size())
                                    .filter(column -> column != without)
                                    .mapToObj(column -> line.cells().get(column).holds()))
                    .toArray(BoolExpr[]::new));
        }

        /** The conclusion of the first row that covers the facts, -1 when none does; one column left out. */
        IntExpr concluded(int without) {
            IntExpr concluded = z3.mkInt(-1);
            for (int row = lines.size() - 1; row >= 0; row--) {
                concluded = (IntExpr)
                        z3.mkITE(covers(row, without), z3.mkInt(lines.get(row).conclusion()), concluded);
            }
            return concluded;
        }

        boolean isPossible(BoolExpr... asked) {
            Solver solver = z3.mkSolver();
            solver.add(new BoolExpr[] {facts.possible(), z3.mkAnd(asked)});
            Status status = solver.check();
            assertThat(status).as("the solver decides").isNotEqualTo(Status.UNKNOWN);
            return status == Status.SATISFIABLE;
        }

        Table<RelayRow> table(TableContract promise) {
            var rows = new ArrayList<String[]>();
            rows.add(new String[] {"转接"});
            rows.add(Stream.concat(columns.stream().map(HEADERS::get), Stream.of("转接单位", "编号", "依据", "状态", "生效", "失效"))
                    .toArray(String[]::new));
            for (int row = 0; row < lines.size(); row++) {
                Line line = lines.get(row);
                rows.add(Stream.concat(
                                line.cells().stream().map(Cell::text),
                                Stream.of(
                                        line.conclusion() == 0 ? "主办局" : "急救专线",
                                        "R-" + row,
                                        "测试",
                                        "已确认",
                                        line.from(),
                                        line.until()))
                        .toArray(String[]::new));
            }
            var problems = new ArrayList<Problem>();
            var sheet = WorkbookReader.read(
                            "t.xlsx", Workbooks.xlsx(Map.of("转接", rows.toArray(String[][]::new))), problems::add)
                    .get(0);
            Table<RelayRow> table = new SheetReader(Facts.VOCABULARY, TODAY, problems::add)
                    .table(sheet, RelayRow.class, promise, new HashMap<>());
            assertThat(problems).noneMatch(problem -> problem.code().isError());
            assertThat(table.rows()).hasSameSizeAs(lines);
            return table;
        }

        @Override
        public String toString() {
            var text = new StringBuilder(
                    columns.stream().map(HEADERS::get).toList().toString());
            for (Line line : lines) {
                text.append('\n')
                        .append(line.cells().stream().map(Cell::text).toList())
                        .append(line.from())
                        .append("..")
                        .append(line.until())
                        .append(" → ")
                        .append(line.conclusion());
            }
            return text.toString();
        }
    }

    private static Matter matter(Map<String, Object> values) {
        var draft = Facts.report().in((Area) values.getOrDefault("区域", Facts.EAST));
        if (values.containsKey("事项")) {
            draft.about((EventType) requireNonNull(values.get("事项")));
        } else if (values.containsKey("类别")) {
            // A category without an event type; with the column alone, any event type of it would do as well.
            draft.within((Category) requireNonNull(values.get("类别")));
        }
        if (Boolean.TRUE.equals(values.get("危及生命"))) {
            draft.lifeInDanger();
        }
        return draft.deaths(((BigDecimal) values.getOrDefault("死亡人数", BigDecimal.ZERO)).intValueExact())
                .loss(values.getOrDefault("损失（百万元）", "0").toString())
                .saying(values.getOrDefault("正文含", "").toString())
                .matter();
    }

    private static TableAnalysis analysis(Table<RelayRow> table, List<Problem> problems) {
        return new TableAnalysis(table, Facts.VOCABULARY, TODAY, problems::add);
    }

    private static boolean isAbout(Problem problem, int row) {
        return problem.at() instanceof CellRef cell && cell.row() == row + 3;
    }

    /** Whether a row that covers many names this one among them. */
    private static boolean isBehindOne(Problem problem, int row) {
        String names = problem.code() == Code.COVERS_ROWS
                ? String.valueOf(problem.args().get(1))
                : "";
        return names.contains(" (" + (row + 3) + ")") || names.contains("…");
    }

    @Test
    void gaps_unreachable_rows_overlaps_and_idle_columns_are_those_the_solver_finds() throws Exception {
        long first = Seeds.SEED;
        int gaps = 0;
        int unreachable = 0;
        int overlaps = 0;
        int idle = 0;
        for (int i = 0; i < TABLES; i++) {
            long seed = first + i;
            try (var z3 = new Context()) {
                var drawn = new Drawn(z3, seed);
                String as = "-Dseed=" + seed + "\n" + drawn;
                gaps += gaps(drawn, as);
                unreachable += unreachable(drawn, as);
                overlaps += overlaps(drawn, as);
                idle += idle(drawn, as);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d tables from seed %d: %d with gaps, %d unreachable rows, %d overlapping pairs, %d idle columns%n",
                TABLES,
                first,
                gaps,
                unreachable,
                overlaps,
                idle);
        assertThat(List.of(gaps, unreachable, overlaps, idle))
                .as("what was compared")
                .allMatch(found -> found > 0);
    }

    private static int gaps(Drawn drawn, String as) throws Exception {
        Table<RelayRow> table = drawn.table(new TableContract(HitPolicy.ALL, true));
        var problems = new ArrayList<Problem>();
        TableAnalysis analysis = analysis(table, problems);
        analysis.tell();
        boolean possible = drawn.isPossible(IntStream.range(0, drawn.lines.size())
                .mapToObj(row -> drawn.z3.mkNot(drawn.covers(row)))
                .toArray(BoolExpr[]::new));

        assertThat(problems.stream().anyMatch(problem -> problem.code() == Code.UNCOVERED_FACTS))
                .as(as)
                .isEqualTo(possible);
        for (ConditionSpace.Point gap : analysis.uncovered(new FirstMatchSolver(1_000_000))) {
            assertThat(analysis.space().covering(gap)).as(as).isEmpty();
            assertThat(table.match(matter(gap.values()), gap.on()))
                    .as("%s%n%s", as, gap)
                    .isEmpty();
        }
        return possible ? 1 : 0;
    }

    private static int unreachable(Drawn drawn, String as) {
        var problems = new ArrayList<Problem>();
        var dead = analysis(drawn.table(new TableContract(HitPolicy.FIRST, false)), problems)
                .tell();
        for (int row = 0; row < drawn.lines.size(); row++) {
            int at = row;
            BoolExpr[] first = Stream.concat(
                            Stream.of(drawn.covers(row)),
                            IntStream.range(0, row).mapToObj(before -> drawn.z3.mkNot(drawn.covers(before))))
                    .toArray(BoolExpr[]::new);
            assertThat(dead.get(row)).as("row %d of %s", row, as).isNotEqualTo(drawn.isPossible(first));
            boolean ended = !drawn.isPossible(drawn.lines.get(row).inForce());
            if (dead.get(row) && !ended) {
                assertThat(problems)
                        .as("row %d of %s", row, as)
                        .anyMatch(problem -> isAbout(problem, at) || isBehindOne(problem, at));
            }
        }
        return dead.cardinality();
    }

    private static int overlaps(Drawn drawn, String as) {
        Table<RelayRow> table = drawn.table(new TableContract(HitPolicy.UNIQUE, false));
        var problems = new ArrayList<Problem>();
        TableAnalysis analysis = analysis(table, problems);
        analysis.tell();
        int pairs = 0;
        for (int row = 0; row < drawn.lines.size(); row++) {
            boolean any = false;
            for (int other = 0; other < row; other++) {
                boolean possible = drawn.isPossible(drawn.covers(row), drawn.covers(other));
                ConditionSpace.@Nullable Point both = analysis.both(other, row);
                assertThat(both != null).as("rows %d, %d of %s", other, row, as).isEqualTo(possible);
                if (both != null) {
                    pairs++;
                    List<Row> rows =
                            List.of(table.rows().get(other), table.rows().get(row));
                    assertThat(analysis.space().covering(both).containsAll(rows))
                            .as(as)
                            .isTrue();
                    assertThat(table.match(matter(both.values()), both.on()).containsAll(rows))
                            .as("%s%n%s", as, both)
                            .isTrue();
                }
                any |= possible;
            }
            int at = row;
            List<Code> codes = List.of(Code.OVERLAPPING_ROWS, Code.DUPLICATE_ROW, Code.SAME_CONDITIONS);
            assertThat(problems.stream().anyMatch(problem -> isAbout(problem, at) && codes.contains(problem.code())))
                    .as("row %d of %s", row, as)
                    .isEqualTo(any);
        }
        return pairs;
    }

    private static int idle(Drawn drawn, String as) {
        var problems = new ArrayList<Problem>();
        analysis(drawn.table(new TableContract(HitPolicy.FIRST, false)), problems)
                .tell();
        int idle = 0;
        for (int column = 0; column < drawn.columns.size(); column++) {
            int at = column;
            boolean used = drawn.lines.stream()
                    .anyMatch(line -> !line.cells().get(at).text().isEmpty());
            boolean matters =
                    drawn.isPossible(drawn.z3.mkNot(drawn.z3.mkEq(drawn.concluded(-1), drawn.concluded(column))));
            Code expected = !used ? Code.UNUSED_CONDITION : Code.IDLE_CONDITION;
            boolean told = problems.stream()
                    .anyMatch(problem -> problem.code() == expected
                            && problem.at() instanceof CellRef cell
                            && cell.row() == 2
                            && cell.column() == at);
            // Behind a row that covers many no column decides anything; that row is told instead.
            boolean covered = used && problems.stream().anyMatch(problem -> problem.code() == Code.COVERS_ROWS);
            assertThat(told).as("column %d of %s", column, as).isEqualTo(!matters && !covered);
            idle += used && !matters ? 1 : 0;
        }
        return idle;
    }
}
