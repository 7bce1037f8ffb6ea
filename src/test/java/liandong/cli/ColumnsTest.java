package liandong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import liandong.explain.Columns;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void a_chinese_character_takes_two_columns_and_a_combining_mark_none() {
        assertThat(Columns.width("路灯 ok，")).isEqualTo(9);
        assertThat(Columns.width("e\u0301")).isEqualTo(1);
        assertThat(Columns.left("路", 4)).isEqualTo("路  ");
        assertThat(Columns.right("路", 4)).isEqualTo("  路");
    }

    @Test
    void text_breaks_beside_chinese_characters_but_never_before_a_closing_sign() {
        assertThat(Columns.wrap("路灯不亮，很久了", 8)).containsExactly("路灯不", "亮，很久", "了");
    }

    @Test
    void text_breaks_at_blanks_between_words_and_cuts_a_word_only_when_it_fits_no_line() {
        assertThat(Columns.wrap("one two 路灯 KW-00614", 8)).containsExactly("one two", "路灯", "KW-00614");
        assertThat(Columns.wrap("abcdefghij", 4)).containsExactly("abcd", "efgh", "ij");
    }

    @Test
    void signs_that_would_steer_the_terminal_are_not_shown() {
        assertThat(Columns.shown("a\u001b[31mb\r\nc")).isEqualTo("a [31mb c");
    }

    @Test
    void a_character_outside_the_basic_plane_is_never_cut_in_half() {
        assertThat(Columns.shortened("𠮷𠮷𠮷", 2)).isEqualTo("𠮷𠮷…");
        assertThat(Columns.wrap("𠮷𠮷𠮷", 4)).containsExactly("𠮷𠮷", "𠮷");
    }
}
