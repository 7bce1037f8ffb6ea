package liandong.quality;

import java.time.OffsetDateTime;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether something went wrong with a case, as far as that is known. Not safe for use by many threads. */
final class Outcome {
    private boolean known;
    private @Nullable OffsetDateTime at;
    private final Set<String> whys = new TreeSet<>();

    /** It can be told whether it went wrong. */
    Outcome known() {
        known = true;
        return this;
    }

    /** It went wrong. */
    void happened(OffsetDateTime when, String why) {
        known = true;
        at = at == null || when.isAfter(at) ? when : at;
        if (!why.isEmpty()) {
            whys.add(why);
        }
    }

    /** What is known of either. */
    void merge(Outcome other) {
        known |= other.known;
        if (other.at != null) {
            happened(other.at, "");
            whys.addAll(other.whys);
        }
    }

    boolean isKnown() {
        return known;
    }

    boolean hasHappened() {
        return at != null;
    }

    /** When, the last time; null when it has not. */
    @Nullable
    OffsetDateTime at() {
        return at;
    }

    /** Why, or to whom, each once. */
    Set<String> whys() {
        return whys;
    }
}
