package liandong.scenario;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import liandong.Decide;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionService;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.scenario.WhyNotAnswer.Altered;
import liandong.scenario.WhyNotAnswer.Gate;
import liandong.scenario.WhyNotAnswer.Lacking;
import liandong.scenario.WhyNotAnswer.Later;
import liandong.scenario.WhyNotAnswer.Nearest;
import liandong.scenario.WhyNotAnswer.Reached;
import liandong.scenario.WhyNotAnswer.Why;
import liandong.table.NearMiss;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class WhyNotTest {
    private static final int ENOUGH = 20_000;
    private static final FileRef AT = new FileRef("want");
    private static final String[] SEVERITY = {
        "编号 Id", "死亡人数 Deaths", "重伤人数 Injured", "等级 Severity", "知会 Notify", "依据 Source", "状态 Status"
    };
    private static final String[] DUTIES = {
        "编号 Id", "事项 Event type", "牵头 Lead", "配合 Assisting", "路径 Route", "依据 Source", "状态 Status", "生效 From",
    };

    private static DecisionService service(Policy policy) {
        return new DecisionService(() -> policy, Clock.systemUTC());
    }

    /** A report of a hole in the road. */
    private static ObjectNode hole(int deaths, int injured) {
        ObjectNode request = Json.object().put("now", "2026-03-02T09:00:00+08:00");
        request.putObject("incident")
                .put("id", "A-1")
                .put("reportedAt", "2026-03-02T09:00:00+08:00")
                .put("source", "网格员")
                .put("area", "东市社区")
                .put("text", "")
                .put("eventType", "路面坑洞")
                .put("deaths", deaths)
                .put("injured", injured);
        return request;
    }

    private static WhyNotAnswer ask(Policy policy, ObjectNode request, String want, int most) {
        try {
            DecisionRecord<?, ?> record = service(policy).decide(Decide.ROUTING, request);
            var problems = new ArrayList<Problem>();
            Wanted wanted = Wanted.of(Decide.ROUTING, policy, want, AT, problems::add);
            assertThat(problems).isEmpty();
            return WhyNot.ask(service(policy), record, requireNonNull(wanted), most, () -> true);
        } catch (BadRequestException e) {
            throw new AssertionError(e.problems().toString(), e);
        }
    }

    private static WhyNotAnswer ask(Policy policy, ObjectNode request, String want) {
        return ask(policy, request, want, ENOUGH);
    }

    @Test
    void a_bound_that_was_not_reached_is_the_gate_and_the_number_on_it_gives_what_is_wanted() {
        Policy policy = TinyPolicy.complete().cell("routing.xlsx 分级!B3", "≥3").load();

        WhyNotAnswer answer = ask(policy, hole(2, 0), "severity=GRAVE");

        var lacking = new Lacking(
                "S-1",
                "routing.xlsx 分级!A3",
                "死亡人数 ≥3 → 等级 重大，知会 急救专线",
                3,
                9,
                Why.CONDITIONS,
                List.of(new NearMiss.Failed("死亡人数", "≥3", "2")),
                List.of());
        var gate = new Gate(3, 9, "分级", List.of("S-2"), List.of("S-1"), List.of(lacking), List.of());
        assertThat(answer.rows()).containsExactly(lacking);
        assertThat(answer.gate()).isEqualTo(gate);
        assertThat(answer.changes())
                .containsExactly(
                        new Nearest(List.of(new Altered("/incident/deaths", "死亡人数 Deaths", "2", "3")), gate, "交办"));
        assertThat(answer)
                .extracting(
                        WhyNotAnswer::part,
                        WhyNotAnswer::wanted,
                        WhyNotAnswer::given,
                        WhyNotAnswer::actual,
                        WhyNotAnswer::later,
                        WhyNotAnswer::reached)
                .containsExactly("等级", "重大", false, "一般", null, Reached.ONE_FACT);
        assertThat(answer.kept()).contains("事件编号", "上报时间", "正文").doesNotContain("死亡人数", "事项");
    }

    @Test
    void what_the_answer_says_already_is_said_and_nothing_is_tried() {
        WhyNotAnswer answer = ask(TinyPolicy.complete().load(), hole(0, 0), "牵头=主办局");

        assertThat(answer.given()).isTrue();
        assertThat(answer.changes()).isEmpty();
        assertThat(answer.tried()).isZero();
    }

    @Test
    void an_outcome_that_only_rules_conclude_names_the_table_and_the_rule_that_lead_to_it() {
        WhyNotAnswer answer = ask(TinyPolicy.complete().load(), hole(0, 0), "outcome=RELAYED");

        assertThat(answer.rows()).isEmpty();
        assertThat(answer.changes())
                .extracting(Nearest::facts, Nearest::outcome)
                .containsExactly(
                        tuple(List.of(new Altered("/incident/lifeInDanger", "危及生命 Life in danger", "否", "是")), "紧急转接"));
        Gate gate = requireNonNull(answer.gate());
        assertThat(gate)
                .extracting(Gate::order, Gate::sheet, Gate::was, Gate::becomes)
                .containsExactly(2, "转接", List.of(), List.of("R-1"));
        assertThat(gate.rules()).singleElement().asString().startsWith("RTE-020 ");
    }

    @Test
    void a_row_behind_another_tells_the_row_above_and_that_nothing_gives_it() {
        Policy policy = TinyPolicy.complete()
                .row("routing.xlsx", "派单目录", "D-4", "路面坑洞", "协办局", "", "部门", "", "三定方案", "已确认", "", "", "")
                .load();

        WhyNotAnswer answer = ask(policy, hole(0, 0), "row=D-4");

        assertThat(answer.rows())
                .extracting(Lacking::row, Lacking::why, Lacking::failed, Lacking::above)
                .containsExactly(tuple("D-4", Why.ROW_ABOVE, List.of(), List.of("D-1")));
        assertThat(answer.changes()).isEmpty();
        assertThat(answer.gate()).isNull();
        assertThat(answer.later()).isNull();
        assertThat(answer.reached()).isEqualTo(Reached.TWO_FACTS);
    }

    @Test
    void a_row_that_begins_later_is_said_to_and_from_which_moment_on() {
        Policy policy = TinyPolicy.complete()
                .sheet(
                        "routing.xlsx",
                        "派单目录",
                        DUTIES,
                        new String[] {"D-9", "路面坑洞", "协办局", "", "部门", "三定方案", "已确认", "2026-04-01"},
                        new String[] {"D-1", "路面坑洞", "主办局", "", "部门", "三定方案", "已确认", ""})
                .load();

        WhyNotAnswer answer = ask(policy, hole(0, 0), "lead=HELPER");

        assertThat(answer.rows())
                .extracting(Lacking::row, Lacking::why)
                .containsExactly(tuple("D-9", Why.NOT_IN_FORCE));
        assertThat(answer.changes()).isEmpty();
        assertThat(answer.later()).isEqualTo(new Later(OffsetDateTime.parse("2026-04-01T00:00:00+08:00"), "交办"));
    }

    @Test
    void two_facts_are_told_together_where_no_single_one_gives_it_and_no_more_than_it_takes() {
        WhyNotAnswer answer = ask(twoBounds("≥3", "≥10").load(), hole(0, 0), "severity=重大");

        assertThat(answer.changes())
                .singleElement()
                .satisfies(nearest -> assertThat(nearest.facts())
                        .containsExactlyInAnyOrder(
                                new Altered("/incident/deaths", "死亡人数 Deaths", "0", "3"),
                                new Altered("/incident/injured", "重伤人数 Injured", "0", "10")));
        assertThat(answer.rows())
                .extracting(Lacking::failed)
                .containsExactly(
                        List.of(new NearMiss.Failed("死亡人数", "≥3", "0"), new NearMiss.Failed("重伤人数", "≥10", "0")));
    }

    @Test
    void what_is_not_tried_for_want_of_time_is_not_claimed() {
        WhyNotAnswer answer = ask(TinyPolicy.complete().load(), hole(0, 0), "severity=重大", 1);

        assertThat(answer.reached()).isEqualTo(Reached.NOTHING);
        assertThat(answer.changes()).isEmpty();
    }

    @Test
    void the_same_question_gets_the_same_answer() {
        Policy policy = TinyPolicy.complete().load();

        assertThat(ask(policy, hole(1, 1), "lead=水务公司")).isEqualTo(ask(policy, hole(1, 1), "lead=水务公司"));
    }

    @Test
    void what_cannot_be_asked_for_is_told_with_what_can() {
        assertThat(told("leed=主办局"))
                .startsWith("want: UNKNOWN_CHOICE: \"leed\"")
                .contains("lead=…? ", "row=…", "outcome=…");
        assertThat(told("lead=")).startsWith("want: UNKNOWN_CHOICE: ");
        assertThat(told("")).startsWith("want: UNKNOWN_CHOICE: ");
        assertThat(told("lead=主办")).startsWith("want: UNKNOWN_CODE: \"主办\"").contains("主办局? ");
        assertThat(told("row=D-77")).startsWith("want: UNKNOWN_ROW: ").contains("\"D-77\"");
        assertThat(told("rule=RTE-999")).startsWith("want: UNKNOWN_ROW: ");
        assertThat(told("due=tomorrow")).startsWith("want: BAD_TIME: \"tomorrow\"");
        assertThat(told("order=first")).startsWith("want: NOT_A_NUMBER: ");
        assertThat(told("拒收=BAD_JSON")).startsWith("want: UNKNOWN_CHOICE: ");
    }

    private static String told(String want) {
        var problems = new ArrayList<Problem>();
        assertThat(Wanted.of(Decide.ROUTING, TinyPolicy.complete().load(), want, AT, problems::add))
                .isNull();
        return problems.get(0).line(java.util.Locale.ENGLISH);
    }

    /** A policy in which an incident is grave by deaths and injured together. */
    private static TinyPolicy twoBounds(String deaths, String injured) {
        return TinyPolicy.complete()
                .sheet(
                        "routing.xlsx",
                        "分级",
                        SEVERITY,
                        new String[] {"S-1", deaths, injured, "重大", "", "分级标准", "已确认"},
                        new String[] {"S-2", "", "", "一般", "", "分级标准", "已确认"});
    }

    /** By trying every number of deaths and injured within reach, as somebody would who knew nothing of tables. */
    @Test
    void no_nearer_numbers_than_those_told_give_it_and_where_none_are_told_none_do() {
        var random = new Random(19);
        for (int round = 0; round < 12; round++) {
            Policy policy = twoBounds(bound(random), bound(random)).load();
            int deaths = random.nextInt(7);
            int injured = random.nextInt(7);
            String want = random.nextBoolean() ? "重大" : "一般";

            WhyNotAnswer answer = ask(policy, hole(deaths, injured), "severity=" + want);

            int fewest = 3;
            double nearest = Double.MAX_VALUE;
            for (int d = 0; d <= 8; d++) {
                for (int i = 0; i <= 8; i++) {
                    int facts = (d == deaths ? 0 : 1) + (i == injured ? 0 : 1);
                    double far = distance(d, deaths) + distance(i, injured);
                    boolean better = facts < fewest || (facts == fewest && far < nearest);
                    if (better && want.equals(severity(policy, hole(d, i)))) {
                        fewest = facts;
                        nearest = far;
                    }
                }
            }
            String as = "round " + round + ": " + deaths + ", " + injured + " → " + want + ": " + answer;
            assertThat(answer.given()).as(as).isEqualTo(fewest == 0);
            if (fewest == 3) {
                assertThat(answer.changes()).as(as).isEmpty();
                assertThat(answer.reached()).as(as).isEqualTo(Reached.TWO_FACTS);
            } else if (fewest > 0) {
                List<Altered> facts = answer.changes().get(0).facts();
                assertThat(facts).as(as).hasSize(fewest);
                assertThat(facts.stream()
                                .mapToDouble(
                                        fact -> distance(Integer.parseInt(fact.from()), Integer.parseInt(fact.to())))
                                .sum())
                        .as(as)
                        .isEqualTo(nearest);
            }
        }
    }

    private static double distance(int a, int b) {
        double far = Math.abs(a - b);
        return far / (1 + far);
    }

    private static String bound(Random random) {
        int number = 1 + random.nextInt(6);
        return switch (random.nextInt(4)) {
            case 0 -> "≥" + number;
            case 1 -> "≤" + number;
            case 2 -> number + "~" + (number + random.nextInt(2));
            default -> "";
        };
    }

    private static @Nullable String severity(Policy policy, ObjectNode request) {
        try {
            return service(policy)
                    .decide(Decide.ROUTING, request)
                    .answer()
                    .path("assignment")
                    .path("severity")
                    .path("label")
                    .stringValue(null);
        } catch (BadRequestException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void changes_of_a_long_list_take_no_more_room_than_the_list_and_its_last_elements_come_first() {
        Policy policy = TinyPolicy.complete().load();
        ObjectNode request = hole(0, 0);
        var events = request.putArray("events");
        int count = 5_000;
        for (int i = 0; i < count; i++) {
            events.addObject().put("type", "REMARK").put("at", "2026-03-02T09:00:00+08:00");
        }
        var problems = new ArrayList<Problem>();
        Wanted wanted = requireNonNull(Wanted.of(Decide.ESCALATION, policy, "outcome=WAIT", AT, problems::add));
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        List<FactChanges.Change> changes = FactChanges.of(Decide.ESCALATION, policy, request, wanted, List.of());

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(200L << 20);
        List<FactChanges.Change> fewer = changes.stream()
                .filter(change -> change.column().path().equals(List.of("events"))
                        && change.to().isEmpty())
                .toList();
        assertThat(fewer).hasSize(count);
        assertThat(fewer).filteredOn(change -> change.distance() == 1).hasSize(200);
        assertThat(fewer.get(0).in(request).path("events")).hasSize(count - 1);
        assertThat(changes)
                .filteredOn(change -> change.column().path().equals(List.of("events"))
                        && !change.to().isEmpty())
                .isNotEmpty()
                .allSatisfy(more ->
                        assertThat(more.in(request).path("events").size()).isBetween(count + 1, count + 3));
        assertThat(request.path("events")).hasSize(count);
    }
}
