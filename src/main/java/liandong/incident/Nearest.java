package liandong.incident;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds what a mistyped word probably was meant to be. */
public final class Nearest {
    private Nearest() {}

    /** The known word nearest to the mistyped one by edit distance; null when none shares at least half of it. */
    public static @Nullable String of(String mistyped, Collection<String> known) {
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String word : known) {
            int distance = distance(mistyped, word);
            if (distance < least) {
                least = distance;
                best = word;
            }
        }
        return best != null && least * 2 <= Math.max(best.length(), mistyped.length()) ? best : null;
    }

    private static int distance(String a, String b) {
        // Untrusted text may be long; nothing beyond this length is a near miss of a label.
        if (a.length() > 200 || b.length() > 200) {
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
