package liandong.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClausesTest {
    private static List<String> clauses(String text) {
        return Clauses.of(text).texts(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "路坏了，没人修。快来! | 路坏了/没人修/快来",
                "甲,乙;丙？丁：戊 | 甲/乙/丙/丁/戊",
                "路灯、井盖都坏了（东门） | 路灯、井盖都坏了（东门）",
                "漏了2.5米，早上10:30开始，花了1,200元 | 漏了2.5米/早上10:30开始/花了1,200元",
                "第1.路灯 | 第1/路灯",
                "什么……都没有~~~有 | 什么/都没有/有",
                "，，路坏了，， | 路坏了",
                "没有标点 | 没有标点"
            })
    void a_mark_ends_a_clause_but_a_pause_a_bracket_and_a_point_in_a_number_do_not(String text, String clauses) {
        assertThat(String.join("/", clauses(text))).isEqualTo(clauses);
    }

    @Test
    void the_end_of_a_line_ends_a_clause() {
        assertThat(clauses("路坏了\r\n没人修\t三天了")).containsExactly("路坏了", "没人修", "三天了");
    }

    @Test
    void a_place_is_in_the_clause_around_it_and_a_mark_in_the_one_it_ends() {
        Clauses clauses = Clauses.of("甲乙，丙。丁");

        assertThat(clauses.count()).isEqualTo(3);
        assertThat(List.of(0, 1, 2, 3, 4, 5, 6)).extracting(clauses::at).containsExactly(0, 0, 0, 1, 1, 2, 2);
    }

    @Test
    void a_text_of_nothing_but_marks_is_one_empty_clause() {
        assertThat(clauses("")).containsExactly("");
        assertThat(clauses("，。！")).containsExactly("");
        assertThat(Clauses.of("，。！").at(1)).isZero();
    }

    @Test
    void a_sentence_ends_at_a_mark_and_is_divided_where_a_clause_or_a_blank_is_once_it_is_long() {
        assertThat(Clauses.sentences("路灯不亮，催过两次。快来救人！")).containsExactly("路灯不亮，催过两次", "快来救人");
        assertThat(Clauses.sentences("今天我们档口七个人订了他家的盒饭吃完不到一个钟头全在吐，小王叫不醒了，快来"))
                .containsExactly("今天我们档口七个人订了他家的盒饭吃完不到一个钟头全在吐", "小王叫不醒了，快来");
        assertThat(Clauses.sentences("发现无障碍间从里面锁着 门底下有血流出来 有个女的声音很轻 说自己要生了"))
                .containsExactly("发现无障碍间从里面锁着 门底下有血流出来", "有个女的声音很轻 说自己要生了");
        assertThat(Clauses.sentences("。！")).isEmpty();
        assertThat(Clauses.sentences("")).isEmpty();
    }

    @Test
    void a_text_has_some_hundreds_of_sentences_at_most_however_it_is_divided() {
        assertThat(Clauses.sentences("火。".repeat(10_000))).hasSizeBetween(100, 250);
        assertThat(Clauses.sentences("有人落水了！".repeat(3_300))).hasSizeBetween(100, 250);
        assertThat(Clauses.sentences("有火。快来救人。")).containsExactly("有火。快来救人");
    }

    @Property
    void the_sentences_of_a_text_lose_nothing_but_marks_and_blanks(@ForAll("texts") String text) {
        assertThat(String.join("", Clauses.sentences(text)).replaceAll("[，。 .:]", ""))
                .isEqualTo(text.replaceAll("[，。 .:]", ""));
    }

    @Property
    void the_clauses_of_a_text_lose_nothing_but_marks(@ForAll("texts") String text) {
        assertThat(String.join("", clauses(text)).replaceAll("[，。 .:0-9]", ""))
                .isEqualTo(text.replaceAll("[，。 .:0-9]", ""));
    }

    @Property
    void every_place_of_a_text_is_in_one_clause_and_they_follow_each_other(@ForAll("texts") String text) {
        Clauses clauses = Clauses.of(text);
        int before = 0;
        for (int place = 0; place < text.length(); place++) {
            int at = clauses.at(place);
            assertThat(at).isBetween(before, Math.min(before + 1, clauses.count() - 1));
            before = at;
        }
        assertThat(clauses.texts(text)).hasSize(clauses.count());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("甲乙丙，。 .:12").ofMaxLength(30);
    }
}
