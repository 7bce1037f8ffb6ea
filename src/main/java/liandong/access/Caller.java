package liandong.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param name the person or system, as the key was made out to or the token says; while there are no keys, as the request
 *     says, and empty when it says nothing
 * @param keyId the key that was shown, or what stands for all tokens of this name; null while there are no keys
 * @param roles what they may do
 * @param until from when on what was shown counts no more, where it says so itself; null where the store is asked
 */
public record Caller(
        String name,
        @Nullable String keyId,
        Set<Role> roles,
        @Nullable Instant until) {
    /** How long a name may be that nobody here gave out, in characters. */
    public static final int LONGEST_NAME = 64;

    /** Somebody of whom the store, or nobody, says until when they may. */
    public Caller(String name, @Nullable String keyId, Set<Role> roles) {
        this(name, keyId, roles, null);
    }

    /** Whether a text can be a name that nobody here gave out; an empty one says nothing. */
    public static boolean isName(String name) {
        return name.length() <= LONGEST_NAME
                && name.codePoints().noneMatch(c -> c == 0xFFFD || Character.isISOControl(c) || isFormat(c));
    }

    private static boolean isFormat(int c) {
        return Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.SURROGATE;
    }
}
