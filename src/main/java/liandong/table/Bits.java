package liandong.table;

import java.util.function.IntConsumer;
import org.roaringbitmap.RoaringBitmap;

/** Sets of row numbers as one bit a row, the lowest bit of the first word for row 0. */
final class Bits {
    /** How many words are met at once. */
    private static final int BLOCK = 128;

    /** How many are met one by one before. */
    private static final int SINGLE = 4;

    private Bits() {}

    /** The empty set of so many rows. */
    static long[] none(int rows) {
        return new long[(rows + Long.SIZE - 1) / Long.SIZE];
    }

    /** The set of all of so many rows. */
    static long[] all(int rows) {
        long[] all = none(rows);
        for (int row = 0; row < rows; row++) {
            add(all, row);
        }
        return all;
    }

    /** A bitmap of numbers of so many rows. */
    static long[] of(RoaringBitmap bitmap, int rows) {
        return with(none(rows), bitmap);
    }

    /** A set and a bitmap in one new set. */
    static long[] with(long[] set, RoaringBitmap more) {
        long[] both = set.clone();
        more.forEach((org.roaringbitmap.IntConsumer) row -> add(both, row));
        return both;
    }

    static void add(long[] set, int row) {
        set[row >>> 6] |= 1L << row;
    }

    static void remove(long[] set, int row) {
        set[row >>> 6] &= ~(1L << row);
    }

    static boolean has(long[] set, int row) {
        return (set[row >>> 6] & 1L << row) != 0;
    }

    static int count(long[] set) {
        int count = 0;
        for (long word : set) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** The numbers in a set from the lowest on, of which there are so many. */
    static int[] numbers(long[] set, int count) {
        var numbers = new int[count];
        int next = 0;
        for (int i = 0; i < set.length; i++) {
            for (long word = set[i]; word != 0; word &= word - 1) {
                numbers[next++] = i * Long.SIZE + Long.numberOfTrailingZeros(word);
            }
        }
        return numbers;
    }

    /**
     * The first of some numbers that is in all of some sets.
     *
     * @return -1 when none is
     */
    static int first(int[] numbers, long[][] sets) {
        for (int number : numbers) {
            int set = 0;
            while (set < sets.length && has(sets[set], number)) {
                set++;
            }
            if (set == sets.length) {
                return number;
            }
        }
        return -1;
    }

    /**
     * The first number that is in all of some sets.
     *
     * @param sets of one size; at least one
     * @return -1 when there is none
     */
    static int first(long[][] sets) {
        int size = sets[0].length;
        // Many tables answer by one of their first rows: the first words are met one by one, then blocks grow.
        int single = Math.min(size, SINGLE);
        for (int i = 0; i < single; i++) {
            long word = sets[0][i];
            for (int set = 1; set < sets.length; set++) {
                word &= sets[set][i];
            }
            if (word != 0) {
                return i * Long.SIZE + Long.numberOfTrailingZeros(word);
            }
        }
        if (single == size) {
            return -1;
        }
        long[] met = new long[Math.min(size - single, BLOCK)];
        for (int from = single, length = SINGLE; from < size; from += length, length = Math.min(2 * length, BLOCK)) {
            int words = meet(sets, from, Math.min(length, size - from), met);
            for (int i = 0; i < words; i++) {
                if (met[i] != 0) {
                    return (from + i) * Long.SIZE + Long.numberOfTrailingZeros(met[i]);
                }
            }
        }
        return -1;
    }

    /** Gives each number that is in all of some sets, from the lowest on; see {@link #first}. */
    static void each(long[][] sets, IntConsumer then) {
        int size = sets[0].length;
        long[] met = new long[Math.min(size, BLOCK)];
        for (int from = 0; from < size; from += BLOCK) {
            int words = meet(sets, from, Math.min(BLOCK, size - from), met);
            for (int i = 0; i < words; i++) {
                for (long word = met[i]; word != 0; word &= word - 1) {
                    then.accept((from + i) * Long.SIZE + Long.numberOfTrailingZeros(word));
                }
            }
        }
    }

    /** Puts some words of all sets together, without a branch that a processor would have to guess. */
    private static int meet(long[][] sets, int from, int words, long[] met) {
        System.arraycopy(sets[0], from, met, 0, words);
        for (int set = 1; set < sets.length; set++) {
            long[] other = sets[set];
            for (int i = 0; i < words; i++) {
                met[i] &= other[from + i];
            }
        }
        return words;
    }
}
