package liandong.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LikenessTest {
    private static final double ROUNDING = 1e-5;

    private static Likeness<String> of(List<String> sentences) {
        return new Likeness<>(sentences, Function.identity());
    }

    private static List<Float> likeness(Likeness<String> index, String text) {
        Likeness.Compared compared = index.compare(text);
        var likeness = new ArrayList<Float>();
        for (int place = 0; place < index.sentences().size(); place++) {
            likeness.add(compared.to(place));
        }
        return likeness;
    }

    // ———— Likeness ————

    @Property
    void a_sentence_is_altogether_like_itself(@ForAll("sentences") List<String> sentences) {
        Likeness<String> index = of(sentences);
        for (int place = 0; place < sentences.size(); place++) {
            assertThat((double) index.compare(sentences.get(place)).to(place)).isCloseTo(1, within(ROUNDING));
        }
    }

    @Property
    void likeness_is_between_nothing_and_all(
            @ForAll("sentences") List<String> sentences, @ForAll("texts") String text) {
        assertThat(likeness(of(sentences), text))
                .allSatisfy(each -> assertThat((double) each).isBetween(0.0, 1 + ROUNDING));
    }

    @Property
    void what_shares_no_character_is_not_like_at_all(@ForAll("sentences") List<String> sentences) {
        assertThat(likeness(of(sentences), "子丑寅卯")).containsOnly(0f);
    }

    @Property
    void one_sentence_is_as_like_another_as_the_other_is_like_it(@ForAll("sentences") List<String> sentences) {
        Likeness<String> index = of(sentences);
        for (int one = 0; one < sentences.size(); one++) {
            for (int other = 0; other < one; other++) {
                assertThat((double) index.compare(sentences.get(one)).to(other))
                        .isCloseTo(index.compare(sentences.get(other)).to(one), within(ROUNDING));
            }
        }
    }

    @Property
    void the_order_of_the_sentences_has_no_part_in_likeness(
            @ForAll("sentences") List<String> sentences, @ForAll("texts") String text, @ForAll Random random) {
        var shuffled = new ArrayList<>(sentences);
        Collections.shuffle(shuffled, random);

        List<Float> one = likeness(of(sentences), text);
        List<Float> other = likeness(of(shuffled), text);

        for (int place = 0; place < sentences.size(); place++) {
            assertThat(other.get(place))
                    .isCloseTo(one.get(sentences.indexOf(shuffled.get(place))), within((float) ROUNDING));
        }
    }

    @Property
    void two_indexes_of_the_same_sentences_give_the_same_bits(
            @ForAll("sentences") List<String> sentences, @ForAll("texts") String text) {
        assertThat(likeness(of(sentences), text)).isEqualTo(likeness(of(sentences), text));
    }

    @Property
    void in_however_many_pieces_an_index_is_made_it_gives_the_same_bits(
            @ForAll("sentences") List<String> sentences,
            @ForAll("texts") String text,
            @ForAll @IntRange(min = 1, max = 5) int pieces) {
        var index = new Likeness<>(sentences, Function.identity(), pieces, works -> works.forEach(Runnable::run));

        assertThat(likeness(index, text)).isEqualTo(likeness(of(sentences), text));
        assertThat(index.groups(sentence -> sentence.length() % 3).leanings(index.compare(text), 0.3))
                .isEqualTo(of(sentences)
                        .groups(sentence -> sentence.length() % 3)
                        .leanings(of(sentences).compare(text), 0.3));
    }

    @Test
    void width_case_traditional_characters_and_marks_play_no_part() {
        Likeness<String> index = of(List.of("路灯不亮abc", "邻居吵架"));

        assertThat(likeness(index, "路燈不亮ＡＢＣ！")).isEqualTo(likeness(index, "路灯不亮abc"));
    }

    @Test
    void what_few_sentences_have_weighs_more_than_what_all_have() {
        Likeness<String> index = of(List.of("小区路灯", "小区井盖", "小区邻居"));

        Likeness.Compared compared = index.compare("小区的井盖");

        assertThat(compared.to(1)).isGreaterThan(compared.to(0) + 0.5f);
        assertThat(compared.to(0)).isPositive().isEqualTo(compared.to(2));
    }

    // ———— Nearest ————

    @Property
    void the_nearest_are_the_most_like_in_their_order_and_then_by_place(
            @ForAll("sentences") List<String> sentences, @ForAll("texts") String text) {
        Likeness<String> index = of(sentences);
        Likeness.Compared compared = index.compare(text);
        var places = new ArrayList<Integer>();
        for (int place = 0; place < sentences.size(); place++) {
            if (compared.to(place) > 0) {
                places.add(place);
            }
        }
        places.sort((one, other) -> Float.compare(compared.to(other), compared.to(one)));

        assertThat(Likeness.nearest(compared, 3))
                .containsExactly(
                        places.stream().limit(3).mapToInt(Integer::intValue).toArray());
    }

    // ———— Groups ————

    @Test
    void a_text_is_as_like_a_group_as_the_sum_of_its_sentences() {
        Likeness<String> index = of(List.of("甲乙丙", "丁戊", "己庚", "不属"));
        Likeness.Groups<String> groups = index.groups(sentence -> switch (sentence) {
            case "甲乙丙", "丁戊" -> "一";
            case "己庚" -> "二";
            default -> null;
        });

        assertThat(groups.keys()).containsExactly("一", "二");
        assertThat(together(groups, index, "己庚")).containsExactly(new double[] {0, 1}, within(ROUNDING));
        // Of two sentences that share nothing, each is like their sum by 1/√2.
        assertThat(together(groups, index, "丁戊")).containsExactly(new double[] {Math.sqrt(0.5), 0}, within(ROUNDING));
        assertThat(together(groups, index, "不属")).containsExactly(0, 0);
        assertThat(nearest(groups, index, "丁戊甲")).containsExactly(1, -1);
        assertThat(nearest(groups, index, "子丑")).containsExactly(-1, -1);
    }

    private static double[] together(Likeness.Groups<String> groups, Likeness<String> index, String text) {
        Likeness.Nearness compared = groups.compare(index.compare(text));
        return IntStream.range(0, groups.keys().size())
                .mapToDouble(compared::together)
                .toArray();
    }

    private static int[] nearest(Likeness.Groups<String> groups, Likeness<String> index, String text) {
        Likeness.Nearness compared = groups.compare(index.compare(text));
        return IntStream.range(0, groups.keys().size()).map(compared::nearest).toArray();
    }

    @Property
    void a_group_of_one_sentence_is_as_like_as_that_sentence(
            @ForAll("sentences") List<String> sentences, @ForAll("texts") String text) {
        Likeness<String> index = of(sentences);
        double[] groups = together(index.groups(Function.identity()), index, text);

        for (int place = 0; place < sentences.size(); place++) {
            assertThat(groups[place]).isCloseTo(index.compare(text).to(place), within(ROUNDING));
        }
    }

    // ———— Leanings ————

    @Test
    void a_text_leans_to_the_group_whose_sentences_have_more_often_what_it_has() {
        Likeness<String> index = of(List.of("甲丁", "甲", "乙", "甲己", "戊", "不属"));
        Likeness.Groups<String> groups = index.groups(sentence -> switch (sentence) {
            case "甲丁", "甲", "乙" -> "一";
            case "甲己" -> "二";
            case "戊" -> "三";
            default -> null;
        });

        assertThat(groups.keys()).containsExactly("一", "二", "三");
        double ofAll = Math.log(3.002 / 5.1);
        double meanSize = Math.log(5 / 3.0 + 0.1);
        assertThat(groups.leanings(index.compare("甲"), 0.3))
                .containsExactly(
                        new double[] {
                            Math.log(2.002 / 3.1) - ofAll + 0.3 * (Math.log(3.1) - meanSize),
                            Math.log(1.002 / 1.1) - ofAll + 0.3 * (Math.log(1.1) - meanSize),
                            Math.log(0.002 / 1.1) - ofAll + 0.3 * (Math.log(1.1) - meanSize)
                        },
                        within(ROUNDING));
        assertThat(groups.leanings(index.compare("不属"), 0.3)).containsExactly(0, 0, 0);
        assertThat(groups.leanings(index.compare("子"), 0.3)).containsExactly(0, 0, 0);
    }

    @Property
    void how_often_a_text_says_a_thing_does_not_change_what_it_leans_to(@ForAll("sentences") List<String> sentences) {
        Likeness<String> index = of(sentences);
        Likeness.Groups<String> groups = index.groups(Function.identity());
        int[] order = order(groups.leanings(index.compare("甲乙"), 0));

        assertThat(order(groups.leanings(index.compare("甲乙，甲乙，甲乙"), 0))).isEqualTo(order);
    }

    private static int[] order(double[] leanings) {
        return IntStream.range(0, leanings.length)
                .boxed()
                .sorted((one, other) -> Double.compare(leanings[other], leanings[one]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    // ———— Edges ————

    @Test
    void without_sentences_or_without_words_nothing_is_like_anything() {
        assertThat(likeness(of(List.of()), "路灯不亮")).isEmpty();
        assertThat(Likeness.nearest(of(List.of()).compare("路灯不亮"), 5)).isEmpty();
        assertThat(likeness(of(List.of("路灯不亮", "！！")), "？？")).containsExactly(0f, 0f);
        assertThat(likeness(of(List.of("路灯不亮", "！！")), "路灯不亮").get(1)).isZero();
    }

    @Test
    void numbers_as_long_as_those_of_telephones_say_nothing_shorter_ones_do() {
        Likeness<String> all = of(List.of("路灯不亮电话", "号楼12栋"));

        assertThat(likeness(all, "路灯不亮13900000012电话")).isEqualTo(likeness(all, "路灯不亮，电话"));
        assertThat(likeness(all, "13900000012")).containsExactly(0f, 0f);
        assertThat(likeness(all, "12栋").get(1)).isPositive();
    }

    @Property
    void a_sentence_that_stands_twice_is_two_sentences(@ForAll("texts") String text) {
        Assume.that(text.chars().anyMatch(c -> TextForm.isWord((char) c)));
        List<Float> likeness = likeness(of(List.of(text, "天地玄黄", text)), text);

        assertThat(likeness.get(0)).isEqualTo(likeness.get(2)).isCloseTo(1, within((float) ROUNDING));
    }

    @Provide
    Arbitrary<List<String>> sentences() {
        return Arbitraries.strings()
                .withChars("甲乙丙丁戊己ab1")
                .ofMinLength(1)
                .ofMaxLength(12)
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("甲乙丙丁戊己ab1，子").ofMaxLength(30);
    }
}
