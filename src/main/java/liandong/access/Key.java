package liandong.access;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is listed: never with its secret, which only its owner has.
 *
 * @param id what it is called, 8 hexadecimal digits
 * @param name the person or system it was given to
 * @param roles what they may do with it
 * @param created when it was made
 * @param expires from when on it counts no more; null when it does not expire
 * @param addresses where requests that show it may come from, as {@code 10.2.0.0/16} or {@code 10.3.0.7}; empty for
 *     everywhere
 * @param revoked when it ceased to count; null while it counts
 */
public record Key(
        String id,
        String name,
        Set<Role> roles,
        Instant created,
        @Nullable Instant expires,
        List<String> addresses,
        @Nullable Instant revoked) {
    /** Whether it counts at a moment. */
    public boolean counts(Instant now) {
        return revoked == null && (expires == null || now.isBefore(expires));
    }
}
