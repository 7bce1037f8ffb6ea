package liandong.calendar;

import static liandong.calendar.Calendars.OFFICE_HOURS;
import static liandong.calendar.Calendars.SHANGHAI;
import static liandong.calendar.Calendars.at;
import static liandong.calendar.Calendars.weekdays;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liandong.calendar.StatutoryHolidays.Holiday;
import liandong.calendar.StatutoryHolidays.Reckoning;
import liandong.calendar.WorkingCalendar.DayType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatutoryHolidaysTest {
    private static final LocalDate IN_FORCE = LocalDate.of(2025, 1, 1);

    /** 全国年节及纪念日放假办法, as revised on 10 November 2024. */
    static final StatutoryHolidays LAW = new StatutoryHolidays(List.of(
            holiday("元旦", Reckoning.SOLAR, 1, "1", 1),
            holiday("春节", Reckoning.LUNAR, 12, "除夕", 4),
            holiday("清明节", Reckoning.SOLAR_TERM, null, "清明", 1),
            holiday("劳动节", Reckoning.SOLAR, 5, "1", 2),
            holiday("端午节", Reckoning.LUNAR, 5, "5", 1),
            holiday("中秋节", Reckoning.LUNAR, 8, "15", 1),
            holiday("国庆节", Reckoning.SOLAR, 10, "1", 3)));

    private static final WorkingCalendar BY_LAW =
            new WorkingCalendar(SHANGHAI, weekdays(OFFICE_HOURS), Map.of(), new TreeSet<>(), LAW);

    private static Holiday holiday(String name, Reckoning by, @Nullable Integer month, String day, int days) {
        return new Holiday(name, by, month, day, days, IN_FORCE);
    }

    /** What the State Council announced for 2025 and 2026: the days off, weekends among them. */
    private static final List<String> ANNOUNCED = List.of(
            "2025-01-01/2025-01-01",
            "2025-01-28/2025-02-04",
            "2025-04-04/2025-04-06",
            "2025-05-01/2025-05-05",
            "2025-05-31/2025-06-02",
            "2025-10-01/2025-10-08",
            "2026-01-01/2026-01-03",
            "2026-02-15/2026-02-23",
            "2026-04-04/2026-04-06",
            "2026-05-01/2026-05-05",
            "2026-06-19/2026-06-21",
            "2026-09-25/2026-09-27",
            "2026-10-01/2026-10-07");

    @Test
    void every_day_off_by_law_is_off_in_the_arrangements_of_2025_and_2026() {
        List<LocalDate> announced = ANNOUNCED.stream()
                .flatMap(range -> LocalDate.parse(range.substring(0, 10))
                        .datesUntil(LocalDate.parse(range.substring(11)).plusDays(1)))
                .toList();
        List<LocalDate> byLaw = IntStream.of(2025, 2026)
                .boxed()
                .flatMap(year -> LAW.daysOff(year, StatutoryHolidaysTest::weekend).keySet().stream())
                .toList();

        assertThat(announced).containsAll(byLaw);
        assertThat(LAW.in(2025).values().stream().mapToInt(List::size).sum()).isEqualTo(13);
        assertThat(LAW.in(2026).values().stream().mapToInt(List::size).sum()).isEqualTo(13);
    }

    @ParameterizedTest
    @CsvSource({
        "2025, 2025-01-28, 2025-04-04, 2025-05-31, 2025-10-06",
        "2026, 2026-02-16, 2026-04-05, 2026-06-19, 2026-09-25",
        "2027, 2027-02-05, 2027-04-05, 2027-06-09, 2027-09-15",
        "2028, 2028-01-25, 2028-04-04, 2028-05-28, 2028-10-03",
        "2033, 2033-01-30, 2033-04-04, 2033-06-01, 2033-09-08", // whose lunar months after 2033-08 were long disputed
        "2034, 2034-02-18, 2034-04-05, 2034-06-20, 2034-09-27",
        "2100, 2100-02-08, 2100-04-05, 2100-06-12, 2100-09-18",
    })
    void feasts_of_the_moon_and_the_terms_fall_where_almanacs_have_them(
            int year, LocalDate eve, LocalDate qingming, LocalDate dragonBoat, LocalDate midAutumn) {
        Map<String, List<LocalDate>> days = LAW.in(year);

        assertThat(days.get("春节")).hasSize(4).startsWith(eve).endsWith(eve.plusDays(3));
        assertThat(days).containsEntry("清明节", List.of(qingming));
        assertThat(days).containsEntry("端午节", List.of(dragonBoat));
        assertThat(days).containsEntry("中秋节", List.of(midAutumn));
    }

    @Test
    void spring_festival_of_2027_is_off_and_its_weekend_is_made_good_on_the_next_working_days() {
        List<LocalDate> working = LocalDate.of(2027, 2, 1)
                .datesUntil(LocalDate.of(2027, 2, 15))
                .filter(BY_LAW::isWorkingDay)
                .toList();

        // From Friday the 5th to Monday the 8th by law; for Saturday and Sunday Tuesday and Wednesday.
        assertThat(working)
                .containsExactly(
                        LocalDate.of(2027, 2, 1),
                        LocalDate.of(2027, 2, 2),
                        LocalDate.of(2027, 2, 3),
                        LocalDate.of(2027, 2, 4),
                        LocalDate.of(2027, 2, 11),
                        LocalDate.of(2027, 2, 12));
    }

    @Test
    void days_of_the_last_lunar_months_and_the_last_terms_of_a_year_are_found() {
        var law = new StatutoryHolidays(List.of(
                new Holiday("腊八", Reckoning.LUNAR, 12, "8", 1, null),
                new Holiday("冬至", Reckoning.SOLAR_TERM, null, "冬至", 1, null),
                new Holiday("小寒", Reckoning.SOLAR_TERM, null, "小寒", 1, null),
                new Holiday("闰日", Reckoning.SOLAR, 2, "29", 1, null),
                new Holiday("年三十", Reckoning.LUNAR, 12, "30", 1, null)));

        assertThat(law.in(2026))
                .containsEntry("腊八", List.of(LocalDate.of(2026, 1, 26)))
                .containsEntry("冬至", List.of(LocalDate.of(2026, 12, 22)))
                .containsEntry("小寒", List.of(LocalDate.of(2026, 1, 5)))
                .containsEntry("闰日", List.of())
                .containsEntry("年三十", List.of()); // the month had 29 days
        assertThat(law.in(2028)).containsEntry("闰日", List.of(LocalDate.of(2028, 2, 29)));
        assertThat(law.firstYear()).isEqualTo(1901);
    }

    @Test
    void a_law_counts_from_the_day_on_which_it_comes_into_force() {
        assertThat(LAW.firstYear()).isEqualTo(2025);
        assertThat(LAW.in(2024)).allSatisfy((name, days) -> assertThat(days).isEmpty());
        assertThatExceptionOfType(CalendarEndedException.class)
                .isThrownBy(() -> BY_LAW.isWorkingDay(LocalDate.of(2024, 12, 31)));
    }

    @Test
    void every_year_up_to_2200_is_worked_out_and_no_further() {
        assertThat(IntStream.rangeClosed(2025, 2200).mapToObj(LAW::in)).allSatisfy(year -> {
            assertThat(year.values().stream().mapToInt(List::size).sum()).isEqualTo(13);
            assertThat(year.getOrDefault("春节", List.of()).get(1)).isBetween(year(year, 1, 20), year(year, 2, 22));
            assertThat(year.getOrDefault("清明节", List.of()).get(0)).isBetween(year(year, 4, 3), year(year, 4, 6));
        });
        assertThat(BY_LAW.isWorkingDay(LocalDate.of(2200, 12, 31))).isTrue();
        assertThatExceptionOfType(CalendarEndedException.class)
                .isThrownBy(() -> BY_LAW.isWorkingDay(LocalDate.of(2201, 1, 1)))
                .satisfies(e -> assertThat(e.last()).isEqualTo(Year.of(2200)));
    }

    private static LocalDate year(Map<String, List<LocalDate>> of, int month, int day) {
        return LocalDate.of(of.values().iterator().next().get(0).getYear(), month, day);
    }

    @Test
    void what_is_announced_goes_before_the_law_and_what_is_given_of_a_year_before_what_is_worked_out() {
        LocalDate announcedOff = LocalDate.of(2026, 2, 20);
        LocalDate worked = LocalDate.of(2027, 2, 9);
        var calendar = new WorkingCalendar(
                SHANGHAI,
                weekdays(OFFICE_HOURS),
                Map.of(announcedOff, DayType.OFF, worked, DayType.WORK),
                new TreeSet<>(List.of(Year.of(2026))),
                LAW);

        assertThat(calendar.isWorkingDay(LocalDate.of(2026, 2, 17)))
                .as("an announced year is as announced")
                .isTrue();
        assertThat(calendar.isWorkingDay(announcedOff)).isFalse();
        assertThat(calendar.isWorkingDay(worked)).isTrue();
        assertThat(calendar.isWorkingDay(LocalDate.of(2027, 2, 10))).isFalse();
        assertThat(calendar.lastYear()).isEqualTo(Year.of(2026));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-29T10:00+08:00, 1 工作日, 2026-12-30T17:30+08:00, ",
        "2026-12-30T10:00+08:00, 1 工作日, 2026-12-31T17:30+08:00, ",
        "2026-12-31T10:00+08:00, 1 工作日, 2027-01-04T17:30+08:00, 2027",
        "2026-12-31T10:00+08:00, 0 工作日, 2026-12-31T17:30+08:00, ",
        "2026-12-31T16:30+08:00, 1 工作时, 2026-12-31T17:30+08:00, ",
        "2026-12-31T16:30+08:00, 2 工作时, 2027-01-04T09:30+08:00, 2027",
        "2026-12-31T16:30+08:00, 20 天, 2027-01-20T16:30+08:00, ",
        "2026-12-31T16:30+08:00, 48 小时, 2027-01-02T16:30+08:00, ",
        "2027-12-31T16:30+08:00, 1 工作日, 2028-01-04T17:30+08:00, 2028",
        "2027-12-30T16:30+08:00, 2 工作日, 2028-01-04T17:30+08:00, 2027 2028",
    })
    void a_due_time_rests_on_the_years_it_was_counted_through_that_have_not_been_announced(
            String start, String limit, String due, @Nullable String years) {
        var calendar = new WorkingCalendar(
                SHANGHAI, weekdays(OFFICE_HOURS), Map.of(), new TreeSet<>(List.of(Year.of(2026))), LAW);
        Limit parsed = java.util.Objects.requireNonNull(Limit.parse(limit));

        ZonedDateTime counted = calendar.due(at(start), parsed);

        assertThat(counted.toOffsetDateTime()).hasToString(due);
        assertThat(calendar.unannounced(at(start), parsed, counted).stream().map(Year::toString))
                .isEqualTo(years == null ? List.of() : List.of(years.split(" ")));
    }

    @Property
    void a_longer_limit_or_a_later_start_is_never_due_earlier_in_years_by_law(
            @ForAll @IntRange(max = 60 * 24 * 365 * 20) int minutes,
            @ForAll @IntRange(max = 20_000) int later,
            @ForAll LimitClock clock,
            @ForAll @IntRange(max = 40) int some,
            @ForAll @IntRange(max = 10) int more) {
        ZonedDateTime start = at("2026-12-01T00:00+08:00[Asia/Shanghai]").plusMinutes(minutes);
        ZonedDateTime due = BY_LAW.due(start, limit(some, clock));

        assertThat(due).isAfterOrEqualTo(start);
        assertThat(BY_LAW.due(start, limit(some + more, clock))).isAfterOrEqualTo(due);
        assertThat(BY_LAW.due(start.plusMinutes(later), limit(some, clock))).isAfterOrEqualTo(due);
    }

    private static Limit limit(int amount, LimitClock clock) {
        return new Limit(java.math.BigDecimal.valueOf(amount), clock);
    }

    @Test
    void no_law_has_a_holiday_on_a_day_that_does_not_exist() {
        assertThat(Stream.<Runnable>of(
                        () -> holiday("甲", Reckoning.SOLAR, null, "1", 1),
                        () -> holiday("甲", Reckoning.SOLAR, 13, "1", 1),
                        () -> holiday("甲", Reckoning.SOLAR, 2, "30", 1),
                        () -> holiday("甲", Reckoning.SOLAR, 1, "除夕", 1),
                        () -> holiday("甲", Reckoning.LUNAR, 1, "31", 1),
                        () -> holiday("甲", Reckoning.LUNAR, 1, "初一", 1),
                        () -> holiday("甲", Reckoning.LUNAR, 1, "除夕", 1),
                        () -> holiday("甲", Reckoning.SOLAR_TERM, null, "清明节", 1),
                        () -> holiday("甲", Reckoning.SOLAR_TERM, 4, "清明", 1),
                        () -> holiday("甲", Reckoning.SOLAR, 1, "1", 0),
                        () -> holiday("甲", Reckoning.SOLAR, 1, "1", 16)))
                .allSatisfy(each -> assertThatIllegalArgumentException().isThrownBy(each::run));
        assertThatIllegalArgumentException().isThrownBy(() -> new StatutoryHolidays(List.of()));
    }

    private static boolean weekend(LocalDate date) {
        return date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
    }
}
