package liandong.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param name the person or system, as the key was made out to; while there are no keys, as the request says, and empty
 *     when it says nothing
 * @param keyId the key that was shown; null while there are no keys
 * @param roles what they may do
 */
public record Caller(String name, @Nullable String keyId, Set<Role> roles) {}
