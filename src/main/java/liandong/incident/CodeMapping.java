package liandong.incident;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What an outside system's code means in our words (对照).
 *
 * @param scheme whose codes they are, e.g. {@code "GB/T 47678.5-2026"}
 * @param code the outside code
 * @param name what the outside calls it; null when not said
 * @param term our word
 * @param from the first day on which it holds; null for always
 * @param until the last day on which it holds; null for ever
 */
public record CodeMapping(
        String scheme,
        String code,
        @Nullable String name,
        Term term,
        @Nullable LocalDate from,
        @Nullable LocalDate until) {
    /** Whether there is a day on which both hold. */
    public boolean overlaps(CodeMapping other) {
        return begins(from).compareTo(ends(other.until)) <= 0
                && begins(other.from).compareTo(ends(until)) <= 0;
    }

    private static LocalDate begins(@Nullable LocalDate from) {
        return from == null ? LocalDate.MIN : from;
    }

    private static LocalDate ends(@Nullable LocalDate until) {
        return until == null ? LocalDate.MAX : until;
    }
}
