package liandong.engine;

import java.util.Locale;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;

/** The rules could not come to a decision: they ran away, took too long, or one of them failed. */
public final class DecisionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    DecisionFailedException(Code code, Object detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.problem = Problem.of(code, new FileRef("rules"), detail);
    }

    /**
     * What went wrong, for a log: with the kind of what a rule failed by and where that was, without its message, which may
     * quote the report.
     */
    public String told() {
        Throwable root = this;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String told = problem.line(Locale.ENGLISH);
        if (root == this) {
            return told;
        }
        StackTraceElement[] frames = root.getStackTrace();
        return told + " (" + root.getClass().getName() + (frames.length == 0 ? "" : " at " + frames[0]) + ")";
    }

    /** What went wrong. */
    public Problem problem() {
        return problem;
    }
}
