package liandong.wire;

import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;

/** An answer could not be kept, so it must not be given. */
public final class NotKeptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * An answer that could not be kept.
     *
     * @param problem what the caller is told
     * @param cause what kept it from being kept; null when it was only slow
     */
    public NotKeptException(Problem problem, @Nullable Throwable cause) {
        super(problem.code().name(), cause);
        this.problem = problem;
    }

    /** What the caller is told. */
    public Problem problem() {
        return problem;
    }
}
