package liandong.scoring;

import liandong.escalation.EscalationFacts;
import liandong.incident.Member;
import org.jspecify.annotations.Nullable;

/**
 * What scoring a case is asked about.
 *
 * @param incident the case
 * @param handled the case as escalation was last asked about it; null when its lateness is told by events
 */
public record ScoringFacts(
        @Member(meaning = "the case") ScoredCase incident,

        @Member(
                meaning =
                        "the case as escalation was last asked about it: then how late it was is worked out from its stages and"
                                + " events; absent when events of the case say how late it was",
                prefix = "办理")
        @Nullable
        EscalationFacts handled) {
    /** A case whose events say how late it was. */
    public ScoringFacts(ScoredCase incident) {
        this(incident, null);
    }
}
