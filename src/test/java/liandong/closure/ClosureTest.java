package liandong.closure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import liandong.District;
import liandong.decision.Decisions;
import liandong.engine.Engine;
import liandong.engine.EngineResult;
import liandong.engine.Evidence;
import liandong.engine.Finding;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.EventType;
import liandong.incident.HandledStage;
import liandong.incident.Matter;
import liandong.incident.Nature;
import liandong.incident.Report;
import liandong.incident.Severity;
import liandong.incident.Source;
import liandong.incident.Term;
import liandong.incident.Urgency;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.policy.RuleRef;
import liandong.policy.TinyPolicy;
import liandong.table.RowRef;
import liandong.table.RowStatus;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of closure, one case after the other. */
class ClosureTest {
    private static final Engine ENGINE = new Engine();

    /** A Wednesday afternoon; the next working days are 8, 9 and, a Saturday made up, 10 October. */
    private static final Instant NOW = Instant.parse("2026-09-30T08:00:00Z");

    private static final String DRAWN = "SC-2026-000123"; // lot 813
    private static final String NOT_DRAWN = "SC-2026-000124"; // lot 5,382
    private static final Policy DISTRICT = District.policy();
    private static final Policy TINY = tiny().load();
    private static final Policy MENDING = mending().load();

    /**
     * A case and what is said of it.
     *
     * @param told outcome, reason, then each rule with its row
     */
    private record Example(String name, Policy policy, Draft draft, List<String> told) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Example example(String name, Draft draft, String... told) {
        return new Example(name, draft.policy, draft, List.of(told));
    }

