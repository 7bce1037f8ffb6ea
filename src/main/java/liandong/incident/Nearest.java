package liandong.incident;

import java.text.Normalizer;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds what a mistyped word probably was meant to be. */
public final class Nearest {
    /** Characters that turn a word into its opposite. */
    private static final String NEGATIONS = "非不未无没否";

    /** Said of the day that is worked for another, and of the other, which is off: a label of either would be a guess. */
    private static final String EITHER = "调休";

    /** Untrusted text may be long; nothing beyond this length is a near miss of a label. */
    private static final int LONGEST = 200;

    private Nearest() {}

    /**
     * The known word that a mistyped one probably was meant to be: the one it abbreviates, else the one at the least edit
     * distance.
     *
     * @return null when none shares two thirds of it, when several are as near, or when the nearest says the opposite: a
     *     wrong suggestion is worse than none
     */
    public static @Nullable String of(String typed, Collection<String> known) {
        String mistyped = typed.length() > LONGEST ? typed : Normalizer.normalize(typed, Normalizer.Form.NFKC);
        if (mistyped.equals(EITHER)) {
            return null;
        }
        String best = null;
        int least = Integer.MAX_VALUE;
        boolean tie = false;
        String whole = null;
        boolean wholes = false;
        for (String word : known) {
            if (negations(word) != negations(mistyped)) {
                continue;
            }
            int distance = distance(mistyped, word);
            if (distance < least) {
                least = distance;
                best = word;
                tie = false;
            } else if (distance == least) {
                tie = true;
            }
            if (abbreviates(mistyped, word)) {
                wholes = whole != null;
                whole = word;
            }
        }
        if (best != null && !tie && least <= most(mistyped, best) && !isOtherPair(mistyped, best)) {
            return best;
        }
        return wholes ? null : whole;
    }

    private static int most(String mistyped, String word) {
        int longer = Math.max(mistyped.length(), word.length());
        return longer <= 3 ? Math.min(1, longer / 2) : longer / 3;
    }

    /** Whether two words of two characters begin differently: 待定 is not meant to be 推定. */
    private static boolean isOtherPair(String a, String b) {
        return a.length() == 2 && b.length() == 2 && a.charAt(0) != b.charAt(0);
    }

    private static long negations(String word) {
        return word.chars().filter(c -> NEGATIONS.indexOf(c) >= 0).count();
    }

    /** Whether the characters of a Chinese word stand in another in the same order, as 区市监局 in 区市场监督管理局. */
    private static boolean abbreviates(String mistyped, String word) {
        if (mistyped.length() < 2 || mistyped.length() >= word.length()) {
            return false;
        }
        int next = 0;
        for (int i = 0; i < word.length() && next < mistyped.length(); i++) {
            next += word.charAt(i) == mistyped.charAt(next) ? 1 : 0;
        }
        return next == mistyped.length() && mistyped.chars().allMatch(Character::isIdeographic);
    }

    private static int distance(String a, String b) {
        if (a.length() > LONGEST || b.length() > LONGEST) {
            return a.equals(b) ? 0 : Integer.MAX_VALUE / 4;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
