package liandong.problem;

import org.jspecify.annotations.Nullable;

/** What it takes to answer is not there, or not as it must be. Whoever asked has done nothing wrong. */
public abstract class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * Something that is not there.
     *
     * @param problem what is wrong, for whoever runs the service
     * @param cause what it came from; null when nothing was thrown
     */
    protected UnavailableException(Problem problem, @Nullable Throwable cause) {
        super(problem.code().name(), cause);
        this.problem = problem;
    }

    /** What is wrong, for whoever runs the service. */
    public final Problem problem() {
        return problem;
    }

    /** The problem shown to the caller; {@link #problem}, unless that holds details for the operator only. */
    public Problem told() {
        return problem;
    }

    /** Whether the same may well be answered in a moment. */
    public boolean isPassing() {
        return true;
    }

    /** The status of HTTP that says so. */
    public int status() {
        return isPassing() ? 503 : 500;
    }
}
