package liandong.cli.cases;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.CommonOptions;
import liandong.cli.terminal.EnumConverter;
import liandong.cli.terminal.Input;
import liandong.cli.terminal.NonClosingOutputStream;
import liandong.cli.terminal.ProgressLine;
import liandong.cli.terminal.Terminal;
import liandong.decision.Decision;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code route}: answers a file of reports. */
@Command(
        name = "route",
        description = {
            "Routes the reports of a file: who takes each, by when and why.",
            "",
            "Reads NDJSON (one request a line, or the incident alone) or CSV (UTF-8 or GB18030) whose header names"
                    + " the incident's fields, in English as in JSON or in Chinese as in the tables. Writes one JSON"
                    + " document a line to standard output, in the order of the input; a line that cannot be"
                    + " answered gets its own problem and the rest go on. A summary goes to standard error.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:every line has been answered",
            "1:a line, the header or the policy is wrong; every fault is told with its place",
            "2:the command was called wrongly, or a file cannot be read"
        },
        footer = {
            "  java -jar target/liandong.jar route reports.ndjson > answers.ndjson",
            "  java -jar target/liandong.jar route reports.csv --explain --now 2026-11-20T16:30:00+08:00",
            "  cat reports.csv | java -jar target/liandong.jar route - --format csv --policy /srv/policy"
        })
public final class RouteCommand implements Callable<Integer> {
    private final Terminal shell;

    @Parameters(paramLabel = "FILE|-", description = "The reports; - reads standard input.")
    private String file = "-";

    @Option(
            names = "--format",
            paramLabel = "csv|ndjson",
            converter = FormatName.class,
            description = "What FILE is. Unless given, its name tells (.csv, .ndjson, .jsonl, .json), else its first"
                    + " character: NDJSON begins with {.")
    private @Nullable Format format;

    @Mixin
    private EncodingOption encoding = new EncodingOption();

    @Mixin
    private ExplainOption explain = new ExplainOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private SaveOption save = new SaveOption();

    private final Decision<?, ?> decision = Decisions.named("ROUTING");
    private final Outcomes outcomes = new Outcomes(decision);
    private int problems;
    /** What is to be said of how the input was read; null for nothing. */
    private @Nullable String told;

    /** The command, on a terminal. */
    public RouteCommand(Terminal shell) {
        this.shell = shell;
    }

    private enum Format {
        CSV,
        NDJSON
    }

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description =
                    "The zone of times in CSV that say no offset, such as Asia/Shanghai; that of the policy unless"
                            + " given. It is told when it was needed.")
    private @Nullable ZoneId zone;

    private static final class FormatName extends EnumConverter<Format> {
        FormatName() {
            super(Format.class);
        }
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = common.phrases();
        try (Input input = Input.open(file, shell, say)) {
            Policy policy = common.policy(shell);
            var service = new DecisionService(() -> policy, common.clock(shell));
            long start = System.nanoTime();
            try (ProgressLine bar = new ProgressLine("route", input, shell);
                    OutputStream out =
                            new BufferedOutputStream(bar.beside(new NonClosingOutputStream(shell.out())), 1 << 16)) {
                if (isCsv(input)) {
                    csv(input, policy, service, bar, out, say);
                } else {
                    new Ndjson(text -> answer(policy, service, Json.read(text)), say.locale())
                            .answer(input.stream(), out, (bytes, good) -> {
                                problems += good ? 0 : 1;
                                bar.step();
                            });
                }
            } finally {
                if (told != null) {
                    shell.err().println(told);
                }
            }
            summary(say, System.nanoTime() - start);
            save.write(policy, shell, say);
        }
        return problems == 0 ? 0 : CommandFailure.BAD;
    }

    private boolean isCsv(Input input) throws IOException {
        if (format != null) {
            return format == Format.CSV;
        }
        String name = file.toLowerCase(Locale.ROOT);
        boolean json = name.endsWith(".ndjson") || name.endsWith(".jsonl") || name.endsWith(".json");
        return name.endsWith(".csv") || (!json && !input.startsWith('{'));
    }

    private void csv(
            Input input, Policy policy, DecisionService service, ProgressLine bar, OutputStream out, Phrases say)
            throws CommandFailure, IOException {
        var rows = new CsvRows(input, encoding.charset(), say);
        CsvIncidents incidents = CsvIncidents.of(
                rows.header(), input.name(), zone == null ? policy.calendar().zone() : zone, say);
        var ndjson = new Ndjson(text -> answer(policy, service, Json.read(text)), say.locale());
        try {
            for (CsvRows.Row row = rows.next(); row != null; row = rows.next()) {
                CsvRows.Row current = row;
                boolean good =
                        ndjson.write(row.line(), () -> answer(policy, service, incidents.incident(rows, current)), out);
                problems += good ? 0 : 1;
                bar.step();
            }
        } finally {
            told = say.of("csv.read", input.name(), rows.encoding().name());
            if (incidents.hasTakenZone()) {
                told += "\n"
                        + say.of("csv.zone", zone == null ? policy.calendar().zone() : zone);
            }
        }
    }

    private ObjectNode answer(Policy policy, DecisionService service, JsonNode sent) throws BadRequestException {
        ObjectNode answer = Requests.use(
                sent,
                explain.isGiven(),
                request -> save.kept(
                        policy,
                        decision,
                        request,
                        service.decide(decision, request).answer()));
        outcomes.count(answer);
        return answer;
    }

    private void summary(Phrases say, long nanos) {
        int answered = outcomes.answered();
        List<String> counts = outcomes.told(say);
        double seconds = nanos / 1e9;
        shell.err()
                .println(say.of(
                        "route.summary",
                        answered,
                        counts.isEmpty() ? "" : " (" + say.list(counts) + ")",
                        problems,
                        String.format(Locale.ROOT, "%.1f", seconds),
                        Math.round((answered + problems) / Math.max(seconds, 1e-3))));
    }
}
