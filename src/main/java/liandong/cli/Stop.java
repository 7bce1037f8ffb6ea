package liandong.cli;

import java.util.List;

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

    List<String> lines() {
        return lines;
    }

    int exitCode() {
        return exitCode;
    }
}
