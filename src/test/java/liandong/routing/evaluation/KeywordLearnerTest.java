package liandong.routing.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import liandong.District;
import liandong.incident.EventType;
import liandong.policy.Policy;
import liandong.routing.KeywordRow;
import liandong.table.Table;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KeywordLearnerTest {
    private static final Policy POLICY = District.policy();
    private static final List<EventType> TYPES =
            POLICY.vocabulary().all(EventType.class).subList(0, 4);
    private static final int SUPPORT = 3;
    private static final KeywordLearner LEARNER = new KeywordLearner(SUPPORT, 1000);

    /** Texts of a few characters, so that pieces of them recur. */
    @Provide
    Arbitrary<List<TypedText>> texts() {
        Arbitrary<String> text =
                Arbitraries.strings().withChars("甲乙丙丁戊，7").ofMinLength(1).ofMaxLength(12);
        return Combinators.combine(Arbitraries.of(TYPES), text)
                .as((type, words) -> new TypedText(type, words, 0))
                .list()
                .ofMaxSize(60)
                .map(list -> IntStream.range(0, list.size())
                        .mapToObj(i ->
                                new TypedText(list.get(i).type(), list.get(i).text(), i + 2))
                        .toList());
    }

    @Property(tries = 200)
    void every_word_tells_its_event_type_from_the_others(@ForAll("texts") List<TypedText> texts) {
        for (Keyword word : LEARNER.learn(texts)) {
            long own = having(texts, word.word(), true, word.type());
            long others = having(texts, word.word(), false, word.type());
            assertThat(word.word()).matches("[\\p{IsHan}a-z]{2,6}");
            assertThat(word.points()).isIn(10, 20, 30, 40, 50);
            assertThat(word.own()).isGreaterThanOrEqualTo(SUPPORT).isEqualTo((int) own);
            assertThat(word.others()).isEqualTo((int) others);
            assertThat(own).isGreaterThan(others);
            assertThat(word.examples())
                    .isNotEmpty()
                    .allSatisfy(example -> assertThat(example.excerpt()).contains(word.word()));
        }
    }

    /** In how many different texts of an event type, or of each of the others, a word stands. */
    private static long having(List<TypedText> texts, String word, boolean own, EventType type) {
        return texts.stream()
                .filter(each -> each.type().equals(type) == own && each.text().contains(word))
                .map(each -> each.type().code() + each.text())
                .distinct()
                .count();
    }

    @Property(tries = 100)
    void the_order_of_the_texts_changes_nothing(@ForAll("texts") List<TypedText> texts, @ForAll long seed) {
        var shuffled = new ArrayList<>(texts);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(LEARNER.learn(shuffled)).isEqualTo(LEARNER.learn(texts));
    }

    @Property(tries = 100)
    void no_word_has_another_within_it_that_says_as_much(@ForAll("texts") List<TypedText> texts) {
        List<Keyword> words = LEARNER.learn(texts);

        for (Keyword longer : words) {
            assertThat(words)
                    .noneMatch(shorter -> !shorter.equals(longer)
                            && longer.word().contains(shorter.word())
                            && shorter.type().equals(longer.type())
                            && shorter.points() >= longer.points());
        }
    }

    @Test
    void whole_words_are_found_and_words_of_the_surroundings_are_not() {
        List<Keyword> words = LEARNER.learn(List.of(
                text(0, "小区门口的路灯不亮，请处理", 2),
                text(0, "楼下路灯坏了三天", 3),
                text(0, "巷口两盏路灯一直闪，电话13800001111", 4),
                text(0, "公园路灯还没修，请处理", 5),
                text(1, "小区门口占道摆摊，请处理", 6),
                text(1, "楼下有人占道烧烤", 7),
                text(1, "巷口占道卖菜", 8),
                text(1, "公园边上占道停车，请处理", 9)));

        assertThat(words).extracting(Keyword::word).containsExactlyInAnyOrder("路灯", "占道");
        assertThat(words).allSatisfy(word -> {
            assertThat(word.own()).isEqualTo(4);
            assertThat(word.others()).isZero();
            assertThat(word.points()).isEqualTo(20);
        });
        assertThat(words)
                .filteredOn(word -> word.word().equals("路灯"))
                .singleElement()
                .satisfies(word -> assertThat(word.examples())
                        .containsExactly(new Keyword.Example(2, "小区门口的路灯不亮，请处理"), new Keyword.Example(3, "楼下路灯坏了三天")));
    }

    private static TypedText text(int type, String text, int row) {
        return new TypedText(TYPES.get(type), text, row);
    }

    @Test
    void texts_of_a_single_event_type_tell_nothing_apart() {
        assertThat(LEARNER.learn(IntStream.range(0, 20)
                        .mapToObj(row -> text(0, "路灯不亮" + "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉".charAt(row), row))
                        .toList()))
                .isEmpty();
    }

    @Test
    void of_a_phrase_that_is_longer_than_any_word_the_beginning_is_taken() {
        var texts = new ArrayList<TypedText>();
        for (int row = 0; row < 5; row++) {
            texts.add(text(0, "甲乙丙丁戊".charAt(row) + "既有多层住宅加装电梯补贴" + "己庚辛壬癸".charAt(row), row));
            texts.add(text(1, "甲乙丙丁戊".charAt(row) + "占道" + "己庚辛壬癸".charAt(row), 10 + row));
        }

        assertThat(LEARNER.learn(texts)).extracting(Keyword::word).containsExactlyInAnyOrder("既有多层住宅", "占道");
    }

    @Test
    void more_texts_want_more_of_them_with_a_word() {
        var texts = new ArrayList<TypedText>();
        for (int row = 0; row < 2_000; row++) {
            String different = Integer.toString(row, 26).replaceAll("\\d", "");
            texts.add(text(row % 4, row % 500 == 0 ? row + "路灯" + row : row + different, row));
        }

        assertThat(new KeywordLearner(null, 40).learn(texts))
                .extracting(Keyword::word)
                .contains("路灯");
        texts.remove(0);
        texts.add(text(1, "巷子", 3_000));
        assertThat(new KeywordLearner(null, 40).learn(texts))
                .extracting(Keyword::word)
                .doesNotContain("路灯");
    }

    @Test
    void an_excerpt_has_no_number_in_it() {
        var texts = new ArrayList<TypedText>();
        for (int row = 0; row < 5; row++) {
            texts.add(text(0, "甲乙丙丁戊".charAt(row) + "电话1380000111" + row + "路灯" + "己庚辛壬癸".charAt(row), row));
            texts.add(text(1, "甲乙丙丁戊".charAt(row) + "占道" + "己庚辛壬癸".charAt(row), 10 + row));
        }

        assertThat(LEARNER.learn(texts))
                .flatExtracting(Keyword::examples)
                .extracting(Keyword.Example::excerpt)
                .isNotEmpty()
                .noneMatch(excerpt -> excerpt.matches(".*\\d.*"));
    }

    @Test
    void rows_of_the_sheet_are_read_as_a_policy_reads_them() {
        var word = new Keyword("路灯", TYPES.get(0), 30, 8, 1, List.of(new Keyword.Example(2, "楼下路灯坏了")));

        Table<?> table =
                WordRows.of(POLICY, List.of(word), "由 m.csv 的 9 条已标注信息统计得出").table();

        assertThat(table.rows()).singleElement().satisfies(row -> {
            assertThat(row).isInstanceOfSatisfying(KeywordRow.class, keyword -> {
                assertThat(keyword.eventType()).isEqualTo(TYPES.get(0));
                assertThat(keyword.points()).isEqualTo(30);
            });
            assertThat(row.ref().confirmed()).isFalse();
            assertThat(row.ref().source()).isEqualTo("由 m.csv 的 9 条已标注信息统计得出");
        });
        assertThat(table.words(0)).containsExactly("路灯");
        Set<String> taken = POLICY.tables().stream()
                .flatMap(each -> each.rows().stream())
                .map(row -> row.ref().id())
                .collect(Collectors.toSet());
        assertThat(taken).doesNotContain(table.rows().get(0).ref().id());
    }
}
