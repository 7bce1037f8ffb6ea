package liandong.incident;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What happened to a case, as callers tell it: in any order, and the same event perhaps twice. */
public final class CaseEvents {
    private CaseEvents() {}

    /** The events, each once: who delivers at least once, now and then delivers twice. */
    public static List<CaseEvent> once(List<CaseEvent> events) {
        var once = new LinkedHashSet<>(events);
        return once.size() == events.size() ? events : List.copyOf(once);
    }

    /**
     * Whether routing was asked again since an event, or in the same moment, or was late with its stage when it was: what it
     * names may be a stage of the assignment before.
     */
    public static boolean isBeforeRoutedAgain(CaseEvent event, List<CaseEvent> events) {
        return events.stream()
                .anyMatch(other -> other.kind() == CaseEventKind.ROUTED_AGAIN
                        && (!other.at().isBefore(event.at())
                                || (event.stage() != null
                                        && other.stage() != null
                                        && HandledStage.isFormerName(event.stage(), other.stage()))));
    }

    /** Whether an event puts the case into other hands. */
    public static boolean moves(CaseEvent event) {
        return event.kind() == CaseEventKind.REASSIGNED || event.kind() == CaseEventKind.LEVEL_LOWERED;
    }

    /**
     * The body that an event concerns: the one that it names or, where it names none, the one that had the case in hand then;
     * null when that is not known.
     *
     * @param events what has happened, in the order of their times
     * @param lead the body that has the case in hand now
     */
    public static @Nullable Body concerned(CaseEvent event, List<CaseEvent> events, Body lead) {
        if (event.body() != null) {
            return event.body();
        }
        Body had = null;
        for (CaseEvent other : events) {
            boolean takes = moves(other)
                    || other.kind() == CaseEventKind.ASSIGNED
                    || other.kind() == CaseEventKind.LEVEL_RAISED;
            if (other.body() == null || !(takes || other.kind() == CaseEventKind.RETURNED)) {
                continue;
            }
            if (other.at().isAfter(event.at())) {
                return takes ? had : other.body();
            }
            had = takes ? other.body() : had;
        }
        return lead;
    }

    /** The events by time; see {@link #order}. */
    public static List<CaseEvent> inOrder(List<CaseEvent> events) {
        if (isRising(events)) {
            return List.copyOf(events);
        }
        return order(events).stream().map(events::get).toList();
    }

    /** Whether each event is later than the one before it. */
    private static boolean isRising(List<CaseEvent> events) {
        for (int i = 1; i < events.size(); i++) {
            if (!events.get(i).at().isAfter(events.get(i - 1).at())) {
                return false;
            }
        }
        return true;
    }

    /**
     * The places of the events in the order of their times.
     *
     * <p>Those of one moment stay as they were told, but pauses and resumptions stand in the order in which they can have
     * happened: times are often told to the minute, and a pause may end in the minute it began.
     */
    public static List<Integer> order(List<CaseEvent> events) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, events.size())
                .boxed()
                .sorted(Comparator.comparing(i -> events.get(i).at().toInstant()))
                .toList());
        boolean paused = false;
        for (int from = 0, to; from < order.size(); from = to) {
            to = from + 1;
            while (to < order.size()
                    && events.get(order.get(to))
                            .at()
                            .isEqual(events.get(order.get(from)).at())) {
                to++;
            }
            paused = alternate(events, order.subList(from, to), paused);
        }
        return order;
    }

    /** Puts pauses and resumptions of one moment in turn; whether the limits stand still afterwards. */
    private static boolean alternate(List<CaseEvent> events, List<Integer> moment, boolean pausedBefore) {
        var pauses = new ArrayList<Integer>();
        var resumptions = new ArrayList<Integer>();
        for (int place : moment) {
            CaseEventKind kind = events.get(place).kind();
            if (kind == CaseEventKind.PAUSED) {
                pauses.add(place);
            } else if (kind == CaseEventKind.RESUMED) {
                resumptions.add(place);
            }
        }
        boolean paused = pausedBefore;
        for (int i = 0; i < moment.size(); i++) {
            CaseEventKind kind = events.get(moment.get(i)).kind();
            if (kind == CaseEventKind.PAUSED || kind == CaseEventKind.RESUMED) {
                boolean resumes = (paused && !resumptions.isEmpty()) || pauses.isEmpty();
                moment.set(i, (resumes ? resumptions : pauses).remove(0));
                paused = !resumes;
            }
        }
        return paused;
    }
}
