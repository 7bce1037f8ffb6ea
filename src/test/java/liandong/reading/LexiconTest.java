package liandong.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LexiconTest {
    private static Lexicon<String> of(String... words) {
        var builder = new Lexicon.Builder<String>();
        for (String word : words) {
            builder.add(word, word + "的意思");
        }
        return builder.build();
    }

    private static List<String> found(Lexicon<String> lexicon, String text) {
        return lexicon.find(text).stream()
                .map(hit -> hit.start() + "-" + hit.end() + " " + hit.word())
                .toList();
    }

    @Test
    void every_word_is_found_by_start_the_longer_first_and_words_within_words_too() {
        assertThat(found(of("路灯", "路", "灯", "路灯杆", "杆倒"), "路灯杆倒了，路灯"))
                .containsExactly("0-3 路灯杆", "0-2 路灯", "0-1 路", "1-2 灯", "2-4 杆倒", "6-8 路灯", "6-7 路", "7-8 灯");
    }

    @Test
    void a_word_means_all_that_was_said_of_it_in_the_order_it_was_said() {
        Lexicon<Integer> lexicon = new Lexicon.Builder<Integer>()
                .add("井盖", 3)
                .addAll(List.of("井盖", "窨井"), 1)
                .add("井蓋", 2)
                .build();

        assertThat(lexicon.size()).isEqualTo(2);
        assertThat(lexicon.find("井盖")).containsExactly(new Lexicon.Hit<>(0, 2, "井盖", List.of(3, 1, 2)));
    }

    @Test
    void a_word_is_found_in_whatever_form_it_was_added() {
        assertThat(found(of("ＷＩＦＩ"), TextForm.of("WiFi不通"))).containsExactly("0-4 wifi");
    }

    @Test
    void a_number_is_not_found_within_a_longer_one() {
        Lexicon<String> numbers = of("110", "12345", "80号", "9栋");

        assertThat(found(numbers, "110、12345，80号9栋")).containsExactly("0-3 110", "4-9 12345", "10-13 80号", "13-15 9栋");
        assertThat(found(numbers, "13110123456")).isEmpty();
        assertThat(found(numbers, "280号19栋")).isEmpty();
        assertThat(found(numbers, "拨110报警")).containsExactly("1-4 110");
    }

    @Test
    void without_words_nothing_is_found_and_an_empty_word_is_none() {
        assertThat(found(of(), "路灯")).isEmpty();
        assertThat(of("").size()).isZero();
        assertThat(found(of("路灯"), "")).isEmpty();
    }

    @Property
    void it_finds_what_looking_for_each_word_by_itself_finds(
            @ForAll("words") Set<String> words, @ForAll("texts") String text) {
        var alone = new ArrayList<String>();
        for (int start = 0; start < text.length(); start++) {
            for (int end = text.length(); end > start; end--) {
                if (words.contains(text.substring(start, end))) {
                    alone.add(start + "-" + end + " " + text.substring(start, end));
                }
            }
        }

        assertThat(found(of(words.toArray(String[]::new)), text)).isEqualTo(alone);
    }

    @Provide
    Arbitrary<Set<String>> words() {
        return Arbitraries.strings()
                .withChars("甲乙丙")
                .ofMinLength(1)
                .ofMaxLength(4)
                .set()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("甲乙丙丁").ofMaxLength(20);
    }
}
