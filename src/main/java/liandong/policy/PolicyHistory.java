package liandong.policy;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The policy that is live now, and those that were before or are to be. */
public interface PolicyHistory extends Supplier<Policy> {
    /** The policy that was live at a moment, or will be by what is settled today; null when there was none. */
    @Nullable
    Policy asOf(Instant moment);

    /** A policy by its version, whether or not it is live; null when it is not kept. */
    @Nullable
    Policy version(String version);
}
