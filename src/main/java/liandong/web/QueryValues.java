package liandong.web;

import java.util.List;
import java.util.Map;
import liandong.incident.Nearest;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.wire.FactReader;

/** Reads what a query says. */
final class QueryValues {
    private QueryValues() {}

    /** One of several words; the first when none is given, or another, which is a problem. */
    static String one(Map<String, String> given, String name, List<String> possible, List<Problem> problems) {
        String value = given.getOrDefault(name, possible.get(0));
        if (!possible.contains(value)) {
            String near = Nearest.of(value, possible);
            problems.add(Problem.of(
                    Code.UNKNOWN_CHOICE,
                    new FileRef(name),
                    FactReader.shortened(value),
                    (near == null ? "" : near + "? ") + String.join(", ", possible)));
            return possible.get(0);
        }
        return value;
    }

    /** A number from 1 to the most there may be; the usual one when none is given, or another, which is a problem. */
    static int number(Map<String, String> given, String name, int most, int usual, List<Problem> problems) {
        String text = given.get(name);
        if (text == null) {
            return usual;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        problems.add(Problem.of(Code.OUT_OF_RANGE, new FileRef(name), FactReader.shortened(text), 1, most));
        return usual;
    }
}
