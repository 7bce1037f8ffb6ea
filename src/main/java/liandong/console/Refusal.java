package liandong.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Why somebody does not get the page they asked for.
 *
 * @param status as HTTP has it
 * @param problems what is wrong, each with how to mend it; may be empty
 * @param signIn whether signing in helps
 */
record Refusal(HttpStatus status, List<Problem> problems, boolean signIn) {
    private static final String ATTRIBUTE = Refusal.class.getName();

    static Refusal of(HttpStatus status, Problem problem) {
        return new Refusal(status, List.of(problem), false);
    }

    void put(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static @Nullable Refusal in(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Refusal refusal ? refusal : null;
    }
}
