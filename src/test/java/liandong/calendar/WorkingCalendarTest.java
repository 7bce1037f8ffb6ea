package liandong.calendar;

import static java.util.Objects.requireNonNull;
import static liandong.calendar.Calendars.AUTUMN_2026;
import static liandong.calendar.Calendars.HANGZHOU;
import static liandong.calendar.Calendars.NIGHT_OFFICE;
import static liandong.calendar.Calendars.OFFICE_HOURS;
import static liandong.calendar.Calendars.SHANGHAI;
import static liandong.calendar.Calendars.at;
import static liandong.calendar.Calendars.shift;
import static liandong.calendar.Calendars.weekdays;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import liandong.calendar.WorkingCalendar.DayType;
import liandong.calendar.WorkingCalendar.Shift;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkingCalendarTest {
    @ParameterizedTest
    @CsvSource({
        "2026-09-30T16:00+08:00, 3 小时, 2026-09-30T19:00+08:00",
        "2026-09-30T16:00+08:00, 8 小时, 2026-10-01T00:00+08:00",
        "2026-09-30T16:00+08:00, 0.5 小时, 2026-09-30T16:30+08:00",
        "2026-09-30T16:00+08:00, 0 小时, 2026-09-30T16:00+08:00",
        "2026-09-30T16:00+08:00, 2 天, 2026-10-02T16:00+08:00",
        "2026-09-30T16:00+08:00, 0 天, 2026-09-30T16:00+08:00",
    })
    void clock_hours_and_days_run_through_holidays(String start, String limit, String due) {
        assertThat(due(HANGZHOU, start, limit)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-30T16:00+08:00, 2 小时 07:00~22:00, 2026-09-30T18:00+08:00",
        "2026-09-30T21:00+08:00, 2 小时 07:00~22:00, 2026-10-01T08:00+08:00", // a holiday counts like any day
        "2026-09-30T23:30+08:00, 2 小时 07:00~22:00, 2026-10-01T09:00+08:00",
        "2026-09-30T23:30+08:00, 2 小时 07:00~24:00, 2026-10-01T08:30+08:00",
        "2026-10-01T03:00+08:00, 17 小时 07:00~24:00, 2026-10-02T00:00+08:00",
        "2026-10-01T05:00+08:00, 30 分钟 7:00~22:00, 2026-10-01T07:30+08:00",
        "2026-10-01T05:00+08:00, 16 小时 07:00~22:00, 2026-10-02T08:00+08:00",
        "2026-09-30T23:30+08:00, 2 小时 22:00~06:00, 2026-10-01T01:30+08:00",
        "2026-10-01T05:00+08:00, 2 小时 22:00~06:00, 2026-10-01T23:00+08:00",
    })
    void hours_within_hours_of_the_day_count_on_every_day(String start, String limit, String due) {
        assertThat(due(HANGZHOU, start, limit)).isEqualTo(due);
        Limit read = requireNonNull(Limit.parse(limit));
        ZonedDateTime from = ZonedDateTime.parse(start).withZoneSameInstant(SHANGHAI);
        ZonedDateTime end = HANGZHOU.due(from, read);
        assertThat(HANGZHOU.afterRunning(read, from, HANGZHOU.runs(read, from, end)))
                .isEqualTo(end);
        assertThat(HANGZHOU.unannounced(from, read, end)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-30T16:00+08:00, 5 工作日, 2026-10-13T17:30+08:00", // 10-08, 09, 10 (Saturday made up), 12, 13
        "2026-11-20T16:30+08:00, 7 工作日, 2026-12-01T17:30+08:00", // 11-23 to 27, 30, 12-01
        "2026-09-30T07:00+08:00, 1 工作日, 2026-10-08T17:30+08:00", // counted from the next day, however early
        "2026-10-03T10:00+08:00, 1 工作日, 2026-10-08T17:30+08:00", // starts in the holiday
        "2026-09-19T10:00+08:00, 1 工作日, 2026-09-20T17:30+08:00", // Sunday made up, with Monday's hours
    })
    void working_days_count_from_the_next_day_and_skip_holidays(String start, String limit, String due) {
        assertThat(due(HANGZHOU, start, limit)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-30T07:00+08:00, 2026-09-30T17:30+08:00",
        "2026-09-30T17:30+08:00, 2026-09-30T17:30+08:00",
        "2026-09-30T17:31+08:00, 2026-10-08T17:30+08:00",
        "2026-10-03T10:00+08:00, 2026-10-08T17:30+08:00",
    })
    void no_working_day_is_due_at_the_first_close_of_business_not_before_the_start(String start, String due) {
        assertThat(due(HANGZHOU, start, "0 工作日")).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T16:30+08:00, 4 工作时, 2026-11-23T11:30+08:00", // Friday 1 h, Monday 3 h
        "2026-11-20T16:30+08:00, 5 工作时, 2026-11-23T14:00+08:00", // and over Monday's lunch
        "2026-11-20T12:30+08:00, 0.25 工作时, 2026-11-20T13:45+08:00",
        "2026-11-20T07:00+08:00, 1 工作时, 2026-11-20T09:30+08:00",
        "2026-09-30T17:00+08:00, 8 工作时, 2026-10-08T17:30+08:00",
        "2026-10-09T17:00+08:00, 1 工作时, 2026-10-10T09:00+08:00",
    })
    void working_hours_run_only_while_offices_are_open(String start, String limit, String due) {
        assertThat(due(HANGZHOU, start, limit)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T16:30+08:00, 1 工作时, 2026-11-20T17:30+08:00",
        "2026-11-20T11:00+08:00, 1 工作时, 2026-11-20T12:00+08:00",
        "2026-11-20T17:30+08:00, 7.5 工作时, 2026-11-23T17:30+08:00",
    })
    void working_hours_used_up_at_a_closing_are_due_at_that_closing(String start, String limit, String due) {
        assertThat(due(HANGZHOU, start, limit)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T09:00+08:00, 2026-11-20T09:00+08:00",
        "2026-11-20T12:00+08:00, 2026-11-20T12:00+08:00",
        "2026-11-20T12:01+08:00, 2026-11-20T13:30+08:00",
        "2026-11-20T17:30+08:00, 2026-11-20T17:30+08:00",
        "2026-11-20T17:31+08:00, 2026-11-23T08:30+08:00",
    })
    void no_working_hour_is_due_at_the_start_or_the_next_opening(String start, String due) {
        assertThat(due(HANGZHOU, start, "0 工作时")).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T16:30+08:00, 10 分钟, 2026-11-20T16:40+08:00",
        "2026-11-20T23:55+08:00, 90 分钟, 2026-11-21T01:25+08:00",
        "2026-11-20T16:30+08:00, 0 分钟, 2026-11-20T16:30+08:00",
        "2026-11-20T16:30+08:00, 1 个月, 2026-12-20T16:30+08:00",
        "2026-11-20T16:30+08:00, 14 个月, 2028-01-20T16:30+08:00",
        "2026-11-20T16:30+08:00, 0 个月, 2026-11-20T16:30+08:00",
        "2026-01-28T10:00+08:00, 1 个月, 2026-02-28T10:00+08:00",
        "2026-01-29T10:00+08:00, 1 个月, 2026-03-01T00:00+08:00", // no such day: the end of February
        "2026-01-31T09:00+08:00, 1 个月, 2026-03-01T00:00+08:00",
        "2028-01-29T10:00+08:00, 1 个月, 2028-02-29T10:00+08:00",
    })
    void minutes_elapse_and_months_end_on_the_same_day_else_with_the_month(String start, String limit, String due) {
        assertThat(due(HANGZHOU, start, limit)).isEqualTo(due);
    }

    /** Open from 08:30 to 12:00 and from 22:00 to 06:00 of the next day, Monday to Friday. */
    private static WorkingCalendar nights() {
        var hours = new EnumMap<DayOfWeek, List<Shift>>(DayOfWeek.class);
        for (int day = 1; day <= 5; day++) {
            hours.put(DayOfWeek.of(day), List.of(shift("22:00", "06:00"), shift("08:30", "12:00")));
        }
        return new WorkingCalendar(
                SHANGHAI,
                hours,
                Map.of(LocalDate.parse("2026-11-25"), WorkingCalendar.DayType.OFF),
                Year.of(2026),
                Year.of(2026));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T21:00+08:00, 1 工作时, 2026-11-23T23:00+08:00",
        "2026-11-23T23:00+08:00, 3 工作时, 2026-11-24T02:00+08:00", // on over midnight
        "2026-11-24T03:00+08:00, 3 工作时, 2026-11-24T06:00+08:00", // begins in the night of the day before
        "2026-11-24T03:00+08:00, 4 工作时, 2026-11-24T09:30+08:00",
        "2026-11-24T23:00+08:00, 8 工作时, 2026-11-26T09:30+08:00", // the 25th is off, but not its early morning
        "2026-11-28T05:00+08:00, 1 工作时, 2026-11-28T06:00+08:00", // the end of Friday's night
        "2026-11-23T10:00+08:00, 0 工作日, 2026-11-24T06:00+08:00",
        "2026-11-24T03:00+08:00, 0 工作日, 2026-11-24T06:00+08:00",
        "2026-11-24T07:00+08:00, 0 工作日, 2026-11-25T06:00+08:00",
        "2026-11-23T10:00+08:00, 1 工作日, 2026-11-25T06:00+08:00",
        "2026-11-24T03:00+08:00, 1 工作日, 2026-11-27T06:00+08:00", // the day after the start is the 25th, which is off
        "2026-01-01T03:00+08:00, 1 工作时, 2026-01-01T09:30+08:00", // 2025 is not covered, and not asked
    })
    void a_shift_past_midnight_belongs_to_the_day_on_which_it_opens(String start, String limit, String due) {
        assertThat(due(nights(), start, limit)).isEqualTo(due);
    }

    @Test
    void open_time_over_midnight_counts_once() {
        ZonedDateTime from = ZonedDateTime.parse("2026-11-23T23:00+08:00");

        assertThat(nights().openBetween(from, from.plusHours(5))).isEqualTo(Duration.ofHours(5));
        assertThat(nights().openBetween(from.plusHours(2), from.plusHours(12)))
                .isEqualTo(Duration.ofHours(5).plusMinutes(150));
    }

    @Test
    void a_night_that_runs_into_the_next_days_hours_is_refused_whichever_day_follows() {
        var hours = Map.of(
                DayOfWeek.MONDAY,
                List.of(shift("22:00", "09:00")),
                DayOfWeek.THURSDAY,
                List.of(shift("08:30", "12:00")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkingCalendar(SHANGHAI, hours, Map.of(), Year.of(2026), Year.of(2026)))
                .withMessage("Shifts of days that may follow each other overlap: Shift[opens=22:00, closes=09:00]"
                        + " and Shift[opens=08:30, closes=12:00]");
    }

    @Test
    void the_start_may_be_in_any_zone_and_the_result_is_in_the_calendars() {
        assertThat(due(HANGZHOU, "2026-11-19T17:00Z", "1 工作日")) // already 01:00 on the 20th in Hangzhou
                .isEqualTo("2026-11-23T17:30+08:00");
        assertThat(HANGZHOU.zone()).isEqualTo(SHANGHAI);
    }

    @Test
    void a_make_up_day_keeps_its_own_hours_or_takes_the_first_weekdays() {
        var hours = new HashMap<>(weekdays(OFFICE_HOURS));
        hours.put(DayOfWeek.MONDAY, List.of());
        hours.put(DayOfWeek.TUESDAY, List.of(shift("09:00", "16:00")));
        hours.put(DayOfWeek.SATURDAY, List.of(shift("10:00", "11:00")));
        var calendar = new WorkingCalendar(SHANGHAI, hours, AUTUMN_2026, Year.of(2026), Year.of(2026));

        assertThat(due(calendar, "2026-09-19T12:00+08:00", "1 工作日")).isEqualTo("2026-09-20T16:00+08:00");
        assertThat(due(calendar, "2026-10-09T12:00+08:00", "1 工作日")).isEqualTo("2026-10-10T11:00+08:00");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-30, true",
        "2026-10-01, false", // Thursday, National Day
        "2026-10-10, true", // Saturday, made up
        "2026-10-11, false", // Sunday
    })
    void a_working_day_is_an_ordinary_weekday_or_one_made_up(LocalDate date, boolean working) {
        assertThat(HANGZHOU.isWorkingDay(date)).isEqualTo(working);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-07T02:30-05:00, 1 天, 2026-03-08T03:00-04:00", // 02:30 does not exist
        "2026-03-07T12:00-05:00, 1 天, 2026-03-08T12:00-04:00", // 23 hours later
        "2026-03-07T12:00-05:00, 24 小时, 2026-03-08T13:00-04:00",
        "2026-10-31T01:30-04:00, 1 天, 2026-11-01T01:30-04:00", // 01:30 comes twice: the first
        "2026-11-01T01:30-05:00, 0 天, 2026-11-01T01:30-05:00", // but never before the start
        "2026-11-01T01:30-04:00, 1 小时, 2026-11-01T01:30-05:00",
    })
    void days_keep_the_time_of_day_and_hours_elapse_when_the_clocks_change(String start, String limit, String due) {
        assertThat(due(NIGHT_OFFICE, start, limit)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-08T00:30-05:00, 1.5 工作时, 2026-03-08T03:00-04:00", // the shift 02:30 to 03:00 is skipped
        "2026-03-08T00:30-05:00, 2 工作时, 2026-03-08T04:30-04:00",
        "2026-11-01T00:30-04:00, 3 工作时, 2026-11-01T02:30-05:00", // 00:30 to 02:30 lasts three hours
        "2026-11-01T01:45-05:00, 0 工作日, 2026-11-01T06:00-05:00",
    })
    void a_shift_is_as_long_as_it_lasts_when_the_clocks_change(String start, String limit, String due) {
        assertThat(due(NIGHT_OFFICE, start, limit)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-31T16:00+08:00, 1 工作日, 2027-01-01",
        "2026-12-31T17:31+08:00, 0 工作日, 2027-01-01",
        "2026-12-31T17:31+08:00, 0 工作时, 2027-01-01",
        "2026-12-31T16:30+08:00, 1.01 工作时, 2027-01-01",
        "2026-01-05T09:00+08:00, 10000 工作日, 2027-01-01",
        "2027-03-01T09:00+08:00, 1 工作时, 2027-03-01",
        "2025-12-31T09:00+08:00, 1 工作时, 2025-12-31",
        "2025-12-30T09:00+08:00, 1 工作日, 2025-12-31",
    })
    void working_time_outside_the_covered_years_is_an_error_never_a_guess(String start, String limit, LocalDate date) {
        assertThatExceptionOfType(CalendarEndedException.class)
                .isThrownBy(() -> due(HANGZHOU, start, limit))
                .withMessage("The working calendar covers 2026 to 2026, not " + date)
                .satisfies(ended -> {
                    assertThat(ended.date()).isEqualTo(date);
                    assertThat(ended.first()).isEqualTo(Year.of(2026));
                    assertThat(ended.last()).isEqualTo(Year.of(2026));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-12-31", "2027-01-01"})
    void whether_a_date_outside_the_covered_years_is_worked_is_not_known(LocalDate date) {
        assertThatExceptionOfType(CalendarEndedException.class).isThrownBy(() -> HANGZHOU.isWorkingDay(date));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-31T16:30+08:00, 1 工作时, 2026-12-31T17:30+08:00",
        "2026-12-30T16:30+08:00, 1 工作日, 2026-12-31T17:30+08:00",
        "2025-12-31T16:30+08:00, 1 工作日, 2026-01-01T17:30+08:00", // the start's own day is not counted
        "2026-12-31T16:30+08:00, 2 小时, 2026-12-31T18:30+08:00",
        "2031-01-01T00:00+08:00, 10000 天, 2058-05-19T00:00+08:00",
        "1999-12-31T23:00+08:00, 2 小时, 2000-01-01T01:00+08:00",
    })
    void only_the_dates_that_have_to_be_known_must_be_covered(String start, String limit, String due) {
        assertThat(due(HANGZHOU, start, limit)).isEqualTo(due);
    }

    @Test
    void a_calendar_without_any_office_hours_is_refused() {
        for (var hours : List.of(Map.<DayOfWeek, List<Shift>>of(), Map.of(DayOfWeek.MONDAY, List.<Shift>of()))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new WorkingCalendar(SHANGHAI, hours, Map.of(), Year.of(2026), Year.of(2026)))
                    .withMessage("No weekday has office hours");
        }
    }

    @Test
    void shifts_that_overlap_are_refused() {
        var hours = Map.of(DayOfWeek.MONDAY, List.of(shift("11:00", "17:30"), shift("08:30", "12:00")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkingCalendar(SHANGHAI, hours, Map.of(), Year.of(2026), Year.of(2026)))
                .withMessage("Shifts of MONDAY overlap: Shift[opens=08:30, closes=12:00]"
                        + " and Shift[opens=11:00, closes=17:30]");
    }

    @ParameterizedTest
    @CsvSource({"17:30, 08:30", "12:00, 12:00", "08:30, 05:30", "20:00, 08:01"})
    void a_shift_that_does_not_close_after_it_opens_is_refused(String opens, String closes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shift(opens, closes))
                .withMessage("A shift opens at " + opens + " but closes at " + closes);
    }

    @Test
    void years_in_reverse_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new WorkingCalendar(SHANGHAI, weekdays(OFFICE_HOURS), Map.of(), Year.of(2027), Year.of(2026)))
                .withMessage("The calendar begins with 2027 but ends with 2026");
    }

    @Test
    void a_calendar_does_not_change_with_what_it_was_built_from() {
        var shifts = new ArrayList<>(OFFICE_HOURS);
        var exceptions = new HashMap<LocalDate, DayType>();
        var calendar = new WorkingCalendar(SHANGHAI, weekdays(shifts), exceptions, Year.of(2026), Year.of(2026));

        shifts.clear();
        exceptions.put(LocalDate.parse("2026-11-23"), DayType.OFF);

        assertThat(due(calendar, "2026-11-20T16:30+08:00", "1 工作日")).isEqualTo("2026-11-23T17:30+08:00");
    }

    private static String due(WorkingCalendar calendar, String start, String limit) {
        return calendar.due(at(start), requireNonNull(Limit.parse(limit)))
                .toOffsetDateTime()
                .toString();
    }
}
