package liandong.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import liandong.Decide;
import liandong.check.PolicyCheck;
import liandong.problem.Code;
import liandong.routing.DutyRow;
import liandong.routing.RoutingDecision;
import liandong.table.Facts;
import liandong.table.Row;
import liandong.table.RowStatus;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;

/** The words that say what a row's source is worth. */
class RowStatusTest {
    private static final String STATUS = "routing.xlsx 派单目录!H";

    private static TinyPolicy tiny() {
        return TinyPolicy.complete().ofFormat3();
    }

    private static RoutingDecision decided(TinyPolicy policy) {
        var report = Facts.report().about(Facts.HOLE).done();
        return Decide.route(policy.load(), report, report.reportedAt().toInstant(), false)
                .decision();
    }

    /** The reason that rests on the duty row. */
    private static String duty(RoutingDecision decision) {
        return decision.because().stream()
                .filter(reason -> "D-1".equals(reason.row()))
                .map(Json::write)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_row_is_approved_or_has_a_source_or_is_assumed() {
        Policy policy = tiny().cell(STATUS + "3", "本区核准").load();

        assertThat(requireNonNull(policy.table(DutyRow.class)).rows())
                .extracting(Row::ref)
                .extracting(ref -> ref.id() + " " + ref.status() + " " + ref.confirmed())
                .containsExactly("D-1 APPROVED true", "D-2 ASSUMED false", "D-3 SOURCED true");
    }

    @Test
    void an_answer_says_what_each_reason_is_worth_and_lists_those_that_are_assumed() {
        RoutingDecision approved = decided(tiny().cell(STATUS + "3", "本区核准"));
        RoutingDecision sourced = decided(tiny());
        RoutingDecision assumed = decided(tiny().cell(STATUS + "3", "推定"));

        assertThat(duty(approved)).endsWith("\"confirmed\":true,\"status\":\"APPROVED\"}");
        assertThat(duty(sourced)).endsWith("\"confirmed\":true,\"status\":\"SOURCED\"}");
        assertThat(duty(assumed)).endsWith("\"confirmed\":false,\"status\":\"ASSUMED\"}");
        assertThat(approved.unconfirmed()).isEmpty();
        assertThat(sourced.unconfirmed()).isEmpty();
        assertThat(assumed.unconfirmed()).containsExactly("D-1");
    }

    @Test
    void a_reason_without_a_row_has_no_status() {
        assertThat(decided(tiny()).because().get(0))
                .extracting(reason -> reason.rule() + " " + reason.row() + " " + reason.status())
                .isEqualTo("RTE-100 null null");
    }

    @Test
    void a_policy_of_an_earlier_format_says_no_more_than_it_did() {
        TinyPolicy former = TinyPolicy.complete();

        assertThat(duty(decided(former))).endsWith("\"confirmed\":true}");
        assertThat(former.cell(STATUS + "3", "推定").problems())
                .extracting(problem -> problem.at() + " " + problem.code() + " " + problem.args())
                .contains(STATUS + "3 UNKNOWN_CHOICE [推定, 已确认、待确认]");
    }

    @Test
    void a_word_of_earlier_formats_is_read_as_the_one_that_took_its_place_and_told_once_for_a_sheet() {
        var policy = tiny().cell(STATUS + "3", "已确认").cell(STATUS + "4", "已确认").cell(STATUS + "5", "待确认");

        assertThat(duty(decided(policy))).endsWith("\"confirmed\":true,\"status\":\"SOURCED\"}");
        assertThat(PolicyCheck.of(policy.files(), TinyPolicy.TODAY).problems())
                .filteredOn(problem -> problem.code() == Code.FORMER_STATUS)
                .extracting(problem ->
                        problem.at() + ": " + problem.message(Locale.ENGLISH) + " " + problem.help(Locale.ENGLISH))
                .containsExactly(
                        STATUS
                                + "3: \"已确认\" is a status of policy formats 1 and 2; it is read as 有出处 wherever this sheet has it. Write 有出处; or 本区核准, if the district has approved the row.",
                        STATUS
                                + "5: \"待确认\" is a status of policy formats 1 and 2; it is read as 推定 wherever this sheet has it. Write 推定; or 本区核准, if the district has approved the row.");
        assertThat(PolicyCheck.of(policy.files(), TinyPolicy.TODAY).problems())
                .filteredOn(problem -> problem.code() == Code.FORMER_STATUS)
                .extracting(problem -> problem.message(Locale.CHINESE) + problem.help(Locale.CHINESE))
                .contains("“已确认”是政策格式 1、2 的状态用语；这张表中写“已确认”的各行都按“有出处”执行。请写“有出处”；本区已核准的，写“本区核准”。");
    }

    @Test
    void a_mistyped_status_is_told_with_the_nearest_of_the_three() {
        assertThat(tiny().cell(STATUS + "3", "有出外").lines())
                .contains(STATUS + "3: MISTYPED_LABEL: There is no \"有出外\" in the vocabulary (状态). Is \"有出处\" meant?");
    }

    @Test
    void words_may_have_no_status_and_one_of_earlier_formats_is_told() {
        var policy = tiny().sheet(
                        "vocabulary.xlsx",
                        "来源",
                        new String[] {"代码 Code", "名称 Label", "状态 Status"},
                        new String[] {"GRID", "网格员", ""},
                        new String[] {"HOTLINE", "热线", "已确认"});

        assertThat(PolicyCheck.of(policy.files(), TinyPolicy.TODAY).problems())
                .extracting(problem -> problem.at() + " " + problem.code())
                .contains("vocabulary.xlsx 来源!C4 FORMER_STATUS");
    }

    @Test
    void a_check_says_of_each_workbook_how_many_rows_the_district_has_approved() {
        var policy = tiny().cell(STATUS + "3", "本区核准");

        assertThat(PolicyCheck.of(policy.files(), TinyPolicy.TODAY).problems())
                .filteredOn(problem -> problem.code() == Code.UNAPPROVED_ROWS)
                .extracting(problem -> problem.at() + ": " + problem.message(Locale.ENGLISH))
                .containsExactly(
                        "routing.xlsx 转接!A2: The district has approved 1 of the 15 rows of this workbook; 9 have a source"
                                + " (有出处), 5 are assumptions of our own (推定). Approved by sheet: 转接 0/1、关键词 0/4、分拣门槛"
                                + " 0/1、分级 0/2、紧急程度 0/2、派单目录 1/3、阶段时限 0/2.");
    }

    @Test
    void every_status_says_which_word_takes_its_place() {
        assertThat(RowStatus.values())
                .extracting(status -> status.label() + " → " + status.today().label())
                .containsExactly("本区核准 → 本区核准", "有出处 → 有出处", "推定 → 推定", "已确认 → 有出处", "待确认 → 推定");
    }
}
