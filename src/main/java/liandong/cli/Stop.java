package liandong.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import liandong.problem.Problem;

/** A command cannot go on; says why, and what it exits with. */
final class Stop extends Exception {
    private static final long serialVersionUID = 1L;

    /** Something that was given is wrong. */
    static final int BAD = 1;

    /** It was asked for wrongly, or a file cannot be read. */
    static final int USAGE = 2;

    private final transient List<String> lines;
    private final int exitCode;

    Stop(int exitCode, List<String> lines) {
        super(String.join("\n", lines));
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
    }

    /** A stop for problems, a line each. */
    static Stop of(int exitCode, List<Problem> problems, Locale locale) {
        return new Stop(
                exitCode, problems.stream().map(problem -> problem.line(locale)).toList());
    }

    /** A stop for problems of something that was given, a line each below one that says so. */
    static Stop refused(String heading, List<Problem> problems, Locale locale) {
        var lines = new ArrayList<String>();
        lines.add(heading);
        problems.forEach(problem -> lines.add("  " + problem.line(locale)));
        return new Stop(BAD, lines);
    }

    List<String> lines() {
        return lines;
    }

    int exitCode() {
        return exitCode;
    }
}
