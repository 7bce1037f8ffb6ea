package liandong.escalation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import liandong.calendar.Limit;
import liandong.calendar.LimitClock;
import liandong.calendar.WorkingCalendar;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.HandledStage;
import org.jspecify.annotations.Nullable;

/**
 * How the limit of one stage runs: when it is due, and when how much of it is used (时限计时).
 *
 * <p>Runs in office hours when the limit is in working hours or days, within the hours of the day that it names, or day and night
 * otherwise; stands still during pauses.
 */
public final class StageClock {
    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

    private final WorkingCalendar calendar;
    private final OpenCase open;
    private final HandledStage stage;
    private final OffsetDateTime start;
    private final @Nullable Limit limit;

    /**
     * A stretch of time in which the limit runs.
     *
     * @param until null while it still runs
     */
    private record Stretch(OffsetDateTime from, @Nullable OffsetDateTime until) {}

    public StageClock(WorkingCalendar calendar, OpenCase open, HandledStage stage, OffsetDateTime start) {
        this.calendar = calendar;
        this.open = open;
        this.stage = stage;
        this.start = start;
        this.limit = stage.limit() == null ? null : Limit.parse(stage.limit());
    }

    /** When it would be due without extension and pause; a stage without a limit takes as long as it was given. */
    public OffsetDateTime fullLimit() {
        return limit == null
                ? start.plus(Duration.between(stage.start() == null ? open.assignedAt() : stage.start(), stage.due()))
                : calendar.due(local(start), limit).toOffsetDateTime();
    }

    /**
     * When it is due: as given, or as the last extension says, and later by what pauses took.
     *
     * @param given when it is due without them
     */
    public OffsetDateTime due(OffsetDateTime given) {
        return due(given, null);
    }

    /**
     * When it is due that has to be done again: by what was said then, or after its own limit from then on. What was granted
     * before was for the first time.
     *
     * @param again since when it has to be; the stage begins then
     */
    public OffsetDateTime dueAgain(CaseEvent again) {
        return due(again.until() == null ? fullLimit() : again.until(), again.at());
    }

    private OffsetDateTime due(OffsetDateTime given, @Nullable OffsetDateTime since) {
        OffsetDateTime due = given;
        OffsetDateTime pausedAt = null;
        for (CaseEvent event : open.events()) {
            boolean before = since != null && event.at().isBefore(since);
            if (!before
                    && event.kind() == CaseEventKind.EXTENSION_GRANTED
                    && stage.name().equals(event.stage())
                    && event.until() != null) {
                due = event.until();
            } else if (event.kind() == CaseEventKind.PAUSED && pausedAt == null) {
                pausedAt = laterOf(event.at(), start);
            } else if (event.kind() == CaseEventKind.RESUMED && pausedAt != null) {
                if (due.isAfter(pausedAt) && event.at().isAfter(pausedAt)) {
                    due = closing(after(event.at(), between(pausedAt, due)));
                }
                pausedAt = null;
            }
        }
        return due;
    }

    /** The years that it was counted through until it is due and that have not been announced. */
    public SortedSet<Year> unannounced(OffsetDateTime due) {
        return limit == null ? Collections.emptySortedSet() : calendar.unannounced(local(start), limit, local(due));
    }

    /**
     * When so much of the limit has been used.
     *
     * @param percent 100 is when it is due
     * @param due when it is due
     * @return null when it is not while the limit is stopped
     */
    @Nullable
    public OffsetDateTime used(int percent, OffsetDateTime due) {
        List<Stretch> running = running();
        Stretch last = running.get(running.size() - 1);
        if (percent == 100) {
            return last.until() == null || !due.isAfter(last.until()) ? due : null;
        }
        Duration total = Duration.ZERO;
        for (Stretch stretch : running) {
            boolean isLast = stretch.equals(last);
            total = total.plus(between(stretch.from(), isLast ? due : stretch.until()));
        }
        Duration left = Duration.ofNanos(new BigDecimal(total.toNanos())
                .multiply(BigDecimal.valueOf(percent))
                .divide(PERCENT, 0, RoundingMode.CEILING)
                .longValueExact());
        for (Stretch stretch : running) {
            if (stretch.until() == null) {
                return after(stretch.from(), left);
            }
            Duration ran = between(stretch.from(), stretch.until());
            if (ran.compareTo(left) >= 0) {
                return after(stretch.from(), left);
            }
            left = left.minus(ran);
        }
        return null;
    }

    /** When a share of the whole limit, counted from a moment, is over; in working days at the close of business. */
    public OffsetDateTime share(OffsetDateTime from, int percent) {
        Duration whole = between(start, fullLimit());
        Duration part = Duration.ofNanos(BigDecimal.valueOf(whole.toNanos())
                .multiply(BigDecimal.valueOf(percent))
                .divide(PERCENT, 0, RoundingMode.CEILING)
                .longValueExact());
        return closing(after(from, part));
    }

    /** The stretches in which it runs, in their order; at least one, though it may have no length. */
    private List<Stretch> running() {
        var stretches = new ArrayList<Stretch>();
        OffsetDateTime from = start;
        for (CaseEvent event : open.events()) {
            if (event.kind() == CaseEventKind.PAUSED && from != null) {
                stretches.add(new Stretch(from, laterOf(event.at(), from)));
                from = null;
            } else if (event.kind() == CaseEventKind.RESUMED && from == null) {
                from = laterOf(event.at(), start);
            }
        }
        if (from != null) {
            stretches.add(new Stretch(from, null));
        }
        return stretches;
    }

    private static OffsetDateTime laterOf(OffsetDateTime one, OffsetDateTime other) {
        return one.isAfter(other) ? one : other;
    }

    private ZonedDateTime local(OffsetDateTime moment) {
        return moment.atZoneSameInstant(calendar.zone());
    }

    private Duration between(OffsetDateTime from, @Nullable OffsetDateTime to) {
        if (to == null || !to.isAfter(from)) {
            return Duration.ZERO;
        }
        return limit == null ? Duration.between(from, to) : calendar.runs(limit, local(from), local(to));
    }

    private OffsetDateTime after(OffsetDateTime from, Duration time) {
        Limit stopping = limit;
        return stopping == null || !stopping.standsStill()
                ? from.plus(time)
                : calendar.afterRunning(stopping, local(from), time).toOffsetDateTime();
    }

    /** Working days end at the close of business. */
    private OffsetDateTime closing(OffsetDateTime moment) {
        return limit != null && limit.clock() == LimitClock.WORKING_DAY
                ? calendar.due(local(moment), new Limit(BigDecimal.ZERO, LimitClock.WORKING_DAY))
                        .toOffsetDateTime()
                : moment;
    }
}
