package liandong.cli.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import liandong.cli.journal.SweepOptions.Range;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.EnumConverter;
import liandong.cli.terminal.NonClosingOutputStream;
import liandong.cli.terminal.Terminal;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.replay.Checkpoint;
import liandong.replay.Impact;
import liandong.replay.ImpactReport;
import liandong.replay.ImpactWorkbook;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code impact}: what a draft would have changed. */
@Command(
        name = "impact",
        description = {
            "Decides what the service has decided by a draft, each decision for its own moment, and counts what would have"
                    + " been otherwise: outcomes, bodies, event types, due times, and the rows and rules responsible, with"
                    + " ten examples each.",
            "",
            "A decision counts as changed when what is to be done is; other reasons for the same, and other words for the"
                    + " same code, do not. Where no reason says why it changed, the calendar, the vocabulary or the text of a"
                    + " rule is behind it. Ctrl-C stops it, the same command goes on from there if --resume was given.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:compared, whatever came of it",
            "1:the draft cannot be used; every fault is printed; or it was stopped",
            "2:called wrongly, or the store cannot be used"
        },
        footer = {
            "  java -jar target/liandong.jar impact --policy my --from 2026-11-01 --to 2026-11-30",
            "  java -jar target/liandong.jar impact --policy 12 --format xlsx --out impact.xlsx"
        })
public final class ImpactCommand implements Callable<Integer> {
    private final Terminal shell;

    @Option(
            names = "--policy",
            paramLabel = "DIR|N",
            required = true,
            description = "The draft: a policy folder, or the number of a policy in the store.")
    private String draft = "";

    @Mixin
    private SweepOptions sweep = new SweepOptions();

    @Option(
            names = "--format",
            paramLabel = "text|json|xlsx",
            converter = FormatName.class,
            description =
                    "What to write: text unless given. A workbook has charts, is in both languages, and needs --out.")
    private Format format = Format.TEXT;

    @Option(names = "--out", paramLabel = "FILE", description = "Write there, not to standard output.")
    private @Nullable Path out;

    @Mixin
    private PersonalOptions personal = new PersonalOptions();

    @Mixin
    private StoreCommandOptions store = new StoreCommandOptions();

    public ImpactCommand(Terminal shell) {
        this.shell = shell;
    }

    private enum Format {
        TEXT,
        JSON,
        XLSX
    }

    private static final class FormatName extends EnumConverter<Format> {
        FormatName() {
            super(Format.class);
        }
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = store.phrases();
        if (format == Format.XLSX && out == null) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("impact.out")));
        }
        return store.existing(database -> {
            Policy policy = NamedPolicy.of(draft, database, shell, say);
            Map<String, String> about = Map.of("command", "impact", "policy", policy.version());
            Range range = sweep.range(about, shell.clock().instant(), say.locale());
            Checkpoint earlier = range.earlier();
            ImpactReport report = earlier == null ? new ImpactReport() : ImpactReport.of(earlier.progress());
            long start = System.nanoTime();
            long before = report.looked();
            Impact impact = Impact.on(policy, personal.reader(say).in(database));
            boolean all = new ScanRunner("impact", range, shell, say)
                    .run(database, report, ScanRunner.Results.NONE, impact::of, report::add);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (all) {
                write(policy, range, report, say);
            }
            shell.err()
                    .println(say.of(
                            "sweep.summary",
                            report.looked() - before,
                            String.format(Locale.ROOT, "%.1f", seconds),
                            Math.round((report.looked() - before) / seconds)));
            if (all) {
                shell.next(say, "weighed");
            }
            return all ? 0 : CommandFailure.BAD;
        });
    }

    private void write(Policy policy, Range range, ImpactReport report, Phrases say) throws IOException {
        String from = range.search().from() == null ? "" : range.search().from().toString();
        Instant to = Objects.requireNonNull(range.search().to());
        ObjectNode json = Json.object();
        json.putObject("draft").put("version", policy.version()).put("label", policy.label());
        if (!from.isEmpty()) {
            json.put("from", from);
        }
        json.put("to", to.toString());
        json.setAll(report.report());
        try (OutputStream stream = out == null ? new NonClosingOutputStream(shell.out()) : Files.newOutputStream(out)) {
            switch (format) {
                case TEXT -> stream.write(ImpactPage.of(json, say).getBytes(StandardCharsets.UTF_8));
                case JSON -> stream.write((Json.writeIndented(json) + "\n").getBytes(StandardCharsets.UTF_8));
                case XLSX -> ImpactWorkbook.write(report, about(policy, from, to), stream);
            }
        }
    }

    private static Map<String, String> about(Policy policy, String from, Instant to) {
        var about = new LinkedHashMap<String, String>();
        about.put("草案 Draft", policy.label());
        about.put("草案版本 Version", policy.version());
        about.put("自 From", from.isEmpty() ? "最早 the first" : from);
        about.put("至 To", to.toString());
        return about;
    }
}
