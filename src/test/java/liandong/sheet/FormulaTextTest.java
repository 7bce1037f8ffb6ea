package liandong.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@A1",
                "＝1＋1",
                "＋1",
                "－1",
                "＠A1",
                "﹦1",
                " =1",
                "\u3000=1",
                "\u00a0＝1",
                "\ufeff=1",
                "\u200b=1",
                "\u202e=1",
                " \u3000 ＠A1",
                "\t=1",
                "\n=1",
                "\r=1",
                "\tx",
                "\rx",
                "\nx",
                "\u0000=1",
                "=",
            })
    void what_a_spreadsheet_program_would_compute_is_known(String text) {
        assertThat(FormulaText.looksLikeOne(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u3000", "\u200b", "1=1", "a=b", "路灯不亮", "“=1”", "'=1", " 路灯 =1", "1－2"})
    void what_it_would_not_is_left_alone(String text) {
        assertThat(FormulaText.looksLikeOne(text)).isFalse();
    }
}
