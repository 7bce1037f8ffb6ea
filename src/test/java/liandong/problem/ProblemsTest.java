package liandong.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    private final Problems problems = new Problems();

    @Test
    void of_one_kind_in_one_file_the_first_thousand_are_told_and_the_others_counted() {
        for (int row = 1; row <= Problems.MOST + 2; row++) {
            problems.accept(Problem.of(Code.MISSING_ID, new CellRef("routing.xlsx", "派单目录", row, 0)));
        }
        for (int row = 1; row <= Problems.MOST; row++) {
            problems.accept(Problem.of(Code.MISSING_ID, new CellRef("closure.xlsx", "重办", row, 0)));
        }
        problems.accept(Problem.of(Code.HIDDEN_ROW, new CellRef("routing.xlsx", "派单目录", 1, 0)));

        var all = problems.all();

        assertThat(all).hasSize(2 * Problems.MOST + 2);
        assertThat(all.get(Problems.MOST - 1).at()).hasToString("routing.xlsx 派单目录!A1000");
        assertThat(all.get(Problems.MOST).at()).hasToString("closure.xlsx 重办!A1");
        assertThat(all.get(all.size() - 1).line(Locale.ENGLISH))
                .isEqualTo("routing.xlsx 派单目录: MORE_PROBLEMS: There are 2 more problems of the kind MISSING_ID here."
                        + " Mend the first ones: the others often have the same cause.");
    }

    @Test
    void what_steers_a_screen_is_written_out_where_it_is_quoted() {
        assertThat(Problem.of(Code.BAD_RULE, new FileRef("a.drl"), "a\u202Eb\u001B[2Jc\u0000\uDB40\uDC41\nd")
                        .args())
                .containsExactly("a‹U+202E›b‹U+001B›[2Jc‹U+0000›‹U+E0041›\nd");
    }
}
