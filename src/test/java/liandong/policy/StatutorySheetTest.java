package liandong.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.Locale;
import liandong.calendar.WorkingCalendar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sheets of a calendar that say which days are off by law and which years have been announced. */
class StatutorySheetTest {
    private static final String[] OF_2026 = {
        "2026-01-01", "2026-02-16", "2026-04-05", "2026-05-01", "2026-06-19", "2026-09-25", "2026-10-01"
    };

    private static TinyPolicy law() {
        return TinyPolicy.withOneRule()
                .sheet("calendar.xlsx", "节假日", new String[] {"年度 Year", "日期 Date", "名称 Name", "类型 Type"})
                .byLaw();
    }

    private static List<String> notes(TinyPolicy policy, Locale locale) {
        return policy.load().notes().stream()
                .map(note -> note.line(locale))
                .filter(line -> line.startsWith("calendar.xlsx"))
                .toList();
    }

    @Test
    void a_year_all_of_whose_holidays_are_there_is_announced_and_others_go_by_law() {
        var policy = law().announced(2026, OF_2026);

        WorkingCalendar calendar = policy.load().calendar();

        assertThat(calendar.isAnnounced(Year.of(2026))).isTrue();
        assertThat(calendar.isAnnounced(Year.of(2027))).isFalse();
        assertThat(calendar.isWorkingDay(LocalDate.of(2026, 10, 2)))
                .as("as announced")
                .isTrue();
        assertThat(calendar.isWorkingDay(LocalDate.of(2027, 10, 1))).isFalse();
        assertThat(calendar.isWorkingDay(LocalDate.of(2025, 10, 1))).isFalse();
        assertThat(notes(policy, Locale.ENGLISH)).isEmpty();
    }

    @Test
    void a_calendar_may_have_nothing_but_the_law() {
        WorkingCalendar calendar = law().load().calendar();

        assertThat(calendar.isWorkingDay(LocalDate.of(2026, 10, 1))).isFalse();
        assertThat(calendar.isAnnounced(Year.of(2026))).isFalse();
    }

    @Test
    void a_year_with_one_row_is_told_of_does_not_count_as_announced_and_keeps_its_row() {
        var policy = law().announced(2026, OF_2026).row("calendar.xlsx", "节假日", "2027", "2027-01-04", "元旦", "休");

        assertThat(notes(policy, Locale.ENGLISH))
                .containsExactly("calendar.xlsx 节假日!A10: INCOMPLETE_YEAR: The arrangement of 2027 is not whole: it says"
                        + " nothing about 春节、清明节、劳动节、端午节、中秋节、国庆节. Add the missing rows. Until then the year counts as"
                        + " not announced: with the sheet 法定假日 its due times are provisional, without it the calendar ends"
                        + " before it.");
        assertThat(notes(policy, Locale.CHINESE))
                .containsExactly("calendar.xlsx 节假日!A10: INCOMPLETE_YEAR: 2027 年度的放假安排不齐：没有春节、清明节、劳动节、端午节、中秋节、国庆节。"
                        + " 请补齐缺少的各行。补齐之前，该年度按尚未公布处理：有“法定假日”表的，跨入该年度的到期时间为暂定；没有该表的，日历到上一年度为止。");
        WorkingCalendar calendar = policy.load().calendar();
        assertThat(calendar.isAnnounced(Year.of(2027))).isFalse();
        assertThat(calendar.isWorkingDay(LocalDate.of(2027, 1, 4))).isFalse();
    }

    @Test
    void holidays_count_as_there_under_a_shorter_name_a_common_name_or_none() {
        var policy = law().row("calendar.xlsx", "节假日", "2026", "2026-01-01", "", "休")
                .row("calendar.xlsx", "节假日", "2026", "2026-02-17", "新春", "休") // the second day of four
                .row("calendar.xlsx", "节假日", "2026", "2026-04-05", "清明", "休")
                .row("calendar.xlsx", "节假日", "2026", "2026-05-01", "“五一”国际劳动节", "休")
                .row("calendar.xlsx", "节假日", "2026", "2026-06-19", "端午", "休")
                .row("calendar.xlsx", "节假日", "2026", "2026-10-01", "国庆节、中秋节", "休");

        assertThat(notes(policy, Locale.ENGLISH)).isEmpty();
        assertThat(policy.load().calendar().isAnnounced(Year.of(2026))).isTrue();
    }

    @Test
    void a_make_up_day_alone_announces_no_holiday() {
        var policy = law().row("calendar.xlsx", "节假日", "2026", "2026-10-10", "国庆节", "班");

        assertThat(notes(policy, Locale.ENGLISH)).singleElement().asString().contains("国庆节");
    }

