package liandong.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MendTest {
    private static final CellRef CELL = new CellRef("routing.xlsx", "派单目录", 3, 1);

    @Test
    void what_a_message_says_word_for_word_can_be_written() {
        assertThat(Mend.of(Problem.of(Code.INVERTED_RANGE, CELL, "9~3", "3~9"))).isEqualTo(new Mend("9~3", "3~9"));
        assertThat(Mend.of(Problem.of(Code.MISTYPED_LABEL, CELL, "坑洞洞", "事项", "坑洞")))
                .isEqualTo(new Mend("坑洞洞", "坑洞"));
    }

    @Test
    void what_takes_a_persons_judgement_or_has_no_cell_cannot() {
        assertThat(Mend.of(Problem.of(Code.UNKNOWN_LABEL, CELL, "坑", "事项", ""))).isNull();
        assertThat(Mend.of(Problem.of(Code.READ_AS, new FileRef("routing.xlsx"), "a", "b")))
                .isNull();
        assertThat(Mend.of(Problem.of(Code.READ_AS, CELL, "a"))).isNull();
    }

    @Test
    void one_word_of_a_cell_is_replaced_and_the_others_stay() {
        var mend = new Mend("坑洞洞", "坑洞");

        assertThat(mend.in("坑洞洞")).isEqualTo("坑洞");
        assertThat(mend.in(" 坑洞洞 ")).isEqualTo("坑洞");
        assertThat(mend.in("非 井盖、坑洞洞")).isEqualTo("非 井盖、坑洞");
    }

    @Test
    void nothing_is_written_where_it_is_not_clear_what_is_meant() {
        var mend = new Mend("坑洞洞", "坑洞");

        assertThat(mend.in("大坑洞洞")).isNull();
        assertThat(mend.in("坑洞洞、坑洞洞")).isNull();
        assertThat(mend.in("井盖")).isNull();
        assertThat(new Mend("", "坑洞").in("井盖")).isNull();
    }
}
