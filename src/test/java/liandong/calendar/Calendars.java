package liandong.calendar;

import static liandong.calendar.WorkingCalendar.DayType.OFF;
import static liandong.calendar.WorkingCalendar.DayType.WORK;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import liandong.calendar.WorkingCalendar.DayType;
import liandong.calendar.WorkingCalendar.Shift;

/** The calendars that the tests of this package share. */
final class Calendars {
    static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    static final List<Shift> OFFICE_HOURS = List.of(shift("08:30", "12:00"), shift("13:30", "17:30"));

    /** Source: 《国务院办公厅关于2026年部分节假日安排的通知》, the autumn of which the examples need. */
    static final Map<LocalDate, DayType> AUTUMN_2026 = exceptions(
            List.of(
                    "2026-09-25",
                    "2026-09-26",
                    "2026-09-27",
                    "2026-10-01",
                    "2026-10-02",
                    "2026-10-03",
                    "2026-10-04",
                    "2026-10-05",
                    "2026-10-06",
                    "2026-10-07"),
            List.of("2026-09-20", "2026-10-10"));

    static final WorkingCalendar HANGZHOU =
            new WorkingCalendar(SHANGHAI, weekdays(OFFICE_HOURS), AUTUMN_2026, Year.of(2026), Year.of(2026));

    /** Open in the small hours too, when New York puts its clocks forward and back. */
    static final WorkingCalendar NIGHT_OFFICE =
            new WorkingCalendar(NEW_YORK, everyNight(), Map.of(), Year.of(2026), Year.of(2026));

    private Calendars() {}

    static Shift shift(String opens, String closes) {
        return new Shift(LocalTime.parse(opens), LocalTime.parse(closes));
    }

    static Map<DayOfWeek, List<Shift>> weekdays(List<Shift> shifts) {
        var hours = new EnumMap<DayOfWeek, List<Shift>>(DayOfWeek.class);
        for (int day = 1; day <= 5; day++) {
            hours.put(DayOfWeek.of(day), shifts);
        }
        return hours;
    }

    static ZonedDateTime at(String time) {
        return ZonedDateTime.parse(time);
    }

    private static Map<DayOfWeek, List<Shift>> everyNight() {
        var hours = weekdays(List.of(shift("00:30", "02:30"), shift("02:30", "03:00"), shift("09:00", "17:00")));
        hours.put(DayOfWeek.SUNDAY, List.of(shift("00:30", "02:30"), shift("02:30", "03:00"), shift("04:00", "06:00")));
        return hours;
    }

    private static Map<LocalDate, DayType> exceptions(List<String> off, List<String> work) {
        var exceptions = new HashMap<LocalDate, DayType>();
        off.forEach(date -> exceptions.put(LocalDate.parse(date), OFF));
        work.forEach(date -> exceptions.put(LocalDate.parse(date), WORK));
        return exceptions;
    }
}
