package liandong.web;

import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;

/** What was asked for by its id or name is not there. */
final class NotThereException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Problem problem;

    /** There is nothing at the address. */
    NotThereException() {
        this(null);
    }

    /**
     * There is no such thing.
     *
     * @param problem what the caller is told; null when the address says all
     */
    NotThereException(@Nullable Problem problem) {
        this.problem = problem;
    }

    /** What the caller is told; null when the address says all. */
    @Nullable
    Problem problem() {
        return problem;
    }
}
