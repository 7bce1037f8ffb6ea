package liandong.engine;

import static java.util.Objects.requireNonNull;
import static liandong.table.Facts.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liandong.Decide;
import liandong.calendar.Limit;
import liandong.calendar.LimitClock;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.EventType;
import liandong.incident.Report;
import liandong.policy.Policy;
import liandong.policy.RuleRef;
import liandong.policy.TinyPolicy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.routing.Assignment;
import liandong.routing.Classification;
import liandong.routing.ClassifiedBy;
import liandong.routing.PlannedStage;
import liandong.routing.RoutingDecision;
import liandong.routing.RoutingOutcome;
import liandong.routing.RoutingPath;
import liandong.routing.TriageReason;
import liandong.table.Facts;
import liandong.table.NearMiss;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow") // compiles rules for nearly every test
class EngineTest {
    private static final Instant FRIDAY = Instant.parse("2026-11-20T08:30:00Z"); // 16:30 in Shanghai
    private static final Policy TINY = TinyPolicy.complete().load();
    private static final Engine ENGINE = new Engine();

    // ———— Decisions ————

    @Test
    void an_assignment_says_how_to_reach_the_lead_when_its_duty_row_names_it_and_says_so() {
        Policy policy = TinyPolicy.complete()
                .cell("routing.xlsx 派单目录!K2", "联系方式 Contact")
                .cell("routing.xlsx 派单目录!K3", "0571-12345678")
                .cell("routing.xlsx 派单目录!K5", "0571-87654321")
                .load();

        assertThat(contact(policy, Facts.HOLE)).isEqualTo("0571-12345678");
        assertThat(contact(policy, Facts.LID)).isNull(); // the row says nothing
        assertThat(contact(policy, Facts.QUARREL)).isNull(); // the community leads, whose number the row does not say
    }

    private static @Nullable String contact(Policy policy, EventType type) {
        var assignment = Decide.route(
                        policy, report().about(type).residentsOnly().done(), FRIDAY, false)
                .decision()
                .assignment();
        return requireNonNull(assignment).contact();
    }

    @Test
    void a_matter_in_the_catalogue_is_assigned_with_stages_and_every_reason() {
        var limit = new Limit(BigDecimal.valueOf(3), LimitClock.HOUR);
        var start = OffsetDateTime.parse("2026-11-20T16:30+08:00");
        var secured = OffsetDateTime.parse("2026-11-20T19:30+08:00");
        var repaired = OffsetDateTime.parse("2026-11-27T17:30+08:00"); // 11-23 to 27

        assertThat(Decide.route(TINY, report().about(Facts.HOLE).done(), FRIDAY, true)
                        .decision())
                .isEqualTo(new RoutingDecision(
                        RoutingOutcome.ASSIGNED,
                        null,
                        null,
                        List.of(),
                        new Assignment(
                                new Classification(
                                        Facts.SAFETY,
                                        Facts.ROADS,
                                        Facts.HOLE,
                                        ClassifiedBy.CALLER,
                                        Facts.SMALL,
                                        Facts.NORMAL),
                                RoutingPath.LEAD_AND_ASSIST,
                                Facts.LEAD,
                                null,
                                null,
                                List.of(Facts.HELPER, new Body("330102001", "东街道", BodyKind.SUB_DISTRICT)),
                                Facts.MEETING,
                                List.of(),
                                List.of(
                                        new PlannedStage(1, "围护", limit, start, secured, "L-1"),
                                        new PlannedStage(
                                                2,
                                                "修复",
                                                new Limit(BigDecimal.valueOf(5), LimitClock.WORKING_DAY),
                                                secured,
                                                repaired,
                                                "L-2")),
                                secured),
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        null,
                        List.of(
                                because("RTE-100"),
                                because("RTE-200", "S-2", "分级!A4", "其余 → 等级 一般", "分级标准"),
                                because("RTE-200", "U-2", "紧急程度!A4", "其余 → 紧急程度 普通", "分级标准"),
                                because(
                                        "RTE-360",
                                        "D-1",
                                        "派单目录!A3",
                                        "事项 路面坑洞 → 牵头 主办局，配合 协办局、属地街道，路径 牵头配合，联席会议 道路联席会议",
                                        "三定方案"),
                                because("RTE-400", "L-1", "阶段时限!A3", "其余 → 序 1，阶段 围护，时限 3 小时，起算 交办", "办法"),
                                because("RTE-400", "L-2", "阶段时限!A4", "紧急程度 普通 → 序 2，阶段 修复，时限 5 工作日，起算 上一阶段", "办法")),
                        List.of(),
                        List.of()));
    }