    static Stream<Example> examples() {
        return Stream.of(
                example(
                        "done and proven, drawn: the citizen is asked",
                        quarrel(),
                        "ACCEPT COMPLETE",
                        "CLO-030 EVI-0006",
                        "CLO-100 SMP-0008",
                        "CLO-110 FUP-0007"),
                example(
                        "done and proven, not drawn: filed",
                        quarrel().id(NOT_DRAWN),
                        "ACCEPT NOT_SAMPLED",
                        "CLO-030 EVI-0006",
                        "CLO-100 SMP-0008",
                        "CLO-120 -",
                        "CLO-400 ARC-0007"),
                example(
                        "urgent: always asked",
                        quarrel().id(NOT_DRAWN).urgency("紧急"),
                        "ACCEPT COMPLETE",
                        "CLO-030 EVI-0006",
                        "CLO-100 SMP-0001",
                        "CLO-110 FUP-0007"),
                example(
                        "a stage is not done",
                        quarrel().stage("回头看", null),
                        "REDO INCOMPLETE",
                        "CLO-010 -",
                        "CLO-300 RDO-0002"),
                example(
                        "proofs are missing, by two rows",
                        quarrel().source("公开受理").proofs(),
                        "REDO INCOMPLETE",
                        "CLO-020 EVI-0006",
                        "CLO-020 EVI-0009",
                        "CLO-300 RDO-0002"),
                example(
                        "very urgent: to be redone sooner",
                        quarrel().urgency("特急").stage("回头看", null),
                        "REDO INCOMPLETE",
                        "CLO-010 -",
                        "CLO-300 RDO-0001"),
                example(
                        "redone once: once more",
                        quarrel().redos(1).stage("回头看", null),
                        "REDO INCOMPLETE",
                        "CLO-010 -",
                        "CLO-300 RDO-0002"),
                example(
                        "redone as often as allowed: the centre decides",
                        quarrel().redos(2).stage("回头看", null),
                        "CENTRE_DECIDES REDOS_SPENT",
                        "CLO-010 -",
                        "CLO-310 RDO-0002"),
                example(
                        "the citizen is satisfied, but it is not finished",
                        quarrel().stage("回头看", null).asked(Satisfaction.SATISFIED, null, 0),
                        "REDO INCOMPLETE",
                        "CLO-010 -",
                        "CLO-200 -",
                        "CLO-300 RDO-0002",
                        "CLO-400 ARC-0007"),
                example(
                        "satisfied",
                        quarrel().asked(Satisfaction.SATISFIED, null, 0),
                        "CLOSE SATISFIED",
                        "CLO-200 -",
                        "CLO-400 ARC-0007"),
                example(
                        "dissatisfied with the body",
                        quarrel().asked(Satisfaction.DISSATISFIED, Cause.SUBJECTIVE, 0),
                        "REDO SUBJECTIVE_CAUSE",
                        "CLO-210 -",
                        "CLO-300 RDO-0002"),
                example(
                        "dissatisfied with the body after the last redo",
                        quarrel().redos(2).asked(Satisfaction.DISSATISFIED, Cause.SUBJECTIVE, 0),
                        "CENTRE_DECIDES REDOS_SPENT",
                        "CLO-210 -",
                        "CLO-310 RDO-0002"),
                example(
                        "dissatisfied with what nobody can change",
                        quarrel().asked(Satisfaction.DISSATISFIED, Cause.OBJECTIVE, 0),
                        "CLOSE OBJECTIVE_CAUSE",
                        "CLO-220 -",
                        "CLO-400 ARC-0007"),
                example(
                        "dissatisfied, nobody knows with what",
                        quarrel().asked(Satisfaction.DISSATISFIED, null, 0),
                        "CENTRE_DECIDES CAUSE_UNKNOWN",
                        "CLO-230 -"),
                example(
                        "tends to dissatisfaction",
                        quarrel().asked(Satisfaction.TENDENCY_DISSATISFIED, null, 0),
                        "WARN TENDENCY",
                        "CLO-240 -",
                        "CLO-250 FUP-0001"),
                example(
                        "still tends to dissatisfaction: no more calls",
                        quarrel().asked(Satisfaction.TENDENCY_DISSATISFIED, null, 2),
                        "WARN TENDENCY",
                        "CLO-240 -",
                        "CLO-260 -",
                        "CLO-400 ARC-0007"),
                example(
                        "cannot be reached: once more",
                        quarrel().asked(Satisfaction.UNREACHABLE, null, 0),
                        "FOLLOW_UP UNREACHABLE",
                        "CLO-250 FUP-0002"),
                example(
                        "cannot be reached twice: a visit",
                        quarrel().asked(Satisfaction.UNREACHABLE, null, 1),
                        "FOLLOW_UP UNREACHABLE",
                        "CLO-250 FUP-0003"),
                example(
                        "cannot be reached at all",
                        quarrel().asked(Satisfaction.UNREACHABLE, null, 2),
                        "CLOSE UNREACHABLE",
                        "CLO-270 -",
                        "CLO-400 ARC-0007"),
                example(
                        "only a proof is missing: it is handed in",
                        mendable(),
                        "SUPPLEMENT INCOMPLETE",
                        "CLO-020 E-1",
                        "CLO-290 P-2"),
                example(
                        "only a proof is missing, urgent: it is handed in sooner",
                        mendable().urgency("紧急"),
                        "SUPPLEMENT INCOMPLETE",
                        "CLO-020 E-1",
                        "CLO-290 P-1"),
                example(
                        "only a proof is missing, redone as often as allowed: no redo is needed",
                        mendable().urgency("紧急").redos(1),
                        "SUPPLEMENT INCOMPLETE",
                        "CLO-020 E-1",
                        "CLO-290 P-1"),
                example(
                        "supplemented as often as allowed: to be redone",
                        mendable().urgency("紧急").supplements(1),
                        "REDO INCOMPLETE",
                        "CLO-020 E-1",
                        "CLO-300 O-1"),
                example(
                        "a stage is not done either: to be redone",
                        mendable().urgency("紧急").stage("回头看", null),
                        "REDO INCOMPLETE",
                        "CLO-010 -",
                        "CLO-020 E-1",
                        "CLO-300 O-1"),
                example(
                        "dissatisfied with the body besides: to be redone",
                        mendable().urgency("紧急").asked(Satisfaction.DISSATISFIED, Cause.SUBJECTIVE, 0),
                        "REDO INCOMPLETE",
                        "CLO-020 E-1",
                        "CLO-210 -",
                        "CLO-300 O-1"),
                example(
                        "a question that is answered: one of two proofs is enough, and no photo is needed",
                        mendable().nature("咨询").proofs(Proof.WRITTEN_REPLY),
                        "CENTRE_DECIDES NO_ROW",
                        "CLO-030 E-1",
                        "CLO-030 E-2",
                        "CLO-030 V-1",
                        "CLO-130 -"),
                example(
                        "a question that is not answered: either proof is wanted, and no photo",
                        mendable().nature("咨询"),
                        "SUPPLEMENT INCOMPLETE",
                        "CLO-020 E-2",
                        "CLO-290 P-2"),
                example(
                        "a call for help: the photo is wanted",
                        mendable().nature("求助").proofs(Proof.WRITTEN_REPLY),
                        "SUPPLEMENT INCOMPLETE",
                        "CLO-020 E-1",
                        "CLO-290 P-2"),
                example(
                        "it was reported as done and was not: to be redone, though the citizen is satisfied",
                        quarrel()
                                .event(CaseEventKind.FRAUD, "2026-09-29T15:00:00+08:00")
                                .asked(Satisfaction.SATISFIED, null, 0),
                        "REDO FRAUD",
                        "CLO-025 -",
                        "CLO-300 RDO-0002"),
                example(
                        "a procedure of the law goes on: too early, and nothing to be done again",
                        quarrel().proofs().procedure("依法拆除"),
                        "NOT_YET PROCEDURE",
                        "CLO-015 -"),
                example(
                        "who only assists said so, too: that does not count, and says which row has it so",
                        quarrel().proofs().procedure("依法拆除").saidByAnother(),
                        "NOT_YET PROCEDURE",
                        "CLO-005 RPT-1",
                        "CLO-015 -"),
                example(
                        "somebody was hurt after it was done: not filed, though the citizen is satisfied",
                        quarrel()
                                .event(CaseEventKind.HARM, "2026-09-29T15:00:00+08:00")
                                .asked(Satisfaction.SATISFIED, null, 0),
                        "CENTRE_DECIDES HARM",
                        "CLO-035 -"),
                example(
                        "it cannot be done and somebody has said why: closed, no proof wanted",
                        quarrel().source("公开受理").proofs().excluded("房屋不在征收范围，已当面说明"),
                        "CLOSE EXCLUDED",
                        "CLO-225 -",
                        "CLO-400 ARC-0007"),
                example(
                        "it cannot be done, but a stage that can is not: to be redone",
                        quarrel().stage("回头看", null).excluded("房屋不在征收范围，已当面说明"),
                        "REDO INCOMPLETE",
                        "CLO-010 -",
                        "CLO-300 RDO-0002"),
                example(
                        "dissatisfied with what cannot be done: closed",
                        quarrel().asked(Satisfaction.DISSATISFIED, null, 0).excluded("房屋不在征收范围，已当面说明"),
                        "CLOSE EXCLUDED",
                        "CLO-225 -",
                        "CLO-400 ARC-0007"),
                example(
                        "somebody who must not be asked cannot be reached: nobody tries again",
                        new Draft(MENDING).eventType("井盖破损").asked(Satisfaction.UNREACHABLE, null, 0),
                        "CENTRE_DECIDES NO_ROW",
                        "CLO-270 -",
                        "CLO-275 -",
                        "CLO-410 -"),
                example(
                        "somebody who must not be asked tends to dissatisfaction: nobody asks again",
                        new Draft(MENDING).eventType("井盖破损").asked(Satisfaction.TENDENCY_DISSATISFIED, null, 0),
                        "CENTRE_DECIDES NO_ROW",
                        "CLO-240 -",
                        "CLO-260 -",
                        "CLO-265 -",
                        "CLO-410 -"),
                example(
                        "no row says whether to ask",
                        tinyCase("路面坑洞").proofs(Proof.PHOTO),
                        "CENTRE_DECIDES NO_ROW",
                        "CLO-030 E-1",
                        "CLO-130 -"),
                example(
                        "no row says who asks",
                        tinyCase("邻里纠纷"),
                        "CENTRE_DECIDES NO_ROW",
                        "CLO-030 -",
                        "CLO-100 M-1",
                        "CLO-140 -"),
                example(
                        "no row says how soon to redo it",
                        tinyCase("路面坑洞"),
                        "CENTRE_DECIDES NO_ROW",
                        "CLO-020 E-1",
                        "CLO-320 -"),
                example(
                        "no row says where to file it",
                        tinyCase("井盖破损"),
                        "CENTRE_DECIDES NO_ROW",
                        "CLO-030 -",
                        "CLO-100 M-2",
                        "CLO-120 -",
                        "CLO-410 -"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_case_is_decided_by_these_rules_and_rows_and_no_others(Example example) {
        assertThat(told(example.draft().decision())).isEqualTo(example.told());
    }

    @Test
    void every_rule_has_a_case_that_fires_it_and_one_that_does_not() {
        var all = new TreeSet<String>();
        DISTRICT.rules().refs().stream()
                .map(RuleRef::code)
                .filter(code -> code.startsWith("CLO-"))
                .forEach(all::add);
        var fired = new TreeSet<String>();
        var notFired = new TreeSet<String>();
        examples().forEach(example -> {
            List<String> own = example.told().stream()
                    .skip(1)
                    .map(line -> line.split(" ", -1)[0])
                    .toList();
            fired.addAll(own);
            all.stream().filter(code -> !own.contains(code)).forEach(notFired::add);
        });

        assertThat(fired).isEqualTo(all);
        assertThat(notFired).isEqualTo(all);
    }

    // ———— What is ordered, and by when ————

    @Test
    void a_redo_names_what_is_missing_and_is_due_after_the_holidays() {
        ClosureDecision decision =
                quarrel().source("公开受理").stage("回头看", null).proofs().decision();

        assertThat(Objects.requireNonNull(decision.missing()).stages()).containsExactly("回头看");
        assertThat(Objects.requireNonNull(decision.missing()).proofs())
                .containsExactly(Proof.SIGNED_RECORD, Proof.CITIZEN_CONTACT);
        ClosureDecision.RedoOrder redo = Objects.requireNonNull(decision.redo());
        assertThat(redo.number()).isEqualTo(1);
        assertThat(redo.due())
                .isEqualTo("2026-10-09T17:30:00+08:00"); // done on 29 September: 30 September, 8 and 9 October
        assertThat(decision.nextReviewAt()).isEqualTo(redo.due());
    }

    @Test
    void a_supplement_names_the_proofs_that_are_missing_and_when_they_are_due() {
        ClosureDecision decision = mendable().supplements(1).decision();

        assertThat(decision.outcome()).isEqualTo(ClosureOutcome.SUPPLEMENT);
        assertThat(decision.missing())
                .isEqualTo(new ClosureDecision.Missing(List.of(), List.of(Proof.PHOTO), List.of()));
        ClosureDecision.SupplementOrder supplement = Objects.requireNonNull(decision.supplement());
        assertThat(supplement.number()).isEqualTo(2);
        assertThat(supplement.by().label()).isEqualTo("主办局");
        assertThat(supplement.due()).isEqualTo("2026-09-30T17:30:00+08:00"); // the day after it was done
        assertThat(supplement.row()).isEqualTo("P-2");
        assertThat(decision.nextReviewAt()).isEqualTo(supplement.due());
        assertThat(decision.redo()).isNull();
        assertThat(decision.archive()).isNull();
    }

    @Test
    void proofs_any_one_of_which_is_enough_are_told_apart_from_those_that_are_all_needed() {
        ClosureDecision decision = mendable().nature("咨询").decision();

        assertThat(decision.missing())
                .isEqualTo(new ClosureDecision.Missing(
                        List.of(), List.of(), List.of(Proof.CITIZEN_CONTACT, Proof.WRITTEN_REPLY)));
    }

    @Test
    void a_closure_that_is_asked_again_later_gives_the_same_due_time() {
        Instant later = Instant.parse("2026-09-30T09:00:00Z"); // an hour later

        assertThat(quarrel().stage("回头看", null).decision(later))
                .isEqualTo(quarrel().stage("回头看", null).decision());
        assertThat(quarrel().decision(later)).isEqualTo(quarrel().decision());
    }

    @Test
    void who_asks_again_is_told_the_same_day_until_it_comes_and_then_one_of_which_at_least_half_is_left() {
        ClosureFacts undone = quarrel().stage("回头看", null).facts(List.of());
        OffsetDateTime first =
                OffsetDateTime.parse("2026-10-09T17:30:00+08:00"); // three working days after the holidays
        OffsetDateTime second = OffsetDateTime.parse("2026-10-13T17:30:00+08:00"); // the 10th is worked
        OffsetDateTime third = OffsetDateTime.parse("2026-10-16T17:30:00+08:00");

        for (Instant at = NOW; at.isBefore(first.toInstant()); at = at.plusSeconds(3_600)) {
            assertThat(due(asked(undone, at))).as(at.toString()).isEqualTo(first);
        }
        assertThat(due(asked(undone, first.toInstant().minusSeconds(1)))).isEqualTo(first);
        assertThat(due(asked(undone, first.toInstant()))).isEqualTo(second);
        assertThat(due(asked(undone, Instant.parse("2026-10-12T01:30:00Z")))).isEqualTo(second);
        assertThat(due(asked(undone, Instant.parse("2026-10-13T02:00:00Z")))).isEqualTo(third);

        var dues = new ArrayList<OffsetDateTime>();
        for (Instant at = NOW; at.isBefore(Instant.parse("2026-12-01T00:00:00Z")); at = at.plusSeconds(7_200)) {
            OffsetDateTime due = due(asked(undone, at));
            assertThat(due.toInstant()).isAfter(at);
            dues.add(due);
        }
        assertThat(dues).isSortedAccordingTo(OffsetDateTime.timeLineOrder());
        assertThat(Set.copyOf(dues)).hasSizeLessThan(16); // two months of days, three apart
    }

    @Test
    void a_redo_that_was_reported_keeps_its_day_whatever_is_asked_later() {
        ClosureFacts undone = quarrel().stage("回头看", null).facts(List.of());
        ClosureDecision ordered = asked(undone, Instant.parse("2026-10-10T01:00:00Z"));

        assertThat(due(ordered)).isEqualTo("2026-10-13T17:30:00+08:00");
        assertThat(due(asked(
                        quarrel().stage("回头看", null).facts(ordered.events()), Instant.parse("2026-11-13T09:00:00Z"))))
                .isEqualTo(due(ordered));
    }

    private static OffsetDateTime due(ClosureDecision decision) {
        return Objects.requireNonNull(decision.redo()).due();
    }

    @Test
    void a_redo_that_is_ordered_late_is_never_due_in_the_past_and_stays_one_redo_with_one_due_time() {
        Instant late = Instant.parse("2026-10-20T01:00:00Z");
        ClosureFacts first = quarrel().stage("回头看", null).facts(List.of());
        ClosureDecision ordered = asked(first, late);

        ClosureDecision.RedoOrder redo = Objects.requireNonNull(ordered.redo());
        assertThat(redo.due()).isEqualTo("2026-10-21T17:30:00+08:00"); // two of three days are left
        assertThat(ordered.events()).hasSize(1);

        ClosureDecision again =
                asked(quarrel().stage("回头看", null).facts(ordered.events()), Instant.parse("2026-10-26T01:00:00Z"));
        assertThat(again.redo()).isEqualTo(redo);
        assertThat(again.events()).isEqualTo(ordered.events());
        assertThat(again.nextReviewAt()).isNull();
    }

    @Test
    void a_stage_that_was_done_before_routing_gave_it_anew_is_not_done() {
        OffsetDateTime again = OffsetDateTime.parse("2026-09-24T09:00:00+08:00");
        var before = new CaseEvent(CaseEventKind.STAGE_DONE, again.minusDays(1), "调解", null, false, null, null);
        var routed = new CaseEvent(CaseEventKind.ROUTED_AGAIN, again, null, null, false, null, null);
        var since = new CaseEvent(CaseEventKind.STAGE_DONE, again.plusDays(1), "调解", null, false, null, null);

        ClosureDecision early = asked(quarrel().anew(again).facts(List.of(before, routed)), NOW);

        assertThat(told(early)).startsWith("REDO INCOMPLETE", "CLO-010 -");
        assertThat(told(asked(quarrel().anew(again).facts(List.of(before, routed, since)), NOW)))
                .startsWith("ACCEPT COMPLETE");
        assertThat(told(asked(quarrel().anew(again.minusDays(3)).facts(List.of(before, routed)), NOW)))
                .startsWith("ACCEPT COMPLETE"); // the stages are those of the assignment: nobody took others
    }

    @Test
    void who_should_have_asked_the_citizen_and_has_not_is_told_so_and_gets_no_other_day() {
        Instant late = Instant.parse("2026-10-20T01:00:00Z");
        FollowUpPlan told =
                Objects.requireNonNull(asked(quarrel().facts(List.of()), NOW).followUp());
        ClosureDecision again = asked(quarrel().facts(List.of()), late);
        FollowUpPlan pressed = Objects.requireNonNull(again.followUp());

        assertThat(told.late()).isFalse();
        assertThat(pressed.late()).isTrue();
        assertThat(pressed.due()).isEqualTo(told.due()).isEqualTo("2026-09-30T17:30:00+08:00");
        assertThat(again.nextReviewAt()).isNull();
    }

    @Test
    void a_redo_that_was_ordered_stays_the_same_event_also_where_rules_or_a_later_policy_count_its_due_time_otherwise()
            throws Exception {
        Policy old = Decisions.policy( // whose rules count from the moment of the question
                PolicyFiles.onlyFolder(District.TABLES.resolve("..")), LocalDate.of(2026, 11, 20));
        Draft undone = quarrel().stage("回头看", null);
        ClosureDecision ordered = asked(old, undone.facts(List.of()), NOW);
        Instant later = Instant.parse("2026-10-09T01:00:00Z");

        assertThat(Objects.requireNonNull(
                                asked(old, undone.facts(List.of()), later).redo())
                        .due())
                .isNotEqualTo(Objects.requireNonNull(ordered.redo()).due());
        for (Policy policy : List.of(old, DISTRICT)) {
            ClosureDecision again = asked(policy, undone.facts(ordered.events()), later);

            assertThat(again.redo()).isEqualTo(ordered.redo());
            assertThat(again.nextReviewAt())
                    .isEqualTo(Objects.requireNonNull(ordered.redo()).due());
            assertThat(again.events()).isEqualTo(ordered.events());
        }
        CaseEvent byHand = new CaseEvent(
                CaseEventKind.REDO, OffsetDateTime.parse("2026-09-30T16:00:00+08:00"), null, null, false, null, null);
        assertThat(asked(DISTRICT, undone.facts(List.of(byHand)), later).events())
                .containsExactly(byHand);
    }

    @Test
    void a_supplement_is_answered_once_the_body_says_anew_that_it_is_done_and_not_before() {
        Instant now = Instant.parse("2026-10-09T02:00:00Z");
        ClosureFacts first = mendable().urgency("紧急").facts(List.of());
        ClosureDecision ordered = asked(MENDING, first, NOW);
        ClosureFacts same = mendable().urgency("紧急").facts(ordered.events());
        ClosureFacts anew = mendable()
                .urgency("紧急")
                .concludedAt("2026-10-09T09:00:00+08:00")
                .facts(ordered.events());

        assertThat(ordered.outcome()).isEqualTo(ClosureOutcome.SUPPLEMENT); // P-1 allows one
        assertThat(asked(MENDING, same, now).supplement()).isEqualTo(ordered.supplement());
        assertThat(asked(MENDING, same, now).events()).isEqualTo(ordered.events());
        assertThat(asked(MENDING, anew, now).outcome()).isEqualTo(ClosureOutcome.REDO);
    }

    private static ClosureDecision asked(ClosureFacts facts, Instant now) {
        return asked(DISTRICT, facts, now);
    }

    private static ClosureDecision asked(Policy policy, ClosureFacts facts, Instant now) {
        Closing closing = facts.closing();
        return ENGINE.decide(
                        policy,
                        closing,
                        now,
                        false,
                        Engine.Globals.NONE,
                        (found, clock) -> ClosureDecision.of(closing, found)
                                .ruled(
                                        closing,
                                        policy.tables(clock.now().toLocalDate()),
                                        clock,
                                        policy.vocabulary().bodies(BodyKind.CENTRE))
                                .asOrdered(closing)
                                .marked(clock)
                                .handedOver(closing, clock.now().toOffsetDateTime()))
                .decision();
    }

    @Test
    void the_centre_is_told_what_is_missing_when_no_redo_is_left() {
        ClosureDecision decision = quarrel().redos(2).proofs().decision();

        assertThat(Objects.requireNonNull(decision.missing()).proofs()).containsExactly(Proof.SIGNED_RECORD);
        assertThat(decision.redo()).isNull();
        assertThat(decision.nextReviewAt()).isNull();
    }

    @Test
    void a_call_is_the_centres_and_a_visit_the_communitys_the_matter_lies_in() {
        FollowUpPlan call = Objects.requireNonNull(quarrel().decision().followUp());
        ClosureDecision again =
                quarrel().asked(Satisfaction.UNREACHABLE, null, 1).decision();
        FollowUpPlan visit = Objects.requireNonNull(again.followUp());

        assertThat(call.by().label()).isEqualTo("区社会治理中心");
        assertThat(call.row().how()).isEqualTo(Channel.PHONE);
        assertThat(call.due()).isEqualTo("2026-09-30T17:30:00+08:00");
        assertThat(visit.by().label()).isEqualTo("清波门社区");
        assertThat(visit.row().how()).isEqualTo(Channel.VISIT);
        assertThat(again.nextReviewAt()).isEqualTo("2026-10-10T17:30:00+08:00");
    }

    @Test
    void a_warning_goes_to_the_lead() {
        ClosureDecision decision =
                quarrel().asked(Satisfaction.TENDENCY_DISSATISFIED, null, 0).decision();

        assertThat(decision.warned()).isEqualTo(DISTRICT.vocabulary().territory("清波门社区"));
        assertThat(decision.archive()).isNull();
    }

    @Test
    void a_closed_case_is_filed_by_its_event_type_or_else_its_category() {
        assertThat(archive(quarrel())).isEqualTo("社会事务信息库");
        assertThat(archive(quarrel().eventType("代表委员建议交办").proofs(Proof.WRITTEN_REPLY)))
                .isEqualTo("建议提案信息库");
    }

    private static String archive(Draft draft) {
        return Objects.requireNonNull(
                        draft.asked(Satisfaction.SATISFIED, null, 0).decision().archive())
                .row()
                .archiveClass();
    }

    @Test
    void a_case_handled_late_is_always_followed_up() {
        ClosureDecision decision = quarrel().id(NOT_DRAWN).late().decision();

        assertThat(told(decision)).contains("ACCEPT COMPLETE", "CLO-100 SMP-0006");
    }

    @Test
    void rows_that_differ_where_one_should_apply_are_for_the_centre() {
        Policy clashing = tiny().cell("closure.xlsx 说明!B6", "唯一命中")
                .row("closure.xlsx", "重办", "O-2", "紧急", "2 工作日", "1", "试行", "待确认")
                .load();
        Policy twice = tiny().cell("closure.xlsx 说明!B6", "全部适用")
                .row("closure.xlsx", "重办", "O-2", "紧急", "2 工作日", "1", "试行", "待确认")
                .load();

        assertThat(told(new Draft(clashing).eventType("路面坑洞").urgency("紧急").decision()))
                .containsExactly("CENTRE_DECIDES TIE", "CLO-020 E-1", "CLO-320 -", "TBL-010 O-1", "TBL-010 O-2");
        assertThat(told(new Draft(twice).eventType("路面坑洞").urgency("紧急").decision()))
                .containsExactly("CENTRE_DECIDES TIE", "CLO-020 E-1", "CLO-300 O-1", "CLO-300 O-2");
    }

    private static TinyPolicy ruling(TinyPolicy policy) {
        return policy.row("closure.xlsx", "说明", "办结裁定", "首行命中")
                .sheet(
                        "closure.xlsx",
                        "办结裁定",
                        cells("编号 Id", "紧急程度 Urgency", "限期 Within", "依据 Basis", "状态 Status"),
                        cells("C-1", "紧急", "2 小时", "试行", "待确认"),
                        cells("C-2", "", "3 工作日", "试行", "待确认"));
    }

    @Test
    void what_is_left_to_the_centre_has_a_day_however_it_came_there() {
        Policy usual = ruling(mending()).load();
        Policy clashing = ruling(tiny().cell("closure.xlsx 说明!B6", "全部适用")
                        .row("closure.xlsx", "重办", "O-2", "紧急", "2 工作日", "1", "试行", "待确认"))
                .load();
        Policy silent = ruling(tiny().rules(TinyPolicy.ONE_RULE)).load();
        Draft spent =
                new Draft(usual).eventType("路面坑洞").urgency("紧急").supplements(9).redos(9);
        Draft unknown = new Draft(usual).eventType("邻里纠纷").asked(Satisfaction.DISSATISFIED, null, 0);
        Draft tied = new Draft(clashing).eventType("路面坑洞").urgency("紧急");
        Draft unsaid = new Draft(silent);

        assertThat(Stream.of(spent, unknown, tied, unsaid)
                        .map(draft -> asked(draft.policy, draft.facts(List.of()), NOW))
                        .map(decision -> decision.reason() + " "
                                + ruled(decision).since() + " "
                                + ruled(decision).due() + " " + ruled(decision).late() + " " + decision.nextReviewAt()))
                .containsExactly(
                        "REDOS_SPENT 2026-09-29T11:00+08:00 2026-09-29T13:00+08:00 true null",
                        "CAUSE_UNKNOWN 2026-09-30T10:00+08:00 2026-10-06T17:30+08:00 false 2026-10-06T17:30+08:00",
                        "TIE 2026-09-29T11:00+08:00 2026-09-29T13:00+08:00 true null",
                        "NO_ROW 2026-09-29T11:00+08:00 2026-10-05T17:30+08:00 false 2026-10-05T17:30+08:00");
        ClosureDecision told = asked(usual, spent.facts(List.of()), NOW);
        assertThat(ruled(told).by()).isEqualTo(usual.vocabulary().bodies(BodyKind.CENTRE));
        assertThat(told(told)).contains("CLO-998 C-1");
        assertThat(told.unconfirmed()).contains("C-1");
    }

    @Test
    void a_centre_that_is_late_is_told_so_and_gets_no_other_day() {
        Policy policy = ruling(mending()).load();
        ClosureFacts spent = new Draft(policy)
                .eventType("路面坑洞")
                .urgency("紧急")
                .supplements(9)
                .redos(9)
                .facts(List.of());

        ClosureDecision late = asked(policy, spent, NOW);

        assertThat(ruled(late).due()).isEqualTo("2026-09-29T13:00:00+08:00");
        assertThat(ruled(late).late()).isTrue();
        assertThat(late.nextReviewAt()).isNull();
        assertThat(ruled(asked(policy, spent, NOW.plusSeconds(86_400)))).isEqualTo(ruled(late));
    }

    @Test
    void what_is_not_left_to_the_centre_waits_for_no_ruling_and_a_policy_without_the_sheet_gives_no_day() {
        Policy policy = ruling(mending()).load();

        ClosureDecision supplement =
                asked(policy, new Draft(policy).eventType("路面坑洞").facts(List.of()), NOW);
        assertThat(supplement.outcome()).isEqualTo(ClosureOutcome.SUPPLEMENT);
        assertThat(supplement.awaiting()).isNull();
        assertThat(told(supplement)).noneMatch(reason -> reason.startsWith("CLO-998"));

        ClosureDecision undated =
                asked(MENDING, mendable().supplements(9).redos(9).facts(List.of()), NOW);
        assertThat(undated.outcome()).isEqualTo(ClosureOutcome.CENTRE_DECIDES);
        assertThat(undated.awaiting()).isNull();
        assertThat(undated.nextReviewAt()).isNull();
    }

    private static ClosureDecision.AwaitedRuling ruled(ClosureDecision decision) {
        return Objects.requireNonNull(decision.awaiting(), decision::toString);
    }

    @Test
    void rules_that_conclude_nothing_leave_it_to_the_centre() {
        Policy silent = tiny().rules(TinyPolicy.ONE_RULE).load();

        assertThat(told(new Draft(silent).decision())).containsExactly("CENTRE_DECIDES NO_ROW", "CLO-999 -");
    }

    // ———— The lot ————

    @Test
    void the_share_that_is_followed_up_is_the_rows_rate() {
        for (String type : List.of("邻里纠纷", "政策咨询", "消费投诉")) {
            int taken = 0;
            int rate = -1;
            Sampling first = Objects.requireNonNull(sampled(type));
            for (int i = 0; i < 100_000; i++) {
                Sampling own = Sampling.of("SC-2026-%06d".formatted(i), first.row());
                taken += own.taken() ? 1 : 0;
                rate = own.row().rate();
            }
            assertThat(rate).isEqualTo(type.equals("邻里纠纷") ? 30 : type.equals("政策咨询") ? 10 : 100);
            assertThat(taken / 1000.0).isBetween(rate - 0.5, rate + 0.5);
        }
    }

    private static @Nullable Sampling sampled(String type) {
        return quarrel().eventType(type).proofs(Proof.values()).decision().sampling();
    }

    @Test
    void the_lots_are_spread_evenly() {
        int[] perPercent = new int[100];
        Sampling any = Objects.requireNonNull(sampled("邻里纠纷"));
        for (int i = 0; i < 100_000; i++) {
            perPercent[Sampling.of("SC-2026-%06d".formatted(i), any.row()).lot() / 100]++;
        }

        for (int cases : perPercent) {
            assertThat(cases).isBetween(850, 1150); // 1,000 ± 4.8 standard deviations
        }
    }

    // ———— The fold ————

    @Property(tries = 500)
    void the_order_of_findings_has_no_part_in_the_decision(@ForAll Random random) {
        List<Example> all = examples().toList();
        Draft draft = all.get(random.nextInt(all.size())).draft();
        var findings = new ArrayList<>(draft.answer().evidence());
        if (random.nextBoolean()) { // what no policy would conclude at once must be folded alike, too
            findings.addAll(all.get(random.nextInt(all.size())).draft().answer().evidence());
        }
        ClosureDecision before = ClosureDecision.of(draft.closing(), findings);

        Collections.shuffle(findings, random);

        assertThat(ClosureDecision.of(draft.closing(), findings)).isEqualTo(before);
    }

    @Test
    void routing_says_nothing_about_a_case_that_is_closing() {
        assertThat(quarrel().answer().evidence())
                .extracting(Evidence::rule)
                .extracting(RuleRef::code)
                .allMatch(code -> code.startsWith("CLO-"));
    }

    @Test
    void near_misses_are_told_on_request() {
        Draft draft = quarrel();
        var answer = ENGINE.decide(
                DISTRICT,
                draft.closing(),
                NOW,
                true,
                Engine.Globals.NONE,
                findings -> ClosureDecision.of(draft.closing(), findings));

        assertThat(answer.nearMisses()).isNotEmpty();
        assertThat(draft.answer().nearMisses()).isEmpty();
    }

    // ———— Helpers ————

    private static List<String> told(ClosureDecision decision) {
        var told = new ArrayList<String>();
        told.add(decision.outcome() + " " + decision.reason());
        decision.because()
                .forEach(reason -> told.add(reason.rule() + " " + (reason.row() == null ? "-" : reason.row())));
        return told;
    }

    /** A neighbours' quarrel in the district, settled by the community with a signed record. */
    private static Draft quarrel() {
        return new Draft(DISTRICT).source("网格").area("清波门社区").lead("清波门社区").proofs(Proof.SIGNED_RECORD);
    }

    private static Draft tinyCase(String type) {
        return new Draft(TINY).eventType(type);
    }

    /** A hole in the road that is mended, and not a photo of it. */
    private static Draft mendable() {
        return new Draft(MENDING).eventType("路面坑洞");
    }

    /** The same, with what later policies have. */
    private static TinyPolicy mending() {
        return tiny().row("closure.xlsx", "说明", "补正", "首行命中")
                .row("closure.xlsx", "说明", "免交佐证", "全部适用")
                .sheet(
                        "closure.xlsx",
                        "办结佐证",
                        cells(
                                "编号 Id",
                                "事项 Event type",
                                "诉求性质 Nature",
                                "佐证 Proofs",
                                "任一 Any one",
                                "依据 Basis",
                                "状态 Status"),
                        cells("E-1", "路面坑洞", "", "现场照片", "", "试行", "待确认"),
                        cells("E-2", "", "咨询", "联系群众、书面答复", "是", "试行", "待确认"))
                .sheet(
                        "closure.xlsx",
                        "免交佐证",
                        cells("编号 Id", "诉求性质 Nature", "免交 Waived", "依据 Basis", "状态 Status"),
                        cells("V-1", "咨询", "现场照片", "试行", "待确认"))
                .sheet(
                        "closure.xlsx",
                        "补正",
                        cells("编号 Id", "紧急程度 Urgency", "时限 Limit", "最多次数 Most supplements", "依据 Basis", "状态 Status"),
                        cells("P-1", "紧急", "4 工作时", "1", "试行", "待确认"),
                        cells("P-2", "", "1 工作日", "2", "试行", "待确认"));
    }

    private static TinyPolicy tiny() {
        String file = "closure.xlsx";
        return TinyPolicy.complete()
                .raw(
                        file,
                        "说明",
                        cells("工作表 Sheet", "命中方式 Hit policy"),
                        cells("办结佐证", "全部适用"),
                        cells("回访抽样", "首行命中"),
                        cells("回访方式", "首行命中"),
                        cells("归档类别", "首行命中"),
                        cells("重办", "首行命中"))
                .sheet(
                        file,
                        "办结佐证",
                        cells("编号 Id", "事项 Event type", "佐证 Proofs", "依据 Basis", "状态 Status"),
                        cells("E-1", "路面坑洞", "现场照片", "试行", "待确认"))
                .sheet(
                        file,
                        "回访抽样",
                        cells("编号 Id", "事项 Event type", "抽样比例 Rate", "依据 Basis", "状态 Status"),
                        cells("M-1", "邻里纠纷", "100", "试行", "待确认"),
                        cells("M-2", "井盖破损", "0", "试行", "待确认"))
                .sheet(
                        file,
                        "回访方式",
                        cells("编号 Id", "事项 Event type", "回访单位 By", "方式 How", "时限 Limit", "依据 Basis", "状态 Status"),
                        cells("F-1", "路面坑洞", "主办局", "电话", "1 工作日", "试行", "待确认"))
                .sheet(
                        file,
                        "重办",
                        cells("编号 Id", "紧急程度 Urgency", "时限 Limit", "最多次数 Most redos", "依据 Basis", "状态 Status"),
                        cells("O-1", "紧急", "1 工作日", "1", "试行", "待确认"))
                .sheet(
                        file,
                        "归档类别",
                        cells("编号 Id", "事项 Event type", "归档类别 Archive class", "依据 Basis", "状态 Status"),
                        cells("A-1", "路面坑洞", "道路库", "试行", "待确认"));
    }

    private static String[] cells(String... cells) {
        return cells;
    }

    /** A case, of which each test says what it is about. */
    private static final class Draft {
        private static final OffsetDateTime REPORTED = OffsetDateTime.parse("2026-09-21T09:00:00+08:00");
        private static final OffsetDateTime DUE = OffsetDateTime.parse("2026-09-30T17:30:00+08:00");
        private static final OffsetDateTime DONE = OffsetDateTime.parse("2026-09-29T10:00:00+08:00");

        private final Policy policy;
        private final List<HandledStage> stages = new ArrayList<>();
        private String id = DRAWN;
        private String area = "330102";
        private String type = "邻里纠纷";
        private String urgency;
        private @Nullable Nature nature;
        private Source source;
        private Body lead;
        private List<Proof> proofs = List.of();
        private OffsetDateTime concludedAt = DONE.plusHours(1);
        private int redos;
        private int supplements;
        private @Nullable FollowUp followUp;
        private @Nullable String excluded;
        private final List<CaseEvent> events = new ArrayList<>();
        private final List<Uncounted> uncounted = new ArrayList<>();

        Draft(Policy policy) {
            this.policy = policy;
            this.source = policy.vocabulary().all(Source.class).get(0);
            this.lead = policy.vocabulary().all(Body.class).get(0);
            this.urgency = policy.vocabulary().all(Urgency.class).get(0).label();
            stage("调解", DONE);
        }

        Draft id(String given) {
            id = given;
            return this;
        }

        Draft area(String given) {
            area = given;
            return this;
        }

        Draft eventType(String given) {
            type = given;
            return this;
        }

        Draft urgency(String given) {
            urgency = given;
            return this;
        }

        Draft nature(String given) {
            nature = word(Nature.class, given);
            return this;
        }

        Draft source(String given) {
            source = word(Source.class, given);
            return this;
        }

        Draft lead(String territory) {
            lead = Objects.requireNonNull(policy.vocabulary().territory(territory));
            return this;
        }

        Draft proofs(Proof... given) {
            proofs = List.of(given);
            return this;
        }

        Draft event(CaseEventKind kind, String at) {
            events.add(new CaseEvent(kind, OffsetDateTime.parse(at), null, null, false, null, null));
            return this;
        }

        Draft concludedAt(String given) {
            concludedAt = OffsetDateTime.parse(given);
            return this;
        }

        Draft redos(int given) {
            redos = given;
            return this;
        }

        Draft supplements(int given) {
            supplements = given;
            return this;
        }

        Draft excluded(String why) {
            excluded = why;
            return this;
        }

        Draft stage(String name, @Nullable OffsetDateTime doneAt) {
            stages.add(new HandledStage(stages.size() + 1, name, null, null, DUE, null, doneAt));
            return this;
        }

        /** Its stages as routing gave them at a moment, of which the events tell what is done. */
        Draft anew(OffsetDateTime start) {
            stages.replaceAll(
                    stage -> new HandledStage(stage.order(), stage.name(), null, start, DUE, null, null, false, false));
            return this;
        }

        Draft procedure(String name) {
            stages.add(new HandledStage(stages.size() + 1, name, null, null, DUE, null, null, true, false));
            return this;
        }

        Draft saidByAnother() {
            uncounted.add(new Uncounted(
                    new CaseEvent(CaseEventKind.STAGE_DONE, DONE, "依法拆除", null, false, null, null),
                    new RowRef("RPT-1", "t.xlsx", "申报认定", 3, "", "测试", RowStatus.CONFIRMED)));
            return this;
        }

        Draft late() {
            return stage("迟办", DUE.plusMinutes(1));
        }

        Draft asked(Satisfaction said, @Nullable Cause cause, int triesBefore) {
            followUp = new FollowUp(DONE.plusDays(1), lead, Channel.PHONE, said, cause, triesBefore);
            return this;
        }

        private <T extends Term> T word(Class<T> set, String label) {
            return Objects.requireNonNull(policy.vocabulary().find(set, label), label);
        }

        Closing closing() {
            var eventType = word(EventType.class, type);
            Report report = Report.of(id, REPORTED, source, word(Area.class, area), "", eventType);
            var matter = new Matter(
                    report, eventType, word(Severity.class, "一般"), word(Urgency.class, urgency), nature, null);
            var handling = new Handling(concludedAt, proofs, redos, supplements);
            return new Closing(
                    matter,
                    lead,
                    List.copyOf(stages),
                    handling,
                    followUp,
                    excluded,
                    List.of(),
                    List.copyOf(events),
                    List.of(),
                    List.copyOf(uncounted),
                    null);
        }

        ClosureFacts facts(List<CaseEvent> events) {
            Closing closing = closing();
            Matter matter = closing.matter();
            return new ClosureFacts(
                    matter.report(),
                    matter.eventType(),
                    matter.nature(),
                    Objects.requireNonNull(matter.severity()),
                    Objects.requireNonNull(matter.urgency()),
                    lead,
                    closing.stages(),
                    events,
                    closing.handling(),
                    followUp,
                    excluded,
                    null);
        }

        EngineResult<ClosureDecision> answer() {
            return answer(NOW);
        }

        EngineResult<ClosureDecision> answer(Instant now) {
            Closing closing = closing();
            return ENGINE.decide(
                    policy,
                    closing,
                    now,
                    false,
                    Engine.Globals.NONE,
                    (List<Evidence<Finding>> found) -> ClosureDecision.of(closing, found));
        }

        ClosureDecision decision() {
            return answer().decision();
        }

        ClosureDecision decision(Instant now) {
            return answer(now).decision();
        }
    }
}
