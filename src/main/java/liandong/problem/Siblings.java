package liandong.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Problems that say the same of one sheet or file: one cause, to be mended in one go. */
public final class Siblings {
    private Siblings() {}

    private record Same(String section, Code code, List<String> args) {
        static Same of(Problem problem) {
            return new Same(problem.at().section(), problem.code(), problem.args());
        }
    }

    /** Problems by what they say, in the order of the first of each; no list is empty. */
    public static List<List<Problem>> of(List<Problem> problems) {
        return List.copyOf(problems.stream()
                .collect(Collectors.groupingBy(Same::of, LinkedHashMap::new, Collectors.toList()))
                .values());
    }
}