    @Test
    void keywords_settle_what_a_report_is_about_and_name_their_rows() {
        RoutingDecision decision = route(TINY, report().saying("门口道路有坑洞").done());

        assertThat(decision.outcome()).isEqualTo(RoutingOutcome.ASSIGNED);
        assertThat(decision.candidates())
                .extracting(each -> each.eventType().label() + " " + each.points() + " " + each.rows())
                .containsExactly("路面坑洞 8 [K-1]", "其他道路问题 6 [K-3]");
        assertThat(rulesAndRows(decision))
                .containsExactly(
                        "RTE-120 K-1",
                        "RTE-120 T-1",
                        "RTE-200 S-2",
                        "RTE-200 U-2",
                        "RTE-360 D-1",
                        "RTE-400 L-1",
                        "RTE-400 L-2");
        assertThat(decision.unconfirmed()).containsExactly("K-1");
    }

    @Test
    void each_way_to_end_rests_on_its_rule() {
        assertThat(outcomeAndReasons(report().about(Facts.HOLE).settled()))
                .containsExactly("ARCHIVED", "RTE-010 null", "RTE-100 null", "RTE-200 S-2", "RTE-200 U-2");
        assertThat(outcomeAndReasons(report().about(Facts.OTHER_ROAD).lifeInDanger()))
                .containsExactly("RELAYED", "RTE-020 R-1", "RTE-100 null", "RTE-200 S-2", "RTE-200 U-2");
        assertThat(outcomeAndReasons(report().sameAs("SC-0"))).containsExactly("MERGED", "RTE-030 null");
        assertThat(outcomeAndReasons(report().elsewhere())).containsExactly("MANUAL_TRIAGE", "RTE-040 null");
        assertThat(outcomeAndReasons(report().saying("天气真好"))).containsExactly("MANUAL_TRIAGE", "RTE-140 T-1");
        assertThat(outcomeAndReasons(report().saying("坑洞，争吵"))).containsExactly("MANUAL_TRIAGE", "RTE-150 T-1");
        assertThat(outcomeAndReasons(report().about(Facts.OTHER_ROAD)))
                .containsExactly("MANUAL_TRIAGE", "RTE-100 null", "RTE-200 S-2", "RTE-200 U-2", "RTE-900 null");
    }

    @Test
    void near_misses_name_the_row_and_what_it_lacked() {
        Policy policy = TinyPolicy.complete()
                .sheet("routing.xlsx", "派单目录", new String[] {"编号", "事项", "人数", "牵头", "路径", "依据", "状态"}, new String[] {
                    "D-1", "路面坑洞", "≥10", "主办局", "部门", "三定方案", "已确认"
                })
                .load();

        EngineResult<RoutingDecision> answer =
                Decide.route(policy, report().about(Facts.HOLE).people(2).done(), FRIDAY, true);

        assertThat(answer.decision().reason()).isEqualTo(TriageReason.NO_ROW);
        assertThat(answer.nearMisses())
                .containsExactly(
                        new NearMiss("D-1", "routing.xlsx 派单目录!A3", List.of(new NearMiss.Failed("人数", "≥10", "2"))));
    }

    @Test
    void a_row_counts_only_on_its_days_of_the_calendars_zone() {
        Policy policy = TinyPolicy.complete()
                .cell("routing.xlsx 派单目录!I3", "2026-11-21")
                .cell("routing.xlsx 派单目录!J3", "2026-11-21")
                .load();
        Report report = report().about(Facts.HOLE).done();

        assertThat(Stream.of(
                                "2026-11-20T15:59:59Z", // the 20th in Shanghai
                                "2026-11-20T16:00:00Z",
                                "2026-11-21T15:59:59Z",
                                "2026-11-21T16:00:00Z")
                        .map(now -> Decide.route(policy, report, Instant.parse(now), false)
                                .decision()
                                .outcome()))
                .containsExactly(
                        RoutingOutcome.MANUAL_TRIAGE,
                        RoutingOutcome.ASSIGNED,
                        RoutingOutcome.ASSIGNED,
                        RoutingOutcome.MANUAL_TRIAGE);
    }

    // ———— Tables in which exactly one row may match ————

