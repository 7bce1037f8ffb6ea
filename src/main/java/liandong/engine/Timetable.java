package liandong.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import liandong.calendar.CalendarEndedException;
import liandong.calendar.Limit;
import liandong.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;

/**
 * The clock of one decision: when it is made, when what it orders falls due, and which moments have come.
 *
 * <p>Rules know the time from nowhere else. It remembers the moments it was asked about that have not come yet, so that
 * before the first of them the same question has the same answer. Belongs to one decision and one thread.
 */
public final class Timetable {
    private static final int MOST_REPEATS = 10_000;

    private final WorkingCalendar calendar;
    private final ZonedDateTime now;
    private final Map<Instant, SortedSet<Year>> provisional = new HashMap<>();
    private final TreeSet<OffsetDateTime> upcoming = new TreeSet<>(OffsetDateTime.timeLineOrder());

    /**
     * A clock.
     *
     * @param calendar when offices are open
     * @param now the moment of the decision
     */
    public Timetable(WorkingCalendar calendar, ZonedDateTime now) {
        this.calendar = calendar;
        this.now = now;
    }

    /** When offices are open. */
    public WorkingCalendar calendar() {
        return calendar;
    }

    /** The moment of the decision. */
    public ZonedDateTime now() {
        return now;
    }

    /** The first moment it was asked about that is still to come; null when there is none. */
    @Nullable
    OffsetDateTime upcoming() {
        return upcoming.isEmpty() ? null : upcoming.first();
    }

    /**
     * When a limit that counts from now falls due.
     *
     * @throws CalendarEndedException if a working limit runs beyond the calendar
     */
    public OffsetDateTime due(Limit limit) {
        return counted(now, limit);
    }

    /**
     * When a limit that counts from a moment falls due.
     *
     * @param limit null for none
     * @return null when there is no limit
     * @throws CalendarEndedException if a working limit runs beyond the calendar
     */
    public @Nullable OffsetDateTime due(OffsetDateTime from, @Nullable Limit limit) {
        return limit == null ? null : after(from, limit);
    }

    /**
     * When a limit that counts from a moment is over.
     *
     * @throws CalendarEndedException if a working limit runs beyond the calendar
     */
    public OffsetDateTime after(OffsetDateTime from, Limit limit) {
        return counted(from.atZoneSameInstant(now.getZone()), limit);
    }

    /**
     * When a limit that counts from a moment is over or, when that has passed, the limit as often again as it takes: nobody is
     * told a day that is over.
     *
     * <p>Until the first of them comes, whoever asks is told the same. After it, a question in the first half of a limit is told
     * the end of that limit, one in the second half the end of the next: who was told late has time, and who asks again may be
     * told a later day. A limit so short that {@value #MOST_REPEATS} of it do not reach the moment asked about counts from that
     * moment, and so moves with it.
     *
     * @param ordered when it was ordered, which stays the same however often it is asked about; null for now
     * @throws CalendarEndedException if a working limit runs beyond the calendar
     */
    public OffsetDateTime ahead(OffsetDateTime from, Limit limit, @Nullable OffsetDateTime ordered) {
        OffsetDateTime told = ordered == null ? now.toOffsetDateTime() : ordered;
        OffsetDateTime due = after(from, limit);
        if (due.isAfter(told)) {
            return due;
        }
        for (int i = 0; i < MOST_REPEATS; i++) {
            OffsetDateTime next = after(due, limit);
            Duration left = runs(limit, told, next);
            if (next.isAfter(told) && left.plus(left).compareTo(runs(limit, due, next)) >= 0) {
                return next;
            }
            if (!next.isAfter(due)) {
                break; // a limit of no time
            }
            due = next;
        }
        return after(told, limit);
    }

    /** How long a limit runs between two moments; zero when the second is not after the first. */
    private Duration runs(Limit limit, OffsetDateTime from, OffsetDateTime to) {
        return to.isAfter(from)
                ? calendar.runs(limit, from.atZoneSameInstant(now.getZone()), to.atZoneSameInstant(now.getZone()))
                : Duration.ZERO;
    }

    private OffsetDateTime counted(ZonedDateTime from, Limit limit) {
        ZonedDateTime due = calendar.due(from, limit);
        OffsetDateTime moment = due.toOffsetDateTime();
        note(moment, unannounced(from.toOffsetDateTime()));
        note(moment, calendar.unannounced(from, limit, due));
        return moment;
    }

    /** Remembers that a moment rests on years that have not been announced. */
    public void note(OffsetDateTime moment, SortedSet<Year> years) {
        if (!years.isEmpty()) {
            provisional
                    .computeIfAbsent(moment.toInstant(), each -> new TreeSet<>())
                    .addAll(years);
        }
    }

    /**
     * The years on which a moment that this clock has counted rests and that have not been announced (暂定): those it was counted
     * through, and those on which what it counts from rests.
     *
     * @return empty when it rests on none
     */
    public SortedSet<Year> unannounced(@Nullable OffsetDateTime moment) {
        return moment == null
                ? Collections.emptySortedSet()
                : provisional.getOrDefault(moment.toInstant(), Collections.emptySortedSet());
    }

    /** Whether a moment that this clock has counted rests on a year that has not been announced (暂定). */
    public boolean isProvisional(@Nullable OffsetDateTime moment) {
        return !unannounced(moment).isEmpty();
    }

    /** Whether something happened before a limit that counts from a moment was over; always when there is no limit. */
    public boolean within(OffsetDateTime from, @Nullable Limit limit, OffsetDateTime happened) {
        if (limit == null) {
            return true;
        }
        OffsetDateTime due = beforeEnd(() -> after(from, limit));
        return due == null || !happened.isAfter(due);
    }

    /**
     * The latest moment that has come of one that comes again and again.
     *
     * @param first the first of them; null when it lies beyond the calendar
     * @param every after what time it comes again; null when it comes once
     * @return that moment; empty when not even the first has come
     */
    public List<OffsetDateTime> latest(@Nullable OffsetDateTime first, @Nullable Limit every) {
        if (first == null || !hasCome(first)) {
            return List.of();
        }
        OffsetDateTime latest = first;
        for (int i = 0; every != null && i < MOST_REPEATS; i++) {
            OffsetDateTime from = latest;
            OffsetDateTime next = beforeEnd(() -> wholeSecond(after(from, every)));
            if (next == null || !next.isAfter(latest) || !hasCome(next)) {
                break;
            }
            latest = next;
        }
        return List.of(latest);
    }

    private boolean hasCome(OffsetDateTime moment) {
        if (!wholeSecond(moment).toInstant().isAfter(now.toInstant())) {
            return true;
        }
        upcoming.add(wholeSecond(moment));
        return false;
    }

    /** Moments are brought up to whole seconds, so that whoever sets a timer by them comes neither early nor late. */
    private static OffsetDateTime wholeSecond(OffsetDateTime moment) {
        return moment.getNano() == 0
                ? moment
                : moment.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    }

    /** A moment; null when it lies beyond the calendar, whose end is then the next moment to come. */
    public @Nullable OffsetDateTime beforeEnd(Supplier<@Nullable OffsetDateTime> moment) {
        try {
            return moment.get();
        } catch (CalendarEndedException e) {
            OffsetDateTime end =
                    e.last().plusYears(1).atDay(1).atStartOfDay(now.getZone()).toOffsetDateTime();
            if (e.date().getYear() < e.first().getValue() || !end.toInstant().isAfter(now.toInstant())) {
                throw e;
            }
            upcoming.add(end);
            return null;
        }
    }
}
