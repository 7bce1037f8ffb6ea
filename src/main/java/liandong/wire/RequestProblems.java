package liandong.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;

/**
 * Collects what is wrong with one request, and what its answer should warn of: of each the first {@value #MOST} one by one,
 * of the others how many there are.
 *
 * <p>A request of a few kilobytes can be wrong in a million ways; whoever mends it needs the first ones. Not safe for use by
 * many threads.
 */
public final class RequestProblems implements Consumer<Problem> {
    /** How many problems, and how many warnings, are told one by one. */
    public static final int MOST = 100;

    private final Some errors = new Some();
    private final Some warnings = new Some();

    /** The first of some problems, and how many there are besides. */
    private static final class Some {
        private final List<Problem> first = new ArrayList<>();
        private int more;

        void add(Problem problem) {
            if (first.size() < MOST) {
                first.add(problem);
            } else {
                more++;
            }
        }

        List<Problem> told() {
            if (more == 0) {
                return List.copyOf(first);
            }
            var all = new ArrayList<>(first);
            all.add(more(more));
            return List.copyOf(all);
        }
    }

    @Override
    public void accept(Problem problem) {
        (problem.code().isError() ? errors : warnings).add(problem);
    }

    /** Whether nothing is wrong so far; warnings are nothing wrong. */
    public boolean none() {
        return errors.first.isEmpty();
    }

    /** What is wrong, in the order it was found, and last how many more problems there are. */
    public List<Problem> errors() {
        return errors.told();
    }

    /** What the answer should warn of, in the order it was found, and last how many more warnings there are. */
    public List<Problem> warnings() {
        return warnings.told();
    }

    /** How many problems one stands for. */
    static int count(Problem problem) {
        return problem.code() == Code.AND_MORE ? Integer.parseInt(problem.args().get(0)) : 1;
    }

    /** Says how many problems there are besides those that are told. */
    static Problem more(int count) {
        return Problem.of(Code.AND_MORE, new RequestPointer(""), count);
    }
}