    @Test
    void rows_that_clash_are_a_tie_that_names_them() {
        Policy policy = TinyPolicy.complete()
                .cell("routing.xlsx 说明!B8", "唯一命中")
                .row("routing.xlsx", "派单目录", "D-4", "路面坑洞", "协办局", "", "部门", "", "三定方案", "待确认")
                .load();

        RoutingDecision decision = route(policy, report().about(Facts.HOLE).done());

        assertThat(decision.outcome()).isEqualTo(RoutingOutcome.MANUAL_TRIAGE);
        assertThat(decision.reason()).isEqualTo(TriageReason.TIE);
        assertThat(rulesAndRows(decision))
                .containsExactly("RTE-100 null", "RTE-200 S-2", "RTE-200 U-2", "TBL-010 D-1", "TBL-010 D-4");
        assertThat(decision.unconfirmed()).containsExactly("D-4");
        assertThat(route(policy, report().about(Facts.LID).done()).outcome()).isEqualTo(RoutingOutcome.ASSIGNED);
    }

    @Test
    void a_clash_over_danger_to_life_is_not_passed_over() {
        Policy policy = TinyPolicy.complete()
                .cell("routing.xlsx 说明!B3", "唯一命中")
                .row("routing.xlsx", "转接", "R-2", "是", "急救专线", "热线办法", "已确认")
                .load();

        RoutingDecision decision =
                route(policy, report().about(Facts.HOLE).lifeInDanger().done());

        assertThat(decision.outcome()).isEqualTo(RoutingOutcome.MANUAL_TRIAGE);
        assertThat(decision.reason()).isEqualTo(TriageReason.TIE);
        assertThat(rulesAndRows(decision)).contains("TBL-010 R-1", "TBL-010 R-2");
    }

    // ———— Time ————

    @Test
    void a_due_time_beyond_the_calendar_is_left_out_and_told_never_guessed() {
        RoutingDecision decision = Decide.route(
                        TINY, report().about(Facts.HOLE).done(), Instant.parse("2026-12-29T01:00:00Z"), false)
                .decision();

        assertThat(decision.outcome()).isEqualTo(RoutingOutcome.ASSIGNED);
        assertThat(requireNonNull(decision.assignment()).stages())
                .extracting(PlannedStage::name)
                .containsExactly("围护");
        assertThat(decision.warnings())
                .containsExactly(
                        Problem.of(Code.NO_DUE_TIME, new RequestPointer("/now"), "修复", "2027-01-01", "2026", "2026"));
    }

    // ———— Rules that go wrong ————

    @Test
    void rules_that_trigger_each_other_without_end_are_stopped() {
        Policy policy = policy("""
                rule "X-000 起头"
                @source("测试")
                when
                    Report()
                then
                    insert( 1 );
                end

                rule "X-001 数了又数"
                @source("测试")
                when
                    $number : Integer()
                then
                    insert( $number + 1 );
                end
                """);

        assertThat(failure(policy, new Engine(50, Duration.ofSeconds(20))).line(Locale.ENGLISH))
                .isEqualTo("rules: RUNAWAY_RULES: The rules kept triggering each other; stopped after 50 firings."
                        + " Look for a rule whose conclusion meets its own condition.");
        assertThat(failure(policy, new Engine()).line(Locale.CHINESE))
                .isEqualTo("rules: RUNAWAY_RULES: 规则互相触发不止，执行 1000 次后已停止。 请检查结论又满足自身条件的规则。");
    }

    @Test
    void rules_that_take_too_long_are_stopped() {
        Policy policy = policy("""
                rule "X-000 起头"
                @source("测试")
                when
                    Report()
                then
                    insert( 1 );
                end

                rule "X-001 慢慢数"
                @source("测试")
                when
                    $number : Integer()
                then
                    Thread.sleep( 5 );
                    insert( $number + 1 );
                end
                """);

        assertThat(failure(policy, new Engine(1_000_000, Duration.ofMillis(60))).line(Locale.ENGLISH))
                .isEqualTo("rules: TIME_LIMIT: The rules took longer than 60 ms and were stopped.");
    }

    @Test
    void a_rule_that_asks_tables_without_end_is_stopped_within_its_firing() {
        Policy policy = policy("""
                rule "X-001 问个没完"
                @source("测试")
                when
                    $report : Report()
                then
                    for( int i = 0; i < 1_000_000_000; i++ ) {
                        tables.match( liandong.routing.SeverityRow.class, liandong.incident.Matter.of( $report ) );
                    }
                end
                """);

        assertThat(failure(policy, new Engine(1_000, Duration.ofMillis(200))).line(Locale.ENGLISH))
                .isEqualTo("rules: TIME_LIMIT: The rules took longer than 200 ms and were stopped.");
    }

