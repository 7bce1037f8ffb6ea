package liandong.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import liandong.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;

class BitsTest {
    /** Sets of so many rows, each row in one of them as often as said. */
    private static List<BitSet> sets(int rows, int count, double often, Random random) {
        var sets = new ArrayList<BitSet>();
        for (int set = 0; set < count; set++) {
            var bits = new BitSet();
            for (int row = 0; row < rows; row++) {
                bits.set(row, random.nextDouble() < often);
            }
            sets.add(bits);
        }
        return sets;
    }

    private static long[][] kept(List<BitSet> sets, int rows) {
        return sets.stream()
                .map(set -> Bits.of(RoaringBitmap.bitmapOf(set.stream().toArray()), rows))
                .toArray(long[][]::new);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 127, 128, 129, 8_191, 8_192, 8_193, 20_000})
    void what_is_in_all_sets_is_found_from_the_lowest_on_wherever_it_stands(int rows) {
        Random random = Seeds.random();
        for (int count = 1; count <= 4; count++) {
            for (double often : new double[] {0, 0.01, 0.5, 0.99, 1}) {
                List<BitSet> sets = sets(rows, count, often, random);
                var expected = (BitSet) sets.get(0).clone();
                sets.forEach(expected::and);
                var found = new ArrayList<Integer>();
                Bits.each(kept(sets, rows), found::add);

                assertThat(found).isEqualTo(expected.stream().boxed().toList());
                assertThat(Bits.first(kept(sets, rows))).isEqualTo(expected.nextSetBit(0));
                assertThat(Bits.count(kept(sets, rows)[0]))
                        .isEqualTo(sets.get(0).cardinality());
                int[] numbers = Bits.numbers(kept(sets, rows)[0], sets.get(0).cardinality());
                assertThat(numbers).containsExactly(sets.get(0).stream().toArray());
                assertThat(Bits.first(numbers, kept(sets, rows))).isEqualTo(expected.nextSetBit(0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65, 8_193, 20_000})
    void a_single_row_is_found_in_every_place(int rows) {
        for (int row = 0; row < rows; row += Math.max(1, rows / 97)) {
            long[] one = Bits.none(rows);
            Bits.add(one, row);

            assertThat(Bits.first(new long[][] {Bits.all(rows), one})).isEqualTo(row);
            assertThat(Bits.has(one, row)).isTrue();
            Bits.remove(one, row);
            assertThat(Bits.first(new long[][] {one, Bits.all(rows)})).isEqualTo(-1);
        }
    }
}
