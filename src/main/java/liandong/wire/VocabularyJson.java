package liandong.wire;

import java.util.ArrayList;
import java.util.List;
import liandong.decision.ActionKind;
import liandong.decision.ClassifiedBy;
import liandong.decision.ClosureOutcome;
import liandong.decision.ClosureReason;
import liandong.decision.EscalationOutcome;
import liandong.decision.Grade;
import liandong.decision.LineOf;
import liandong.decision.Outcome;
import liandong.decision.Quiet;
import liandong.decision.Route;
import liandong.decision.ScoringOutcome;
import liandong.decision.TriageReason;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.CaseEventKind;
import liandong.incident.Cause;
import liandong.incident.Channel;
import liandong.incident.EventType;
import liandong.incident.MatterKind;
import liandong.incident.Measure;
import liandong.incident.PeriodItem;
import liandong.incident.Proof;
import liandong.incident.Satisfaction;
import liandong.incident.Term;
import liandong.policy.Policy;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The words of a policy as JSON, so that a calling system can offer and check them. */
public final class VocabularyJson {
    private static final List<Class<? extends Term>> CLOSED = List.of(
            Outcome.class,
            TriageReason.class,
            Route.class,
            ClassifiedBy.class,
            MatterKind.class,
            BodyKind.class,
            ClosureOutcome.class,
            ClosureReason.class,
            Proof.class,
            Channel.class,
            Satisfaction.class,
            Cause.class,
            CaseEventKind.class,
            EscalationOutcome.class,
            Quiet.class,
            ActionKind.class,
            Measure.class,
            PeriodItem.class,
            ScoringOutcome.class,
            LineOf.class,
            Grade.class);

    private VocabularyJson() {}

    /** Every set, by its name in the plural, each word with code and label and what else it has. */
    public static ObjectNode of(Policy policy) {
        ObjectNode json = Json.object();
        json.set("policy", Json.object().put("version", policy.version()).put("label", policy.label()));
        var sets = new ArrayList<>(policy.vocabulary().sets());
        sets.addAll(CLOSED);
        for (Class<? extends Term> set : sets) {
            ArrayNode words = json.putArray(name(set));
            for (Term term : policy.vocabulary().all(set)) {
                words.add(word(term));
            }
        }
        return json;
    }

    private static ObjectNode word(Term term) {
        ObjectNode word = Json.object().put("code", term.code()).put("label", term.label());
        if (term instanceof EventType type) {
            word.put("category", type.category().code());
            word.put("class", type.eventClass().code());
            word.put("topic", type.topic().code());
            word.put("kind", type.kind().code());
            word.put("general", type.general());
        } else if (term instanceof Area area) {
            word.put("level", area.level().code());
            if (area.parent() != null) {
                word.put("parent", area.parent().code());
            }
        } else if (term instanceof Body body) {
            word.put("kind", body.kind().code());
        }
        return word;
    }

    /** {@code EventType} → {@code eventTypes}, {@code Category} → {@code categories}. */
    static String name(Class<?> set) {
        String name = Character.toLowerCase(set.getSimpleName().charAt(0))
                + set.getSimpleName().substring(1);
        if (name.endsWith("y")) {
            return name.endsWith("By") ? name : name.substring(0, name.length() - 1) + "ies";
        }
        return name + (name.endsWith("s") ? "es" : "s");
    }
}
