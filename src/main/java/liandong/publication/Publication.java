package liandong.publication;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A policy made live, now or from some moment on.
 *
 * @param no its number, from 1
 * @param policy the policy's number
 * @param content the hash of what was made live
 * @param version the version that its decisions name
 * @param effectiveAt from when on
 * @param publishedAt when somebody said so
 * @param person who said so
 * @param kind how it came about
 * @param restores the publication that a rollback went back to; null otherwise
 * @param fate what became of it; null while it lies ahead, or nobody has looked since
 */
public record Publication(
        long no,
        long policy,
        String content,
        String version,
        Instant effectiveAt,
        Instant publishedAt,
        String person,
        Kind kind,
        @Nullable Long restores,
        @Nullable Fate fate) {

    /** The order in which publications supersede each other. */
    static final Comparator<Publication> ORDER =
            Comparator.comparing(Publication::effectiveAt).thenComparing(Publication::no);

    /** How a publication came about. */
    public enum Kind {
        /** The store was empty, and the program brought its own policy. */
        FIRST,
        /** Somebody published an approved policy. */
        PUBLISH,
        /** Somebody went back to a policy that had been live before. */
        ROLLBACK
    }

    /** What became of a publication. */
    public enum Fate {
        /** It came into force; nothing undoes that, not even a clock that is set back. */
        STARTED,
        /** It was called off before its time. */
        CALLED_OFF
    }
}
