package liandong.access;

import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;

/** A token opens nothing, or nobody can say just now whether it does. */
public final class TokenException extends Exception {
    /** After how many seconds it is worth while to ask again when nobody can say. */
    public static final int SECONDS = 10;

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    TokenException(Code code, Object... args) {
        super(code.name());
        this.problem = Problem.of(code, new RequestPointer(""), args);
    }

    /** What is wrong. */
    public Problem problem() {
        return problem;
    }

    /** Whether it is not the token's fault: its issuer does not tell its keys. */
    public boolean isPassing() {
        return problem.code() == Code.ISSUER_SILENT;
    }
}
