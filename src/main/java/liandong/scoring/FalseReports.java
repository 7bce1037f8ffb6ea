package liandong.scoring;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;

/**
 * Which stages were said to have been done on time though it was found afterwards that they were not done (弄虚作假). A fraud
 * that names no stage is about the one that was done last before it. Times may be told to the minute: what was found in the
 * very minute was found afterwards.
 *
 * <p>Made once from the events of a case and asked about each of them: a caller may send thousands.
 */
final class FalseReports {
    /** When fraud was found last, by the stage it names. */
    private final Map<String, Instant> ofStage = new HashMap<>();

    /** When fraud was found that names no stage. */
    private final TreeSet<Instant> ofLast = new TreeSet<>();

    /** When a stage was said to have been done on time. */
    private final TreeSet<Instant> done = new TreeSet<>();

    /** From the events that count. */
    FalseReports(List<CaseEvent> events) {
        for (CaseEvent event : events) {
            Instant at = event.at().toInstant();
            if (event.kind() == CaseEventKind.STAGE_ON_TIME) {
                done.add(at);
            } else if (event.kind() == CaseEventKind.FRAUD) {
                if (event.stage() == null) {
                    ofLast.add(at);
                } else {
                    ofStage.merge(event.stage(), at, (one, other) -> one.isAfter(other) ? one : other);
                }
            }
        }
    }

    /** Whether an event tells that a stage was done on time of which it was found afterwards that it was not done. */
    boolean have(CaseEvent event) {
        if (event.kind() != CaseEventKind.STAGE_ON_TIME) {
            return false;
        }
        Instant at = event.at().toInstant();
        Instant named = event.stage() == null ? null : ofStage.get(event.stage());
        return (named != null && !named.isBefore(at)) || isLastBeforeFraud(at);
    }

    /** Whether nothing was done between a moment and the next fraud that names no stage; later frauds are about later ones. */
    private boolean isLastBeforeFraud(Instant at) {
        Instant fraud = ofLast.ceiling(at);
        Instant last = fraud == null ? null : done.floor(fraud);
        return fraud != null && (last == null || !last.isAfter(at));
    }
}
