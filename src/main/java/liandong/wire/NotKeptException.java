package liandong.wire;

import liandong.problem.Problem;
import liandong.problem.UnavailableException;
import org.jspecify.annotations.Nullable;

/** An answer could not be written to the journal, so it must not be returned. */
public final class NotKeptException extends UnavailableException {
    private static final long serialVersionUID = 1L;

    /**
     * An answer that could not be written.
     *
     * @param problem what the caller is told
     * @param cause what went wrong; null when it only took too long
     */
    public NotKeptException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
