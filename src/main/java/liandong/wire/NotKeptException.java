package liandong.wire;

import liandong.problem.Problem;
import liandong.problem.UnavailableException;
import org.jspecify.annotations.Nullable;

/** An answer could not be kept, so it must not be given. */
public final class NotKeptException extends UnavailableException {
    private static final long serialVersionUID = 1L;

    /**
     * An answer that could not be kept.
     *
     * @param problem what the caller is told
     * @param cause what kept it from being kept; null when it was only slow
     */
    public NotKeptException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
