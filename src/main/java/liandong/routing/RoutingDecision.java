package liandong.routing;

import java.time.OffsetDateTime;
import java.time.Year;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import liandong.engine.Clash;
import liandong.engine.Concluded;
import liandong.engine.Evidence;
import liandong.engine.Finding;
import liandong.engine.Reason;
import liandong.engine.Timetable;
import liandong.incident.Body;
import liandong.incident.Danger;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.incident.Nature;
import liandong.policy.RuleRef;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a report: who takes it, by when, and why (研判交办).
 *
 * <p>Folded from findings; the order in which rules fired has no part in it.
 *
 * @param outcome how it ends; never null
 * @param reason why a person has to judge; null unless the outcome is {@code MANUAL_TRIAGE}
 * @param mergedInto the open incident it joins; null unless {@code MERGED}
 * @param relayTo the emergency lines; empty unless {@code RELAYED}
 * @param assignment who does what by when; never null when {@code ASSIGNED}; when {@code RELAYED}, who follows it up,
 *     null if nobody is known to; null otherwise
 * @param classification what it is about, when nothing is assigned; null when nobody knows, and when the assignment says it
 * @param nature what the reporter wants; null when nobody knows
 * @param danger whether the text tells of danger: now, or possibly; null when it does not
 * @param dangerToldIn the sentences of a longer text that tell of danger by themselves, as they were written; at most two
 * @param ask what the person who takes the call should ask; empty for nothing
 * @param triage who judges what is left to a person, or looks at once because somebody may be in danger; null when nobody
 *     has to, or no row says who
 * @param directAnswer who answers at once; null unless {@code ANSWER}
 * @param referral the way of its own that the matter has; null unless {@code REFERRED}
 * @param candidates what the text speaks for, at most five, when it was asked; empty otherwise
 * @param matters every matter of a report that tells of several, the main one first; empty when it tells of one
 * @param next what later questions about it are sent; null when nothing is assigned, and under a policy of an earlier format
 * @param because every reason, by rule code and row id; never empty
 * @param unconfirmed what of it is not confirmed, see {@link Concluded#unconfirmed}
 * @param warnings what whoever gets it should know; empty for nothing
 */
public record RoutingDecision(
        @Member(label = "结果 Outcome", meaning = "how it ends", role = Role.OUTCOME)
        RoutingOutcome outcome,

        @Member(label = "原因 Reason", meaning = "why a person has to judge; only with MANUAL_TRIAGE", role = Role.REASON)
        @Nullable
        TriageReason reason,

        @Member(
                label = "并入 Merged into",
                meaning = "the open incident it joins; only with MERGED",
                example = "\"SC-2026-000101\"")
        @Nullable
        String mergedInto,

        @Member(label = "转接 Relayed to", meaning = "the emergency lines; only with RELAYED", leftOutWhenEmpty = true)
        List<Body> relayTo,

        @Member(meaning = "who does what by when; with ASSIGNED always, with RELAYED when somebody follows it up")
        @Nullable
        Assignment assignment,

        @Member(meaning = "what it is about, as far as the rules know, when nothing is assigned") @Nullable
        Classification classification,

        @Member(label = "诉求性质结论 Nature found", meaning = "what the reporter wants; absent when nobody knows") @Nullable
        Nature nature,

        @Member(
                label = "危险 Danger",
                meaning =
                        "whether the text tells that somebody is in danger of life, now or possibly; absent when it does not")
        @Nullable
        Danger danger,

        @Member(
                label = "险情原句 Danger told in",
                meaning =
                        "the sentences that tell of the danger, in the reporter's words, at most two; when the text has several"
                                + " and one tells of it by itself",
                example = "\"楼顶坐着个女的在哭，说不想活了\"",
                role = Role.WHY,
                leftOutWhenEmpty = true)
        List<String> dangerToldIn,

        @Member(
                label = "问明 Ask",
                meaning = "what the person who takes the call should ask",
                example = "\"落水的地方旁边有什么桥或门牌\"",
                role = Role.WHY,
                leftOutWhenEmpty = true)
        List<String> ask,

        @Member(
                meaning =
                        "who judges it, and by when: with MANUAL_TRIAGE, and with ASSIGNED when somebody may be in danger; when"
                                + " the policy says so")
        @Nullable
        TriageDesk triage,

        @Member(meaning = "who answers it, and by when; only with ANSWER") @Nullable
        DirectAnswer directAnswer,

        @Member(meaning = "the lawful way of its own that it has; only with REFERRED") @Nullable
        Referral referral,

        @Member(
                meaning =
                        "what the text speaks for, at most five event types, the strongest first; when the text was asked",
                role = Role.WHY,
                leftOutWhenEmpty = true)
        List<KeywordCandidate> candidates,

        @Member(
                meaning = "every matter of a report that tells of several, the main one first, each as if it had been"
                        + " reported alone",
                role = Role.WHY,
                leftOutWhenEmpty = true)
        List<ReportedMatter> matters,

        @Member(
                meaning =
                        "the members of every later question about it, ready to be sent beside the incident; absent when"
                                + " nothing is assigned, and under a policy of an earlier format",
                role = Role.WHY)
        @Nullable
        Handover next,

        List<Reason> because,
        List<String> unconfirmed,
        List<Problem> warnings)
        implements Concluded {

    private static final int CANDIDATES = 5;

    /** What it is about, assigned or not; null when nobody knows. */
    public @Nullable Classification about() {
        return assignment == null ? classification : assignment.about();
    }

    /** What is said when not one rule concluded anything, so that even a faulty policy never answers with silence. */
    private static final RuleRef NO_RULE = new RuleRef("RTE-999", "没有规则得出结论的，转人工研判", "服务兜底");

    /**
     * Folds findings into the decision.
     *
     * <p>Settled comes before danger, danger before merging, merging before everything else; a lawful way of its own comes
     * before what is filed as it tells of nothing, that before an answer at once, and that before a duty. Several duties that differ are a tie for a person to decide. A matter in
     * which somebody may be in danger is assigned when it can be, and looked at by a person at once all the same. Where a person
     * has decided who takes it, that holds before everything but relaying: it has been looked at.
     */
    public static RoutingDecision of(Collection<Evidence<Finding>> findings) {
        var archived = Evidence.only(Archived.class, findings);
        var relayed = Evidence.only(Relayed.class, findings);
        var merged = Evidence.only(Merged.class, findings);
        var triages = new ArrayList<>(Evidence.only(Triage.class, findings));
        for (Evidence<Clash> clash : Evidence.only(Clash.class, findings)) {
            triages.add(new Evidence<>(
                    clash.rule(), new Triage(TriageReason.TIE, clash.finding().rows())));
        }
        var duties = Evidence.only(Duty.class, findings);
        var schedules = Evidence.only(Schedule.class, findings);
        var alarms = Evidence.only(Alarmed.class, findings);
        var referred = Evidence.only(Redirected.class, findings);
        var filed = Evidence.only(Filed.class, findings);
        var answered = Evidence.only(Answered.class, findings);
        var outside = triages.stream()
                .filter(each -> each.finding().reason() == TriageReason.OUT_OF_AREA)
                .toList();

        var draft = new Draft(findings);
        if (!archived.isEmpty()) {
            return draft.end(RoutingOutcome.ARCHIVED, archived);
        }
        if (!relayed.isEmpty()) {
            return draft.relay(relayed, duties, schedules);
        }
        var chosen = Evidence.only(Chosen.class, findings);
        if (!chosen.isEmpty() && !schedules.isEmpty()) {
            return draft.assignChosen(chosen, schedules);
        }
        boolean assignable = triages.isEmpty() && !duties.isEmpty() && !differ(duties) && !schedules.isEmpty();
        if (!alarms.isEmpty()) {
            boolean dispatched = assignable && merged.isEmpty() && referred.isEmpty() && answered.isEmpty();
            return dispatched
                    ? draft.assignWatched(alarms, duties, schedules)
                    : draft.triage(TriageReason.POSSIBLE_DANGER, alarms);
        }
        if (!merged.isEmpty()) {
            return draft.end(RoutingOutcome.MERGED, merged);
        }
        if (!outside.isEmpty()) {
            return draft.triage(TriageReason.OUT_OF_AREA, outside);
        }
        if (!referred.isEmpty()) {
            return draft.end(RoutingOutcome.REFERRED, referred.subList(0, 1));
        }
        if (!filed.isEmpty()) {
            return draft.end(RoutingOutcome.ARCHIVED, filed.subList(0, 1));
        }
        if (!answered.isEmpty()) {
            return draft.end(RoutingOutcome.ANSWER, answered.subList(0, 1));
        }
        if (differ(duties)) {
            return draft.triage(TriageReason.TIE, duties);
        }
        if (!assignable) {
            // That no row was found says least: it also follows from a clash of rows.
            TriageReason reason = triages.stream()
                    .map(each -> each.finding().reason())
                    .filter(each -> each != TriageReason.NO_ROW)
                    .findFirst()
                    .orElse(TriageReason.NO_ROW);
            return draft.triage(
                    reason,
                    triages.stream()
                            .filter(each -> each.finding().reason() == reason)
                            .toList());
        }
        return draft.assign(duties, schedules);
    }

    /** The same, with what its due times rest on. */
    RoutingDecision marked(Timetable clock) {
        List<PlannedStage> stages = assignment == null ? List.of() : assignment.stages();
        Assignment marked = assignment == null
                ? null
                : assignment.with(stages.stream()
                        .map(stage -> stage.provisional(clock.isProvisional(stage.due())))
                        .toList());
        var years = new ArrayList<SortedSet<Year>>();
        stages.forEach(stage -> years.add(clock.unannounced(stage.due())));
        years.add(clock.unannounced(triage == null ? null : triage.due()));
        years.add(clock.unannounced(directAnswer == null ? null : directAnswer.due()));
        return with(marked, matters, next, Reason.unconfirmed(unconfirmed, years), warnings);
    }

    /** The same, of a report that tells of several matters. */
    RoutingDecision telling(List<ReportedMatter> several) {
        return with(assignment, List.copyOf(several), next, unconfirmed, warnings);
    }

    /** The same with what later questions are sent. */
    RoutingDecision handedOver(OffsetDateTime now) {
        return with(assignment, matters, Handover.of(this, now), unconfirmed, warnings);
    }

    /** The same with something that whoever gets it should know. */
    RoutingDecision warning(Problem what) {
        var all = new ArrayList<>(warnings);
        all.add(what);
        return with(assignment, matters, next, unconfirmed, List.copyOf(all));
    }

    private RoutingDecision with(
            @Nullable Assignment assigned,
            List<ReportedMatter> several,
            @Nullable Handover handover,
            List<String> notConfirmed,
            List<Problem> told) {
        return new RoutingDecision(
                outcome,
                reason,
                mergedInto,
                relayTo,
                assigned,
                classification,
                nature,
                danger,
                dangerToldIn,
                ask,
                triage,
                directAnswer,
                referral,
                candidates,
                several,
                handover,
                because,
                notConfirmed,
                told);
    }

    /** Whether several duties say different things. */
    private static boolean differ(List<Evidence<Duty>> duties) {
        return duties.size() > 1
                && duties.stream().map(Evidence::finding).distinct().count() > 1;
    }

    /** What is common to all outcomes. */
    private static final class Draft {
        private final List<Evidence<Classified>> classified;
        private final List<Evidence<Graded>> graded;
        private final List<Evidence<Tally>> tallies;
        private final List<Evidence<Reading>> readings;
        private final List<Evidence<DeskPlan>> desks;
        private final List<Evidence<DutyMatched>> catalogue;
        private final List<Evidence<Chosen>> chosen;

        Draft(Collection<Evidence<Finding>> findings) {
            classified = Evidence.only(Classified.class, findings);
            graded = Evidence.only(Graded.class, findings);
            tallies = Evidence.only(Tally.class, findings);
            readings = Evidence.only(Reading.class, findings);
            desks = Evidence.only(DeskPlan.class, findings);
            catalogue = Evidence.only(DutyMatched.class, findings);
            chosen = Evidence.only(Chosen.class, findings);
        }

        RoutingDecision end(RoutingOutcome outcome, List<? extends Evidence<? extends Finding>> why) {
            return decision(outcome, null, List.of(), null, why);
        }

        RoutingDecision triage(TriageReason reason, List<? extends Evidence<? extends Finding>> why) {
            return decision(RoutingOutcome.MANUAL_TRIAGE, reason, List.of(), null, why);
        }

        RoutingDecision relay(
                List<Evidence<Relayed>> relayed, List<Evidence<Duty>> duties, List<Evidence<Schedule>> schedules) {
            List<Body> lines =
                    relayed.stream().map(each -> each.finding().to()).distinct().toList();
            var why = new ArrayList<Evidence<? extends Finding>>(relayed);
            boolean known = !chosen.isEmpty() || (!duties.isEmpty() && !differ(duties));
            boolean followed = !schedules.isEmpty() && known;
            if (followed) {
                why.addAll(chosen.isEmpty() ? duties : chosen);
                why.addAll(schedules);
            }
            Assignment assignment = followed ? assignment(duties, schedules) : null;
            return decision(RoutingOutcome.RELAYED, null, lines, assignment, why);
        }

        RoutingDecision assign(List<Evidence<Duty>> duties, List<Evidence<Schedule>> schedules) {
            var why = new ArrayList<Evidence<? extends Finding>>(duties);
            why.addAll(schedules);
            return decision(RoutingOutcome.ASSIGNED, null, List.of(), assignment(duties, schedules), why);
        }

        /** The same where somebody may be in danger: a person looks at once, too. */
        RoutingDecision assignWatched(
                List<Evidence<Alarmed>> alarms, List<Evidence<Duty>> duties, List<Evidence<Schedule>> schedules) {
            var why = new ArrayList<Evidence<? extends Finding>>(duties);
            why.addAll(schedules);
            why.addAll(alarms);
            return decision(RoutingOutcome.ASSIGNED, null, List.of(), assignment(duties, schedules), why);
        }

        /** Who takes it as a person has decided. */
        RoutingDecision assignChosen(List<Evidence<Chosen>> people, List<Evidence<Schedule>> schedules) {
            var why = new ArrayList<Evidence<? extends Finding>>(people);
            why.addAll(schedules);
            return decision(RoutingOutcome.ASSIGNED, null, List.of(), assignment(List.of(), schedules), why);
        }

        private Assignment chosen(Chosen person, List<PlannedStage> stages) {
            DutyRow row = catalogue.size() == 1 ? catalogue.get(0).finding().row() : null;
            var informed = new LinkedHashSet<Body>(row == null ? List.of() : row.informed());
            graded.forEach(each -> informed.addAll(each.finding().informed()));
            informed.remove(person.lead());
            return Assignment.of(classification(), person, row, List.copyOf(informed), stages);
        }

        private Assignment assignment(List<Evidence<Duty>> duties, List<Evidence<Schedule>> schedules) {
            if (!chosen.isEmpty()) {
                return chosen(
                        chosen.get(0).finding(), schedules.get(0).finding().stages());
            }
            Duty duty = duties.get(0).finding();
            var informed = new LinkedHashSet<Body>(duty.row().informed());
            graded.forEach(each -> informed.addAll(each.finding().informed()));
            informed.remove(duty.lead());
            return Assignment.of(
                    classification(),
                    duty,
                    List.copyOf(informed),
                    schedules.get(0).finding().stages());
        }

        private RoutingDecision decision(
                RoutingOutcome outcome,
                @Nullable TriageReason triage,
                List<Body> relayTo,
                @Nullable Assignment assignment,
                List<? extends Evidence<? extends Finding>> why) {
            Evidence<DeskPlan> desk = desk(watched(why) ? TriageReason.POSSIBLE_DANGER : triage);
            var all = new ArrayList<Evidence<? extends Finding>>(classified);
            all.addAll(graded);
            all.addAll(why);
            if (desk != null) {
                all.add(desk);
            }
            List<Problem> warnings = assignment == null
                    ? List.of()
                    : why.stream()
                            .map(Evidence::finding)
                            .filter(Schedule.class::isInstance)
                            .flatMap(schedule -> ((Schedule) schedule).warnings().stream())
                            .distinct()
                            .toList();
            List<Reason> because = all.isEmpty() ? List.of(Reason.of(NO_RULE)) : Reason.all(all);
            Finding first = why.isEmpty() ? null : why.get(0).finding();
            Reading reading = readings.isEmpty() ? null : readings.get(0).finding();
            return new RoutingDecision(
                    outcome,
                    triage,
                    first instanceof Merged merged ? merged.into() : null,
                    relayTo,
                    assignment,
                    assignment == null ? classification() : null,
                    nature(reading),
                    reading == null || reading.danger() == Danger.NO ? null : reading.danger(),
                    reading == null ? List.of() : reading.alarming(),
                    reading == null ? List.of() : reading.ask(),
                    desk == null ? null : desk.finding().places().get(0).desk(),
                    first instanceof Answered answered
                            ? new DirectAnswer(answered.by(), answered.row().entry(), answered.due())
                            : null,
                    first instanceof Redirected referred
                            ? new Referral(
                                    referred.row().channel(),
                                    referred.row().say(),
                                    referred.row().protectInformant())
                            : null,
                    candidates(reading),
                    List.of(),
                    null,
                    because,
                    Reason.unconfirmed(because),
                    warnings);
        }

        private @Nullable Nature nature(@Nullable Reading reading) {
            if (!classified.isEmpty() && classified.get(0).finding().matter().nature() != null) {
                return classified.get(0).finding().matter().nature();
            }
            return reading == null || reading.nature() == null
                    ? null
                    : reading.nature().nature();
        }

        private static boolean watched(List<? extends Evidence<? extends Finding>> why) {
            return why.stream().anyMatch(each -> each.finding() instanceof Alarmed);
        }

        /** The first desk that is for the reason, or for any; null when there is no reason to ask a person. */
        private @Nullable Evidence<DeskPlan> desk(@Nullable TriageReason reason) {
            if (reason == null) {
                return null;
            }
            return desks.stream()
                    .flatMap(each -> each.finding().places().stream()
                            .filter(place ->
                                    place.row().because() == null || place.row().because() == reason)
                            .map(place -> new Evidence<>(each.rule(), new DeskPlan(List.of(place)))))
                    .findFirst()
                    .orElse(null);
        }

        private @Nullable Classification classification() {
            if (classified.isEmpty()) {
                return null;
            }
            Classified settled = classified.get(0).finding();
            var matter = graded.isEmpty()
                    ? settled.matter()
                    : graded.get(0).finding().matter();
            var type = Objects.requireNonNull(matter.eventType());
            return new Classification(
                    type.category(), type.topic(), type, settled.by(), matter.severity(), matter.urgency());
        }

        private List<KeywordCandidate> candidates(@Nullable Reading reading) {
            if (reading != null) {
                return reading.told(CANDIDATES);
            }
            return tallies.stream()
                    .flatMap(each -> each.finding().candidates().stream())
                    .limit(CANDIDATES)
                    .map(votes -> new KeywordCandidate(
                            votes.of(),
                            votes.points(),
                            votes.rows().stream().map(row -> row.ref().id()).toList()))
                    .toList();
        }
    }
}
