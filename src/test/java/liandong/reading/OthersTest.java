package liandong.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import liandong.Seeds;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Sentences compared with all the others, held against the sums worked out sentence by sentence. */
class OthersTest {
    private static final int SENTENCES = 60;
    private static final int GROUPS = 5;
    private static final Offset<Double> NEARLY = within(1e-4);

    private record Example(String sentence, int group) {}

    private static List<Example> random(Random random) {
        var examples = new ArrayList<Example>();
        for (int i = 0; i < SENTENCES; i++) {
            var sentence = new StringBuilder();
            for (int length = 1 + random.nextInt(12); length > 0; length--) {
                sentence.append("路上井盖坏了没人管，水".charAt(random.nextInt(11)));
            }
            examples.add(new Example(sentence.toString(), random.nextInt(GROUPS)));
        }
        return examples;
    }

    @Test
    void groups_are_compared_as_if_the_sentence_were_in_none() {
        List<Example> examples = random(Seeds.random());
        var likeness = new Likeness<>(examples, Example::sentence);
        Likeness.Groups<Integer> groups = likeness.groups(Example::group);
        Likeness.Hand others = likeness.others(groups).hand();
        float[][] dots = examples.stream()
                .map(each -> likeness.compare(each.sentence()))
                .map(compared ->
                        IntStream.range(0, SENTENCES).mapToObj(compared::to).toList())
                .map(row -> {
                    float[] values = new float[SENTENCES];
                    for (int i = 0; i < SENTENCES; i++) {
                        values[i] = row.get(i);
                    }
                    return values;
                })
                .toArray(float[][]::new);

        for (int place = 0; place < SENTENCES; place++) {
            double[] together = others.take(place, examples.get(place).sentence());
            for (int group = 0; group < groups.keys().size(); group++) {
                int left = place;
                int key = groups.keys().get(group);
                int[] members = IntStream.range(0, SENTENCES)
                        .filter(i -> i != left && examples.get(i).group() == key)
                        .toArray();
                double sum = 0;
                double square = 0;
                double nearest = 0;
                for (int member : members) {
                    sum += dots[place][member];
                    nearest = Math.max(nearest, dots[place][member]);
                    for (int other : members) {
                        square += dots[member][other];
                    }
                }
                double expected = square == 0 ? 0 : Math.min(1, sum / Math.sqrt(square));
                assertThat(together[group]).isCloseTo(expected, NEARLY);
                assertThat(others.nearest(group)).isCloseTo(nearest, NEARLY);
                assertThat(others.nearestAtMost(group)).isGreaterThanOrEqualTo(nearest - 1e-4);
            }
        }
    }

    @Test
    void sifting_bounds_what_is_nearest_more_closely_and_changes_nothing_of_it() {
        List<Example> examples = random(Seeds.random());
        var likeness = new Likeness<>(examples, Example::sentence);
        Likeness.Others<Integer> others = likeness.others(likeness.groups(Example::group));
        Likeness.Hand whole = others.hand();
        Likeness.Hand sifted = others.hand();

        for (int place = 0; place < SENTENCES; place++) {
            String sentence = examples.get(place).sentence();
            assertThat(sifted.take(place, sentence)).isEqualTo(whole.take(place, sentence));
            for (int group = 0;
                    group < GROUPS
                            && group < likeness.groups(Example::group).keys().size();
                    group++) {
                double nearest = whole.nearest(group);

                assertThat(sifted.nearestAtMostSifted(group)).isBetween(nearest, sifted.nearestAtMost(group));
                assertThat(sifted.nearest(group)).isEqualTo(nearest);
            }
        }
    }

    @Test
    void a_sentence_leans_to_groups_as_if_it_were_in_none() {
        List<Example> examples = random(Seeds.random());
        var likeness = new Likeness<>(examples, Example::sentence);
        Likeness.Groups<Integer> groups = likeness.groups(Example::group);
        Likeness.Hand others = likeness.others(groups).hand();
        for (int place = 0; place < SENTENCES; place++) {
            // One that cannot be told from no sentence keeps its place and belongs to no group.
            var without = new ArrayList<>(examples);
            without.set(place, new Example(examples.get(place).sentence(), -1));
            Likeness.Groups<Integer> left = new Likeness<>(without, Example::sentence)
                    .groups(example -> example.group() < 0 ? null : example.group());
            String text = examples.get(place).sentence();

            others.take(place, text);

            double[] leanings = others.leanings(0.3);
            double[] expected = left.leanings(new Likeness<>(without, Example::sentence).compare(text), 0.3);
            for (int group = 0; group < groups.keys().size(); group++) {
                int at = left.keys().indexOf(groups.keys().get(group));
                if (at >= 0) {
                    assertThat(leanings[group]).isCloseTo(expected[at], NEARLY);
                }
            }
        }
    }

    @Test
    void a_sentence_that_is_read_otherwise_than_it_is_written_is_left_out_as_it_is_written() {
        var examples = List.of(new Example("电瓶车坏了", 0), new Example("电动车坏了", 0), new Example("路上积水", 1));
        var likeness = new Likeness<>(examples, Example::sentence);
        Likeness.Hand others = likeness.others(likeness.groups(Example::group)).hand();

        double[] together = others.take(0, "电动车坏了");

        assertThat(together[0]).isCloseTo(1, NEARLY);
        assertThat(together[1]).isCloseTo(0, NEARLY);
        assertThat(others.leanings(0.3)[0]).isPositive();
        assertThat(others.leanings(0.3)[1]).isNegative();
        assertThat(others.nearest(0)).isCloseTo(1, NEARLY);
    }

    @Test
    void the_only_sentence_of_a_group_leaves_it_empty() {
        var examples = List.of(new Example("路上积水", 0), new Example("井盖坏了", 1), new Example("路上有坑", 1));
        var likeness = new Likeness<>(examples, Example::sentence);
        Likeness.Hand others = likeness.others(likeness.groups(Example::group)).hand();

        double[] together = others.take(0, "路上积水");

        assertThat(together[0]).isCloseTo(0, within(1e-3));
        assertThat(together[1]).isPositive();
        assertThat(others.nearest(0)).isZero();
    }
}
