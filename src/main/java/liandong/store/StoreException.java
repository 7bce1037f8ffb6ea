package liandong.store;

import liandong.problem.Problem;

/** The store cannot be used. What was being done has not been done, unless it was on its way when the store went. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * A store that cannot be used.
     *
     * @param problem what is wrong, for whoever runs the service
     * @param cause what the database said
     */
    public StoreException(Problem problem, Throwable cause) {
        super(problem.code().name(), cause);
        this.problem = problem;
    }

    /** What is wrong. */
    public Problem problem() {
        return problem;
    }
}
