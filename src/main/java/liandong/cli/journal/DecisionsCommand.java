package liandong.cli.journal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.EnumConverter;
import liandong.cli.terminal.IntegerInRange;
import liandong.cli.terminal.NonClosingOutputStream;
import liandong.cli.terminal.Terminal;
import liandong.explain.Columns;
import liandong.explain.Phrases;
import liandong.journal.Archive;
import liandong.journal.Archive.Found;
import liandong.journal.DecisionJson;
import liandong.journal.DecisionQuery;
import liandong.journal.Entry;
import liandong.journal.Export;
import liandong.journal.Personal;
import liandong.journal.SearchWords;
import liandong.problem.Problem;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code decisions}: finds what was decided. */
@Command(
        name = "decisions",
        description = {
            "Finds decisions that the service has kept: one by its id, a case by its incident, or all that meet the"
                    + " conditions given.",
            "",
            "As text the newest are listed. As NDJSON or CSV all of them are written, the oldest first, with what was asked"
                    + " and answered. CSV begins with a byte order mark, by which Excel and WPS know it for UTF-8; a cell"
                    + " that they would take for a formula begins with an apostrophe.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {"0:found", "1:nothing meets the conditions", "2:called wrongly, or the store cannot be used"},
        footer = {
            "  java -jar target/liandong.jar decisions --incident SC-2026-000123",
            "  java -jar target/liandong.jar decisions --row DUTY-0086 --from 2026-11-01 --to 2026-11-30",
            "  java -jar target/liandong.jar decisions --outcome MANUAL_TRIAGE --format csv > triage.csv"
        })
public final class DecisionsCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final Terminal shell;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Id of one decision, shown whole.")
    private @Nullable String id;

    @Option(names = "--incident", paramLabel = "ID", description = "Of this incident.")
    private @Nullable String incident;

    @Mixin
    private KeptOptions kept = new KeptOptions();

    @Option(names = "--outcome", paramLabel = "CODE", description = "With this outcome, such as ASSIGNED.")
    private @Nullable String outcome;

    @Option(names = "--body", paramLabel = "CODE", description = "Whose answer names this body, by code or label.")
    private @Nullable String body;

    @Option(names = "--event-type", paramLabel = "CODE", description = "Of this event type, by code or label.")
    private @Nullable String eventType;

    @Option(names = "--rule", paramLabel = "CODE", description = "With this rule among the reasons.")
    private @Nullable String rule;

    @Option(names = "--row", paramLabel = "ID", description = "With this row among the reasons.")
    private @Nullable String row;

    @Option(
            names = "--version-of-policy",
            paramLabel = "VERSION",
            description = "By this policy; 16 characters will do.")
    private @Nullable String policy;

    @Option(names = "--caller", paramLabel = "NAME", description = "Asked by this system or person.")
    private @Nullable String caller;

    @Option(
            names = "--trace",
            paramLabel = "ID",
            description = "Asked in this trace, where the service keeps them (serve --otlp).")
    private @Nullable String trace;

    @Option(
            names = "--format",
            paramLabel = "text|ndjson|csv",
            converter = FormatName.class,
            description = "What to write: text for people, unless given.")
    private Format format = Format.TEXT;

    @Option(
            names = "--most",
            paramLabel = "N",
            converter = Most.class,
            description = "How many are listed as text at most: ${DEFAULT-VALUE}.")
    private int most = 50;

    private static final class Most extends IntegerInRange {
        Most() {
            super(1, Archive.MOST);
        }
    }

    @Mixin
    private PersonalOptions personal = new PersonalOptions();

    @Mixin
    private StoreCommandOptions store = new StoreCommandOptions();

    public DecisionsCommand(Terminal shell) {
        this.shell = shell;
    }

    private enum Format {
        TEXT,
        NDJSON,
        CSV
    }

    private static final class FormatName extends EnumConverter<Format> {
        FormatName() {
            super(Format.class);
        }
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = store.phrases();
        Personal given = personal.reader(say);
        return store.existing(database -> {
            Personal reader = given.in(database);
            var archive = new Archive(database);
            DecisionQuery search = search(new SearchWords(archive, () -> NamedPolicy.liveWords(database, shell)));
            if (id != null) {
                return one(archive, reader, id, say);
            }
            return format == Format.TEXT ? list(archive, search, say) : export(archive, search, reader, say);
        });
    }

    private DecisionQuery search(SearchWords words) throws CommandFailure {
        var given = new HashMap<String, @Nullable String>();
        given.put("incident", incident);
        given.put("outcome", outcome);
        given.put("body", body);
        given.put("eventType", eventType);
        given.put("rule", rule);
        given.put("row", row);
        given.put("policy", policy);
        given.put("caller", caller);
        given.put("trace", trace);
        var problems = new ArrayList<Problem>();
        DecisionQuery search = kept.search(given, words, problems);
        if (!problems.isEmpty()) {
            throw CommandFailure.of(CommandFailure.USAGE, problems, store.locale());
        }
        return search;
    }

    private int one(Archive archive, Personal reader, String wanted, Phrases say) throws IOException {
        List<Entry> entries = archive.decision(wanted);
        if (entries.isEmpty()) {
            shell.err().println(say.of("decisions.unknown", wanted));
            return CommandFailure.BAD;
        }
        shell.print(Json.writeIndented(DecisionJson.whole(entries.get(0), reader)) + "\n");
        return 0;
    }

    private int list(Archive archive, DecisionQuery search, Phrases say) throws IOException {
        Found found = archive.newest(search, null, most);
        if (found.entries().isEmpty()) {
            shell.err().println(say.of("decisions.none"));
            return CommandFailure.BAD;
        }
        var text = new StringBuilder();
        for (Entry entry : found.entries()) {
            text.append(TIME.format(entry.keptAt().atZone(ZoneId.systemDefault())))
                    .append("  ")
                    .append(Columns.left(entry.kind().code(), 10))
                    .append("  ")
                    .append(Columns.left(entry.outcome(), 18))
                    .append("  ")
                    .append(Columns.left(Columns.shortened(entry.subject(), 24), 24))
                    .append("  ")
                    .append(entry.id())
                    .append('\n');
        }
        shell.print(text.toString());
        if (found.next() != null) {
            shell.err().println(say.of("decisions.more"));
        }
        return 0;
    }

    private int export(Archive archive, DecisionQuery search, Personal reader, Phrases say) throws IOException {
        long written =
                CountedWork.run("decisions", "decisions", () -> archive.count(search), shell, (bar, progress) -> {
                    try (OutputStream out =
                            new BufferedOutputStream(bar.beside(new NonClosingOutputStream(shell.out())), 1 << 16)) {
                        var export = new Export(archive, reader);
                        return format == Format.CSV
                                ? export.csv(search, out, progress)
                                : export.ndjson(search, out, progress);
                    }
                });
        shell.err().println(say.of("decisions.written", written));
        return written > 0 ? 0 : CommandFailure.BAD;
    }
}
