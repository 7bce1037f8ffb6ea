package liandong.scenario;

import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.calendar.CalendarEndedException;
import liandong.calendar.Limit;
import liandong.calendar.LimitClock;
import liandong.calendar.WorkingCalendar;
import liandong.table.Grammar;
import org.jspecify.annotations.Nullable;

/**
 * When a step of a story is: at a moment, so long after the step before, or when an answer said.
 *
 * @param moment the moment; null when it is reckoned from something
 * @param named the time of an answer that it is reckoned from, e.g. {@code "复核时间"}; empty for the step before
 * @param after how much later; null for not at all
 * @param of the time of day it is then; null for the one that comes of it
 */
record StepTime(
        @Nullable OffsetDateTime moment,
        String named,
        @Nullable Limit after,
        @Nullable LocalTime of) {
    private static final Pattern RELATIVE =
            Pattern.compile("([^+\\d\\s]*)\\s*(?:\\+\\s*(\\S+(?: ?[^\\d\\s:]+)?))?(?:\\s+(\\d{1,2}:\\d{2}))?");

    /** A moment. */
    static StepTime at(OffsetDateTime moment) {
        return new StepTime(moment, "", null, null);
    }

    /** What a cell says that names no moment; null when it is no time of a step at all. */
    static @Nullable StepTime parse(String text) {
        Matcher written = RELATIVE.matcher(Grammar.normalised(text).strip());
        if (!written.matches()) {
            return null;
        }
        String named = written.group(1);
        Limit after =
                written.group(2) == null ? null : Limit.parse(written.group(2).strip());
        boolean said = written.group(2) != null;
        if ((said && after == null) || (named.isEmpty() && !said)) {
            return null;
        }
        LocalTime of = null;
        if (written.group(3) != null) {
            boolean days = after == null || isOfDays(after.clock());
            String clock = written.group(3).length() == 4 ? "0" + written.group(3) : written.group(3);
            if (!days || clock.compareTo("23:59") > 0 || clock.charAt(3) > '5') {
                return null;
            }
            of = LocalTime.parse(clock);
        }
        return new StepTime(null, named, after, of);
    }

    private static boolean isOfDays(LimitClock clock) {
        return clock == LimitClock.DAY || clock == LimitClock.WORKING_DAY || clock == LimitClock.MONTH;
    }

    /**
     * The moment.
     *
     * @param from what it is reckoned from; nothing for a step that names its moment
     * @throws CalendarEndedException if working time is counted beyond the calendar
     */
    OffsetDateTime from(OffsetDateTime from, WorkingCalendar calendar) {
        if (moment != null) {
            return moment;
        }
        ZonedDateTime begin = from.atZoneSameInstant(calendar.zone());
        ZonedDateTime then = begin;
        if (after != null) {
            then = after.clock() == LimitClock.WORKING_DAY
                    ? afterWorkingDays(begin, after.amount().intValueExact(), calendar)
                    : calendar.due(begin, after);
        }
        return (of == null ? then : then.with(of)).toOffsetDateTime();
    }

    /** So many working days later at the same time of day: a story goes on in the morning, not at the close of business. */
    private static ZonedDateTime afterWorkingDays(ZonedDateTime from, int days, WorkingCalendar calendar) {
        ZonedDateTime day = from;
        for (int i = 0; i < days; i++) {
            do {
                day = day.plusDays(1);
            } while (!calendar.isWorkingDay(day.toLocalDate()));
        }
        return day;
    }
}
