package liandong.escalation;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import liandong.decision.DecisionPage;
import liandong.decision.DecisionRecord;
import liandong.explain.Phrases;
import liandong.explain.ReasonsSection;
import liandong.incident.Body;
import liandong.incident.GroundProof;

/** What is to be done about a case, as a person reads it. */
final class EscalationPage {
    private final Phrases say;
    private final List<String> told = new ArrayList<>();

    private EscalationPage(Phrases say) {
        this.say = say;
    }

    static String of(DecisionRecord<EscalationFacts, EscalationDecision> record, Phrases say) {
        var page = new EscalationPage(say);
        page.escalation(record.decided());
        return DecisionPage.of(record, page.told, say);
    }

    private void escalation(EscalationDecision decision) {
        told.add(
                decision.reason() == null
                        ? say.of("explain.act", decision.actions().size())
                        : say.of("explain.wait", say.word(decision.reason())));
        decision.actions().forEach(this::action);
        for (OpenStage stage : decision.openStages()) {
            told.add(say.of("explain.openStage", stage.name(), ReasonsSection.time(stage.due())));
        }
        Awaited awaiting = decision.awaiting();
        if (awaiting != null) {
            told.add(say.of(
                    awaiting.late() ? "explain.awaitingLate" : "explain.awaiting",
                    say.word(awaiting.what()),
                    say.labels(awaiting.by()),
                    ReasonsSection.time(awaiting.due())));
        }
        if (decision.keeper() != null) {
            told.add(say.of("explain.keeper", say.labels(List.of(decision.keeper()))));
        }
        if (decision.citizenDue() != null) {
            told.add(say.of(
                    decision.citizenLate() ? "explain.citizenLate" : "explain.citizenDue",
                    ReasonsSection.time(decision.citizenDue())));
        }
        for (Credited each : decision.credited()) {
            OffsetDateTime until = each.until();
            Body by = each.event().by();
            told.add(say.of(
                    until == null ? "explain.creditedOpen" : "explain.credited",
                    say.word(each.event().kind()),
                    ReasonsSection.time(each.event().at()),
                    until == null ? "" : ReasonsSection.time(until),
                    each.rows().get(0).id(),
                    by == null ? say.of("explain.nobody") : say.labels(List.of(by))));
        }
        for (Disregarded each : decision.disregarded()) {
            told.add(say.of(
                    each.wants().isEmpty() ? "explain.disregarded" : "explain.unproved",
                    say.word(each.event().kind()),
                    ReasonsSection.time(each.event().at()),
                    ReasonsSection.time(each.from()),
                    each.wants().stream().map(GroundProof::label).collect(Collectors.joining("、"))));
        }
        told.add(
                decision.nextReviewAt() == null
                        ? say.of("explain.noReview")
                        : say.of("explain.nextReview", ReasonsSection.time(decision.nextReviewAt())));
    }

    private void action(Action action) {
        var parts = new ArrayList<String>();
        if (action.conference() == null) {
            parts.add(say.of("explain.action", say.word(action.kind()), say.labels(action.to())));
        } else {
            parts.add(say.of(
                    "explain.convene",
                    say.word(action.kind()),
                    say.labels(action.to()),
                    action.conference().label()));
            parts.add(say.of("explain.members", say.labels(action.members())));
        }
        if (action.agenda() != null) {
            parts.add(say.of("explain.agenda", action.agenda()));
        }
        if (action.stage() != null) {
            parts.add(say.of("explain.ofStage", action.stage()));
        }
        parts.add(say.of("explain.since", ReasonsSection.time(action.since())));
        if (action.due() != null) {
            parts.add(say.of("explain.by", ReasonsSection.time(action.due())));
        }
        if (!action.copied().isEmpty()) {
            parts.add(say.of("explain.copied", say.labels(action.copied())));
        }
        told.add("• " + String.join(say.of("explain.comma"), parts));
    }
}
