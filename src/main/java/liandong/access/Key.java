package liandong.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is listed: never with its secret, which only its owner has.
 *
 * @param id what it is called, 8 hexadecimal digits
 * @param name the person or system it was given to
 * @param roles what they may do with it
 * @param created when it was made
 * @param revoked when it ceased to count; null while it counts
 */
public record Key(
        String id,
        String name,
        Set<Role> roles,
        Instant created,
        @Nullable Instant revoked) {}
