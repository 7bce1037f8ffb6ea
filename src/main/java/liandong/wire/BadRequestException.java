package liandong.wire;

import java.util.List;
import liandong.problem.Problem;

/** What was sent cannot be used; says everything that is wrong with it at once. */
public final class BadRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final boolean readable;

    /**
     * Bad input.
     *
     * @param readable whether it could be read at all, as JSON say, so that only what it says is wrong
     * @param problems everything that is wrong
     */
    public BadRequestException(boolean readable, List<Problem> problems) {
        super(problems.toString());
        this.readable = readable;
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, in the order of the fields. */
    public List<Problem> problems() {
        return problems;
    }

    /** Whether it could be read at all. */
    public boolean isReadable() {
        return readable;
    }
}
