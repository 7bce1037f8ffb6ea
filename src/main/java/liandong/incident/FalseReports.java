package liandong.incident;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which stages were said to have been done though it was found afterwards that they were not done (弄虚作假). None is about what
 * had to be done again before it was found: that was done, and again. Times may be told to the minute: what was found in the
 * very minute was found afterwards.
 *
 * <p>Made once from the events of a case and asked about each of them: a caller may send thousands.
 */
public final class FalseReports {
    /** When fraud was found, by the stage it names. */
    private final Map<String, TreeSet<Instant>> ofStage = new HashMap<>();

    /** When a stage had to be done again, by its name. */
    private final Map<String, TreeSet<Instant>> again = new HashMap<>();

    /** When one that is not named, which may be any, had to be done again. */
    private final TreeSet<Instant> anyAgain = new TreeSet<>();

    /** When fraud was found that names no stage. */
    private final TreeSet<Instant> ofLast = new TreeSet<>();

    /** When a stage was said to have been done on time. */
    private final TreeSet<Instant> done = new TreeSet<>();

    /**
     * From the events that count of a case of which nothing else is known: a fraud that names no stage is about the one that was
     * done last before it, on time.
     */
    public FalseReports(List<CaseEvent> events) {
        for (CaseEvent event : events) {
            Instant at = event.at().toInstant();
            if (event.kind() == CaseEventKind.STAGE_ON_TIME) {
                done.add(at);
            } else if (event.kind() == CaseEventKind.FRAUD) {
                if (event.stage() == null) {
                    ofLast.add(at);
                } else {
                    ofStage.computeIfAbsent(event.stage(), stage -> new TreeSet<>())
                            .add(at);
                }
            } else if (event.kind() == CaseEventKind.REDO || event.kind() == CaseEventKind.REOPENED) {
                TreeSet<Instant> orders = event.stage() == null
                        ? anyAgain
                        : again.computeIfAbsent(event.stage(), stage -> new TreeSet<>());
                orders.add(at);
            }
        }
    }

    /**
     * From the events that count of a case whose stages are known: what names no stage is about the last of them, as it is where
     * a stage is opened again.
     */
    public static FalseReports of(List<HandledStage> stages, List<CaseEvent> events) {
        String last = stages.isEmpty() ? null : stages.get(stages.size() - 1).name();
        var named = new ArrayList<CaseEvent>();
        for (CaseEvent event : events) {
            boolean fraud = event.kind() == CaseEventKind.FRAUD;
            String stage =
                    !fraud ? StageCourse.openedAgain(event, stages) : event.stage() == null ? last : event.stage();
            if (stage != null) {
                named.add(event.ofStage(stage));
            }
        }
        return new FalseReports(named);
    }

    /** Whether an event tells that a stage was done on time of which it was found afterwards that it was not done. */
    public boolean have(CaseEvent event) {
        return event.kind() == CaseEventKind.STAGE_ON_TIME && have(event.stage(), event.at());
    }

    /** Whether it was found after a moment, or in it, that a stage was not done then; false where no moment is given. */
    public boolean have(@Nullable String stage, @Nullable OffsetDateTime doneAt) {
        if (doneAt == null) {
            return false;
        }
        Instant at = doneAt.toInstant();
        TreeSet<Instant> frauds = stage == null ? null : ofStage.get(stage);
        Instant named = frauds == null ? null : frauds.ceiling(at);
        return (named != null && !isDoneAgain(stage, at, named)) || isLastBeforeFraud(stage, at);
    }

    /** Whether nothing was done between a moment and the next fraud that names no stage; later frauds are about later ones. */
    private boolean isLastBeforeFraud(@Nullable String stage, Instant at) {
        Instant fraud = ofLast.ceiling(at);
        Instant last = fraud == null ? null : done.floor(fraud);
        return fraud != null && (last == null || !last.isAfter(at)) && !isDoneAgain(stage, at, fraud);
    }

    /** Whether a stage had to be done again after it was done and before fraud was found. */
    private boolean isDoneAgain(@Nullable String stage, Instant done, Instant fraud) {
        TreeSet<Instant> named = stage == null ? null : again.get(stage);
        return isBetween(named, done, fraud) || isBetween(anyAgain, done, fraud);
    }

    private static boolean isBetween(@Nullable NavigableSet<Instant> orders, Instant done, Instant fraud) {
        Instant order = orders == null ? null : orders.higher(done);
        return order != null && order.isBefore(fraud);
    }
}
