package liandong;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import liandong.decision.Decisions;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;

/**
 * The district of the tests: the tables of release 0.1, which nobody edits any more, under today's rules. What a rule
 * answers is told by its rows and labels; the stock tables are their staff's to edit, and no test knows what is in them.
 */
public final class District {
    /** Where its tables are. */
    public static final Path TABLES = Path.of("src/test/resources/policies/0.1/decision-tables");

    private static final LocalDate LOADED = LocalDate.of(2026, 11, 20);

    private District() {}

    private static final class Loaded {
        private static final Policy POLICY = load();

        private static Policy load() {
            try {
                return Decisions.policy(files(), LOADED);
            } catch (BadPolicyException e) {
                throw new AssertionError(e.getMessage(), e);
            }
        }
    }

    /** The policy, loaded once for all tests. */
    public static Policy policy() {
        return Loaded.POLICY;
    }

    /** Its files, scenarios included; called as the program calls its own policy, in whose place they stand. */
    public static PolicyFiles files() {
        try {
            var tables = PolicyFiles.onlyFolder(TABLES.resolve(".."));
            return new PolicyFiles("stock", tables.files()).withRulesOf(PolicyFiles.stock());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
