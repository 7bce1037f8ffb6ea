package liandong.routing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import liandong.calendar.Limit;
import liandong.engine.Evidence;
import liandong.engine.Finding;
import liandong.engine.Reason;
import liandong.incident.Body;
import liandong.incident.Matter;
import liandong.policy.RuleRef;
import liandong.table.Facts;
import liandong.table.RowRef;
import liandong.table.RowStatus;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RoutingDecisionTest {
    private static final Matter MATTER = Facts.report().saying("坑洞").matter();
    private static final Matter KNOWN = MATTER.classified(Facts.HOLE);
    private static final Matter GRADED = KNOWN.graded(Facts.SMALL).urgent(Facts.NORMAL);

    private static final Evidence<Finding> ARCHIVED = by("RTE-010", new Archived());
    private static final Evidence<Finding> RELAYED = by("RTE-020", new Relayed(Facts.LINE, row("R-1")));
    private static final Evidence<Finding> MERGED = by("RTE-030", new Merged("SC-0"));
    private static final Evidence<Finding> OUTSIDE = by("RTE-040", new Triage(TriageReason.OUT_OF_AREA));
    private static final Evidence<Finding> CLASSIFIED =
            by("RTE-120", new Classified(KNOWN, ClassifiedBy.KEYWORDS, List.of(row("K-1"), row("T-1"))));
    private static final Evidence<Finding> GRADE =
            by("RTE-200", new Graded(GRADED, List.of(Facts.LINE), List.of(row("S-1"), row("U-1"))));
    private static final Evidence<Finding> DUTY = by("RTE-360", duty(Facts.LEAD, "D-1"));
    private static final Evidence<Finding> SAME_DUTY = by("RTE-370", duty(Facts.LEAD, "D-1"));
    private static final Evidence<Finding> OTHER_DUTY = by("RTE-350", duty(Facts.HELPER, "D-2"));
    private static final Evidence<Finding> SCHEDULE = by("RTE-400", schedule("围护", 3, "L-1"));
    private static final Evidence<Finding> UNSURE =
            by("RTE-140", new Triage(TriageReason.LOW_CONFIDENCE, List.of(row("T-1"))));
    private static final Evidence<Finding> NO_ROW = by("RTE-900", new Triage(TriageReason.NO_ROW));
    private static final Evidence<Finding> CLASH =
            by("TBL-010", new Triage(TriageReason.TIE, List.of(row("D-1"), row("D-2"))));

    private static final List<Evidence<Finding>> ALL = List.of(
            ARCHIVED,
            RELAYED,
            by("RTE-025", new Relayed(Facts.PLATFORM, row("R-2"))),
            MERGED,
            by("RTE-031", new Merged("SC-9")),
            OUTSIDE,
            CLASSIFIED,
            by("RTE-100", new Classified(MATTER.classified(Facts.LID), ClassifiedBy.CALLER, List.of())),
            by("RTE-110", tally("K-1", "K-2")),
            by("RTE-111", tally("K-3")),
            GRADE,
            by("RTE-201", new Graded(KNOWN.graded(Facts.GRAVE), List.of(Facts.MEETING), List.of(row("S-2")))),
            DUTY,
            SAME_DUTY,
            OTHER_DUTY,
            SCHEDULE,
            by("RTE-401", schedule("修复", 9, "L-2")),
            UNSURE,
            NO_ROW,
            CLASH);

    // ———— Order has no part in it ————

    @Property
    void whatever_the_order_of_the_findings_the_decision_is_the_same(
            @ForAll("findings") List<Evidence<Finding>> findings, @ForAll Random random) {
        var shuffled = new ArrayList<>(findings);
        Collections.shuffle(shuffled, random);

        RoutingDecision decision = RoutingDecision.of(shuffled);

        assertThat(decision).isEqualTo(RoutingDecision.of(findings));
        assertThat(decision).hasToString(RoutingDecision.of(findings).toString());
    }

    @Property
    void there_is_always_an_outcome_with_what_it_needs_and_a_reason(
            @ForAll("findings") List<Evidence<Finding>> findings) {
        RoutingDecision decision = RoutingDecision.of(findings);

        assertThat(decision.because()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(decision.reason() != null).isEqualTo(decision.outcome() == RoutingOutcome.MANUAL_TRIAGE);
        assertThat(decision.mergedInto() != null).isEqualTo(decision.outcome() == RoutingOutcome.MERGED);
        assertThat(decision.relayTo().isEmpty()).isEqualTo(decision.outcome() != RoutingOutcome.RELAYED);
        if (decision.outcome() != RoutingOutcome.RELAYED) {
            assertThat(decision.assignment() != null).isEqualTo(decision.outcome() == RoutingOutcome.ASSIGNED);
        }
    }

    @Provide
    Arbitrary<List<Evidence<Finding>>> findings() {
        return Arbitraries.of(ALL).list().ofMaxSize(12);
    }

    @Test
    void two_rules_of_one_code_are_two_reasons_whatever_their_order() {
        var one = new Evidence<Finding>(new RuleRef("RTE-010", "甲", "依据"), new Archived());
        var other = new Evidence<Finding>(new RuleRef("RTE-010", "乙", "依据"), new Archived());

        assertThat(RoutingDecision.of(List.of(one, other))).isEqualTo(RoutingDecision.of(List.of(other, one)));
    }

    // ———— Precedence ————

    @Test
    void each_outcome_goes_before_those_below_it() {
        var precedence = new ArrayList<>(List.of(
                Map.entry(ARCHIVED, RoutingOutcome.ARCHIVED),
                Map.entry(RELAYED, RoutingOutcome.RELAYED),
                Map.entry(MERGED, RoutingOutcome.MERGED),
                Map.entry(OUTSIDE, RoutingOutcome.MANUAL_TRIAGE),
                Map.entry(DUTY, RoutingOutcome.ASSIGNED)));
        while (!precedence.isEmpty()) {
            var findings = new ArrayList<Evidence<Finding>>(List.of(CLASSIFIED, GRADE, SCHEDULE));
            precedence.forEach(each -> findings.add(each.getKey()));

            assertThat(RoutingDecision.of(findings).outcome())
                    .isEqualTo(precedence.remove(0).getValue());
        }
    }

    @Test
    void a_duty_with_a_schedule_is_assigned_with_every_reason() {
        assertThat(RoutingDecision.of(List.of(SCHEDULE, DUTY, GRADE, CLASSIFIED, by("RTE-110", tally("K-1", "K-2")))))
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
                                        ClassifiedBy.KEYWORDS,
                                        Facts.SMALL,
                                        Facts.NORMAL),
                                RoutingPath.LEAD_AND_ASSIST,
                                Facts.LEAD,
                                null,
                                null,
                                List.of(Facts.PLATFORM),
                                Facts.MEETING,
                                List.of(Facts.COMMUNITY, Facts.LINE),
                                ((Schedule) SCHEDULE.finding()).stages(),
                                OffsetDateTime.parse("2026-11-20T19:30+08:00")),
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        null,
                        List.of(new KeywordCandidate(Facts.HOLE, 16, List.of("K-1", "K-2"))),
                        List.of(),
                        null,
                        List.of(
                                reason("RTE-120", "K-1"),
                                reason("RTE-120", "T-1"),
                                reason("RTE-200", "S-1"),
                                reason("RTE-200", "U-1"),
                                reason("RTE-360", "D-1"),
                                reason("RTE-400", "L-1")),
                        List.of("D-1", "K-1"),
                        List.of()));
    }

    @Test
    void two_rules_that_agree_are_no_tie_and_both_are_reasons() {
        var decision = RoutingDecision.of(List.of(DUTY, SAME_DUTY, SCHEDULE));

        assertThat(decision.outcome()).isEqualTo(RoutingOutcome.ASSIGNED);
        assertThat(decision.because())
                .containsExactly(reason("RTE-360", "D-1"), reason("RTE-370", "D-1"), reason("RTE-400", "L-1"));
    }

    @Test
    void two_duties_that_differ_are_a_tie_that_names_both() {
        var decision = RoutingDecision.of(List.of(DUTY, OTHER_DUTY, SCHEDULE));

        assertThat(decision)
                .isEqualTo(new RoutingDecision(
                        RoutingOutcome.MANUAL_TRIAGE,
                        TriageReason.TIE,
                        null,
                        List.of(),
                        null,
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
                        List.of(reason("RTE-350", "D-2"), reason("RTE-360", "D-1")),
                        List.of("D-1", "D-2"),
                        List.of()));
    }

    @Test
    void who_follows_up_a_relayed_report_is_not_left_to_chance() {
        assertThat(requireNonNull(RoutingDecision.of(List.of(RELAYED, DUTY, SCHEDULE))
                                .assignment())
                        .lead())
                .isEqualTo(Facts.LEAD);
        assertThat(RoutingDecision.of(List.of(RELAYED, DUTY)).assignment()).isNull();
        assertThat(RoutingDecision.of(List.of(RELAYED, DUTY, OTHER_DUTY, SCHEDULE))
                        .assignment())
                .isNull();
    }

    // ———— Triage ————

    @Test
    void without_any_finding_a_person_judges_and_is_told_why() {
        assertThat(RoutingDecision.of(List.<Evidence<Finding>>of()))
                .isEqualTo(new RoutingDecision(
                        RoutingOutcome.MANUAL_TRIAGE,
                        TriageReason.NO_ROW,
                        null,
                        List.of(),
                        null,
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
                        List.of(new Reason("RTE-999", "没有规则得出结论的，转人工研判", "服务兜底", null, null, null, true, null)),
                        List.of(),
                        List.of()));
    }

    @Test
    void a_duty_without_a_schedule_is_no_assignment() {
        assertThat(RoutingDecision.of(List.of(DUTY)).reason()).isEqualTo(TriageReason.NO_ROW);
        assertThat(RoutingDecision.of(List.of(SCHEDULE)).reason()).isEqualTo(TriageReason.NO_ROW);
    }

    @Test
    void the_reason_that_says_most_is_given_before_that_no_row_was_found() {
        assertThat(RoutingDecision.of(List.of(NO_ROW)).reason()).isEqualTo(TriageReason.NO_ROW);
        assertThat(RoutingDecision.of(List.of(NO_ROW, UNSURE)).reason()).isEqualTo(TriageReason.LOW_CONFIDENCE);

        var clash = RoutingDecision.of(List.of(CLASH, NO_ROW));
        assertThat(clash.reason()).isEqualTo(TriageReason.TIE);
        assertThat(clash.because()).containsExactly(reason("TBL-010", "D-1"), reason("TBL-010", "D-2"));
    }

    @Test
    void a_clash_of_rows_is_never_assigned_over() {
        assertThat(RoutingDecision.of(List.of(CLASH, DUTY, SCHEDULE)).reason()).isEqualTo(TriageReason.TIE);
    }

    // ———— Helpers ————

    private static Evidence<Finding> by(String rule, Finding finding) {
        return new Evidence<>(new RuleRef(rule, rule + " 的标题", rule + " 的依据"), finding);
    }

    private static RowRef row(String id) {
        int number = id.charAt(2) - '0' + 2;
        boolean confirmed = !id.startsWith("D") && !id.equals("K-1");
        return new RowRef(
                id,
                "routing.xlsx",
                "表",
                number,
                id + " 的内容",
                id + " 的依据",
                confirmed ? RowStatus.CONFIRMED : RowStatus.UNCONFIRMED);
    }

    private static Reason reason(String rule, String row) {
        RowRef ref = row(row);
        return new Reason(rule, rule + " 的标题", ref.source(), row, ref.at(), ref.says(), ref.confirmed(), null);
    }

    private static Duty duty(Body lead, String row) {
        return new Duty(
                RoutingPath.LEAD_AND_ASSIST,
                lead,
                List.of(Facts.PLATFORM),
                new DutyRow(
                        lead,
                        List.of(),
                        RoutingPath.LEAD_AND_ASSIST,
                        Facts.MEETING,
                        List.of(Facts.COMMUNITY),
                        null,
                        row(row)),
                MATTER.report().area());
    }

    private static Schedule schedule(String stage, int hours, String row) {
        var start = OffsetDateTime.parse("2026-11-20T16:30+08:00");
        Limit limit = requireNonNull(Limit.parse(hours + " 小时"));
        return new Schedule(
                List.of(new PlannedStage(1, stage, limit, start, start.plusHours(hours), row)), List.of(row(row)));
    }

    private static Tally tally(String... rows) {
        var voting = new ArrayList<KeywordRow>();
        for (String row : rows) {
            voting.add(new KeywordRow(Facts.HOLE, 8, row(row)));
        }
        return Tally.of(MATTER, voting, new ThresholdRow(1, 1, 1, row("T-1")));
    }
}
