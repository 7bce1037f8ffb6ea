package liandong.routing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import liandong.Decide;
import liandong.check.PolicyCheck;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.problem.Code;
import liandong.table.Facts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One body is one row, whatever else it is called and whatever it has as parts. */
class BodyTest {
    private static final String FILE = "vocabulary.xlsx";
    private static final String SHEET = "单位";

    private static TinyPolicy tiny(String[]... more) {
        var policy = TinyPolicy.complete()
                .sheet(
                        FILE,
                        SHEET,
                        new String[] {"代码 Code", "名称 Label", "单位类别 Kind", "又名 Also known as", "上级 Parent"},
                        new String[] {"LEAD", "主办局", "部门", "区综合执法局、执法局（Ａ）", ""},
                        new String[] {"PARKS", "园林中心", "部门", "", "主办局"},
                        new String[] {"TREES", "绿化队", "部门", "", "园林中心"},
                        new String[] {"HELPER", "协办局", "部门", "", ""},
                        new String[] {"PLATFORM", "水务公司", "平台", "", ""},
                        new String[] {"COMMUNITY", "属地社区", "社区", "", ""},
                        new String[] {"SUB_DISTRICT", "属地街道", "街道", "", ""},
                        new String[] {"MEETING", "道路联席会议", "联席会议", "", ""},
                        new String[] {"LINE", "急救专线", "紧急救援", "", ""});
        for (String[] row : more) {
            policy.row(FILE, SHEET, row);
        }
        return policy;
    }

    private static @Nullable Body body(Policy policy, String name) {
        return policy.vocabulary().find(Body.class, name);
    }

    private static List<String> checked(TinyPolicy policy) {
        return PolicyCheck.of(policy.files(), TinyPolicy.TODAY).problems().stream()
                .filter(problem -> problem.code() == Code.SAME_BODY)
                .map(problem -> problem.at() + ": " + problem.message(Locale.ENGLISH))
                .toList();
    }

    @Test
    void a_body_is_found_by_every_name_it_has_as_it_is_written() {
        Policy policy = tiny().load();

        assertThat(List.of("LEAD", "主办局", "区综合执法局", "执法局（Ａ）"))
                .allSatisfy(name -> assertThat(body(policy, name))
                        .isEqualTo(new Body("LEAD", "主办局", BodyKind.DEPARTMENT, List.of("区综合执法局", "执法局（Ａ）"), null)));
        assertThat(body(policy, "执法局(a)")).isNull();
    }

    @Test
    void a_cell_may_name_a_body_by_another_name() {
        Policy policy = tiny().cell("routing.xlsx 派单目录!C5", "区综合执法局").load();

        assertThat(requireNonNull(policy.table(DutyRow.class)).rows().get(2).lead())
                .isEqualTo(body(policy, "LEAD"));
    }

    @Test
    void another_name_that_some_body_has_is_told_at_its_cell() {
        assertThat(tiny(
                                new String[] {"A", "甲局", "部门", "协办局", ""},
                                new String[] {"B", "乙局", "部门", "丙办", ""},
                                new String[] {"C", "丙局", "部门", "丙办、丙局", ""})
                        .problems())
                .extracting(problem -> problem.at() + " " + problem.code() + " " + problem.args())
                .contains(
                        "vocabulary.xlsx 单位!D12 DUPLICATE_LABEL [协办局, vocabulary.xlsx 单位!B6]",
                        "vocabulary.xlsx 单位!D14 DUPLICATE_LABEL [丙办, vocabulary.xlsx 单位!D13]",
                        "vocabulary.xlsx 单位!D14 DUPLICATE_LABEL [丙局, vocabulary.xlsx 单位!B14]");
    }

    @Test
    void a_part_stands_below_what_it_is_a_part_of_so_that_nothing_is_a_part_of_itself() {
        assertThat(tiny(
                                new String[] {"A", "甲局", "部门", "", "乙局"},
                                new String[] {"B", "乙局", "部门", "", "甲局"},
                                new String[] {"C", "丙局", "部门", "", "丙局"})
                        .lines())
                .contains(
                        "vocabulary.xlsx 单位!E12: PARENT_BELOW: \"乙局\" stands in row 13; what something lies within has to"
                                + " stand above it, so that nothing lies within itself. Move that row above this one, or name another.",
                        "vocabulary.xlsx 单位!E14: PARENT_BELOW: \"丙局\" stands in row 14; what something lies within has to"
                                + " stand above it, so that nothing lies within itself. Move that row above this one, or name another.");
    }

    @Test
    void a_body_a_part_and_a_part_of_a_part_are_one_to_whoever_hands_a_matter_on() {
        Policy policy = tiny().load();
        Body bureau = requireNonNull(body(policy, "LEAD"));
        Body trees = requireNonNull(body(policy, "TREES"));
        Body other = requireNonNull(body(policy, "HELPER"));

        assertThat(trees.isPartOf(bureau)).isTrue();
        assertThat(bureau.isPartOf(bureau)).isTrue();
        assertThat(bureau.isPartOf(trees)).isFalse();
        assertThat(bureau.isOneWith(trees)).isTrue();
        assertThat(trees.isOneWith(bureau)).isTrue();
        assertThat(bureau.isOneWith(other)).isFalse();
        assertThat(bureau.isOneWith(null)).isFalse();
    }

    @Test
    void a_body_is_not_assisted_by_a_part_of_itself() {
        Policy policy = tiny().cell("routing.xlsx 派单目录!D3", "绿化队、协办局").load();
        var report = Facts.report().about(Facts.HOLE).done();

        Assignment assignment =
                requireNonNull(Decide.route(policy, report, report.reportedAt().toInstant(), false)
                        .decision()
                        .assignment());

        assertThat(assignment.lead()).isEqualTo(body(policy, "LEAD"));
        assertThat(assignment.assisting()).containsExactly(body(policy, "HELPER"));
    }

    @Test
    void two_rows_whose_names_differ_in_brackets_or_in_the_level_left_out_are_told() {
        assertThat(checked(tiny(
                        new String[] {"A", "综合执法局", "部门", "", ""},
                        new String[] {"B", "城管局(区协办局)", "部门", "", ""},
                        new String[] {"C", "区协办局", "部门", "", ""})))
                .containsExactly(
                        "vocabulary.xlsx 单位!B12: \"综合执法局\" and \"主办局\" in row 3 seem to be the same body: their names"
                                + " differ only in brackets or in what stands before them.",
                        "vocabulary.xlsx 单位!B13: \"城管局(区协办局)\" and \"协办局\" in row 6 seem to be the same body: their"
                                + " names differ only in brackets or in what stands before them.",
                        "vocabulary.xlsx 单位!B14: \"区协办局\" and \"城管局(区协办局)\" in row 13 seem to be the same body: their names"
                                + " differ only in brackets or in what stands before them.");
    }

    @Test
    void bodies_of_two_levels_or_two_kinds_and_parts_are_told_apart() {
        assertThat(checked(tiny(
                        new String[] {"A", "市综合执法局", "部门", "", ""},
                        new String[] {"B", "区协办局", "平台", "", ""},
                        new String[] {"C", "协办局(分队)", "部门", "", "协办局"})))
                .isEmpty();
    }
}