    @Test
    void years_between_announced_ones_go_by_law_unless_it_was_not_in_force() {
        String[] of2029 = {
            "2029-01-01", "2029-02-12", "2029-04-04", "2029-05-01", "2029-06-16", "2029-09-22", "2029-10-01"
        };
        assertThat(law().announced(2026, OF_2026)
                        .announced(2029, of2029)
                        .load()
                        .calendar()
                        .isWorkingDay(LocalDate.of(2028, 10, 2)))
                .isFalse();
        assertThat(law().row("calendar.xlsx", "节假日", "2020", "2020-10-01", "国庆节", "休")
                        .announced(2026, OF_2026)
                        .lines())
                .containsExactly(
                        "calendar.xlsx: YEARS_MISSING: Between 2020 and 2026 the calendar lacks whole years: 2021、2022、2023、2024."
                                + " Add the arrangement of these years to the sheet 节假日.");
    }

    @Test
    void a_holiday_by_law_that_stands_twice_is_told_unless_the_law_has_changed_it() {
        var twice = law().announced(2026, OF_2026)
                .row("calendar.xlsx", "法定假日", "H-8", "劳动节", "公历", "5", "1", "3", "办法", "推定", "2025-01-01");
        var changed = law().announced(2026, OF_2026)
                .row("calendar.xlsx", "法定假日", "H-8", "劳动节", "公历", "5", "1", "3", "办法", "推定", "2027-01-01");

        assertThat(notes(twice, Locale.CHINESE))
                .containsExactly("calendar.xlsx 法定假日!B10: REPEATED_DATE: 劳动节 在第 6 行已有。 请删去其中一行。");
        assertThat(notes(changed, Locale.CHINESE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-12-19", "2027-01-16", "2026-12-01", "2028-01-01"})
    void a_date_of_another_year_is_an_error_at_its_cell(String date) {
        var policy = law().announced(2026, OF_2026).row("calendar.xlsx", "节假日", yearBefore(date), date, "元旦", "休");

        assertThat(policy.problems())
                .extracting(problem -> problem.code() + " " + problem.at())
                .contains("DATE_OF_ANOTHER_YEAR calendar.xlsx 节假日!B10");
    }

    /** The year under which a date cannot be. */
    private static String yearBefore(String date) {
        return switch (date) {
            case "2025-12-19", "2027-01-16" -> "2026";
            case "2026-12-01" -> "2027";
            default -> "2030";
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-12-20", "2025-12-31", "2027-01-15"})
    void the_days_about_the_turn_of_the_year_belong_to_either(String date) {
        var policy = law().announced(2026, OF_2026).row("calendar.xlsx", "节假日", "2026", date, "元旦", "班");

        assertThat(policy.problems()).isEmpty();
    }

    @Test
    void a_holiday_on_a_day_that_does_not_exist_is_an_error_at_its_day() {
        var policy = law().cell("calendar.xlsx 法定假日!E5", "清明节");

        assertThat(policy.lines(Locale.ENGLISH))
                .containsExactly("calendar.xlsx 法定假日!E5: NO_SUCH_HOLIDAY: There is no such day for \"清明节\": 节气  清明节, 1"
                        + " days. 公历 and 农历 take a month and a day of it, or 除夕 as the day; 节气 takes the name of a solar term"
                        + " and no month; a holiday lasts 1 to 15 days.");
    }

    @Test
    void without_the_law_a_policy_of_format_3_covers_whole_years_only_and_one_of_format_2_all_it_has_rows_of() {
        TinyPolicy third = partOf2027().ofFormat3();
        assertThat(third.load().calendar().lastYear()).isEqualTo(Year.of(2026));
        assertThat(notes(third, Locale.ENGLISH)).singleElement().asString().contains("INCOMPLETE_YEAR");

        TinyPolicy second = partOf2027().raw("vocabulary.xlsx", "说明", new String[] {"政策格式 Policy format", "2"});
        assertThat(second.load().calendar().lastYear()).isEqualTo(Year.of(2027));
        assertThat(notes(second, Locale.ENGLISH)).singleElement().asString().contains("INCOMPLETE_YEAR");
    }

    private static TinyPolicy partOf2027() {
        return TinyPolicy.withOneRule()
                .sheet("calendar.xlsx", "节假日", new String[] {"年度 Year", "日期 Date", "名称 Name", "类型 Type"})
                .announced(2026, OF_2026)
                .row("calendar.xlsx", "节假日", "2027", "2027-01-01", "元旦", "休");
    }
}
