package liandong.cli.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.IntegerInRange;
import liandong.cli.terminal.ProgressLine;
import liandong.cli.terminal.Terminal;
import liandong.explain.Phrases;
import liandong.journal.Archive;
import liandong.journal.DecisionQuery;
import liandong.journal.Reindexing;
import liandong.journal.Retention;
import liandong.journal.Verification;
import liandong.journal.Verification.Fault;
import liandong.journal.Verification.Head;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code journal}: what becomes of the decisions that are kept. */
@Command(
        name = "journal",
        description =
                "Verifies the decisions that the service has kept, makes anew what they are found by, or takes old ones"
                        + " away.",
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:done, and nothing is wrong",
            "1:something was changed or taken away",
            "2:called wrongly, or the store cannot be used"
        },
        footer = {
            "  java -jar target/liandong.jar journal verify --keep-heads heads-2026-11-20.json",
            "  java -jar target/liandong.jar journal verify --heads heads-2026-11-20.json",
            "  java -jar target/liandong.jar journal reindex",
            "  java -jar target/liandong.jar journal prune --older-than 1095"
        })
public final class JournalCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    public JournalCommand() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** {@code journal verify}. */
    @Command(
            name = "verify",
            description = {
                "Reads every decision that is kept and makes its hash again: one that was changed, taken away or put in is"
                        + " told of by its chain and place. Compares the index of rows, rules, bodies, … by which"
                        + " decisions are found with what they say: journal reindex mends it. The service may go on"
                        + " meanwhile, but not journal reindex.",
                "",
                "Whoever can write to the store can make all hashes anew. Keep the heads of the chains somewhere else with"
                        + " --keep-heads, and give them with --heads another time: then that shows too.",
                ""
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            exitCodeList = {
                "0:nothing was changed or taken away, and the index is right",
                "1:something was; every fault is printed",
                "2:called wrongly, or the store cannot be used"
            })
    public static final class Verify implements Callable<Integer> {
        private final Terminal shell;

        @Option(names = "--heads", paramLabel = "FILE", description = "Heads that an earlier run has kept.")
        private @Nullable Path heads;

        @Option(names = "--keep-heads", paramLabel = "FILE", description = "Write the heads of the chains there.")
        private @Nullable Path keepHeads;

        @Mixin
        private StoreCommandOptions store = new StoreCommandOptions();

        private long read;

        public Verify(Terminal shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws CommandFailure, IOException {
            Phrases say = store.phrases();
            Map<Long, Head> known = heads == null ? Map.of() : known(heads, say);
            Verification found = store.existing(database -> {
                long total = shell.errIsTerminal() ? Verification.rows(database) : 0;
                try (ProgressLine bar = new ProgressLine("verify", total, "rows", () -> read, shell)) {
                    return Verification.of(database, known, count -> {
                        read = count;
                        bar.step();
                    });
                }
            });
            var text = new StringBuilder();
            for (Fault fault : found.faults()) {
                String decision = fault.decision() == null ? "" : " (" + fault.decision() + ")";
                text.append(say.of(
                                fault.place() == 0 ? "verify.fault.chain" : "verify.fault",
                                fault.chain(),
                                fault.place(),
                                say.of("verify.fault." + fault.what().name()),
                                decision))
                        .append('\n');
            }
            if (found.faults().stream().anyMatch(fault -> fault.what() == Verification.What.INDEX_CHANGED)) {
                text.append(say.of("verify.index")).append('\n');
            }
            boolean good = found.faults().isEmpty();
            text.append(say.of(
                            good ? "verify.good" : "verify.bad",
                            found.entries(),
                            found.chains().size(),
                            found.faults().size()))
                    .append('\n');
            shell.print(text.toString());
            if (keepHeads != null) {
                Files.writeString(keepHeads, Json.writeIndented(json(found)) + "\n");
            }
            return good ? 0 : CommandFailure.BAD;
        }

        private ObjectNode json(Verification found) {
            ObjectNode json =
                    Json.object().put("verifiedAt", shell.clock().instant().toString());
            ArrayNode chains = json.putArray("chains");
            found.chains()
                    .forEach(head -> chains.addObject()
                            .put("chain", head.chain())
                            .put("length", head.length())
                            .put("hash", head.hash()));
            return json;
        }

        private static Map<Long, Head> known(Path file, Phrases say) throws CommandFailure {
            String text;
            try {
                text = Files.readString(file);
            } catch (IOException e) {
                throw new CommandFailure(
                        CommandFailure.USAGE,
                        List.of(say.of(Files.exists(file) ? "input.unreadable" : "input.missing", file)));
            }
            var known = new HashMap<Long, Head>();
            try {
                for (JsonNode chain : Json.read(text).path("chains")) {
                    var head = new Head(
                            chain.path("chain").longValue(),
                            chain.path("length").longValue(),
                            chain.path("hash").stringValue(""));
                    known.put(head.chain(), head);
                }
            } catch (BadRequestException e) {
                known.clear();
            }
            if (known.isEmpty()) {
                throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("verify.heads.bad", file)));
            }
            return known;
        }
    }

    /** {@code journal reindex}. */
    @Command(
            name = "reindex",
            description = {
                "Makes the index of rows, rules, bodies, … by which decisions are found anew from what they say. Run it"
                        + " when journal verify finds that the index is not what they say; the decisions themselves are"
                        + " not touched.",
                "",
                "The service may go on meanwhile, and searches find what they did before or more. If it is stopped half"
                        + " way, begin it again.",
                ""
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            exitCodeList = {"0:done", "2:called wrongly, or the store cannot be used"})
    public static final class Reindex implements Callable<Integer> {
        private final Terminal shell;

        @Mixin
        private StoreCommandOptions store = new StoreCommandOptions();

        private long done;

        public Reindex(Terminal shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws CommandFailure, IOException {
            Reindexing made = store.existing(database -> {
                long total = shell.errIsTerminal() ? Verification.rows(database) : 0;
                try (ProgressLine bar = new ProgressLine("reindex", total, "rows", () -> done, shell)) {
                    return Reindexing.of(database, count -> {
                        done = count;
                        bar.step();
                    });
                }
            });
            shell.err().println(store.phrases().of("reindex.done", made.entries(), made.strays()));
            return 0;
        }
    }

    /** {@code journal prune}. */
    @Command(
            name = "prune",
            description = {
                "Takes decisions away that are older than is allowed or needed, from the beginning of each chain, so that"
                        + " what is left can still be verified. Without --yes it only tells how many they are.",
                "",
                "serve --retain-days N does the same by itself.",
                ""
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            exitCodeList = {"0:done", "2:called wrongly, or the store cannot be used"})
    public static final class Prune implements Callable<Integer> {
        private final Terminal shell;

        @Option(names = "--before", paramLabel = "DATE", description = "Kept before this day, such as 2024-01-01.")
        private @Nullable String before;

        @Option(
                names = "--older-than",
                paramLabel = "DAYS",
                converter = IntegerInRange.Age.class,
                description = "Kept more than so many days ago.")
        private int days;

        @Option(names = "--yes", description = "Take them away.")
        private boolean yes;

        @Mixin
        private StoreCommandOptions store = new StoreCommandOptions();

        private long done;

        public Prune(Terminal shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws CommandFailure, IOException {
            Phrases say = store.phrases();
            Instant moment = moment(say);
            return store.existing(database -> {
                long old = new Archive(database).count(new DecisionQuery(null, moment, null, List.of()));
                if (!yes) {
                    shell.err().println(say.of("prune.dry", old, moment));
                    return 0;
                }
                try (ProgressLine bar = new ProgressLine("prune", old, "decisions", () -> done, shell)) {
                    done = Retention.prune(database, moment, count -> {
                        done = count;
                        bar.step();
                    });
                }
                shell.err().println(say.of("prune.done", done, moment));
                return 0;
            });
        }

        private Instant moment(Phrases say) throws CommandFailure {
            if (days > 0 && before == null) {
                return shell.clock().instant().minus(days, ChronoUnit.DAYS);
            }
            if (days == 0 && before != null) {
                try {
                    return LocalDate.parse(before)
                            .atStartOfDay(ZoneId.systemDefault())
                            .toInstant();
                } catch (DateTimeException e) {
                    // told of below
                }
            }
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("prune.when")));
        }
    }
}
