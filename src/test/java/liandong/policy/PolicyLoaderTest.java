package liandong.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import liandong.decision.Decisions;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.table.Facts;
import liandong.table.Workbooks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyLoaderTest {
    private static final String ROUTING = "routing.xlsx";

    @Test
    void a_sound_policy_accounts_for_all_it_has() {
        Policy policy = TinyPolicy.withOneRule().load();

        assertThat(policy.label()).isEqualTo("tiny");
        assertThat(policy.version()).matches("[0-9a-f]{64}");
        assertThat(policy.notes()).isEmpty();
        assertThat(policy.account(TinyPolicy.TODAY)).isEqualTo(new Policy.Account(17, 15, 15, 1));
        assertThat(policy.vocabulary().sets()).containsExactlyElementsOf(Facts.VOCABULARY.sets());
        Facts.VOCABULARY
                .sets()
                .forEach(set -> assertThat(
                                List.<Object>copyOf(policy.vocabulary().all(set)))
                        .isEqualTo(Facts.VOCABULARY.all(set)));
    }

    @Test
    void what_is_only_worth_knowing_is_noted_and_does_no_harm() {
        Policy policy = TinyPolicy.withOneRule()
                .cell("routing.xlsx 分级!B3", "≥１")
                .row(ROUTING, "派单目录")
                .row(ROUTING, "派单目录", "D-4", "其他道路问题", "主办局", "", "部门", "", "三定方案", "已确认")
                .load();

        assertThat(policy.account(TinyPolicy.TODAY)).isEqualTo(new Policy.Account(17, 16, 16, 1));
        assertThat(policy.notes().stream().map(note -> note.line(Locale.CHINESE)))
                .containsExactly(
                        "routing.xlsx 分级!B3: UNUSUAL_CHARACTERS: “≥１”按“≥1”理解。 请改用半角数字和符号。",
                        "routing.xlsx 派单目录!A6: BLANK_GAP: 第 6 行是空行；其下的行仍然有效。 请删去空行。");
    }

    @Test
    void every_fault_of_every_file_is_told_at_once_from_top_to_bottom() {
        var policy = TinyPolicy.withOneRule()
                .row("vocabulary.xlsx", "单位", "SPARE", "备用局", "部们")
                .cell("calendar.xlsx 节假日!B3", "国庆")
                .cell("calendar.xlsx 办公时间!B3", "八点半")
                .cell("routing.xlsx 派单目录!C3", "主办剧")
                .cell("routing.xlsx 派单目录!A4", "S-2")
                .cell("routing.xlsx 阶段时限!E3", "3 个小时")
                .cell("routing.xlsx 说明!B3", "随便")
                .raw(ROUTING, "备忘", new String[] {"记一笔"})
                .rules("""
                        rule "没有编号"
                        @source("测试")
                        when
                            Report()
                        then
                        end
                        """);

        assertThat(policy.lines())
                .containsExactly(
                        "calendar.xlsx 办公时间!B3: READ_AS: \"八点半\" is read as \"08:30\"."
                                + " Write \"08:30\"; if that is not what is meant, correct the cell.",
                        "calendar.xlsx 节假日!B3: NOT_A_DATE: The column \"日期\" wants a date, which \"国庆\" is not."
                                + " Write it as 2027-01-01, with year, month and day.",
                        "routing.xlsx 备忘!A1: UNKNOWN_SHEET: No rule asks for a sheet \"备忘\", so its rows would not count."
                                + " Give it one of these names: "
                                + String.join("、", Decisions.schema().tables().keySet()) + ".",
                        "routing.xlsx 派单目录!C3: MISTYPED_LABEL: There is no \"主办剧\" in the vocabulary (牵头). Is \"主办局\" meant?",
                        "routing.xlsx 派单目录!A4: DUPLICATE_ID: The id \"S-2\" is taken by routing.xlsx 分级!A4."
                                + " Give this row an id that no row has or ever had.",
                        "routing.xlsx 说明!B3: UNKNOWN_HIT_POLICY: There is no hit policy \"随便\". Use one of: 首行命中、全部适用、唯一命中.",
                        "routing.xlsx 转接!A1: MISSING_HIT_POLICY: The sheet 说明 does not say which rows of \"转接\" count."
                                + " Add a line for it below \"工作表 Sheet\", with one of: 首行命中、全部适用、唯一命中.",
                        "routing.xlsx 阶段时限!E3: READ_AS: \"3 个小时\" is read as \"3 小时\"."
                                + " Write \"3 小时\"; if that is not what is meant, correct the cell.",
                        "rules/test.drl:8: BAD_RULE_NAME: The rule \"没有编号\" has no code before its title."
                                + " Name it like \"RTE-040 what happens under which condition\".",
                        "vocabulary.xlsx 单位!C10: MISTYPED_LABEL: There is no \"部们\" in the vocabulary (单位类别). Is \"部门\" meant?");
    }

    @Test
    void a_copy_of_a_sheet_is_told_as_that() {
        for (String name : List.of("派单目录 (2)", "派单目录（副本）", "派单目录 副本", "派单目录_备份1")) {
            var policy = TinyPolicy.withOneRule().raw(ROUTING, name, new String[] {"派单目录"});

            assertThat(policy.lines())
                    .containsExactly("routing.xlsx " + name + "!A1: COPIED_SHEET: The sheet \"" + name
                            + "\" looks like a copy of \"派单目录\"; its rows do not count."
                            + " Delete it, or keep it in a workbook outside the policy.");
            assertThat(policy.problems().get(0).line(Locale.CHINESE))
                    .endsWith("COPIED_SHEET: 工作表“" + name + "”像是“派单目录”的副本，其中的行不会起作用。 请删去，或另存到政策以外的文件里。");
        }
    }

    @Test
    void a_policy_without_files_lacks_each_of_them() {
        var policy = TinyPolicy.complete()
                .noRules()
                .without("vocabulary.xlsx")
                .without("calendar.xlsx")
                .without(ROUTING);

        assertThat(policy.lines())
                .containsExactly(
                        "calendar.xlsx: MISSING_FILE: There is no calendar.xlsx. Put it into the policy folder, or name another folder.",
                        missingTable("派单目录"),
                        missingTable("关键词"),
                        missingTable("转接"),
                        missingTable("分级"),
                        missingTable("阶段时限"),
                        missingTable("分拣门槛"),
                        missingTable("紧急程度"),
                        "rules: MISSING_FILE: There is no rules/*.drl. Put it into the policy folder, or name another folder.",
                        "vocabulary.xlsx: MISSING_FILE: There is no vocabulary.xlsx. Put it into the policy folder, or name another folder.");
    }

    @Test
    void a_vocabulary_that_is_not_there_is_one_fault_and_not_one_at_each_of_its_words() {
        assertThat(TinyPolicy.withOneRule().without("vocabulary.xlsx").lines(Locale.CHINESE))
                .containsExactly("vocabulary.xlsx: MISSING_FILE: 缺少 vocabulary.xlsx。 请放入政策目录，或指定别的目录。");
        assertThat(TinyPolicy.withOneRule().without("vocabulary.xlsx", "单位").lines(Locale.CHINESE))
                .containsExactly(
                        "vocabulary.xlsx: MISSING_SHEET: 缺少工作表“单位”。 请在 vocabulary.xlsx 中添加这张工作表：自格式 1 起每份政策都应有，本政策为格式 1。");
    }

    @Test
    void a_word_whose_row_has_a_fault_is_told_there_only() {
        assertThat(TinyPolicy.withOneRule().cell("vocabulary.xlsx 单位!C3", "局").lines(Locale.CHINESE))
                .containsExactly(
                        "vocabulary.xlsx 单位!C3: UNKNOWN_CHOICE: 这里不能写“局”。 可以写：指挥中心、网格、社区、街道、部门、平台、联席会议、紧急救援、社会单位。");
    }

    @Test
    void an_empty_sheet_does_no_harm_and_a_mistyped_one_is_told_with_its_name() {
        var policy = TinyPolicy.withOneRule().raw(ROUTING, "Sheet1").raw(ROUTING, "派单目彔", new String[] {"派单目录"});

        assertThat(policy.lines(Locale.CHINESE))
                .containsExactly(
                        "routing.xlsx Sheet1!A1: EMPTY_SHEET: 工作表“Sheet1”是空的。 无需处理，也可以删去。",
                        "routing.xlsx 派单目彔!A1: UNKNOWN_SHEET: 没有规则查询工作表“派单目彔”，其中的行不会起作用。 可用的表名：派单目录。");
    }

    private static String missingTable(String name) {
        return "decision-tables: MISSING_SHEET: There is no sheet \"" + name
                + "\". Add a sheet of this name to decision-tables/: every policy has it since format 1, and this one is of"
                + " format 1.";
    }

    @Test
    void a_sheet_that_two_workbooks_lack_is_told_for_both() {
        var policy = TinyPolicy.withOneRule().without("vocabulary.xlsx", "紧急程度").without(ROUTING, "紧急程度");

        assertThat(policy.problems())
                .filteredOn(problem -> problem.code() == Code.MISSING_SHEET)
                .extracting(problem -> problem.line(Locale.CHINESE))
                .containsExactly(
                        "decision-tables: MISSING_SHEET: 缺少工作表“紧急程度”。 请在 decision-tables/ 中添加这张工作表：自格式 1 起每份政策都应有，本政策为格式 1。",
                        "vocabulary.xlsx: MISSING_SHEET: 缺少工作表“紧急程度”。 请在 vocabulary.xlsx 中添加这张工作表：自格式 1 起每份政策都应有，本政策为格式 1。");
    }

    @Test
    void a_workbook_that_cannot_be_read_is_told_and_not_its_sheets() {
        var policy = TinyPolicy.withOneRule()
                .without(ROUTING)
                .file("decision-tables/routing.xlsx", "编号,事项".getBytes(StandardCharsets.UTF_8));

        assertThat(policy.lines())
                .containsExactly("routing.xlsx: TEXT_FILE: This is a text file (UTF-8), not a workbook."
                        + " Open it in a spreadsheet program and save it as an Excel workbook (.xlsx).");
    }

    @Test
    void tables_may_be_spread_over_workbooks_but_none_may_stand_twice() {
        var spread = TinyPolicy.withOneRule()
                .raw("more.xlsx", "说明", new String[] {"工作表", "命中方式"}, new String[] {"转接", "全部适用"})
                .sheet("more.xlsx", "转接", new String[] {"编号", "危及生命", "转接单位", "依据", "状态"}, new String[] {
                    "R-9", "是", "急救专线", "热线办法", "已确认"
                });

        assertThat(spread.lines())
                .containsExactly("routing.xlsx 转接!A1: DUPLICATE_SHEET: A sheet \"转接\" stands in more.xlsx too."
                        + " Put all rows into one of the two.");
        assertThat(spread.without(ROUTING, "转接").problems()).isEmpty();
    }

    @Test
    void a_workbook_that_somebody_copied_is_told_once_and_not_at_each_of_its_sheets() {
        TinyPolicy policy = TinyPolicy.complete();
        var files = new TreeMap<>(policy.files().files());
        files.put(
                "decision-tables/routing - 副本.xlsx", Objects.requireNonNull(files.get("decision-tables/routing.xlsx")));

        var told = new ArrayList<String>();
        try {
            Decisions.policy(new PolicyFiles("copied", files), LocalDate.of(2026, 3, 2));
        } catch (BadPolicyException e) {
            e.problems().forEach(problem -> told.add(problem.line(Locale.ENGLISH)));
        }

        assertThat(told)
                .singleElement(STRING)
                .contains("COPIED_WORKBOOK")
                .contains("routing - 副本.xlsx")
                .contains("派单目录")
                .contains("Keep one of the two workbooks in the folder");
    }

    @Test
    void a_calendar_with_a_year_missing_is_told() {
        var policy = TinyPolicy.withOneRule().row("calendar.xlsx", "节假日", "2024", "2024-10-02", "国庆节", "休");

        assertThat(policy.lines())
                .containsExactly(
                        "calendar.xlsx: YEARS_MISSING: Between 2024 and 2026 the calendar lacks whole years: 2025."
                                + " Add the arrangement of these years to the sheet 节假日.");
    }

    @Test
    void a_weekday_without_office_hours_is_told() {
        var policy = TinyPolicy.withOneRule().byLaw();
        String[][] week = {
            {"星期 Weekday", "上班 Opens", "下班 Closes"},
            {"周一", "08:30", "17:30"},
            {"周二", "08:30", "17:30"},
            {"周四", "08:30", "17:30"},
            {"周五", "08:30", "17:30"},
            {"周六", "09:00", "12:00"}
        };
        policy.sheet("calendar.xlsx", "办公时间", week);

        assertThat(policy.load().notes().stream().map(note -> note.line(Locale.CHINESE)))
                .contains("calendar.xlsx 办公时间!A2: WEEKDAY_WITHOUT_HOURS: 周三没有办公时间：按工作时、工作日计算的时限会跳过这些日子。"
                        + " 请补上各行；这些日子确不办公的，无需处理。");
    }

    private static TinyPolicy ofFormatTwo() {
        return TinyPolicy.withOneRule().raw("vocabulary.xlsx", "说明", new String[] {"政策格式 Policy format", "2"});
    }

    @Test
    void a_policy_of_the_first_format_loads_as_it_did_and_is_told_which_rows_do_not_count() {
        Policy policy = TinyPolicy.withOneRule()
                .row("calendar.xlsx", "时区", "Asia/Urumqi")
                .row("calendar.xlsx", "节假日", "2026", "2026-10-01", "国庆节", "班")
                .load();

        assertThat(policy.calendar().zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
        assertThat(policy.notes().stream().map(problem -> problem.line(Locale.ENGLISH)))
                .containsExactly(
                        "calendar.xlsx 时区!A4: PASSED_OVER_ROW: This row does not count: the sheet \"时区\" has room for"
                                + " one row, and row 3 says \"Asia/Shanghai\" already. Delete one of the two rows; from"
                                + " policy format 2 on this is an error.",
                        "calendar.xlsx 节假日!B4: OVERRULED_DATE: 2026-10-01 is 班 here, but 休 in row 3; this row, the"
                                + " last one, counts. Delete the row that is wrong; from policy format 2 on this is an"
                                + " error.");
    }

    @Test
    void a_second_zone_is_told_at_its_cell_and_not_passed_over() {
        var policy =
                ofFormatTwo().row("calendar.xlsx", "时区", "Asia/Urumqi").row("calendar.xlsx", "时区", "Asia/Shanghai");

        assertThat(policy.lines())
                .containsExactly(
                        "calendar.xlsx 时区!A4: ONLY_ONE_ROW: The sheet \"时区\" has room for one row, and row 3 says"
                                + " \"Asia/Shanghai\" already. Delete one of the two rows. One policy goes by one time zone;"
                                + " bodies in another need a policy of their own.",
                        "calendar.xlsx 时区!A5: ONLY_ONE_ROW: The sheet \"时区\" has room for one row, and row 3 says"
                                + " \"Asia/Shanghai\" already. Delete one of the two rows. One policy goes by one time zone;"
                                + " bodies in another need a policy of their own.");
        assertThat(policy.lines(Locale.CHINESE).get(0))
                .isEqualTo("calendar.xlsx 时区!A4: ONLY_ONE_ROW: 工作表“时区”只能有一行，第 3 行已写明“Asia/Shanghai”。"
                        + " 请删去其中一行。一份政策只用一个时区；其他时区的单位请另立政策。");
    }

    @Test
    void a_zone_in_the_last_of_blank_rows_is_the_only_one() {
        var policy = TinyPolicy.withOneRule()
                .sheet("calendar.xlsx", "时区", new String[] {"时区 Zone"}, new String[] {}, new String[] {"Asia/Urumqi"})
                .load();

        assertThat(policy.calendar().zone()).isEqualTo(ZoneId.of("Asia/Urumqi"));
    }

    @Test
    void office_hours_that_end_before_they_begin_are_told_at_their_end() {
        var policy = TinyPolicy.withOneRule().cell("calendar.xlsx 办公时间!C3", "08:30");

        assertThat(policy.lines())
                .containsExactly(
                        "calendar.xlsx 办公时间!C3: INVERTED_HOURS: Offices close at 08:30, not after they open at 08:30."
                                + " Change one of the times. Hours may run past midnight, for at most 12 hours.");
        assertThat(policy.lines(Locale.CHINESE))
                .containsExactly("calendar.xlsx 办公时间!C3: INVERTED_HOURS: 下班时间 08:30 不晚于上班时间 08:30。"
                        + " 请改其中一个时间。可以跨过午夜，但一班不超过 12 小时。");
    }

    @Test
    void office_hours_past_midnight_are_read_and_told_and_those_that_run_into_a_morning_are_refused() {
        var night = TinyPolicy.withOneRule().row("calendar.xlsx", "办公时间", "周一", "22:00", "06:00");

        assertThat(night.load().notes().stream().map(note -> note.line(Locale.ENGLISH)))
                .containsExactly(
                        "calendar.xlsx 办公时间!C8: HOURS_PAST_MIDNIGHT: 周一 22:00–06:00 is read as a shift that runs past"
                                + " midnight and closes at 06:00 on the next day. If that is not what is meant, change one"
                                + " of the times.");
        assertThat(night.load()
                        .calendar()
                        .openBetween(
                                ZonedDateTime.parse("2026-03-02T00:00+08:00[Asia/Shanghai]"),
                                ZonedDateTime.parse("2026-03-03T08:00+08:00[Asia/Shanghai]")))
                .isEqualTo(Duration.ofHours(9 + 8));

        var late = TinyPolicy.withOneRule().row("calendar.xlsx", "办公时间", "周一", "22:00", "09:00");
        assertThat(late.lines().get(1))
                .startsWith(
                        "calendar.xlsx 办公时间!C8: OVERLAPPING_HOURS: 周一 22:00–09:00 overlaps row 3 (周一 08:30–17:30).");

        var evening = TinyPolicy.withOneRule()
                .row("calendar.xlsx", "办公时间", "周一", "20:00", "02:00")
                .row("calendar.xlsx", "办公时间", "周一", "22:00", "23:00");
        assertThat(evening.lines().get(1)).startsWith("calendar.xlsx 办公时间!B9: OVERLAPPING_HOURS: 周一 22:00–23:00");
    }

    @ParameterizedTest
    @CsvSource({
        "08:30, 17:30", // the same
        "07:00, 08:31", // into its beginning
        "17:29, 18:00", // into its end
        "10:00, 11:00", // within it
        "07:00, 18:00", // around it
    })
    void office_hours_that_overlap_others_of_the_day_are_told_at_the_second_row(String opens, String closes) {
        var policy = TinyPolicy.withOneRule().row("calendar.xlsx", "办公时间", "周一", opens, closes);

        assertThat(policy.lines())
                .containsExactly(
                        "calendar.xlsx 办公时间!B8: OVERLAPPING_HOURS: 周一 " + opens + "–" + closes
                                + " overlaps row 3 (08:30–17:30). Let the rows of a day follow each other, or delete one of them.");
        assertThat(policy.lines(Locale.CHINESE))
                .containsExactly("calendar.xlsx 办公时间!B8: OVERLAPPING_HOURS: 周一 " + opens + "–" + closes
                        + " 与第 3 行（08:30–17:30）重叠。 请让同一天的各行前后相接、互不重叠，或删去其中一行。");
    }

    @ParameterizedTest
    @CsvSource({"周一, 17:30, 18:00", "周一, 07:00, 08:30", "周六, 08:30, 17:30"})
    void office_hours_beside_others_are_in_order(String weekday, String opens, String closes) {
        var policy = TinyPolicy.withOneRule().row("calendar.xlsx", "办公时间", weekday, opens, closes);

        assertThat(policy.problems()).isEmpty();
    }

    @Test
    void a_date_that_is_both_a_holiday_and_a_working_day_is_told_at_the_second_row() {
        var policy = ofFormatTwo().row("calendar.xlsx", "节假日", "2026", "2026-10-01", "国庆节", "班");

        assertThat(policy.lines())
                .containsExactly(
                        "calendar.xlsx 节假日!B4: CONTRADICTORY_DATE: 2026-10-01 is 班 here, but 休 in row 3."
                                + " Compare them with the announcement of the year's holidays, and delete the row that is wrong.");
        assertThat(policy.lines(Locale.CHINESE))
                .containsExactly("calendar.xlsx 节假日!B4: CONTRADICTORY_DATE: 2026-10-01 在这里写的是“班”，第 3 行写的却是“休”。"
                        + " 请与当年的放假安排核对，删去写错的一行。");
    }

    @Test
    void a_day_to_be_made_up_for_on_which_offices_are_open_anyway_is_told_unless_it_is_over() {
        var policy = TinyPolicy.withOneRule()
                .row("calendar.xlsx", "节假日", "2026", "2026-12-28", "元旦", "班") // a Monday; the Sunday is meant
                .row("calendar.xlsx", "节假日", "2026", "2026-12-26", "元旦", "班")
                .row("calendar.xlsx", "节假日", "2026", "2026-01-05", "元旦", "班")
                .load();

        assertThat(policy.notes())
                .extracting(note -> note.line(Locale.CHINESE))
                .containsExactly("calendar.xlsx 节假日!B4: IDLE_WORKING_DAY: 2026-12-28 是周一，本来就上班，写“班”不起作用。"
                        + " 请对照放假通知核对日期：调休上班的日子本应是休息日。要写放假的，改为“休”。");
    }

    @Test
    void a_date_that_stands_twice_is_noted_and_counts_once() {
        var policy = TinyPolicy.withOneRule()
                .row("calendar.xlsx", "节假日", "2026", "2026-10-01", "国庆节", "休")
                .load();

        assertThat(policy.notes())
                .extracting(note -> note.line(Locale.CHINESE))
                .containsExactly("calendar.xlsx 节假日!B4: REPEATED_DATE: 2026-10-01 在第 3 行已有。 请删去其中一行。");
        assertThat(policy.calendar().isWorkingDay(LocalDate.of(2026, 10, 1))).isFalse();
    }

    @Test
    void a_calendar_without_a_row_is_told() {
        var policy = TinyPolicy.withOneRule().sheet("calendar.xlsx", "时区", new String[] {"时区 Zone"});

        assertThat(policy.problems())
                .extracting(Problem::code, problem -> problem.at().toString())
                .containsExactly(tuple(Code.CALENDAR_WITHOUT_ROWS, "calendar.xlsx"));
    }

    @Test
    void a_holiday_of_another_year_than_its_own_is_told() {
        var policy = TinyPolicy.withOneRule().cell("calendar.xlsx 节假日!A3", "20026");

        assertThat(policy.lines())
                .containsExactly(
                        "calendar.xlsx 节假日!A3: OUT_OF_RANGE: 20026 is not between 1900 and 9999. Write a number within that.");
        assertThat(TinyPolicy.withOneRule().cell("calendar.xlsx 节假日!A3", "2062").lines(Locale.CHINESE))
                .contains(
                        "calendar.xlsx 节假日!B3: DATE_OF_ANOTHER_YEAR: 2026-10-01 不可能属于 2062 年度的安排；该年度的安排只涉及 2061-12-20 至 2063-01-15。"
                                + " 请改正日期，或改正其前的年度。");
    }

    // ———— Rules ————

    @Test
    void a_rule_needs_a_code_and_a_source() {
        var policy = TinyPolicy.withOneRule().rules("""
                        rule "无编号的规则"
                        @source("测试")
                        when
                            Report()
                        then
                        end

                        rule "TST-002 无依据的规则"
                        when
                            Report()
                        then
                        end
                        """);

        assertThat(policy.lines(Locale.CHINESE))
                .containsExactly(
                        "rules/test.drl:8: BAD_RULE_NAME: 规则“无编号的规则”的标题前没有编号。 请写成“RTE-040 什么条件下怎么办”。",
                        "rules/test.drl:15: RULE_WITHOUT_SOURCE: 规则“TST-002 无依据的规则”没有写明依据。 请加上 @source(\"……\")。");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    agenda-group "other"           | agenda-group / ruleflow-group
                    ruleflow-group "other"         | agenda-group / ruleflow-group
                    timer (int: 10s)               | timer / duration
                    enabled false                  | enabled
                    calendars "weekday"            | calendars
                    activation-group "one"         | activation-group
                    lock-on-active true            | lock-on-active
                    date-effective "01-Nov-2026"   | date-effective
                    date-expires "01-Nov-2099"     | date-expires
                    """, quoteCharacter = '\0')
    void a_rule_is_not_switched_off_nor_tied_to_another_clock(String attribute, String told) {
        var policy = TinyPolicy.withOneRule().rules("""
                        rule "TST-002 有属性的规则"
                            @source("测试")
                            %s
                        when
                            Report()
                        then
                        end
                        """.formatted(attribute));

        assertThat(policy.lines())
                .containsExactly("rules/test.drl:8: RULE_ATTRIBUTE: The rule \"TST-002 有属性的规则\" has " + told
                        + ": it would not fire whenever its conditions hold, or by another clock than the decision's. Delete it. When"
                        + " a rule counts is said in its conditions, or by the columns 生效 and 失效 of a table.");
    }

    @Test
    void a_rule_does_not_compare_with_a_moment_written_in_it() {
        var policy = TinyPolicy.withOneRule().rules("""
                        rule "TST-002 写死日期的规则"
                            @source("测试")
                        when
                            Report( reportedAt after "01-Nov-2026" )
                        then
                        end
                        """);

        assertThat(policy.lines())
                .hasSize(1)
                .first(STRING)
                .startsWith(
                        "rules/test.drl:11: WRITTEN_MOMENT: A condition compares with a moment written in it (after \"…\").");
    }

    @Test
    void two_rules_do_not_have_one_code() {
        var policy = TinyPolicy.withOneRule().rules("""
                        rule "TST-002 第一条"
                            @source("测试")
                        when
                            Report()
                        then
                        end

                        rule "TST-002 第二条"
                            @source("测试")
                        when
                            Report()
                        then
                        end
                        """);

        assertThat(policy.lines())
                .hasSize(1)
                .first(STRING)
                .contains("DUPLICATE_RULE_CODE")
                .contains("TST-002 第一条")
                .contains("TST-002 第二条");
    }

    @Test
    void a_rule_that_is_there_twice_as_in_a_copy_of_its_file_is_one_finding() {
        String rule = """
                        rule "TST-002 第一条"
                            @source("测试")
                        when
                            Report()
                        then
                        end
                        """;

        assertThat(TinyPolicy.withOneRule().rules(rule + rule).lines())
                .containsExactly(
                        "rules/test.drl:14: DUPLICATE_RULE_CODE: The rules \"TST-002 第一条\" and \"TST-002 第一条\" have the"
                                + " same code. Give one of them a code that no rule has: answers name rules by it.");
    }

    // ———— Folders ————

    @Test
    void a_file_that_is_not_read_is_told_and_an_extension_in_capitals_is_read(@TempDir Path folder) throws Exception {
        PolicyFiles written = TinyPolicy.withOneRule().files();
        for (var file : written.files().entrySet()) {
            Path path = folder.resolve(
                    file.getKey().replace("calendar.xlsx", "calendar.XLSX").replace(".drl", ".DRL"));
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        Path tables = folder.resolve("decision-tables");
        for (String name :
                List.of("closure.xls", "closure.xlsm", "表.et", "~$routing.xlsx", ".DS_Store", "routing.xlsx.bak")) {
            Files.write(tables.resolve(name), new byte[] {1});
        }
        Files.write(folder.resolve("rules/old.txt"), new byte[] {1});

        Files.createDirectories(tables.resolve("2026"));

        PolicyFiles read = PolicyFiles.folder(folder).labelled("read");
        Policy policy = Decisions.policy(read, TinyPolicy.TODAY);

        assertThat(read.version()).isEqualTo(written.version());
        assertThat(policy.notes())
                .filteredOn(note -> note.code() == Code.PASSED_OVER_FILE)
                .extracting(note -> note.at().toString())
                .containsExactlyInAnyOrder(
                        "decision-tables/2026",
                        "decision-tables/closure.xls",
                        "decision-tables/closure.xlsm",
                        "decision-tables/表.et",
                        "decision-tables/~$routing.xlsx",
                        "rules/old.txt");
    }

    @Test
    void a_folder_without_rules_uses_the_stock_rules_and_passes_over_lock_files(@TempDir Path folder)
            throws IOException {
        Path tables = Files.createDirectories(folder.resolve("decision-tables"));
        byte[] workbook = Workbooks.xlsx(Map.of("表", new String[][] {{"x"}}));
        Files.write(tables.resolve("routing.xlsx"), workbook);
        Files.write(tables.resolve("~$routing.xlsx"), new byte[] {1});
        Files.write(tables.resolve(".hidden.xlsx"), new byte[] {1});
        Files.write(tables.resolve("notes.txt"), new byte[] {1});
        Files.createDirectories(tables.resolve("scenarios"));
        Files.write(tables.resolve("scenarios/s.xlsx"), workbook);

        var files = PolicyFiles.folder(folder);

        assertThat(files.tables().keySet()).containsExactly("routing.xlsx");
        assertThat(files.rules().keySet()).isEqualTo(PolicyFiles.stock().rules().keySet());
        assertThat(files.rules().get("routing.drl"))
                .isEqualTo(PolicyFiles.stock().rules().get("routing.drl"));
        assertThat(files.label()).isEqualTo(String.valueOf(folder.getFileName()));
    }

    @Test
    void a_version_changes_with_any_byte_and_with_nothing_else() {
        var files = TinyPolicy.complete().files();
        String version = files.version();

        assertThat(new PolicyFiles("another label", files.files()).version()).isEqualTo(version);
        files.files().put("rules/routing.drl", new byte[] {1});
        assertThat(files.version()).isNotEqualTo(version);
    }
}
