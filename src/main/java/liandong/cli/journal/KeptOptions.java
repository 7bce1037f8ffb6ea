package liandong.cli.journal;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import liandong.journal.DecisionQuery;
import liandong.journal.DecisionQueryParser;
import liandong.journal.SearchWords;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of all commands that go through the decisions that are kept: since when, until when, of what kind. */
final class KeptOptions {
    @Mixin
    private TimeOptions time = new TimeOptions();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "ROUTING, ESCALATION, CLOSURE, SCORING or PERIOD; all unless given.")
    private @Nullable String kind;

    /** The kind as it was given; empty for all. */
    String kind() {
        return kind == null ? "" : kind;
    }

    /**
     * What is looked for.
     *
     * @param more further conditions by the names that {@link DecisionQueryParser} knows; null where there is none
     * @param words what may be looked for
     * @param problems gets every value that cannot be understood, and every word that nobody knows
     */
    DecisionQuery search(Map<String, @Nullable String> more, SearchWords words, List<Problem> problems) {
        Map<String, String> given = new LinkedHashMap<>();
        more.forEach((name, value) -> put(given, name, value));
        time.put(given);
        put(given, "kind", kind);
        return new DecisionQueryParser(ZoneId.systemDefault(), words, problems::add).read(given);
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
