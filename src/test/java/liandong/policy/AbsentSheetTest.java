package liandong.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liandong.decision.Decisions;
import liandong.incident.Body;
import liandong.incident.Column;
import liandong.incident.Report;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.junit.jupiter.api.Test;

/** A sheet that came with a later format than a policy was written by. Public, for rules may name its rows. */
public class AbsentSheetTest {
    public sealed interface ThanksRow extends Row {}

    @Sheet(value = "表扬", about = Report.class)
    public record PraiseRow(RowRef ref, @Column("单位 Body") Body body) implements ThanksRow {}

    @Sheet(value = "奖励", about = Report.class, since = 2, absent = "nobody is rewarded", absentChinese = "一律不奖励")
    public record RewardRow(RowRef ref, @Column("单位 Body") Body body) implements ThanksRow {}

    private static final PolicySchema SCHEMA = schema();

    private static PolicySchema schema() {
        var parts = new ArrayList<>(Decisions.schema().parts());
        parts.add(new PolicyPart(ThanksRow.class, false, List.of(), Map.of(), Map.of()));
        return new PolicySchema(parts);
    }

    private static String[] cells(String... cells) {
        return cells;
    }

    private static TinyPolicy withPraise() {
        return TinyPolicy.withOneRule()
                .raw("thanks.xlsx", "说明", cells("工作表", "命中方式"), cells("表扬", "全部适用"), cells("奖励", "全部适用"))
                .sheet("thanks.xlsx", "表扬", cells("编号", "单位", "依据", "状态"), cells("P-1", "主办局", "办法", "已确认"));
    }

    private static TinyPolicy ofFormat(TinyPolicy policy, int format) {
        return policy.raw("vocabulary.xlsx", "说明", cells("政策格式 Policy format", String.valueOf(format)));
    }

    private static Policy load(TinyPolicy policy) throws BadPolicyException {
        return PolicyLoader.load(policy.files(), SCHEMA, TinyPolicy.TODAY);
    }

    private static List<String> notes(Policy policy, Locale locale) {
        return policy.notes().stream().map(note -> note.line(locale)).toList();
    }

    @Test
    void a_policy_of_an_earlier_format_loads_without_it_and_is_told_what_that_means() throws BadPolicyException {
        Policy policy = load(withPraise());

        assertThat(notes(policy, Locale.ENGLISH))
                .containsExactly(
                        "decision-tables: ABSENT_SHEET: The sheet \"奖励\" came with policy format 2; this policy,"
                                + " of format 1, has none, so nobody is rewarded. Leave it so, or add the sheet, and the row 政策格式"
                                + " with 2 to the sheet 说明 of vocabulary.xlsx.");
        assertThat(notes(policy, Locale.CHINESE))
                .containsExactly("decision-tables: ABSENT_SHEET: 工作表“奖励”自政策格式 2 起才有；本政策为格式 1，没有这张表，因此一律不奖励。"
                        + " 可以不改；需要时请添加这张工作表，并在 vocabulary.xlsx 的说明表中写上“政策格式 2”。");
        assertThat(policy.tables(LocalDate.EPOCH).match(RewardRow.class, "a report"))
                .isEmpty();
    }

    @Test
    void a_policy_of_an_earlier_format_may_have_it_all_the_same() throws BadPolicyException {
        Policy policy = load(withPraise()
                .sheet("thanks.xlsx", "奖励", cells("编号", "单位", "依据", "状态"), cells("W-1", "主办局", "办法", "已确认")));

        assertThat(policy.notes()).isEmpty();
        assertThat(policy.tables()).extracting(table -> table.sheet()).contains("表扬", "奖励");
    }

    @Test
    void a_policy_of_its_own_format_must_have_it() {
        assertThatExceptionOfType(BadPolicyException.class)
                .isThrownBy(() -> load(ofFormat(withPraise(), 2)))
                .satisfies(bad -> assertThat(bad.problems())
                        .extracting(problem -> problem.line(Locale.ENGLISH))
                        .containsExactly("decision-tables: MISSING_SHEET: There is no sheet \"奖励\"."
                                + " Add a sheet of this name to decision-tables/: every policy has it since format 2, and"
                                + " this one is of format 2."));
    }

    @Test
    void a_policy_without_any_sheet_of_the_decision_does_not_make_it_and_is_told_nothing() throws BadPolicyException {
        Policy policy = load(TinyPolicy.withOneRule());

        assertThat(policy.notes()).isEmpty();
        assertThat(policy.decides(SCHEMA.parts().get(SCHEMA.parts().size() - 1)))
                .isFalse();
    }
}
