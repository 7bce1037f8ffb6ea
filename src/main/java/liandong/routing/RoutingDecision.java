package liandong.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import liandong.engine.Clash;
import liandong.engine.Concluded;
import liandong.engine.Evidence;
import liandong.engine.Finding;
import liandong.engine.Reason;
import liandong.incident.Body;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.policy.RuleRef;
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
 * @param candidates what the text speaks for, at most five, when keywords were asked; empty otherwise
 * @param because every reason, by rule code and row id; never empty
 * @param unconfirmed ids of the rows among the reasons whose source is not confirmed
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

        @Member(
                meaning = "what the text speaks for, at most five event types, the strongest first; when keywords were"
                        + " asked",
                role = Role.WHY,
                leftOutWhenEmpty = true)
        List<KeywordCandidate> candidates,

        List<Reason> because,
        List<String> unconfirmed)
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
     * <p>Settled comes before danger, danger before merging, merging before everything else; several duties that differ
     * are a tie for a person to decide.
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
        if (!merged.isEmpty()) {
            return draft.end(RoutingOutcome.MERGED, merged);
        }
        if (!outside.isEmpty()) {
            return draft.triage(TriageReason.OUT_OF_AREA, outside);
        }
        if (differ(duties)) {
            return draft.triage(TriageReason.TIE, duties);
        }
        if (!triages.isEmpty() || duties.isEmpty() || schedules.isEmpty()) {
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

        Draft(Collection<Evidence<Finding>> findings) {
            classified = Evidence.only(Classified.class, findings);
            graded = Evidence.only(Graded.class, findings);
            tallies = Evidence.only(Tally.class, findings);
        }

        RoutingDecision end(RoutingOutcome outcome, List<? extends Evidence<? extends Finding>> why) {
            String mergedInto = why.get(0).finding() instanceof Merged merged ? merged.into() : null;
            return decision(outcome, null, mergedInto, List.of(), null, why);
        }

        RoutingDecision triage(TriageReason reason, List<? extends Evidence<? extends Finding>> why) {
            return decision(RoutingOutcome.MANUAL_TRIAGE, reason, null, List.of(), null, why);
        }

        RoutingDecision relay(
                List<Evidence<Relayed>> relayed, List<Evidence<Duty>> duties, List<Evidence<Schedule>> schedules) {
            List<Body> lines =
                    relayed.stream().map(each -> each.finding().to()).distinct().toList();
            var why = new ArrayList<Evidence<? extends Finding>>(relayed);
            boolean followed = !schedules.isEmpty() && !duties.isEmpty() && !differ(duties);
            if (followed) {
                why.addAll(duties);
                why.addAll(schedules);
            }
            Assignment assignment = followed ? assignment(duties, schedules) : null;
            return decision(RoutingOutcome.RELAYED, null, null, lines, assignment, why);
        }

        RoutingDecision assign(List<Evidence<Duty>> duties, List<Evidence<Schedule>> schedules) {
            var why = new ArrayList<Evidence<? extends Finding>>(duties);
            why.addAll(schedules);
            return decision(RoutingOutcome.ASSIGNED, null, null, List.of(), assignment(duties, schedules), why);
        }

        private Assignment assignment(List<Evidence<Duty>> duties, List<Evidence<Schedule>> schedules) {
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
                @Nullable String mergedInto,
                List<Body> relayTo,
                @Nullable Assignment assignment,
                List<? extends Evidence<? extends Finding>> why) {
            var all = new ArrayList<Evidence<? extends Finding>>(classified);
            all.addAll(graded);
            all.addAll(why);
            List<Reason> because = all.isEmpty() ? List.of(Reason.of(NO_RULE)) : Reason.all(all);
            return new RoutingDecision(
                    outcome,
                    triage,
                    mergedInto,
                    relayTo,
                    assignment,
                    assignment == null ? classification() : null,
                    candidates(),
                    because,
                    Reason.unconfirmed(because));
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

        private List<KeywordCandidate> candidates() {
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
