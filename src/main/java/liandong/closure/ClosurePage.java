package liandong.closure;

import java.util.ArrayList;
import java.util.List;
import liandong.decision.DecisionPage;
import liandong.decision.DecisionRecord;
import liandong.explain.Phrases;
import liandong.explain.ReasonsSection;

/** Whether a case is done, as a person reads it. */
final class ClosurePage {
    private final Phrases say;
    private final List<String> told = new ArrayList<>();

    private ClosurePage(Phrases say) {
        this.say = say;
    }

    static String of(DecisionRecord<ClosureFacts, ClosureDecision> record, Phrases say) {
        var page = new ClosurePage(say);
        page.closure(record.decided());
        return DecisionPage.of(record, page.told, say);
    }

    private void closure(ClosureDecision decision) {
        told.add(say.of("explain.closure", say.word(decision.outcome()), say.word(decision.reason())));
        ClosureDecision.Missing missing = decision.missing();
        if (missing != null && !missing.stages().isEmpty()) {
            told.add(say.of("explain.undone", say.list(missing.stages())));
        }
        if (missing != null && !missing.proofs().isEmpty()) {
            told.add(say.of(
                    "explain.missing",
                    say.list(missing.proofs().stream().map(say::word).toList())));
        }
        if (missing != null && !missing.choices().isEmpty()) {
            told.add(say.of(
                    "explain.missingChoice",
                    say.list(missing.choices().stream().map(say::word).toList())));
        }
        ClosureDecision.SupplementOrder supplement = decision.supplement();
        if (supplement != null) {
            told.add(say.of("explain.supplement", supplement.number(), ReasonsSection.time(supplement.due())));
        }
        ClosureDecision.RedoOrder redo = decision.redo();
        if (redo != null) {
            told.add(say.of("explain.redo", redo.number(), ReasonsSection.time(redo.due())));
        }
        if (decision.warned() != null) {
            told.add(say.of("explain.warned", decision.warned().label()));
        }
        Sampling sampling = decision.sampling();
        if (sampling != null) {
            told.add(say.of(
                    sampling.taken() ? "explain.drawn" : "explain.notDrawn",
                    Integer.toString(sampling.lot()),
                    sampling.row().rate()));
        }
        FollowUpPlan plan = decision.followUp();
        if (plan != null) {
            told.add(say.of(
                    "explain.followUp",
                    plan.by().label(),
                    say.word(plan.row().how()),
                    ReasonsSection.time(plan.due())));
        }
        ClosureDecision.AwaitedRuling ruling = decision.awaiting();
        if (ruling != null) {
            told.add(say.of(
                    ruling.late() ? "explain.rulingLate" : "explain.ruling",
                    say.labels(ruling.by()),
                    ReasonsSection.time(ruling.due())));
        }
        if (decision.archive() != null) {
            told.add(say.of("explain.filed", decision.archive().row().archiveClass()));
        }
    }
}
