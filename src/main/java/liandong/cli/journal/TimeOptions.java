package liandong.cli.journal;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of all commands that go through what was kept in a time. */
final class TimeOptions {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Kept then or later: 2026-11-20, or 2026-11-20T16:30:00+08:00; the first unless given.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Kept before; a date is included whole; the present unless given.")
    private @Nullable String to;

    /** Puts what was given by the names that a query knows. */
    void put(Map<String, String> given) {
        if (from != null) {
            given.put("from", from);
        }
        if (to != null) {
            given.put("to", to);
        }
    }
}
