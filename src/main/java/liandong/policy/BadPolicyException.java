package liandong.policy;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import liandong.problem.Problem;

/** A policy cannot be used; says everything that is wrong with it at once. */
public final class BadPolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * A policy that cannot be used.
     *
     * @param problems everything that is wrong, by place
     */
    public BadPolicyException(List<Problem> problems) {
        super(problems.stream().map(problem -> problem.line(Locale.ENGLISH)).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, by place. */
    public List<Problem> problems() {
        return problems;
    }
}
