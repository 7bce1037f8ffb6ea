package liandong.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import liandong.Decide;
import liandong.Seeds;
import liandong.decision.DecisionService;
import liandong.journal.Archive;
import liandong.journal.Archive.Cursor;
import liandong.journal.DecisionQuery;
import liandong.journal.Entry;
import liandong.journal.Personal;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.publication.Gate.Verdict;
import liandong.replay.Effect.Count;
import liandong.replay.Effect.Result;
import liandong.replay.Effect.Word;
import liandong.replay.ImpactReport.Line;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@Tag("slow") // answers a whole journal again and again
class ImpactTest {
    private static final int DECISIONS = 300;
    private static final String DUTIES = "routing.xlsx 派单目录!";

    /** Holes go to the helper, lids lose their row, repairs take six working days. */
    private static final Policy DRAFT = TinyPolicy.complete()
            .cell(DUTIES + "C3", "协办局")
            .cell(DUTIES + "D3", "属地街道")
            .cell(DUTIES + "B4", "路面坑洞")
            .cell("routing.xlsx 阶段时限!E4", "6 工作日")
            .load();

    private static ImpactReport reported(Database database, Impact impact) {
        var report = new ImpactReport();
        JournalScan.oldestFirst(new Archive(database), DecisionQuery.ALL, 3)
                .run(null, impact::of, report::add, cursor -> {}, () -> false);
        return report;
    }

    private static Map<String, Long> counts(ImpactReport report, Count count) {
        return report.sorted(count).stream()
                .collect(Collectors.toMap(
                        line -> line.first().code() + " " + line.second().code(),
                        Line::count,
                        Long::sum,
                        TreeMap::new));
    }

