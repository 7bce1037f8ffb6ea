package liandong.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liandong.problem.Problem;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import liandong.table.Workbooks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFormatTest {
    private final List<Problem> problems = new ArrayList<>();

    /** What a guide says in which these rows stand, the first being row 1. */
    private int format(String[]... rows) {
        SheetData guide = WorkbookReader.read("vocabulary.xlsx", Workbooks.xlsx(Map.of("说明", rows)), problem -> {})
                .get(0);
        return PolicyFormat.of(guide, problems::add);
    }

    private static String[] cells(String... cells) {
        return cells;
    }

    private List<String> lines(Locale locale) {
        return problems.stream().map(problem -> problem.line(locale)).toList();
    }

    @Test
    void a_policy_that_says_nothing_is_of_the_first_format() {
        assertThat(PolicyFormat.of(null, problems::add)).isEqualTo(1);
        assertThat(format(cells("词汇"), cells("单位", "2"))).isEqualTo(1);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {"1, 1", "2, 2", "'2, 2", "3, 3"})
    void a_format_that_is_known_counts_wherever_its_row_stands(String typed, int format) {
        assertThat(format(cells("词汇"), cells(), cells("政策格式 Policy format", typed), cells("单位", "7")))
                .isEqualTo(format);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "99", "123456789", "99999999999999"})
    void a_newer_format_is_told_at_its_cell_with_what_to_do(String newer) {
        assertThat(format(cells("词汇"), cells("政策格式 Policy format", "'" + newer)))
                .isEqualTo(PolicyFormat.NEWEST);

        assertThat(lines(Locale.ENGLISH))
                .containsExactly("vocabulary.xlsx 说明!B2: NEWER_FORMAT: The policy was written by format " + newer
                        + "; this program understands formats up to 3."
                        + " Install the newer program, or use a policy of format 3 or less.");
        assertThat(lines(Locale.CHINESE))
                .containsExactly("vocabulary.xlsx 说明!B2: NEWER_FORMAT: 政策按格式 " + newer
                        + " 编写，本程序只支持到格式 3。 请升级程序，或使用格式 3 及以下的政策。");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5", "二", "2 版", "2026-01-31", "02"})
    void what_is_no_format_is_told_at_its_cell(String typed) {
        String text = typed.isEmpty() ? "" : "'" + typed;

        assertThat(format(cells("政策格式 Policy format", text))).isEqualTo(PolicyFormat.NEWEST);

        assertThat(lines(Locale.ENGLISH))
                .containsExactly("vocabulary.xlsx 说明!B1: BAD_FORMAT: \"" + typed
                        + "\" is no policy format. A whole number from 1 to 3.");
        assertThat(lines(Locale.CHINESE))
                .containsExactly("vocabulary.xlsx 说明!B1: BAD_FORMAT: “" + typed + "”不是政策格式。 请填 1 至 3 的整数。");
    }

    @Test
    void a_policy_of_a_newer_format_is_not_used() {
        var policy = TinyPolicy.withOneRule()
                .ofFormat3()
                .raw("vocabulary.xlsx", "说明", cells("词汇"), cells("政策格式 Policy format", "4"));

        assertThat(policy.problems())
                .extracting(problem -> problem.at() + " " + problem.code())
                .containsExactly("vocabulary.xlsx 说明!B2 NEWER_FORMAT");
    }
}
