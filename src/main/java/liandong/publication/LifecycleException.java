package liandong.publication;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import liandong.problem.Problem;

/** A step in the life of a policy cannot be taken, and has not been. */
public final class LifecycleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Why why;
    private final transient List<Problem> problems;

    LifecycleException(Why why, Problem... problems) {
        this(why, List.of(problems));
    }

    LifecycleException(Why why, List<Problem> problems) {
        super(problems.stream().map(problem -> problem.line(Locale.ENGLISH)).collect(Collectors.joining("\n")));
        this.why = why;
        this.problems = List.copyOf(problems);
    }

    /** The kind of reason. */
    public enum Why {
        /** What it is about is not there. */
        UNKNOWN,
        /** It is not that policy's turn, or things have changed since. */
        CONFLICT,
        /** Somebody else has to do it. */
        NOT_ALLOWED,
        /** What was given cannot be. */
        BAD
    }

    /** The kind of reason. */
    public Why why() {
        return why;
    }

    /** The reasons; at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
