package liandong.district;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import liandong.Decide;
import liandong.District;
import liandong.engine.Reason;
import liandong.incident.Body;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.scoring.Counts;
import liandong.scoring.Faults;
import liandong.scoring.Grade;
import liandong.scoring.Measure;
import liandong.scoring.Measured;
import liandong.scoring.Period;
import liandong.scoring.PeriodCase;
import liandong.scoring.PeriodDecision;
import liandong.scoring.PeriodDecision.PeriodScore;
import liandong.scoring.ScoreLine;
import liandong.scoring.ScoreLineKind;
import liandong.scoring.ScoredCase;
import liandong.scoring.ScoringDecision;
import liandong.scoring.ScoringOutcome;
import liandong.scoring.Share;
import liandong.scoring.Shares;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scoring under the policy of the district: the published rule for periods, our own starting values for cases. */
class ScoringTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:30:00Z");
    private static final OffsetDateTime DAY_0 = OffsetDateTime.parse("2026-11-02T09:00:00+08:00");
    private static final List<Body> BODIES = District.policy().vocabulary().all(Body.class);
    private static final Body BODY = BODIES.get(10);
    private static final Body OTHER = BODIES.get(11);

    // ———— Periods ————

    /** Counts in the words of a test: 100 cases, all closed on time, nothing wrong. */
    private static final class Done {
        private int due = 100;
        private int deferred;
        private int closed = 100;
        private int onTime = 100;
        private int urgentDue;
        private int urgentClosed;
        private int urgentOnTime;
        private Faults faults = Faults.NONE;
        private Faults leaderMedia = Faults.NONE;
        private BigDecimal organisation = points("5");
        private BigDecimal supervision = points("5");
        private Body body = BODY;

        Done cases(int ofDue, int closedOfThem, int onTimeOfThem) {
            due = ofDue;
            closed = closedOfThem;
            onTime = onTimeOfThem;
            return this;
        }

        Done deferred(int cases) {
            deferred = cases;
            return this;
        }

        Done urgent(int ofDue, int closedOfThem, int onTimeOfThem) {
            urgentDue = ofDue;
            urgentClosed = closedOfThem;
            urgentOnTime = onTimeOfThem;
            return this;
        }

        Done faults(int failedChecks, int threeTimes, int fraud, int shirked) {
            faults = new Faults(failedChecks, threeTimes, fraud, shirked);
            return this;
        }

        Done leaderMedia(int failedChecks, int threeTimes, int fraud, int shirked) {
            leaderMedia = new Faults(failedChecks, threeTimes, fraud, shirked);
            return this;
        }

        Done given(String forOrganisation, String forSupervision) {
            organisation = forOrganisation.isEmpty() ? null : points(forOrganisation);
            supervision = forSupervision.isEmpty() ? null : points(forSupervision);
            return this;
        }

        Done by(Body whom) {
            body = whom;
            return this;
        }

        Period period() {
            var counts = new Counts(
                    due, deferred, closed, onTime, urgentDue, urgentClosed, urgentOnTime, faults, leaderMedia);
            return new Period(body, null, null, counts, null, organisation, supervision);
        }

        PeriodScore score() {
            return ranked(period()).scores().get(0);
        }
    }

    private static BigDecimal points(String points) {
        return new BigDecimal(points);
    }

    private static PeriodDecision ranked(Period... periods) {
        return Decide.score(District.policy(), List.of(periods), NOW, false).decision();
    }

    private static List<String> items(PeriodScore score) {
        return score.items().stream()
                .map(item -> item.item() + " " + item.points())
                .toList();
    }

    private static List<String> lost(PeriodScore score) {
        return lost(score.result().lines());
    }

    private static List<String> lost(List<ScoreLine> lines) {
        return lines.stream()
                .filter(line -> !line.isOpening())
                .map(line -> line.row().id() + " " + line.of() + " " + line.points())
                .toList();
    }

    private static List<String> rules(ScoringDecision decision) {
        return decision.because().stream().map(Reason::rule).distinct().toList();
    }

    @Test
    void the_published_figures_of_tianmen_give_the_published_rates_and_both_full_marks() {
        PeriodScore score = new Done().cases(972, 911, 737).given("", "").score();

        assertThat(score.measures().stream().map(Measured::rate).limit(2))
                .containsExactly(points("75.82"), points("93.72"));
        assertThat(items(score))
                .containsExactly("ON_TIME 50.00", "CLOSURE 20.00", "URGENT 10.00", "REWORK 5.00", "LEADER_MEDIA 5.00");
        assertThat(score.result().score()).isEqualTo(points("90.00"));
        assertThat(score.result().outOf()).isEqualTo(points("90.00"));
        assertThat(score.result().grade()).as("two items are still to be given").isNull();
        assertThat(rules(score.result())).containsExactly("SCO-110", "SCO-210");
    }

    @ParameterizedTest
    @CsvSource({
        "100, 100, 70, 50.00, 20.00",
        "100, 100, 69, 49.00, 20.00",
        "1000, 1000, 699, 49.90, 20.00",
        "1000, 900, 700, 50.00, 20.00",
        "1000, 899, 700, 50.00, 19.90",
        "3, 2, 2, 46.67, 0.00",
        "100, 80, 20, 0.00, 10.00",
        "100, 0, 0, 0.00, 0.00"
    })
    void each_point_below_a_threshold_costs_its_share_until_nothing_is_left(
            int due, int closed, int onTime, String forTime, String forClosure) {
        PeriodScore score = new Done().cases(due, closed, onTime).score();

        assertThat(items(score)).startsWith("ON_TIME " + forTime, "CLOSURE " + forClosure);
    }

    @Test
    void deferred_cases_do_not_count_against_the_body() {
        assertThat(new Done().cases(110, 90, 70).deferred(10).score().result().score())
                .isEqualTo(points("100.00"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 10.00",
        "100, 100, 95, 10.00",
        "100, 100, 94, 9.50",
        "100, 99, 95, 9.50",
        "100, 98, 90, 6.50",
        "2, 1, 1, 0.00"
    })
    void urgent_cases_must_all_be_closed_and_nearly_all_on_time(int due, int closed, int onTime, String points) {
        assertThat(items(new Done().urgent(due, closed, onTime).score())).contains("URGENT " + points);
    }

    @Test
    void failed_checks_fraud_and_shirking_cost_points_and_twice_as_many_for_leaders_and_media() {
        PeriodScore score =
                new Done().faults(4, 1, 1, 1).leaderMedia(4, 1, 0, 1).score();

        assertThat(lost(score))
                .containsExactly(
                        "SCP-105 MEASURE -0.80",
                        "SCP-106 MEASURE -0.50",
                        "SCP-107 MEASURE -1.00",
                        "SCP-108 MEASURE -1.00",
                        "SCP-109 MEASURE -1.60",
                        "SCP-110 MEASURE -1.00",
                        "SCP-112 MEASURE -2.00");
        assertThat(items(score)).contains("REWORK 1.70", "LEADER_MEDIA 0.40");
        assertThat(score.result().score()).isEqualTo(points("92.10"));
    }

    @Test
    void an_item_cannot_fall_below_its_floor_nor_be_given_more_than_its_full_mark_and_a_line_says_so() {
        PeriodScore score = new Done().faults(0, 0, 7, 0).given("6", "5").score();

        assertThat(lost(score)).containsExactly("SCP-107 MEASURE -7.00", "SCP-004 LIMIT 2.00", "SCP-006 LIMIT -1.00");
        assertThat(items(score)).contains("REWORK 0.00", "ORGANISATION 5.00");
    }

    @Test
    void cases_one_by_one_come_to_the_same_as_their_counts() {
        var cases = List.of(
                new PeriodCase("1", true, false, false, true, true, 0, false, false),
                new PeriodCase("2", true, false, false, true, false, 3, false, false),
                new PeriodCase("3", false, true, false, true, true, 1, true, false),
                new PeriodCase("4", false, false, true, false, false, 0, false, false),
                new PeriodCase("5", false, false, false, false, false, 0, false, true));
        var oneByOne = new Period(BODY, null, null, null, cases, points("5"), points("5"));

        PeriodScore counted = new Done()
                .cases(5, 3, 2)
                .deferred(1)
                .urgent(2, 2, 1)
                .faults(3, 1, 0, 1)
                .leaderMedia(1, 0, 1, 0)
                .score();

        assertThat(ranked(oneByOne).scores().get(0).result()).isEqualTo(counted.result());
    }

    @Test
    void bodies_with_the_same_score_share_a_rank_and_the_ranks_after_them_are_left_out() {
        PeriodDecision decision = ranked(
                new Done().by(BODIES.get(3)).cases(100, 80, 70).period(),
                new Done().by(BODIES.get(2)).cases(100, 95, 69).period(),
                new Done().by(BODIES.get(1)).cases(100, 89, 80).period(),
                new Done().by(BODIES.get(0)).period());

        assertThat(decision.scores()).extracting(PeriodScore::rank).containsExactly(1, 2, 2, 4);
        assertThat(decision.scores().get(0).period().body()).isEqualTo(BODIES.get(0));
        assertThat(decision.scores().get(3).period().body()).isEqualTo(BODIES.get(3));
    }

    @ParameterizedTest
    @CsvSource({"90, EXCELLENT", "89, GOOD", "80, GOOD", "79, PASS", "60, PASS", "59, FAIL"})
    void a_score_has_the_grade_of_the_first_row_it_reaches(int score, Grade grade) {
        PeriodScore scored = new Done().cases(100, 100, 70 - (100 - score)).score();

        assertThat(scored.result().score()).isEqualByComparingTo(String.valueOf(score));
        assertThat(scored.result().grade()).isEqualTo(grade);
    }

    @Test
    void each_rule_for_periods_has_a_case_that_fires_it_and_one_that_does_not() {
        ScoringDecision all =
                new Done().cases(100, 80, 60).faults(1, 0, 0, 0).score().result();
        ScoringDecision none = new Done().given("", "").score().result();

        assertThat(rules(all)).containsExactly("SCO-110", "SCO-120", "SCO-130", "SCO-140", "SCO-210", "SCO-300");
        assertThat(rules(none)).containsExactly("SCO-110", "SCO-210");
        assertThat(rules(scored(event(CaseEventKind.REDO, 1)))).doesNotContain("SCO-110", "SCO-210");
    }

    // ———— Cases ————

    private static CaseEvent event(CaseEventKind kind, int day) {
        return new CaseEvent(kind, DAY_0.plusDays(day), kind.isOfStage() ? "调解" : null, null, false, null, null);
    }

    private static CaseEvent contested(CaseEventKind kind, int day) {
        CaseEvent event = event(kind, day);
        return new CaseEvent(event.kind(), event.at(), event.stage(), null, true, null, null);
    }

    private static ScoredCase scoredCase(List<CaseEvent> events) {
        return new ScoredCase("C-1", DAY_0, BODY, null, null, events);
    }

    private static ScoringDecision scored(CaseEvent... events) {
        return score(scoredCase(List.of(events)));
    }

    private static ScoringDecision score(ScoredCase scored) {
        return Decide.score(District.policy(), scored, NOW, false).decision();
    }

    @Test
    void a_good_case_gains_and_stops_at_the_ceiling() {
        ScoringDecision decision = scored(
                event(CaseEventKind.ASSIGNED, 0),
                event(CaseEventKind.STAGE_ON_TIME, 2),
                event(CaseEventKind.CITIZEN_SATISFIED, 3));

        assertThat(decision.outcome()).isEqualTo(ScoringOutcome.SCORED);
        assertThat(decision.score()).isEqualTo(points("97.00"));
        assertThat(decision.grade()).isEqualTo(Grade.EXCELLENT);
        assertThat(lost(decision.lines())).containsExactly("SCC-101 EVENT 2.00", "SCC-111 EVENT 5.00");
        assertThat(rules(decision)).containsExactly("SCO-010", "SCO-020", "SCO-200", "SCO-300");
    }

    @Test
    void nothing_happened_is_the_base() {
        ScoringDecision decision = scored();

        assertThat(decision.score()).isEqualTo(points("90.00"));
        assertThat(rules(decision)).containsExactly("SCO-010", "SCO-200", "SCO-300");
        assertThat(decision.ifAppealsAreUpheld()).isNull();
        assertThat(decision.unconfirmed()).containsExactly("GRD-001", "SCC-001");
    }

    @Test
    void a_case_stops_at_the_floor_and_at_the_ceiling() {
        var bad = new ArrayList<CaseEvent>();
        for (int day = 1; day <= 5; day++) {
            bad.add(event(CaseEventKind.FRAUD, day));
        }
        assertThat(score(scoredCase(bad)).score()).isEqualTo(points("0.00"));
        assertThat(lost(score(scoredCase(bad)).lines())).endsWith("SCC-001 LIMIT 10.00");

        ScoringDecision good = scored(
                event(CaseEventKind.CITIZEN_SATISFIED, 1),
                event(CaseEventKind.CITIZEN_SATISFIED, 2),
                event(CaseEventKind.CITIZEN_SATISFIED, 3));
        assertThat(good.score()).isEqualTo(points("100.00"));
        assertThat(lost(good.lines())).endsWith("SCC-001 LIMIT -5.00");
    }

    @Test
    void lateness_costs_twice_as_much_once_leaders_or_media_have_taken_notice() {
        assertThat(scored(event(CaseEventKind.STAGE_LATE, 1)).score()).isEqualTo(points("85.00"));
        assertThat(scored(event(CaseEventKind.STAGE_LATE, 1), event(CaseEventKind.MEDIA_REPORTED, 3))
                        .score())
                .isEqualTo(points("80.00"));
    }

    @Test
    void an_event_of_another_body_does_not_count() {
        var others = new CaseEvent(CaseEventKind.SHIRKED, DAY_0.plusDays(1), null, OTHER, false, null, null);

        assertThat(scored(others).score()).isEqualTo(points("90.00"));
    }

    @Test
    void an_appeal_shows_the_score_without_what_is_contested_and_the_lines_that_would_go() {
        ScoringDecision decision = scored(event(CaseEventKind.SUPERVISED, 1), contested(CaseEventKind.SHIRKED, 2));

        assertThat(decision.score()).isEqualTo(points("78.00"));
        var appeal = requireNonNull(decision.ifAppealsAreUpheld());
        assertThat(appeal.score()).isEqualTo(points("88.00"));
        assertThat(appeal.difference()).isEqualTo(points("10.00"));
        assertThat(appeal.grade()).isEqualTo(Grade.GOOD);
        assertThat(lost(appeal.dropped())).containsExactly("SCC-110 EVENT -10.00");
        assertThat(appeal.added()).isEmpty();
    }

    @Test
    void an_appeal_that_changes_how_another_event_counts_shows_both_lines() {
        ScoringDecision decision =
                scored(event(CaseEventKind.STAGE_LATE, 1), contested(CaseEventKind.MEDIA_REPORTED, 2));

        var appeal = requireNonNull(decision.ifAppealsAreUpheld());
        assertThat(lost(appeal.dropped())).containsExactly("SCC-102 EVENT -10.00");
        assertThat(lost(appeal.added())).containsExactly("SCC-103 EVENT -5.00");
        assertThat(appeal.difference()).isEqualTo(points("5.00"));
    }

    @Test
    void a_case_left_without_a_base_row_is_for_a_person_to_score() {
        ScoringDecision decision = ScoringDecision.of(List.of());

        assertThat(decision.outcome()).isEqualTo(ScoringOutcome.MANUAL_SCORING);
        assertThat(rules(decision)).containsExactly("SCO-999");
    }

    // ———— Caps, and what is taken out ————

    /** A policy of which a case starts at 90 and cannot pass 60 with fraud, nor 80 when it was shirked. */
    private static TinyPolicy capping(String each) {
        String file = "scoring.xlsx";
        return TinyPolicy.complete()
                .raw(
                        file,
                        "说明",
                        cells("工作表 Sheet", "命中方式 Hit policy"),
                        cells("期间项目", "全部适用"),
                        cells("期间扣分", "首行命中"),
                        cells("小样本", "首行命中"),
                        cells("个案基准", "首行命中"),
                        cells("个案加减分", "首行命中"),
                        cells("等次", "首行命中"))
                .sheet(
                        file,
                        "个案基准",
                        cells("编号 Id", "基准分 Base", "下限 Floor", "上限 Ceiling", "依据 Basis", "状态 Status"),
                        cells("EB-1", "90", "0", "100", "试行", "待确认"))
                .sheet(
                        file,
                        "个案加减分",
                        cells("编号 Id", "情形 Event", "加减分 Points", "最高 Cap", "依据 Basis", "状态 Status"),
                        cells("EV-1", "弄虚作假", "-20", "60", "试行", "待确认"),
                        cells("EV-2", "推诿", "0", "80", "试行", "待确认"),
                        cells("EV-3", "阶段逾期", "-5", "", "试行", "待确认"),
                        cells("EV-4", "群众满意", "5", "", "试行", "待确认"),
                        cells("EV-5", "群众不满意", "-5", "", "试行", "待确认"))
                .sheet(
                        file,
                        "期间项目",
                        cells("编号 Id", "项目 Item", "满分 Full mark", "下限 Floor", "依据 Basis", "状态 Status"),
                        cells("PI-1", "按期结案", "60", "0", "试行", "待确认"),
                        cells("PI-2", "返工弄虚推诿", "40", "0", "试行", "待确认"))
                .sheet(
                        file,
                        "期间扣分",
                        cells(
                                "编号 Id",
                                "指标 Measure",
                                "项目 Item",
                                "达标值 Threshold",
                                "每点扣 Each",
                                "倍数 Times",
                                "尾数 Rounding",
                                "依据 Basis",
                                "状态 Status"),
                        cells("PD-1", "按期结案率", "按期结案", "70", each, "1", "按比例", "试行", "待确认"),
                        cells("PD-2", "弄虚作假率", "返工弄虚推诿", "0", "1", "1", "按比例", "试行", "待确认"),
                        cells("PD-3", "弄虚作假", "返工弄虚推诿", "0", "1", "1", "按比例", "试行", "待确认"))
                .sheet(
                        file,
                        "小样本",
                        cells("编号 Id", "少于 Fewer than", "依据 Basis", "状态 Status"),
                        cells("PS-1", "30", "试行", "待确认"))
                .sheet(
                        file,
                        "等次",
                        cells("编号 Id", "得分 Score", "等次 Grade", "依据 Basis", "状态 Status"),
                        cells("PG-1", "≥80", "良好", "试行", "待确认"),
                        cells("PG-2", "", "不合格", "试行", "待确认"));
    }

    @Test
    void what_a_point_costs_is_no_less_than_nothing_as_it_would_cost_nothing_in_silence() {
        assertThat(capping("-1").lines(Locale.ENGLISH))
                .containsExactly(
                        "scoring.xlsx 期间扣分!E3: OUT_OF_RANGE: -1 is not between 0 and 10000. Write a number within that.");
    }

    private static String[] cells(String... cells) {
        return cells;
    }

    private static final Policy CAPPING = capping("1").load();

    private static ScoringDecision capped(CaseEvent... events) {
        return Decide.score(CAPPING, scoredCase(List.of(events)), NOW, false).decision();
    }

    private static CaseEvent excluded(CaseEventKind kind, int day) {
        CaseEvent event = event(kind, day);
        return new CaseEvent(kind, event.at(), event.stage(), null, false, null, null, null, null, null, "不属承办单位责任");
    }

    @Test
    void a_satisfied_citizen_does_not_lift_a_case_over_the_cap_of_fraud_and_a_line_says_so() {
        ScoringDecision decision = capped(
                event(CaseEventKind.FRAUD, 1),
                event(CaseEventKind.SHIRKED, 2),
                event(CaseEventKind.CITIZEN_SATISFIED, 3));

        assertThat(decision.score()).isEqualTo(points("60.00"));
        assertThat(lost(decision.lines())).containsExactly("EV-1 EVENT -20.00", "EV-4 EVENT 5.00", "EV-1 CAP -15.00");
        assertThat(rules(decision)).containsExactly("SCO-010", "SCO-020", "SCO-030", "SCO-200", "SCO-300");
    }

    @Test
    void a_cap_above_what_a_case_scores_takes_nothing() {
        assertThat(lost(capped(
                                event(CaseEventKind.SHIRKED, 1),
                                event(CaseEventKind.FRAUD, 2),
                                event(CaseEventKind.FRAUD, 3))
                        .lines()))
                .containsExactly("EV-1 EVENT -20.00", "EV-1 EVENT -20.00");
    }

    @Test
    void what_a_person_has_taken_out_counts_for_nothing_and_is_shown_with_the_reason() {
        ScoringDecision decision = capped(
                excluded(CaseEventKind.FRAUD, 1),
                excluded(CaseEventKind.CITIZEN_DISSATISFIED, 2),
                excluded(CaseEventKind.REDO, 3));

        assertThat(decision.score()).isEqualTo(points("90.00"));
        assertThat(lost(decision.lines())).containsExactly("EV-1 EXCLUDED 0.00", "EV-5 EXCLUDED 0.00");
        assertThat(decision.lines())
                .filteredOn(line -> line.of() == ScoreLineKind.EXCLUDED)
                .extracting(line -> requireNonNull(line.event()).excluded())
                .containsOnly("不属承办单位责任");
        assertThat(rules(decision)).containsExactly("SCO-010", "SCO-040", "SCO-200", "SCO-300");
    }

    // ———— Rates, and what is taken out of a period ————

    private static PeriodDecision shared(Period... periods) {
        return Decide.score(CAPPING, List.of(periods), NOW, false).decision();
    }

    private static PeriodCase told(
            String id, boolean fraud, @Nullable Boolean satisfied, boolean contested, @Nullable String excluded) {
        return new PeriodCase(
                id, false, false, false, true, true, 0, fraud, false, null, null, satisfied, null, null, null,
                contested, excluded, null);
    }

    private static Period period(Body body, PeriodCase... cases) {
        return new Period(body, null, null, null, List.of(cases), null, null);
    }

    private static Period shares(Body body, int cases, Share fraud) {
        var shares = new Shares(null, null, null, null, null, null, fraud, null);
        return new Period(
                body,
                null,
                null,
                new Counts(cases, 0, cases, cases, 0, 0, 0, new Faults(0, 0, fraud.count(), 0), null, shares),
                null,
                null,
                null);
    }

    @Test
    void fraud_costs_by_its_rate_so_that_many_cases_do_not_weigh_against_a_body() {
        List<PeriodScore> scores = shared(
                        shares(BODIES.get(0), 2, new Share(1, 2)), shares(BODIES.get(1), 10_000, new Share(20, 10_000)))
                .scores();

        assertThat(scores).extracting(score -> score.period().body()).containsExactly(BODIES.get(1), BODIES.get(0));
        assertThat(lost(scores.get(0))).containsExactly("PD-2 MEASURE -0.20");
        assertThat(lost(scores.get(1))).containsExactly("PD-2 MEASURE -50.00", "PI-2 LIMIT 10.00");
    }

    @Test
    void a_rate_of_few_is_marked_and_shown_with_its_interval() {
        PeriodScore score =
                shared(shares(BODIES.get(0), 2, new Share(0, 2))).scores().get(0);

        assertThat(score.measures())
                .filteredOn(Measured::small)
                .extracting(Measured::measure)
                .containsExactly(Measure.ON_TIME_RATE, Measure.CLOSURE_RATE, Measure.FRAUD_RATE);
        assertThat(String.valueOf(score.measures().get(0).presented())).contains("low=34.24", "high=100.00");
        assertThat(rules(score.result())).contains("SCO-150");
        assertThat(shared(shares(BODIES.get(0), 30, new Share(0, 30)))
                        .scores()
                        .get(0)
                        .measures())
                .noneMatch(Measured::small);
    }

    @Test
    void what_is_taken_out_is_counted_nowhere_and_told_with_its_reason() {
        PeriodScore score = shared(period(
                        BODIES.get(0), told("A", false, true, false, null), told("B", true, false, false, "施工单位冒用名义")))
                .scores()
                .get(0);

        assertThat(lost(score)).isEmpty();
        assertThat(score.measures()).contains(new Measured(Measure.SATISFACTION_RATE, false, 1, 1, true, null));
        assertThat(String.valueOf(score.presented())).contains("TakenOut[id=B, reason=施工单位冒用名义, by=null]");
    }

    @Test
    void an_appeal_shows_the_score_of_a_period_without_the_cases_that_are_contested() {
        PeriodScore score = shared(
                        period(BODIES.get(0), told("A", false, true, false, null), told("B", true, true, true, null)))
                .scores()
                .get(0);

        assertThat(score.result().score()).isEqualTo(points("60.00"));
        var appeal = requireNonNull(score.result().ifAppealsAreUpheld());
        assertThat(appeal.score()).isEqualTo(points("100.00"));
        assertThat(appeal.difference()).isEqualTo(points("40.00"));
    }

    @Test
    void one_empty_and_one_faulty_body_cost_themselves_only() {
        List<PeriodScore> scores = shared(
                        period(BODIES.get(0)),
                        shares(BODIES.get(1), 100, new Share(0, 100)),
                        shares(BODIES.get(2), 100, new Share(101, 100)))
                .scores();

        assertThat(scores)
                .extracting(score -> score.rank() + " " + score.result().outcome() + " "
                        + score.problems().stream()
                                .map(problem -> problem.code() + " " + problem.at())
                                .toList())
                .containsExactlyInAnyOrder(
                        "1 SCORED []",
                        "0 NOT_SCORED [EMPTY_PERIOD /periods/0/cases]",
                        "0 NOT_SCORED [IMPOSSIBLE_COUNT /periods/2/counts/shares/fraud/count]");
    }

    // ———— Properties ————

    @Property(tries = 300)
    void lines_add_up_under_caps_too_whatever_the_order(
            @ForAll("histories") List<CaseEvent> events, @ForAll Random random) {
        var shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);

        ScoringDecision decision =
                Decide.score(CAPPING, scoredCase(events), NOW, false).decision();

        assertThat(decision.score()).isEqualTo(sum(decision.lines())).isBetween(points("0"), points("100"));
        assertThat(Decide.score(CAPPING, scoredCase(shuffled), NOW, false).decision())
                .isEqualTo(decision)
                .hasToString(decision.toString());
    }

    @Property(tries = 300)
    void more_delay_never_gives_a_better_score(
            @ForAll("histories") List<CaseEvent> events, @ForAll("delays") CaseEvent delay) {
        var later = new ArrayList<>(events);
        later.add(delay);

        assertThat(score(scoredCase(later)).score())
                .isLessThanOrEqualTo(score(scoredCase(events)).score());
        assertThat(Decide.score(CAPPING, scoredCase(later), NOW, false)
                        .decision()
                        .score())
                .isLessThanOrEqualTo(Decide.score(CAPPING, scoredCase(events), NOW, false)
                        .decision()
                        .score());
    }

    @Provide
    Arbitrary<CaseEvent> delays() {
        return Combinators.combine(
                        Arbitraries.of(
                                CaseEventKind.STAGE_LATE,
                                CaseEventKind.REMINDED,
                                CaseEventKind.SUPERVISED,
                                CaseEventKind.YELLOW_CARD,
                                CaseEventKind.RED_CARD,
                                CaseEventKind.REDO,
                                CaseEventKind.SUPPLEMENT),
                        Arbitraries.integers().between(0, 3))
                .as(ScoringTest::event);
    }

    @Property(tries = 300)
    void the_lines_of_a_case_add_up_to_its_score_whatever_the_order_of_the_events(
            @ForAll("histories") List<CaseEvent> events, @ForAll Random random) {
        var shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);

        ScoringDecision decision = score(scoredCase(events));

        assertThat(decision.score()).isEqualTo(sum(decision.lines())).isBetween(points("0"), points("100"));
        assertThat(score(scoredCase(shuffled))).isEqualTo(decision).hasToString(decision.toString());
    }

    @Provide
    Arbitrary<List<CaseEvent>> histories() {
        return Combinators.combine(
                        Arbitraries.of(CaseEventKind.class),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(true, false))
                .as((kind, day, contested) -> contested ? contested(kind, day) : event(kind, day))
                .list()
                .ofMaxSize(12);
    }

    @Property(tries = 300)
    void the_lines_of_a_period_add_up_to_its_score_and_to_its_items(@ForAll("periods") Period period) {
        PeriodScore score = ranked(period).scores().get(0);

        assertThat(score.result().score()).isEqualTo(sum(score.result().lines()));
        assertThat(score.result().score())
                .isEqualTo(score.items().stream()
                        .map(PeriodDecision.ItemScore::points)
                        .reduce(points("0.00"), BigDecimal::add));
        assertThat(score.items()).allMatch(item -> item.points().signum() >= 0);
    }

    @Provide
    Arbitrary<Period> periods() {
        var number = Arbitraries.integers().between(0, 400);
        var few = Arbitraries.integers().between(0, 9);
        return Combinators.combine(
                        number,
                        number,
                        number,
                        number.list().ofSize(3),
                        few.list().ofSize(8),
                        few)
                .as((a, b, c, urgent, faults, given) -> {
                    int due = Math.max(a, 1);
                    int closed = Math.min(b, due);
                    int urgentClosed = Math.min(urgent.get(1), urgent.get(0));
                    return new Done()
                            .cases(due, closed, Math.min(c, closed))
                            .urgent(urgent.get(0), urgentClosed, Math.min(urgent.get(2), urgentClosed))
                            .faults(faults.get(0), faults.get(1), faults.get(2), faults.get(3))
                            .leaderMedia(faults.get(4), faults.get(5), faults.get(6), faults.get(7))
                            .given(given == 9 ? "" : "0." + given + "5", String.valueOf(given))
                            .period();
                });
    }

    private static BigDecimal sum(List<ScoreLine> lines) {
        return lines.stream().map(ScoreLine::points).reduce(points("0.00"), BigDecimal::add);
    }
}
