package liandong.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import liandong.decision.VocabularyJson;
import liandong.incident.CodeMapping;
import liandong.table.Facts;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;

/** What outside codes mean in the words of a policy. */
class CodeMapTest {
    private static final String FILE = "vocabulary.xlsx";

    private static String[] cells(String... cells) {
        return cells;
    }

    private static TinyPolicy mapping(String[]... rows) {
        String[][] sheet = new String[rows.length + 1][];
        sheet[0] = cells(
                "体系 Scheme",
                "外部代码 External code",
                "外部名称 External name",
                "对应 Set",
                "本区名称 Ours",
                "生效 From",
                "失效 Until",
                "依据 Basis",
                "状态 Status");
        System.arraycopy(rows, 0, sheet, 1, rows.length);
        return TinyPolicy.withOneRule().ofFormat3().sheet(FILE, "对照", sheet);
    }

    private static List<String> lines(TinyPolicy policy) {
        return policy.problems().stream()
                .map(problem -> problem.at() + ": " + problem.code() + ": " + problem.message(Locale.ENGLISH))
                .toList();
    }

    @Test
    void a_code_means_a_word_of_one_of_four_sets_for_a_time() {
        Policy policy = mapping(
                        cells("国标", "'06001", "道路破损", "事项", "路面坑洞", "2026-01-01", "", "GB/T 47678.5-2026", "有出处"),
                        cells("12345", "D7", "", "单位", "LEAD", "", "2026-12-31", "热线单位表", "推定"),
                        cells("12345", "330102001", "", "区域", "东街道", "", "", "", ""),
                        cells("12345", "GR", "", "来源", "网格员", "", "", "", ""))
                .load();

        assertThat(policy.codeMap())
                .containsExactly(
                        new CodeMapping("国标", "06001", "道路破损", Facts.HOLE, LocalDate.parse("2026-01-01"), null),
                        new CodeMapping("12345", "D7", null, Facts.LEAD, null, LocalDate.parse("2026-12-31")),
                        new CodeMapping("12345", "330102001", null, Facts.EAST, null, null),
                        new CodeMapping(
                                "12345",
                                "GR",
                                null,
                                requireNonNull(policy.vocabulary().find(liandong.incident.Source.class, "GRID")),
                                null,
                                null));
    }

    @Test
    void the_words_of_a_policy_come_with_the_codes_of_the_scheme_asked_for() {
        Policy policy = mapping(
                        cells("国标", "'06001", "道路破损", "事项", "路面坑洞", "2026-01-01", "", "", ""),
                        cells("12345", "D7", "", "单位", "LEAD", "", "", "", ""))
                .load();

        String words = Json.write(requireNonNull(VocabularyJson.of(policy, "国标")));
        assertThat(words)
                .contains("\"schemes\":[\"国标\",\"12345\"]")
                .endsWith("\"mapping\":[{\"external\":\"06001\",\"externalName\":\"道路破损\",\"set\":\"eventTypes\","
                        + "\"code\":\"HOLE\",\"label\":\"路面坑洞\",\"from\":\"2026-01-01\"}]}");
        assertThat(Json.write(requireNonNull(VocabularyJson.of(policy, null))))
                .contains("\"schemes\":[\"国标\",\"12345\"]")
                .doesNotContain("mapping");
        assertThat(VocabularyJson.of(policy, "省标")).isNull();
    }

    @Test
    void a_policy_that_maps_no_codes_says_nothing_of_schemes() {
        Policy policy = TinyPolicy.withOneRule().load();

        assertThat(Json.write(requireNonNull(VocabularyJson.of(policy, null)))).doesNotContain("schemes", "mapping");
        assertThat(VocabularyJson.of(policy, "国标")).isNull();
    }

    @Test
    void a_code_that_means_two_things_at_once_is_told_at_its_cell() {
        assertThat(lines(mapping(
                        cells("国标", "'06001", "", "事项", "路面坑洞", "", "2025-12-31", "", ""),
                        cells("国标", "'06001", "", "事项", "井盖破损", "2026-01-01", "", "", ""),
                        cells("国标", "'06001", "", "单位", "主办局", "", "", "", ""),
                        cells("省标", "'06001", "", "事项", "邻里纠纷", "", "", "", ""),
                        cells("国标", "'06001", "", "事项", "邻里纠纷", "2026-06-01", "2026-06-30", "", ""))))
                .contains("vocabulary.xlsx 对照!B7: TWICE_MAPPED: The code 06001 of 国标 stands for \"邻里纠纷\" here and for"
                        + " \"井盖破损\" in row 4, at the same time.")
                .filteredOn(line -> line.contains("TWICE_MAPPED"))
                .hasSize(1);
    }

    @Test
    void a_word_that_is_not_ours_and_dates_that_run_backwards_are_told_at_their_cells() {
        assertThat(mapping(
                                cells("国标", "'06001", "", "事项", "路面坑凹", "", "", "", ""),
                                cells("国标", "'06002", "", "部门", "主办局", "", "", "", ""),
                                cells("国标", "'06003", "", "事项", "路面坑洞", "2026-02-01", "2026-01-01", "", ""),
                                cells("国标", "", "", "事项", "路面坑洞", "", "", "", ""))
                        .problems())
                .filteredOn(problem -> problem.code().isError())
                .extracting(problem -> problem.at() + " " + problem.code())
                .containsExactly(
                        "vocabulary.xlsx 对照!E3 MISTYPED_LABEL",
                        "vocabulary.xlsx 对照!D4 UNKNOWN_CHOICE",
                        "vocabulary.xlsx 对照!G5 INVERTED_DATES",
                        "vocabulary.xlsx 对照!B6 MISSING_VALUE");
    }

    @Test
    void the_event_types_that_a_scheme_leaves_out_are_one_note_for_each_scheme() {
        Policy policy = mapping(
                        cells("国标", "'06001", "", "事项", "路面坑洞", "", "", "", ""),
                        cells("国标", "'06002", "", "事项", "路面坑洞", "", "", "", ""),
                        cells("12345", "D7", "", "单位", "LEAD", "", "", "", ""))
                .load();

        assertThat(policy.notes())
                .extracting(problem -> problem.line(Locale.ENGLISH))
                .containsExactly(
                        "vocabulary.xlsx 对照!A2: UNMAPPED_EVENT_TYPES: The scheme 国标 maps 1 of 4 event types; without a"
                                + " code are 3: 井盖破损、其他道路问题、邻里纠纷. Add rows to the sheet 对照, or leave it so where the scheme has no"
                                + " such code.");
    }
}
