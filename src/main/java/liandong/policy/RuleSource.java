package liandong.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import liandong.problem.FileRef;
import liandong.problem.LineRef;
import liandong.problem.Location;
import liandong.problem.Problem;

/** Rules as Drools compiles them, and where their author finds what it says of them. */
sealed interface RuleSource permits RuleSheet, RuleSource.Resolved, RuleSource.Text {
    /** The folder that rules stand in, as places name it. */
    String FOLDER = "rules/";

    /** What the compiler knows it by, e.g. {@code "routing.drl"}; unique among the rules. */
    String name();

    /** The rules. */
    String drl();

    /**
     * The place of a line of {@link #drl}.
     *
     * @param line from 1; less when it is not known
     * @param message what is wrong there, which may name it more closely
     */
    Location at(int line, String message);

    /**
     * All rules of a policy.
     *
     * @param files by name within the folder
     * @param problems gets rule tables that cannot be read
     */
    static List<RuleSource> of(Map<String, byte[]> files, Consumer<Problem> problems) {
        var sources = new ArrayList<RuleSource>();
        files.forEach((name, bytes) -> {
            if (name.endsWith(RuleSheet.SUFFIX)) {
                sources.addAll(RuleSheet.of(name, bytes, problems));
            } else {
                sources.add(new Text(name, new String(bytes, StandardCharsets.UTF_8)));
            }
        });
        return sources;
    }

    /**
     * Rules whose names are resolved.
     *
     * @param of the rules as their author wrote them
     * @param drl the same, line by line, as they are compiled
     */
    record Resolved(RuleSource of, @Override String drl) implements RuleSource {
        @Override
        public String name() {
            return of.name();
        }

        @Override
        public Location at(int line, String message) {
            return of.at(line, message);
        }
    }

    /** A file of rules. */
    record Text(String name, String drl) implements RuleSource {
        @Override
        public Location at(int line, String message) {
            return line > 0 ? new LineRef(FOLDER + name, line) : new FileRef(FOLDER + name);
        }
    }
}
