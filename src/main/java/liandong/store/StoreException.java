package liandong.store;

import java.sql.SQLException;
import java.util.Set;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.problem.UnavailableException;
import org.jspecify.annotations.Nullable;

/** The store cannot be used. What was being done has not been done, unless it was on its way when the store went. */
public final class StoreException extends UnavailableException {
    private static final long serialVersionUID = 1L;

    /** The class of states that say that nobody answers. */
    private static final String NO_CONNECTION = "08";
    /** The states in which PostgreSQL starts, stops, or has no connection left. */
    private static final Set<String> STARTING = Set.of("57P01", "57P02", "57P03", "53300");

    /**
     * A store that cannot be used.
     *
     * @param problem what is wrong, for the operator
     * @param cause what the database said; null when it said nothing
     */
    public StoreException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }

    /** Operators see what the database reported; callers only that the store is gone. */
    @Override
    public Problem told() {
        return isPassing() ? Problem.of(Code.STORE_GONE, new RequestPointer("")) : problem();
    }

    /** Whether the database may only not have been started yet, so that it is worth while to wait. */
    public boolean isStarting() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith(NO_CONNECTION) || STARTING.contains(sql.getSQLState());
            }
        }
        return false;
    }

    /** A store that is gone may be back in a moment; what it holds is not mended by asking again. */
    @Override
    public boolean isPassing() {
        return problem().code() == Code.STORE_UNREACHABLE;
    }
}
