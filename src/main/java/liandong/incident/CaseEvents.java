package liandong.incident;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
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

    /**
     * The events as they concern the stages that a case has now: what was told of the stages before routing was asked again is
     * of those, though one that routing gave anew may have the same name.
     *
     * @param assignedAt when it was first assigned, or earlier
     * @param stages those of the assignment since
     * @param events what has happened, in the order of their times
     */
    public static List<CaseEvent> ofStagesNow(
            OffsetDateTime assignedAt, List<HandledStage> stages, List<CaseEvent> events) {
        OffsetDateTime since = givenAnew(assignedAt, stages, events);
        if (since == null) {
            return events;
        }
        var names = stages.stream().map(HandledStage::name).collect(Collectors.toSet());
        var ended = new HashSet<String>(); // those that ended late in an assignment still further back
        var told = new ArrayList<CaseEvent>();
        for (CaseEvent event : events) {
            String name = event.stage();
            boolean ends = event.kind() == CaseEventKind.ROUTED_AGAIN;
            OffsetDateTime until = event.until();
            boolean before = event.at().isBefore(since) || (ends && until != null && until.isBefore(since));
            if (name == null || !before || !names.contains(name)) {
                told.add(event);
            } else {
                String former = HandledStage.before(name);
                told.add(event.ofStage(ended.contains(name) && !ends ? HandledStage.before(former) : former));
                if (ends) {
                    ended.add(name);
                }
            }
        }
        return List.copyOf(told);
    }

    /**
     * Since when the stages run that routing gave anew; null when it was not asked again, or nobody took its stages: then they
     * began when the case was assigned, handed on or raised.
     */
    private static @Nullable OffsetDateTime givenAnew(
            OffsetDateTime assignedAt, List<HandledStage> stages, List<CaseEvent> events) {
        OffsetDateTime first = null;
        for (HandledStage stage : stages) {
            OffsetDateTime start = stage.start();
            if (start == null) {
                return null;
            }
            first = first == null || start.isBefore(first) ? start : first;
        }
        if (first == null || !first.isAfter(assignedAt)) {
            return null;
        }
        for (CaseEvent event : events) {
            boolean since = !event.at().isBefore(first);
            if (since && event.kind() == CaseEventKind.ROUTED_AGAIN) {
                return first;
            }
            if (since && (moves(event) || event.kind() == CaseEventKind.LEVEL_RAISED)) {
                return null;
            }
        }
        return null;
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