    @Test
    void a_rule_that_fails_is_named_and_keeps_its_cause() {
        Policy policy = policy("""
                rule "X-001 自相矛盾"
                @source("测试")
                when
                    $report : Report()
                then
                    insert( Integer.valueOf( $report.text() ) );
                end
                """);

        var failed = catchThrowableOfType(
                DecisionFailedException.class,
                () -> route(policy, report().saying("坑洞").done()));

        assertThat(failed.problem().line(Locale.ENGLISH))
                .isEqualTo("rules: RULE_FAILED: The rule \"X-001 自相矛盾\" failed. The service's log names the cause.");
        assertThat(failed).hasRootCauseInstanceOf(NumberFormatException.class);
        assertThat(failed.told())
                .startsWith(failed.problem().line(Locale.ENGLISH) + " (java.lang.NumberFormatException at java.base/")
                .doesNotContain("坑洞");
    }

    @Test
    void a_rule_whose_condition_fails_is_named_too() {
        Policy policy = policy("""
                rule "X-001 问得不对"
                @source("测试")
                when
                    Report( text.substring( 5 ) == "坑洞" )
                then
                end
                """);

        assertThat(failure(policy, ENGINE).line(Locale.ENGLISH))
                .isEqualTo("rules: RULE_FAILED: The rule \"X-001 问得不对\" failed. The service's log names the cause.");
    }

    @Test
    void a_failed_decision_leaves_the_next_one_alone() {
        Policy policy = policy("""
                rule "X-001 只认数字"
                @source("测试")
                when
                    $report : Report()
                then
                    insert( Integer.valueOf( $report.text() ) );
                    insert( new Archived() );
                end
                """);

        failure(policy, ENGINE);

        assertThat(route(policy, report().saying("7").done()).outcome()).isEqualTo(RoutingOutcome.ARCHIVED);
    }

    @Test
    void rules_need_not_use_every_table_or_clock() {
        Policy policy = TinyPolicy.complete()
                .noRules()
                .file("rules/test.drl", """
                        package liandong.rules
                        import liandong.decision.*
                        import liandong.incident.*

                        rule "X-001 一律归档"
                        @source("测试")
                        when
                            Report()
                        then
                            insert( new Archived() );
                        end
                        """.getBytes(StandardCharsets.UTF_8))
                .load();

        assertThat(route(policy, report().done()).outcome()).isEqualTo(RoutingOutcome.ARCHIVED);
    }

    @Test
    void rules_that_conclude_nothing_leave_it_to_a_person() {
        Policy policy = policy("""
                rule "X-001 什么也不说"
                @source("测试")
                when
                    Report()
                then
                end
                """);

        assertThat(rulesAndRows(route(policy, report().done()))).containsExactly("RTE-999 null");
    }

    // ———— Rules that do not compile ————

    static Stream<List<String>> badRules() {
        return Stream.of(
                List.of(
                        """
                        rule "X-001 少了括号"
                        @source("测试")
                        when
                            Report(
                        then
                        end
                        """,
                        "rules/test.drl:13: BAD_RULE: The rule file does not compile: [ERR 102] Line 13:0 mismatched input 'end' in rule \"X-001 少了括号\""),
                List.of(
                        """
                        rule "X-001 不认识的类型"
                        @source("测试")
                        when
                            Weather()
                        then
                        end
                        """,
                        "rules/test.drl:11: BAD_RULE: The rule file does not compile: Unable to resolve ObjectType 'Weather'"),
                List.of(
                        """
                        rule "X-001 不认识的字段"
                        @source("测试")
                        when
                            Report( weather == "雨" )
                        then
                        end
                        """,
                        "rules/test.drl:11: BAD_RULE: The rule file does not compile: Unable to Analyse Expression weather == \"雨\":"
                                + " [Error: unable to resolve method using strict-mode: liandong.incident.Report.weather()]"
                                + " [Near : {... weather == \"雨\" ....}] ^ [Line: 11, Column: 4]"),
                List.of(
                        """
                        rule "X-001 结论写错"
                        @source("测试")
                        when
                            $report : Report()
                        then
                            insert( new Merged( $report.weather() ) );
                        end
                        """,
                        "rules/test.drl:8: BAD_RULE: The rule file does not compile: Rule Compilation error"
                                + " The method weather() is undefined for the type Report"),
                List.of(
                        """
                        rule "X-001 结论类型不对"
                        @source("测试")
                        when
                            $report : Report()
                        then
                            insert( new Merged( 5 ) );
                        end
                        """,
                        "rules/test.drl:8: BAD_RULE: The rule file does not compile: Rule Compilation error"
                                + " The constructor Merged(int) is undefined"),
                List.of(
                        """
                        rule "X-001 重名"
                        @source("测试")
                        when
                            Report()
                        then
                        end

                        rule "X-001 重名"
                        @source("测试")
                        when
                            Report()
                        then
                        end
                        """,
                        "rules/test.drl:15: DUPLICATE_RULE_CODE: The rules \"X-001 重名\" and \"X-001 重名\" have the same code. Give"
                                + " one of them a code that no rule has: answers name rules by it."));
    }

