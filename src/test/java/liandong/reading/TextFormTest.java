package liandong.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFormTest {
    @ParameterizedTest
    @CsvSource({
        "１２３４５, 12345",
        "ＡＢＣ小区, abc小区",
        "WiFi, wifi",
        "（东门）, (东门)",
        "路燈不亮, 路灯不亮",
        "樓上漏水, 楼上漏水",
        "井蓋, 井盖",
        "路灯不亮, 路灯不亮",
        "ÉCOLE, école"
    })
    void one_form_is_half_width_lower_case_and_simplified(String written, String form) {
        assertThat(TextForm.of(written)).isEqualTo(form);
    }

    @Test
    void what_would_become_longer_stays_as_it_is() {
        assertThat(TextForm.of("㎡ ½ ﬁ …")).isEqualTo("㎡ ½ ﬁ …");
    }

    @Test
    void characters_outside_the_basic_plane_stay_as_they_are_even_half_of_one() {
        assertThat(TextForm.of("𠮷😀\uD83D")).isEqualTo("𠮷😀\uD83D");
    }

    @Test
    void an_empty_text_is_empty() {
        assertThat(TextForm.of("")).isEmpty();
    }

    @Test
    void letters_digits_and_characters_carry_meaning_and_everything_else_divides() {
        assertThat("a9路é").matches(text -> text.chars().allMatch(c -> TextForm.isWord((char) c)));
        assertThat(" ，、。（!\n\u3000").matches(text -> text.chars().noneMatch(c -> TextForm.isWord((char) c)));
    }

    @Property
    void a_place_in_the_form_is_the_same_place_in_the_text(@ForAll("texts") String text) {
        assertThat(TextForm.of(text)).hasSameSizeAs(text);
    }

    @Test
    void what_nobody_sees_is_left_out_and_every_place_leads_back_to_the_text() {
        TextForm.Visible visible = TextForm.visible("着\u200B\uFEFF火\u0336了\u202E！\u3164\u0007快");

        assertThat(visible.form()).isEqualTo("着火了!快");
        assertThat(places(visible)).containsExactly(0, 3, 5, 7, 10, 11);
        assertThat(places(TextForm.visible(""))).containsExactly(0);
        assertThat(TextForm.visible("一\t二\n三").form()).isEqualTo("一\t二\n三");
    }

    @ParameterizedTest
    @CsvSource({
        "有 人 要 跳 楼, 有人要跳楼",
        "有 人 要 跳 楼！快 来, 有人要跳楼!快 来",
        "快来　有　人　要　跳, 快来 有人要跳",
        "楼下 水 管 坏 了 没人 管, 楼下 水管坏了 没人 管",
        "门口积水 车都熄火了, 门口积水 车都熄火了",
        "我 要, 我 要",
        "三 号 a 座, 三 号 a 座",
        "跳  楼  了, 跳  楼  了"
    })
    void a_word_written_character_by_character_is_that_word(String written, String form) {
        assertThat(TextForm.visible(written).form()).isEqualTo(form);
    }

    @Property
    void what_is_seen_of_a_text_is_its_form_without_some_characters_each_at_its_place(@ForAll("texts") String text) {
        TextForm.Visible visible = TextForm.visible(text);

        assertThat(places(visible)).endsWith(text.length()).isSorted().doesNotHaveDuplicates();
        for (int i = 0; i < visible.form().length(); i++) {
            assertThat(visible.form().charAt(i)).isEqualTo(TextForm.of(text).charAt(visible.place(i)));
        }
    }

    private static List<Integer> places(TextForm.Visible visible) {
        return IntStream.rangeClosed(0, visible.form().length())
                .map(visible::place)
                .boxed()
                .toList();
    }

    @Property
    void the_form_of_a_form_is_itself(@ForAll("texts") String text) {
        String form = TextForm.of(text);

        assertThat(TextForm.of(form)).isEqualTo(form);
    }

    @Property
    void each_character_is_formed_by_itself(@ForAll("texts") String one, @ForAll("texts") String other) {
        assertThat(TextForm.of(one + other)).isEqualTo(TextForm.of(one) + TextForm.of(other));
    }

    /** Characters of all kinds: of every plane, halves of them, and the Chinese ones often. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.chars()
                        .range('\u4E00', '\u9FFF')
                        .list()
                        .ofMaxSize(40)
                        .map(TextFormTest::text),
                Arbitraries.chars()
                        .range('\uFF00', '\uFFEF')
                        .list()
                        .ofMaxSize(40)
                        .map(TextFormTest::text),
                Arbitraries.chars().all().list().ofMaxSize(40).map(TextFormTest::text));
    }

    private static String text(Iterable<Character> characters) {
        var text = new StringBuilder();
        characters.forEach(text::append);
        return text.toString();
    }
}
