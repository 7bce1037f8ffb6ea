package liandong.routing;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import liandong.calendar.CalendarEndedException;
import liandong.calendar.Limit;
import liandong.calendar.WorkingCalendar;

/** How long limits last at most by the clock on the wall: four working hours that begin on a Friday night last until Monday. */
final class WorstCase {
    /** Days enough for a weekend to be among them. */
    private static final int DAYS = 8;

    /** When a report may come in: as offices open, and when they are closed. */
    private static final List<LocalTime> TIMES = List.of(LocalTime.of(9, 0), LocalTime.of(18, 0), LocalTime.of(23, 30));

    private final WorkingCalendar calendar;
    private final List<ZonedDateTime> starts;
    private final Map<Limit, Longest> known = new HashMap<>();

    WorstCase(WorkingCalendar calendar, LocalDate today) {
        this.calendar = calendar;
        this.starts = starts(today, calendar.zone());
    }

    /**
     * The longest that a limit lasts.
     *
     * @param from when it begins
     * @param length how long it lasts then; zero beyond the calendar
     */
    record Longest(ZonedDateTime from, Duration length) {}

    /** Moments of some days at which limits may begin. */
    static List<ZonedDateTime> starts(LocalDate today, ZoneId zone) {
        var starts = new ArrayList<ZonedDateTime>();
        for (int day = 0; day < DAYS; day++) {
            LocalDate on = today.plusDays(day);
            TIMES.forEach(time -> starts.add(on.atTime(time).atZone(zone)));
        }
        return List.copyOf(starts);
    }

    Longest of(Limit limit) {
        return known.computeIfAbsent(limit, this::longest);
    }

    private Longest longest(Limit limit) {
        var longest = new Longest(starts.get(0), Duration.ZERO);
        for (ZonedDateTime start : starts) {
            try {
                Duration length = Duration.between(start, calendar.due(start, limit));
                longest = length.compareTo(longest.length()) > 0 ? new Longest(start, length) : longest;
            } catch (CalendarEndedException e) {
                return longest;
            }
        }
        return longest;
    }
}
