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
import liandong.cli.terminal.Findings;
import liandong.cli.terminal.IntegerInRange;
import liandong.cli.terminal.Terminal;
import liandong.explain.Phrases;
import liandong.journal.Archive;
import liandong.journal.DecisionQuery;
import liandong.journal.PersonalKeys;
import liandong.journal.PersonalKeys.Rekeyed;
import liandong.journal.Reindexing;
import liandong.journal.Retention;
import liandong.journal.Verification;
import liandong.journal.Verification.Fault;
import liandong.journal.Verification.Head;
import liandong.store.AuditLog;
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

/** {@code journal}: verify, reindex and prune the stored decisions. */
@Command(
        name = "journal",
        description =
                "Verifies stored decisions, lists who changed what, copies the store while it is used, rebuilds the index that"
                        + " searches use, brings in a new key, or deletes old decisions.",
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:done, and nothing is wrong",
            "1:something was modified or deleted",
            "2:called wrongly, or the store cannot be used"
        },
        footer = {
            "  java -jar target/liandong.jar journal verify --keep-heads heads-2026-11-20.json",
            "  java -jar target/liandong.jar journal verify --heads heads-2026-11-20.json",
            "  java -jar target/liandong.jar journal audit",
            "  java -jar target/liandong.jar journal backup liandong-2026-11-20.db",
            "  java -jar target/liandong.jar journal reindex",
            "  java -jar target/liandong.jar journal rekey --old-key personal.key --new-key personal-2027.key",
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

    /** Who did what, and when. */
    private static String text(AuditLog.Entry entry) {
        return Findings.visible(
                entry.no() + "  " + entry.at() + "  " + entry.person() + "  " + entry.what() + "  " + entry.subject());
    }

    /** {@code journal audit}. */
    @Command(
            name = "audit",
            description = {
                "Lists who did what to policies, publications, keys and old decisions, the oldest first: number, time,"
                        + " person, what, to what. journal verify checks that nothing in it was changed.",
                ""
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            exitCodeList = {"0:listed", "2:called wrongly, or the store cannot be used"})
    public static final class Audit implements Callable<Integer> {
        private final Terminal shell;

        @Option(names = "--after", paramLabel = "NO", description = "Only what came after this entry.")
        private long after;

        @Mixin
        private StoreCommandOptions store = new StoreCommandOptions();

        public Audit(Terminal shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws CommandFailure, IOException {
            return store.existing(database -> {
                for (AuditLog.Entry entry : new AuditLog(database).since(after)) {
                    shell.print(text(entry) + "\n");
                }
                return 0;
            });
        }
    }

    /** {@code journal verify}. */
    @Command(
            name = "verify",
            description = {
                "Recomputes the hash chain of every stored decision and reports entries that were modified, deleted or"
                        + " inserted. Does the same for the audit log: steps of policies, publications, keys and prunes."
                        + " Compares the index of rows, rules, bodies, … with the decisions; journal reindex"
                        + " repairs it. The service may run meanwhile, but journal reindex may not.",
                "",
                "Someone who can write to the store can recompute every hash. To detect that, keep the chain heads in"
                        + " another place with --keep-heads and compare them later with --heads, which also lists what was"
                        + " done since according to the audit log: read it, for whoever can write to the store can add"
                        + " to it.",
                ""
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            exitCodeList = {
                "0:nothing was modified or deleted, and the index is right",
                "1:something was; every fault is printed",
                "2:called wrongly, or the store cannot be used"
            })
    public static final class Verify implements Callable<Integer> {
        private final Terminal shell;

        @Option(names = "--heads", paramLabel = "FILE", description = "Chain heads written by an earlier run.")
        private @Nullable Path heads;

        @Option(names = "--keep-heads", paramLabel = "FILE", description = "Write the chain heads there.")
        private @Nullable Path keepHeads;

        @Mixin
        private StoreCommandOptions store = new StoreCommandOptions();

        public Verify(Terminal shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws CommandFailure, IOException {
            Phrases say = store.phrases();
            Known known = heads == null ? new Known(Map.of(), null) : known(heads, say);
            Verification found = store.existing(database -> CountedWork.run(
                    "verify",
                    "rows",
                    () -> Verification.rows(database),
                    shell,
                    (bar, progress) -> Verification.of(database, known.chains(), known.audit(), progress)));
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
            AuditLog.Verified audit = found.audit();
            audit.faults().forEach(fault -> text.append(text(fault, say)).append('\n'));
            if (!audit.since().isEmpty()) {
                text.append(say.of("verify.since", audit.since().size())).append('\n');
                audit.since()
                        .forEach(entry -> text.append("  ")
                                .append(JournalCommand.text(entry))
                                .append('\n'));
            }
            if (audit.found() > 0) {
                text.append(say.of("verify.found", audit.found())).append('\n');
            }
            boolean good = found.good();
            text.append(say.of(
                            good ? "verify.good" : "verify.bad",
                            found.entries(),
                            found.chains().size(),
                            found.faults().size() + audit.faults().size(),
                            audit.head().length()))
                    .append('\n');
            shell.print(text.toString());
            if (keepHeads != null) {
                Files.writeString(keepHeads, Json.writeIndented(json(found)) + "\n");
            }
            shell.next(
                    say, good ? keepHeads == null ? "verified" : "headsKept" : "tampered", String.valueOf(keepHeads));
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
                            .put("hash", head.hash())
                            .put("pruned", head.pruned())
                            .put("prunedHash", head.prunedHead()));
            json.putObject("audit")
                    .put("length", found.audit().head().length())
                    .put("hash", found.audit().head().hash());
            return json;
        }

        private static String text(AuditLog.Fault fault, Phrases say) {
            AuditLog.Entry entry = fault.entry();
            // What is entered of a chain is what was deleted of it as too old.
            String of = fault.subject().startsWith("chain ") ? "verify.audit.prune." : "verify.audit.";
            String text = fault.subject() + ": " + say.of(of + fault.what());
            return Findings.visible(text) + (entry == null ? "" : " (" + JournalCommand.text(entry) + ")");
        }

        /** Heads of an earlier verification. */
        private record Known(Map<Long, Head> chains, AuditLog.@Nullable Head audit) {}

        private static Known known(Path file, Phrases say) throws CommandFailure {
            String text;
            try {
                text = Files.readString(file);
            } catch (IOException e) {
                throw new CommandFailure(
                        CommandFailure.USAGE,
                        List.of(say.of(Files.exists(file) ? "input.unreadable" : "input.missing", file)));
            }
            var known = new HashMap<Long, Head>();
            AuditLog.Head audit = null;
            try {
                JsonNode json = Json.read(text);
                for (JsonNode chain : json.path("chains")) {
                    JsonNode pruned = chain.path("prunedHash"); // not there in heads of earlier releases
                    var head = new Head(
                            chain.path("chain").longValue(),
                            chain.path("length").longValue(),
                            chain.path("hash").stringValue(""),
                            chain.path("pruned").longValue(0),
                            pruned.isString() ? pruned.stringValue() : null);
                    known.put(head.chain(), head);
                }
                JsonNode log = json.path("audit");
                if (log.isObject()) {
                    audit = new AuditLog.Head(
                            log.path("length").longValue(0), log.path("hash").stringValue(""));
                }
            } catch (BadRequestException e) {
                known.clear();
            }
            if (known.isEmpty() && audit == null) {
                throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("verify.heads.bad", file)));
            }
            return new Known(known, audit);
        }
    }

    /** {@code journal reindex}. */
    @Command(
            name = "reindex",
            description = {
                "Rebuilds the index of rows, rules, bodies, … from the stored decisions. Run it when journal verify"
                        + " reports that the index is wrong; the decisions themselves are not changed.",
                "",
                "The service may run meanwhile; no search finds less than before. If it is interrupted, run it again.",
                ""
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            exitCodeList = {"0:done", "2:called wrongly, or the store cannot be used"})
    public static final class Reindex implements Callable<Integer> {
        private final Terminal shell;

        @Mixin
        private StoreCommandOptions store = new StoreCommandOptions();

        public Reindex(Terminal shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws CommandFailure, IOException {
            Reindexing made = store.existing(database -> CountedWork.run(
                    "reindex",
                    "rows",
                    () -> Verification.rows(database),
                    shell,
                    (bar, progress) -> Reindexing.of(database, progress)));
            shell.err().println(store.phrases().of("reindex.done", made.entries(), made.strays()));
            shell.next(store.phrases(), "reindexed");
            return 0;
        }
    }

    /** {@code journal rekey}. */
    @Command(
            name = "rekey",
            description = {
                "Brings in a new key for personal fields. The old one is kept in the store, encrypted with the new one, so"
                        + " that with the new key everything can be read. Texts that are stored stay as they are, because"
                        + " the hash chains are made of them: whoever has the old key and a copy of the store can read"
                        + " them until they are pruned.",
                "",
                "Start the services again with the new key afterwards. If it is interrupted, nothing has been changed.",
                ""
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            exitCodeList = {
                "0:done",
                "1:the key given as the old one is not the one in use, or both are the same",
                "2:called wrongly, or a key or the store cannot be used"
            })
    public static final class Rekey implements Callable<Integer> {
        private final Terminal shell;

        @Option(names = "--old-key", paramLabel = "FILE", required = true, description = "File with the key so far.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
        private Path oldKey;

        @Option(
                names = "--new-key",
                paramLabel = "FILE",
                required = true,
                description = "File with the key from now on: 32 bytes in Base64.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
        private Path newKey;

        @Mixin
        private PersonOption person = new PersonOption();

        @Mixin
        private StoreCommandOptions store = new StoreCommandOptions();

        public Rekey(Terminal shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws CommandFailure, IOException {
            Phrases say = store.phrases();
            byte[] old = PersonalOptions.key(oldKey, say);
            byte[] next = PersonalOptions.key(newKey, say);
            String by = person.name(say);
            Rekeyed done = store.existing(database -> PersonalKeys.rekey(database, old, next, shell.clock(), by));
            shell.err().println(say.of("rekey." + done, oldKey));
            return done == Rekeyed.DONE ? 0 : CommandFailure.BAD;
        }
    }

    /** {@code journal prune}. */
    @Command(
            name = "prune",
            description = {
                "Deletes decisions older than a date, from the beginning of each chain, so that the rest can still be"
                        + " verified. Without --yes it only prints how many there are.",
                "",
                "serve --retain-days N does the same every hour.",
                ""
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            exitCodeList = {"0:done", "2:called wrongly, or the store cannot be used"})
    public static final class Prune implements Callable<Integer> {
        private final Terminal shell;

        @Option(names = "--before", paramLabel = "DATE", description = "Stored before this day, such as 2024-01-01.")
        private @Nullable String before;

        @Option(
                names = "--older-than",
                paramLabel = "DAYS",
                converter = IntegerInRange.Age.class,
                description = "Stored more than so many days ago.")
        private int days;

        @Option(names = "--yes", description = "Delete them.")
        private boolean yes;

        @Mixin
        private PersonOption person = new PersonOption();

        @Mixin
        private StoreCommandOptions store = new StoreCommandOptions();

        public Prune(Terminal shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() throws CommandFailure, IOException {
            Phrases say = store.phrases();
            Instant moment = moment(say);
            String by = person.name(say);
            return store.existing(database -> {
                long old = new Archive(database).count(new DecisionQuery(null, moment, null, List.of()));
                if (!yes) {
                    shell.err().println(say.of("prune.dry", old, moment));
                    return 0;
                }
                long done = CountedWork.run(
                        "prune",
                        "decisions",
                        () -> old,
                        shell,
                        (bar, progress) -> Retention.prune(database, moment, shell.clock(), by, progress));
                shell.err().println(say.of("prune.done", done, moment));
                shell.next(say, "pruned");
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
                    // falls through to the error below
                }
            }
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("prune.when")));
        }
    }
}
