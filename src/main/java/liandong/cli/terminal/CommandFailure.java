package liandong.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import liandong.problem.Problem;

/** A command cannot go on; says why, and what it exits with. */
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Something that was given is wrong. */
    public static final int BAD = 1;

    /** It was asked for wrongly, or a file cannot be read. */
    public static final int USAGE = 2;

    private final transient List<String> lines;
    private final int exitCode;

    public CommandFailure(int exitCode, List<String> lines) {
        super(String.join("\n", lines));
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
    }

    /** A stop for problems, a line each. */
    public static CommandFailure of(int exitCode, List<Problem> problems, Locale locale) {
        return new CommandFailure(
                exitCode, problems.stream().map(problem -> problem.line(locale)).toList());
    }

    /** A stop for problems of something that was given, a line each below one that says so. */
    public static CommandFailure refused(String heading, List<Problem> problems, Locale locale) {
        var lines = new ArrayList<String>();
        lines.add(heading);
        problems.forEach(problem -> lines.add("  " + problem.line(locale)));
        return new CommandFailure(BAD, lines);
    }

    public List<String> lines() {
        return lines;
    }

    public int exitCode() {
        return exitCode;
    }
}
