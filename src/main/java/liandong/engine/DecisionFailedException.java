package liandong.engine;

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

    /** What went wrong. */
    public Problem problem() {
        return problem;
    }
}
