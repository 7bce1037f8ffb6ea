package liandong.cli;

import java.util.ArrayList;
import java.util.List;
import liandong.decision.Action;
import liandong.decision.ClosureDecision;
import liandong.decision.EscalationDecision;
import liandong.decision.FollowUpPlan;
import liandong.decision.PeriodDecision;
import liandong.decision.Reason;
import liandong.decision.Redo;
import liandong.decision.Sampling;
import liandong.decision.ScoreLine;
import liandong.decision.ScoringDecision;
import liandong.engine.Answer;
import liandong.incident.OpenStage;
import liandong.policy.Policy;
import liandong.wire.Asked;
import org.jspecify.annotations.Nullable;

/** What is said of a case after it has been routed, as a person reads it: the outcome first, then what led to it. */
final class CaseExplanation {
    private final Phrases say;
    private final List<String> told = new ArrayList<>();

    private CaseExplanation(Phrases say) {
        this.say = say;
    }

    /**
     * An answer as a page.
     *
     * @param subject what it is about, as callers know it
     * @param because its reasons
     * @param unconfirmed ids of the rows among them whose source is not confirmed
     */
    static String of(
            Policy policy,
            String subject,
            Asked<?> asked,
            Answer<?> answer,
            List<Reason> because,
            List<String> unconfirmed,
            Phrases say) {
        var page = new Page();
        var why = new Why(policy, say, new PolicyRows(policy), page);
        List<String> told = new CaseExplanation(say).tell(answer.decision());
        page.entry(0, say.of("explain.outcome") + "  ", told.get(0));
        told.stream().skip(1).forEach(line -> page.paragraph(2, line));
        if (!unconfirmed.isEmpty()) {
            page.paragraph(2, say.of("explain.restsOnUnconfirmed", say.list(unconfirmed)));
        }
        page.heading(say.of("explain.because"));
        why.reasons(because);
        page.heading(say.of("explain.nearest"));
        if (answer.nearMisses().isEmpty()) {
            page.paragraph(2, say.of("explain.noneNear"));
        }
        why.near(answer.nearMisses());
        why.footer("explain.caseFooter", subject, asked.now());
        return page.toString();
    }

    private List<String> tell(@Nullable Object decision) {
        if (decision instanceof EscalationDecision escalation) {
            escalation(escalation);
        } else if (decision instanceof ClosureDecision closure) {
            closure(closure);
        } else if (decision instanceof ScoringDecision scoring) {
            scoring(scoring);
        } else if (decision instanceof PeriodDecision period) {
            period.scores().forEach(score -> {
                String body = score.period().body() == null
                        ? ""
                        : score.period().body().label() + " ";
                told.add(body + scored(score.result()));
            });
        }
        return told;
    }

    private void escalation(EscalationDecision decision) {
        told.add(
                decision.reason() == null
                        ? say.of("explain.act", decision.actions().size())
                        : say.of("explain.wait", say.word(decision.reason())));
        decision.actions().forEach(this::action);
        for (OpenStage stage : decision.stages()) {
            told.add(say.of("explain.openStage", stage.name(), Why.time(stage.due())));
        }
        told.add(
                decision.nextReviewAt() == null
                        ? say.of("explain.noReview")
                        : say.of("explain.nextReview", Why.time(decision.nextReviewAt())));
    }

    private void action(Action action) {
        var parts = new ArrayList<String>();
        parts.add(say.of("explain.action", say.word(action.kind()), say.labels(action.to())));
        if (action.conference() != null) {
            parts.add(say.of("explain.conference", action.conference().label()));
            parts.add(say.of("explain.members", say.labels(action.members())));
        }
        if (action.stage() != null) {
            parts.add(say.of("explain.ofStage", action.stage()));
        }
        parts.add(say.of("explain.since", Why.time(action.since())));
        if (action.due() != null) {
            parts.add(say.of("explain.by", Why.time(action.due())));
        }
        if (!action.copied().isEmpty()) {
            parts.add(say.of("explain.copied", say.labels(action.copied())));
        }
        told.add("• " + String.join(say.of("explain.comma"), parts));
    }

    private void closure(ClosureDecision decision) {
        told.add(say.of("explain.closure", say.word(decision.outcome()), say.word(decision.reason())));
        if (!decision.undone().isEmpty()) {
            told.add(say.of("explain.undone", say.list(decision.undone())));
        }
        if (!decision.missing().isEmpty()) {
            told.add(say.of(
                    "explain.missing",
                    say.list(decision.missing().stream().map(say::word).toList())));
        }
        Redo redo = decision.redo();
        if (redo != null) {
            told.add(say.of("explain.redo", redo.number(), Why.time(redo.due())));
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
                    "explain.followUp", plan.by().label(), say.word(plan.row().how()), Why.time(plan.due())));
        }
        if (decision.archive() != null) {
            told.add(say.of("explain.filed", decision.archive().archiveClass()));
        }
    }

    private void scoring(ScoringDecision decision) {
        told.add(scored(decision));
        decision.lines().forEach(this::line);
        if (decision.appeal() != null) {
            told.add(say.of(
                    "explain.appeal",
                    decision.appeal().score().toPlainString(),
                    decision.appeal().difference().toPlainString()));
        }
    }

    private String scored(ScoringDecision decision) {
        if (decision.score() == null) {
            return say.of("explain.notScored", say.word(decision.outcome()));
        }
        String score = say.of("explain.scored", decision.score().toPlainString(), String.valueOf(decision.outOf()));
        return decision.grade() == null ? score : say.join(score, say.of("explain.graded", say.word(decision.grade())));
    }

    private void line(ScoreLine line) {
        told.add(say.of(
                "explain.scoreLine",
                line.points().toPlainString(),
                line.row().id(),
                line.row().says()));
    }
}
