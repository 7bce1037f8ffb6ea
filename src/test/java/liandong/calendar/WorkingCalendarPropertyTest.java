package liandong.calendar;

import static liandong.calendar.Calendars.HANGZHOU;
import static liandong.calendar.Calendars.NEW_YORK;
import static liandong.calendar.Calendars.NIGHT_OFFICE;
import static liandong.calendar.Calendars.OFFICE_HOURS;
import static liandong.calendar.Calendars.SHANGHAI;
import static liandong.calendar.Calendars.at;
import static liandong.calendar.LimitClock.WORKING_DAY;
import static liandong.calendar.LimitClock.WORKING_HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class WorkingCalendarPropertyTest {
    @Property
    void nothing_is_due_before_its_start(@ForAll("starts") ZonedDateTime start, @ForAll("limits") Limit limit) {
        assertThat(HANGZHOU.due(start, limit)).isAfterOrEqualTo(start);
    }

    @Property
    void nothing_is_due_before_its_start_when_the_clocks_change(
            @ForAll("clockChanges") ZonedDateTime start, @ForAll("limits") Limit limit) {
        assertThat(NIGHT_OFFICE.due(start, limit)).isAfterOrEqualTo(start);
    }

    @Property
    void a_longer_limit_is_never_due_earlier(
            @ForAll("starts") ZonedDateTime start,
            @ForAll LimitClock clock,
            @ForAll @IntRange(max = 40) int some,
            @ForAll @IntRange(max = 10) int more) {
        assertThat(HANGZHOU.due(start, limit(some + more, clock)))
                .isAfterOrEqualTo(HANGZHOU.due(start, limit(some, clock)));
    }

    @Property
    void a_later_start_is_never_due_earlier(
            @ForAll("starts") ZonedDateTime start,
            @ForAll @IntRange(max = 10_000) int minutes,
            @ForAll("limits") Limit limit) {
        assertThat(HANGZHOU.due(start.plusMinutes(minutes), limit)).isAfterOrEqualTo(HANGZHOU.due(start, limit));
    }

    @Property
    void working_time_ends_within_office_hours_of_a_working_day(
            @ForAll("starts") ZonedDateTime start, @ForAll("limits") Limit limit) {
        if (limit.clock() == WORKING_HOUR || limit.clock() == WORKING_DAY) {
            ZonedDateTime due = HANGZHOU.due(start, limit);

            assertThat(HANGZHOU.isWorkingDay(due.toLocalDate())).isTrue();
            assertThat(isOpen(due.toLocalTime())).isTrue();
        }
    }

    @Property
    void working_hours_add_up(
            @ForAll("starts") ZonedDateTime start,
            @ForAll @BigRange(min = "0.001", max = "90") @Scale(3) BigDecimal some,
            @ForAll @BigRange(min = "0", max = "90") @Scale(3) BigDecimal more) {
        assertThat(HANGZHOU.due(HANGZHOU.due(start, new Limit(some, WORKING_HOUR)), new Limit(more, WORKING_HOUR)))
                .isEqualTo(HANGZHOU.due(start, new Limit(some.add(more), WORKING_HOUR)));
    }

    @Property
    void working_hours_add_up_when_the_clocks_change(
            @ForAll("clockChanges") ZonedDateTime start,
            @ForAll @BigRange(min = "0.001", max = "30") @Scale(3) BigDecimal some,
            @ForAll @BigRange(min = "0", max = "30") @Scale(3) BigDecimal more) {
        ZonedDateTime between = NIGHT_OFFICE.due(start, new Limit(some, WORKING_HOUR));

        assertThat(NIGHT_OFFICE.due(between, new Limit(more, WORKING_HOUR)))
                .isEqualTo(NIGHT_OFFICE.due(start, new Limit(some.add(more), WORKING_HOUR)));
    }

    @Property(tries = 200)
    void working_hours_agree_with_a_count_minute_by_minute(
            @ForAll("starts") ZonedDateTime start, @ForAll @IntRange(min = 1, max = 400) int threeMinutes) {
        ZonedDateTime minute = start;
        for (int left = threeMinutes * 3; left > 0; minute = minute.plusMinutes(1)) {
            boolean worked = HANGZHOU.isWorkingDay(minute.toLocalDate())
                    && isOpen(minute.toLocalTime())
                    && isOpen(minute.toLocalTime().plusMinutes(1));
            left -= worked ? 1 : 0;
        }

        assertThat(HANGZHOU.due(
                        start,
                        new Limit(new BigDecimal("0.05").multiply(BigDecimal.valueOf(threeMinutes)), WORKING_HOUR)))
                .isEqualTo(minute);
    }

    @Property
    void as_many_working_days_lie_after_the_start_as_the_limit_says(
            @ForAll("starts") ZonedDateTime start, @ForAll @IntRange(min = 1, max = 50) int days) {
        ZonedDateTime due = HANGZHOU.due(start, limit(days, WORKING_DAY));
        LocalDate next = start.toLocalDate().plusDays(1);

        assertThat(next.datesUntil(due.toLocalDate().plusDays(1)).filter(HANGZHOU::isWorkingDay))
                .hasSize(days);
        assertThat(due.toLocalTime()).isEqualTo(LocalTime.of(17, 30));
    }

    @Provide
    Arbitrary<ZonedDateTime> starts() {
        return minutesAfter(at("2026-08-15T00:00+08:00[Asia/Shanghai]"), 60 * 24 * 60)
                .map(start -> start.withZoneSameInstant(SHANGHAI));
    }

    @Provide
    Arbitrary<ZonedDateTime> clockChanges() {
        return Arbitraries.oneOf(
                        minutesAfter(at("2026-03-06T00:00-05:00"), 4 * 24 * 60),
                        minutesAfter(at("2026-10-30T00:00-04:00"), 4 * 24 * 60))
                .map(start -> start.withZoneSameInstant(NEW_YORK));
    }

    @Provide
    Arbitrary<Limit> limits() {
        return Arbitraries.of(LimitClock.class)
                .flatMap(clock -> Arbitraries.integers().between(0, 30).map(amount -> limit(amount, clock)));
    }

    private static Arbitrary<ZonedDateTime> minutesAfter(ZonedDateTime begin, int most) {
        return Arbitraries.integers().between(0, most).map(begin::plusMinutes);
    }

    private static Limit limit(int amount, LimitClock clock) {
        return new Limit(BigDecimal.valueOf(amount), clock);
    }

    private static boolean isOpen(LocalTime time) {
        return OFFICE_HOURS.stream().anyMatch(shift -> !time.isBefore(shift.opens()) && !time.isAfter(shift.closes()));
    }
}
