package liandong.console;

import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import liandong.calendar.CalendarEndedException;
import liandong.calendar.WorkingCalendar;
import liandong.calendar.WorkingCalendar.Shift;
import liandong.explain.Story.Span;
import org.jspecify.annotations.Nullable;

/**
 * Stages on a line of time, as a picture draws them: days across, what is closed in grey, each stage a bar below.
 *
 * @param width of the picture, in its own units, as all that follows
 * @param height of the picture
 * @param days across the top
 * @param closed when offices are closed
 * @param bars the stages
 * @param nights whether nights are drawn; over many days only whole days are
 * @param ended whether the calendar does not reach to the end, so that nothing is said of the days after it
 */
record TimeLine(
        int width, int height, List<Day> days, List<Stretch> closed, List<Bar> bars, boolean nights, boolean ended) {
    private static final int WIDTH = 960;
    private static final int LEFT = 130;
    private static final int RIGHT = 40;
    private static final int TOP = 44;
    private static final int ROW = 30;
    private static final int NAMED_EVERY = 46;
    private static final int MOST_DAYS_WITH_NIGHTS = 8;
    private static final int MOST_DAYS = 400;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("MM-dd HH:mm");

    /**
     * A day.
     *
     * @param x where it begins
     * @param date as it is named; empty where there is no room
     * @param weekday of that
     * @param off whether offices are closed all day
     */
    record Day(int x, String date, String weekday, boolean off) {}

    /** Something closed, from one place to another. */
    record Stretch(int x, int width) {}

    /**
     * A stage.
     *
     * @param name what is done in it
     * @param limit how long it may take
     * @param x where it begins
     * @param width up to where it is due
     * @param y its row
     * @param due when it is due, to the minute
     * @param dueX where that is written
     * @param before whether it is written before that place, as there is no room after it
     * @param row the row by which it is
     * @param provisional whether its due time may still move
     */
    record Bar(
            String name,
            String limit,
            int x,
            int width,
            int y,
            String due,
            int dueX,
            boolean before,
            String row,
            boolean provisional) {}

    /** The line of some stages; null when there are none, or they reach further than anybody draws. */
    static @Nullable TimeLine of(List<Span> spans, WorkingCalendar calendar, Locale locale) {
        if (spans.isEmpty()) {
            return null;
        }
        ZoneId zone = calendar.zone();
        ZonedDateTime first = spans.stream()
                .map(Span::start)
                .min(OffsetDateTime.timeLineOrder())
                .orElseThrow()
                .atZoneSameInstant(zone);
        ZonedDateTime last = spans.stream()
                .map(Span::due)
                .max(OffsetDateTime.timeLineOrder())
                .orElseThrow()
                .atZoneSameInstant(zone);
        ZonedDateTime from = first.toLocalDate().atStartOfDay(zone);
        ZonedDateTime to = last.toLocalDate().plusDays(1).atStartOfDay(zone);
        long count = Duration.between(from, to).toDays();
        if (count > MOST_DAYS) {
            return null;
        }
        var scale = new Scale(from, to);
        boolean nights = count <= MOST_DAYS_WITH_NIGHTS;
        var days = new ArrayList<Day>();
        var closed = new ArrayList<Stretch>();
        boolean ended = false;
        int named = -NAMED_EVERY;
        for (LocalDate day = from.toLocalDate(); day.isBefore(to.toLocalDate()); day = day.plusDays(1)) {
            List<Shift> shifts;
            try {
                shifts = calendar.shiftsOn(day);
            } catch (CalendarEndedException e) {
                ended = true;
                break;
            }
            int x = scale.x(day.atStartOfDay(zone));
            boolean room = x - named >= NAMED_EVERY;
            named = room ? x : named;
            days.add(new Day(
                    x,
                    room ? day.getMonthValue() + "-" + day.getDayOfMonth() : "",
                    room ? weekday(day, locale) : "",
                    shifts.isEmpty()));
            if (shifts.isEmpty()) {
                closed.add(scale.stretch(day.atStartOfDay(zone), day.plusDays(1).atStartOfDay(zone)));
            } else if (nights) {
                closed.addAll(nights(day, shifts, scale, zone));
            }
        }
        var bars = new ArrayList<Bar>();
        for (Span span : spans) {
            int x = scale.x(span.start().atZoneSameInstant(zone));
            int end = scale.x(span.due().atZoneSameInstant(zone));
            boolean before = end > WIDTH - 120;
            bars.add(new Bar(
                    span.name(),
                    span.limit(),
                    x,
                    Math.max(3, end - x),
                    TOP + bars.size() * ROW,
                    MINUTE.format(span.due().atZoneSameInstant(zone)),
                    before ? end - 6 : end + 6,
                    before,
                    span.row(),
                    span.provisional()));
        }
        return new TimeLine(
                WIDTH, TOP + bars.size() * ROW + 8, List.copyOf(days), List.copyOf(closed), bars, nights, ended);
    }

    private static String weekday(LocalDate day, Locale locale) {
        return DateTimeFormatter.ofPattern("EEE", locale).format(day);
    }

    private static List<Stretch> nights(LocalDate day, List<Shift> shifts, Scale scale, ZoneId zone) {
        var closed = new ArrayList<Stretch>();
        ZonedDateTime until = day.atStartOfDay(zone);
        for (Shift shift : shifts) {
            ZonedDateTime opens = day.atTime(shift.opens()).atZone(zone);
            if (opens.isAfter(until)) {
                closed.add(scale.stretch(until, opens));
            }
            LocalDate end = shift.isPastMidnight() ? day.plusDays(1) : day;
            until = end.atTime(shift.closes()).atZone(zone);
        }
        ZonedDateTime midnight = day.plusDays(1).atStartOfDay(zone);
        if (until.isBefore(midnight)) {
            closed.add(scale.stretch(until, midnight));
        }
        return closed;
    }

    private record Scale(ZonedDateTime from, ZonedDateTime to) {
        int x(ZonedDateTime moment) {
            double part = (double) Duration.between(from, moment).toSeconds()
                    / Duration.between(from, to).toSeconds();
            return LEFT + (int) Math.round(part * (WIDTH - LEFT - RIGHT));
        }

        Stretch stretch(ZonedDateTime begin, ZonedDateTime end) {
            return new Stretch(x(begin), Math.max(1, x(end) - x(begin)));
        }
    }
}
