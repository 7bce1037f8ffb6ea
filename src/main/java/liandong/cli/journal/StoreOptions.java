package liandong.cli.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import liandong.cli.terminal.CommandFailure;
import liandong.policy.KeptRules;
import liandong.policy.RuleBase;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.store.Database;
import liandong.store.StoreException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where policies, decisions and keys are kept. */
public final class StoreOptions {
    private static final String SQLITE = "jdbc:sqlite:";

    @Option(
            names = "--store",
            paramLabel = "FILE|URL",
            defaultValue = "${env:LIANDONG_STORE:-liandong.db}",
            description = {
                "Where policies, decisions and keys are kept: a file, which becomes a SQLite database, or a URL such as"
                        + " jdbc:postgresql://host/liandong. What the environment says in LIANDONG_STORE, else liandong.db"
                        + " in the working directory, unless given.",
                "LIANDONG_STORE_USER and LIANDONG_STORE_PASSWORD say who connects, where no other process can read it;"
                        + " LIANDONG_STORE_PASSWORD_FILE names a file that holds the password alone."
            })
    private String at = "liandong.db";

    @Option(
            names = "--rules-cache",
            paramLabel = "DIR",
            description = {
                "Where rules of your own are kept as they were once compiled, so that the next start need not compile"
                        + " them: what the environment says in LIANDONG_RULES_CACHE, else a folder beside the file of a SQLite"
                        + " store, and nowhere for another store or when the variable is empty, unless given. Only what was signed by the secret in DIR.key is"
                        + " taken from there."
            })
    private @Nullable Path rulesCache;

    /**
     * Opens the store, and makes it if it is not there.
     *
     * @throws StoreException if it cannot be used
     */
    public Database open() {
        Path folder = rulesCache();
        if (folder != null) {
            RuleBase.keepIn(() -> KeptRules.in(folder));
        }
        return Database.open(at, System.getenv("LIANDONG_STORE_USER"), password());
    }

    private static @Nullable String password() {
        String file = System.getenv("LIANDONG_STORE_PASSWORD_FILE");
        if (file == null || file.isBlank()) {
            return System.getenv("LIANDONG_STORE_PASSWORD");
        }
        try {
            // Whoever writes such a file ends its line.
            return Files.readString(Path.of(file)).replaceFirst("\\R$", "");
        } catch (IOException | InvalidPathException e) {
            throw new StoreException(Problem.of(Code.UNREADABLE_PASSWORD, new FileRef(file)), e);
        }
    }

    private @Nullable Path rulesCache() {
        String named = System.getenv("LIANDONG_RULES_CACHE");
        if (rulesCache != null) {
            return rulesCache;
        }
        if (named != null) {
            return named.isBlank() ? null : Path.of(named);
        }
        Path file = file();
        return file == null ? null : file.resolveSibling(file.getFileName() + ".rules");
    }

    /**
     * Opens the store if it is there: a mistyped name must not look like a store without anything in it.
     *
     * @throws CommandFailure if it is not, or cannot be used
     */
    Database openExisting(Locale language) throws CommandFailure {
        Path file = file();
        if (file != null && !Files.exists(file)) {
            throw stop(Problem.of(Code.NO_STORE, new FileRef(at), at), language);
        }
        return openOrMake(language);
    }

    /**
     * Opens the store, and makes it if it is not there.
     *
     * @throws CommandFailure if it cannot be used
     */
    Database openOrMake(Locale language) throws CommandFailure {
        try {
            return open();
        } catch (StoreException e) {
            throw stop(e.problem(), language);
        }
    }

    /** Where it is, without what a URL says of who connects. */
    public String place() {
        return at.startsWith("jdbc:") ? at.replaceFirst("\\?.*", "") : at;
    }

    private static CommandFailure stop(Problem problem, Locale language) {
        return new CommandFailure(CommandFailure.USAGE, List.of(problem.line(language)));
    }

    /** Its file, however that is named; null for what is none. */
    @Nullable
    Path file() {
        String name = place().replaceFirst("^" + SQLITE + "(?:file:)?", "");
        return name.isEmpty() || name.startsWith(":") || name.startsWith("jdbc:") ? null : Path.of(name);
    }
}