    @ParameterizedTest
    @MethodSource("badRules")
    void a_rule_that_does_not_compile_is_told_with_its_line(List<String> example) {
        assertThat(TinyPolicy.complete().rules(example.get(0)).lines()).isEqualTo(example.subList(1, example.size()));
    }

    // ———— Threads ————

    @Test
    void the_same_facts_policy_and_moment_give_the_same_answer_in_every_thread() throws Exception {
        List<Report> reports = List.of(
                report().about(Facts.HOLE).done(),
                report().saying("道路上井盖破了").done(),
                report().saying("坑洞，争吵").done(),
                report().about(Facts.QUARREL).residentsOnly().done(),
                report().about(Facts.HOLE).lifeInDanger().deaths(2).done());
        List<EngineResult<RoutingDecision>> expected = reports.stream()
                .map(report -> Decide.route(TINY, report, FRIDAY, true))
                .toList();
        assertThat(expected.stream().map(EngineResult::decision)).doesNotHaveDuplicates();

        List<List<EngineResult<RoutingDecision>>> answers = inThreads(
                4,
                () -> IntStream.range(0, 200)
                        .mapToObj(i -> Decide.route(TINY, reports.get(i % reports.size()), FRIDAY, true))
                        .toList());

        answers.forEach(own -> IntStream.range(0, own.size())
                .forEach(i -> assertThat(own.get(i)).isEqualTo(expected.get(i % reports.size()))));
    }

    @Test
    void policies_built_and_asked_at_once_do_not_mix_their_rules() throws Exception {
        String rule = """
                rule "X-001 %s"
                @source("测试")
                when
                    Report()
                then
                    insert( new Merged( "%s" ) );
                end
                """;
        List<Policy> policies = inThreads(Stream.of("甲", "乙", "丙")
                .map(name -> (Callable<Policy>) () -> policy(rule.formatted(name, name)))
                .toList());

        for (int i = 0; i < 20; i++) {
            assertThat(policies.stream()
                            .map(policy -> route(policy, report().done()))
                            .map(decision -> decision.mergedInto() + " "
                                    + decision.because().get(0).title()))
                    .containsExactly("甲 甲", "乙 乙", "丙 丙");
        }
        assertThat(route(policies.get(1), report().done()).mergedInto()).isEqualTo("乙");
    }

    private static <T> List<T> inThreads(int threads, Callable<T> task)
            throws InterruptedException, ExecutionException {
        return inThreads(IntStream.range(0, threads).mapToObj(i -> task).toList());
    }

    private static <T> List<T> inThreads(List<Callable<T>> tasks) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            var results = new ArrayList<T>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    // ———— Helpers ————

    private static Policy policy(String rules) {
        return TinyPolicy.complete().rules(rules).load();
    }

    private static RoutingDecision route(Policy policy, Report report) {
        return Decide.route(policy, report, FRIDAY, false).decision();
    }

    private static Problem failure(Policy policy, Engine engine) {
        return catchThrowableOfType(
                        DecisionFailedException.class,
                        () -> Decide.route(engine, policy, report().done(), FRIDAY, false))
                .problem();
    }

    private static List<String> outcomeAndReasons(Facts.Draft draft) {
        RoutingDecision decision = route(TINY, draft.done());
        var told = new ArrayList<String>();
        told.add(decision.outcome().code());
        told.addAll(rulesAndRows(decision));
        return told;
    }

    private static List<String> rulesAndRows(RoutingDecision decision) {
        return decision.because().stream()
                .map(reason -> reason.rule() + " " + reason.row())
                .toList();
    }

    private static Reason because(String rule) {
        RuleRef ref = ref(rule);
        return new Reason(ref.code(), ref.title(), ref.source(), null, null, null, true, null);
    }

    private static Reason because(String rule, String row, String at, String says, String source) {
        RuleRef ref = ref(rule);
        return new Reason(ref.code(), ref.title(), source, row, "routing.xlsx " + at, says, true, null);
    }

    private static RuleRef ref(String code) {
        return TINY.rules().refs().stream()
                .filter(ref -> ref.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