    @ParameterizedTest
    @EnumSource
    void the_counts_are_those_that_come_of_comparing_one_by_one(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            Routed.keep(database, DECISIONS, 11, Personal.kept());
            var desk = new DecisionService(() -> DRAFT, Clock.systemUTC());
            Map<String, Long> outcomes = new TreeMap<>();
            Map<String, Long> leads = new TreeMap<>();
            Map<String, Long> types = new TreeMap<>();
            Map<String, Long> dues = new TreeMap<>();
            Map<String, Long> unroutable = new TreeMap<>();
            var shifts = new ArrayList<Long>();
            long changed = 0;
            for (Entry entry : Routed.all(database)) {
                JsonNode before = Json.read(entry.answer());
                JsonNode after = desk.decide(Decide.ROUTING, DRAFT, Json.read(entry.request()))
                        .answer();
                boolean different = false;
                for (String part : List.of("outcome", "reason", "relayTo", "classification")) {
                    different |= !before.path(part).equals(after.path(part));
                }
                JsonNode was = before.path("assignment");
                JsonNode is = after.path("assignment");
                for (String part : List.of("lead", "assisting", "route", "conference", "informed", "nextReviewAt")) {
                    different |= !was.path(part).equals(is.path(part));
                }
                different |= was.path("stages").size() != is.path("stages").size();
                for (int i = 0;
                        i
                                < Math.min(
                                        was.path("stages").size(),
                                        is.path("stages").size());
                        i++) {
                    OffsetDateTime due = due(was, i);
                    OffsetDateTime now = due(is, i);
                    if (!due.equals(now)) {
                        different = true;
                        String name = was.path("stages").get(i).path("name").stringValue();
                        dues.merge((now.isBefore(due) ? "EARLIER " : "LATER ") + name, 1L, Long::sum);
                        shifts.add(Duration.between(due, now).toMinutes());
                    }
                }
                for (int i = is.path("stages").size(); i < was.path("stages").size(); i++) {
                    dues.merge(
                            "DROPPED " + was.path("stages").get(i).path("name").stringValue(), 1L, Long::sum);
                }
                if (different) {
                    changed++;
                    types.merge(type(before) + " " + type(after), 1L, Long::sum);
                    String from = before.path("outcome").stringValue();
                    String to = after.path("outcome").stringValue();
                    if (!from.equals(to)) {
                        outcomes.merge(from + " " + to, 1L, Long::sum);
                    }
                    if (to.equals("MANUAL_TRIAGE") && !from.equals(to)) {
                        unroutable.merge(from + " " + after.path("reason").stringValue(), 1L, Long::sum);
                    }
                    String lost = was.path("lead").path("code").stringValue("");
                    String gained = is.path("lead").path("code").stringValue("");
                    if (!lost.equals(gained)) {
                        leads.merge(lost + " " + gained, 1L, Long::sum);
                    }
                }
            }

            ImpactReport report = reported(database, Impact.on(DRAFT, Personal.kept()));

            assertThat(report.looked()).isEqualTo(DECISIONS);
            assertThat(report.compared()).isEqualTo(DECISIONS);
            assertThat(report.of(Result.CHANGED)).isEqualTo(changed).isPositive();
            assertThat(counts(report, Count.OUTCOMES)).isEqualTo(outcomes);
            assertThat(counts(report, Count.LEADS)).isEqualTo(leads);
            assertThat(counts(report, Count.EVENT_TYPES)).isEqualTo(types);
            assertThat(counts(report, Count.DUES)).isEqualTo(dues);
            assertThat(counts(report, Count.UNROUTABLE)).isEqualTo(unroutable);
            assertThat(unroutable).containsOnlyKeys("ASSIGNED NO_ROW");
            assertThat(report.unroutable()).isEqualTo(unroutable.get("ASSIGNED NO_ROW"));
            assertThat(report.byClock().earlier()).isNull();
            List<Long> sorted = shifts.stream().sorted().toList();
            assertThat(report.byClock().later())
                    .isEqualTo(new Shifts.Summary(
                            sorted.size(), sorted.get((sorted.size() - 1) / 2), sorted.get(sorted.size() - 1)));
            assertThat(report.sorted(Count.UNEXPLAINED)).isEmpty();
            assertThat(report.sorted(Count.LEADS))
                    .allSatisfy(line ->
                            assertThat(line.examples()).hasSize((int) Math.min(ImpactReport.EXAMPLES, line.count())));
        }
    }

    private static OffsetDateTime due(JsonNode assignment, int stage) {
        return OffsetDateTime.parse(
                assignment.path("stages").get(stage).path("due").stringValue());
    }

    private static String type(JsonNode answer) {
        JsonNode about = answer.has("assignment") ? answer.path("assignment") : answer.path("classification");
        return about.path("eventType").path("code").stringValue("");
    }

    @ParameterizedTest
    @EnumSource
    void a_draft_that_differs_in_one_row_changes_the_decisions_on_that_row_and_the_row_is_named(Stores kind)
            throws Exception {
        Policy draft = TinyPolicy.complete()
                .cell(DUTIES + "C4", "主办局")
                .cell("routing.xlsx 阶段时限!E4", "4 工作日")
                .load();
        try (Database database = kind.open()) {
            Routed.keep(database, DECISIONS, 12, Personal.kept());
            // The second policy is the draft but for that row, so only its own decisions are compared.
            var search =
                    new DecisionQuery(Routed.MORNING.plus(Duration.ofMinutes(DECISIONS / 2)), null, null, List.of());
            var report = new ImpactReport();
            var changed = new ArrayList<String>();
            JournalScan.oldestFirst(new Archive(database), search, 2)
                    .run(
                            null,
                            Impact.on(draft, Personal.kept())::of,
                            (entry, effect) -> {
                                report.add(entry, effect);
                                if (effect.result() != Result.SAME) {
                                    changed.add(entry.id());
                                }
                            },
                            cursor -> {},
                            () -> false);

            List<Entry> onThatRow = new Archive(database)
                    .oldest(search, null, Archive.MOST).entries().stream()
                            .filter(entry -> entry.marks().contains("row D-2"))
                            .toList();
            assertThat(changed)
                    .isEqualTo(onThatRow.stream().map(Entry::id).toList())
                    .isNotEmpty();
            assertThat(counts(report, Count.ROWS)).isEqualTo(Map.of("D-2 EDITED", (long) onThatRow.size()));
            assertThat(counts(report, Count.LEADS)).isEqualTo(Map.of("PLATFORM LEAD", (long) onThatRow.size()));
            assertThat(counts(report, Count.RULES)).isEmpty();
            Line row = report.sorted(Count.ROWS).get(0);
            assertThat(row.first().label()).startsWith("routing.xlsx 派单目录!A4：").contains("牵头 主办局");
            assertThat(row.second()).isEqualTo(new Word("EDITED", "内容变"));
            assertThat(report.example(row.examples().get(0)).differences().first())
                    .contains(new Difference("/assignment/lead/code", "\"PLATFORM\"", "\"LEAD\""));
        }
    }

    @Test
    void a_row_put_above_others_and_a_body_called_otherwise_change_no_decision() throws Exception {
        Policy draft = TinyPolicy.complete()
                .cell("vocabulary.xlsx 单位!B3", "主管局")
                .cell(DUTIES + "C3", "主管局")
                .cell(DUTIES + "C5", "主管局")
                .row("routing.xlsx", "分级", "S-2", "", "一般", "", "分级标准", "已确认")
                .cell("routing.xlsx 分级!A4", "S-9")
                .cell("routing.xlsx 分级!B4", "≥100")
                .cell("routing.xlsx 阶段时限!E4", "4 工作日")
                .load();
        try (Database database = Stores.SQLITE.open()) {
            Routed.keep(database, 100, 13, Personal.kept());
            var report = new ImpactReport();
            Impact impact = Impact.on(draft, Personal.kept());
            Routed.all(database).stream()
                    .filter(entry -> entry.policy().equals(Routed.SECOND.version()))
                    .forEach(entry -> report.add(entry, impact.of(entry)));

            assertThat(report.changed()).isZero();
            assertThat(report.of(Result.SAME)).isPositive();
            assertThat(report.of(Result.OTHER_REASONS)).isPositive();
            assertThat(report.of(Result.SAME) + report.of(Result.OTHER_REASONS)).isEqualTo(50);
        }
    }

    @Test
    void what_no_reason_explains_is_told_of() throws Exception {
        Policy draft = TinyPolicy.complete()
                .row("calendar.xlsx", "节假日", "2026", "2026-03-04", "停办一日", "休")
                .load();
        try (Database database = Stores.SQLITE.open()) {
            Routed.keep(database, 100, 14, Personal.kept());
            var report = new ImpactReport();
            Impact impact = Impact.on(draft, Personal.kept());
            Routed.all(database).stream()
                    .filter(entry -> entry.policy().equals(Routed.FIRST.version()))
                    .forEach(entry -> report.add(entry, impact.of(entry)));

            assertThat(report.of(Result.CHANGED)).isPositive();
            assertThat(counts(report, Count.UNEXPLAINED)).isEqualTo(Map.of("ROUTING ", report.of(Result.CHANGED)));
            assertThat(report.byClock().later())
                    .isEqualTo(new Shifts.Summary(report.of(Result.CHANGED), 24 * 60, 24 * 60));
            // The day is no office day by the draft, and the time after it is none of the office's either.
            assertThat(report.inOfficeHours().later())
                    .satisfies(summary -> assertThat(summary.largest()).isEqualTo(9 * 60));
        }
    }

    @Test
    void a_word_that_callers_use_and_the_draft_does_not_know_is_a_refusal() throws Exception {
        Policy draft = TinyPolicy.complete()
                .sheet("vocabulary.xlsx", "来源", new String[] {"代码 Code", "名称 Label"}, new String[] {"HOTLINE", "热线"})
                .load();
        try (Database database = Stores.SQLITE.open()) {
            Routed.keep(database, 20, 15, Personal.kept());
            Routed.keep(database, 20, 15, Personal.masked(Personal.FIELDS));

            ImpactReport report = reported(database, Impact.on(draft, Personal.kept()));

            assertThat(counts(report, Count.REFUSED)).isEqualTo(Map.of("UNKNOWN_CODE /incident/source", 20L));
            assertThat(counts(report, Count.NOT_COMPARABLE)).isEqualTo(Map.of("MASKED ROUTING", 20L));
            assertThat(report.compared()).isEqualTo(20);
            assertThat(report.changed()).isEqualTo(20);
            assertThat(report.example(report.sorted(Count.REFUSED)
                                    .get(0)
                                    .examples()
                                    .get(0))
                            .differences()
                            .first()
                            .get(0)
                            .after())
                    .startsWith("UNKNOWN_CODE")
                    .contains("GRID");
        }
    }

    @Test
    void stopped_anywhere_and_gone_on_with_it_comes_to_the_same() throws Exception {
        long seed = Seeds.SEED;
        var random = new Random(seed);
        try (Database database = Stores.SQLITE.open()) {
            Routed.keep(database, DECISIONS, 16, Personal.kept());
            Impact impact = Impact.on(DRAFT, Personal.kept());
            String whole = Json.write(reported(database, impact).report());

            for (int round = 0; round < 8; round++) {
                var report = new ImpactReport();
                Cursor[] at = new Cursor[1];
                boolean all = false;
                while (!all) {
                    var stopAfter = new AtomicInteger(random.nextInt(15));
                    ImpactReport sofar = ImpactReport.of(Json.read(Json.write(report.json())));
                    all = JournalScan.oldestFirst(new Archive(database), DecisionQuery.ALL, 2)
                            .inStepsOf(1 + random.nextInt(60), 1 + random.nextInt(20))
                            .run(
                                    at[0],
                                    impact::of,
                                    sofar::add,
                                    cursor -> at[0] = cursor,
                                    () -> stopAfter.getAndDecrement() == 0);
                    report = sofar;
                }
                assertThat(Json.write(report.report()))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void the_workbook_has_every_sheet_its_numbers_and_charts() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            Routed.keep(database, DECISIONS, 17, Personal.kept());
            ImpactReport report = reported(database, Impact.on(DRAFT, Personal.kept()));
            var out = new ByteArrayOutputStream();

            ImpactWorkbook.write(report, Map.of("草案 Draft", "=1+1"), out);

            try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
                assertThat(IntStream.range(0, workbook.getNumberOfSheets()).mapToObj(workbook::getSheetName))
                        .containsExactly("概要", "去向变化", "单位", "事项", "时限", "责任行", "例子");
                XSSFSheet summary = workbook.getSheet("概要");
                assertThat(summary.getRow(2).getCell(1).getCellType()).isEqualTo(CellType.STRING);
                assertThat(number(summary, "结论变 CHANGED")).isEqualTo(report.of(Result.CHANGED));
                assertThat(number(summary, "变为无处可派 Becomes unroutable")).isEqualTo(report.unroutable());
                for (String name : List.of("概要", "去向变化", "单位")) {
                    var charts = workbook.getSheet(name).getDrawingPatriarch().getCharts();
                    assertThat(charts).as(name).hasSize(1);
                    assertThat(charts.get(0).getChartSeries().get(0).getSeriesCount())
                            .isPositive();
                }
                for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
                    XSSFSheet sheet = workbook.getSheetAt(i);
                    assertThat(sheet.getPaneInformation().getHorizontalSplitPosition())
                            .as(sheet.getSheetName())
                            .isEqualTo((short) 2);
                    for (Cell cell : sheet.getRow(1)) {
                        assertThat(cell.getStringCellValue()).containsPattern("\\p{IsHan}.* ?[A-Za-z]");
                    }
                }
                XSSFSheet bodies = workbook.getSheet("单位");
                Line most = report.sorted(Count.LEADS).get(0);
                assertThat(number(bodies, most.first().label())).isPositive();
                assertThat(workbook.getSheet("例子").getLastRowNum())
                        .isGreaterThanOrEqualTo(report.examples().size());
            }
        }
    }

    private static long number(XSSFSheet sheet, String item) {
        for (int i = 0; i <= sheet.getLastRowNum(); i++) {
            if (sheet.getRow(i) != null
                    && sheet.getRow(i).getCell(0).getStringCellValue().equals(item)) {
                return (long) sheet.getRow(i).getCell(1).getNumericCellValue();
            }
        }
        throw new AssertionError(item);
    }

    @Test
    void a_report_of_nothing_is_a_workbook_too() throws Exception {
        var out = new ByteArrayOutputStream();

        ImpactWorkbook.write(new ImpactReport(), Map.of(), out);

        try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
            assertThat(workbook.getNumberOfSheets()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_gate_asks_for_a_third_pair_of_eyes_when_much_changes_or_nothing_is_known(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            assertThat(codes(database, Routed.FIRST, DRAFT, 0)).isEmpty();
            Routed.keep(database, 100, 18, Personal.masked(Personal.FIELDS));
            assertThat(codes(database, Routed.FIRST, DRAFT, 1)).containsExactly(Code.IMPACT_UNKNOWN);
            Routed.keep(database, 100, 19, Personal.kept());

            assertThat(codes(database, Routed.FIRST, DRAFT, 0.01))
                    .containsExactly(Code.IMPACT_LARGE, Code.IMPACT_UNROUTABLE);
            assertThat(codes(database, Routed.FIRST, DRAFT, 1)).containsExactly(Code.IMPACT_UNROUTABLE);
            assertThat(codes(database, Routed.FIRST, Routed.FIRST, 0)).isEmpty();
            // Half of the decisions are by another policy; what counts is what the live one would say.
            assertThat(codes(database, Routed.SECOND, reloaded(Routed.SECOND), 0))
                    .isEmpty();
            assertThat(codes(database, DRAFT, Routed.FIRST, 1)).isEmpty();
        }
    }

    /** Who used to be known by a word that a draft has no more gets no answer by it. */
    @Test
    void requests_that_a_draft_would_refuse_raise_a_doubt() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            Routed.keep(database, 100, 18, Personal.kept());
            Policy draft = TinyPolicy.complete()
                    .cell("vocabulary.xlsx 来源!A3", "GRID_WORKER")
                    .cell("vocabulary.xlsx 来源!B3", "网格人员")
                    .load();

            assertThat(codes(database, Routed.FIRST, draft, 1)).containsExactly(Code.IMPACT_REFUSED);
        }
    }

    /** The same policy but for a label that nobody uses. */
    private static Policy reloaded(Policy policy) {
        assertThat(policy).isSameAs(Routed.SECOND);
        return TinyPolicy.complete()
                .cell("routing.xlsx 阶段时限!E4", "4 工作日")
                .row("vocabulary.xlsx", "来源", "LETTER", "来信")
                .load();
    }

    private static List<Code> codes(Database database, Policy live, Policy draft, double largestShare) {
        var clock = new Routed.Hands();
        clock.set(Routed.MORNING.plus(Duration.ofDays(1)));
        var gate = new ImpactGate(
                new Archive(database),
                Personal.kept(),
                clock,
                new ImpactGate.Limits(Duration.ofDays(2), 10_000, largestShare));
        Verdict verdict = gate.judge(live, draft);
        assertThat(verdict.objections()).isEmpty();
        return verdict.doubts().stream().map(Problem::code).toList();
    }

    @Test
    void the_gate_looks_at_the_latest_decisions_of_its_window_only() throws BadRequestException {
        try (Database database = Stores.SQLITE.open()) {
            Routed.keep(database, 100, 20, Personal.kept());
            var clock = new Routed.Hands();
            clock.set(Routed.MORNING.plus(Duration.ofDays(3)));
            var archive = new Archive(database);
            var none = new ImpactGate.Limits(Duration.ZERO, 10, 0);
            var early = new ImpactGate.Limits(Duration.ofDays(1), 10, 0);

            assertThat(new ImpactGate(archive, Personal.kept(), clock, none)
                            .judge(Routed.FIRST, DRAFT)
                            .doubts())
                    .isEmpty();
            assertThat(new ImpactGate(archive, Personal.kept(), clock, early)
                            .judge(Routed.FIRST, DRAFT)
                            .doubts())
                    .isEmpty();
            Problem large = new ImpactGate(
                            archive, Personal.kept(), clock, new ImpactGate.Limits(Duration.ofDays(9), 10, 0))
                    .judge(Routed.FIRST, DRAFT)
                    .doubts()
                    .get(0);
            assertThat(Long.parseLong(large.args().get(1))).isEqualTo(10L);
        }
    }

    @Test
    void the_latest_decisions_are_counted_as_many_as_are_wanted_and_told_meanwhile() throws BadRequestException {
        try (Database database = Stores.SQLITE.open()) {
            Routed.keep(database, 200, 21, Personal.kept());
            var latest = new LatestDecisions(new Archive(database), null, null, 120);
            Impact impact = Impact.over(Routed.SECOND, DRAFT, Personal.kept());
            var told = new ArrayList<Long>();
            ImpactReport report = latest.under(impact, 2, soFar -> told.add(soFar.looked()), () -> false);
            var asked = new AtomicInteger();
            ImpactReport stopped = latest.under(impact, 1, soFar -> {}, () -> asked.incrementAndGet() > 1);

            assertThat(latest.count()).isEqualTo(120);
            assertThat(told).containsExactly(10L, 60L, 110L, 120L);
            assertThat(report.looked()).isEqualTo(120);
            assertThat(stopped.looked()).isEqualTo(10);
        }
    }

    @Test
    void what_a_body_gets_more_and_less_is_all_that_goes_to_it_and_from_it() throws BadRequestException {
        try (Database database = Stores.SQLITE.open()) {
            Routed.keep(database, 200, 22, Personal.kept());
            ImpactReport report = reported(database, Impact.over(Routed.SECOND, DRAFT, Personal.kept()));
            List<Line> leads = report.sorted(Count.LEADS);

            assertThat(report.loads()).isNotEmpty().allSatisfy(load -> {
                String body = load.body().code();
                assertThat(load.more())
                        .isEqualTo(sum(leads, line -> line.second().code().equals(body)));
                assertThat(load.fewer())
                        .isEqualTo(sum(leads, line -> line.first().code().equals(body)));
            });
            assertThat(report.loads().stream().mapToLong(ImpactReport.Load::net).sum())
                    .isZero();
        }
    }

    private static long sum(List<Line> lines, Predicate<Line> those) {
        return lines.stream().filter(those).mapToLong(Line::count).sum();
    }
}
