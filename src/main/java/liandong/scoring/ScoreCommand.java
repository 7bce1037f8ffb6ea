package liandong.scoring;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import liandong.cli.cases.ExplainOption;
import liandong.cli.cases.Requests;
import liandong.cli.cases.SaveOption;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.CommonOptions;
import liandong.cli.terminal.Input;
import liandong.cli.terminal.NonClosingOutputStream;
import liandong.cli.terminal.ProgressLine;
import liandong.cli.terminal.Terminal;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.engine.DecisionFailedException;
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

/** {@code score}: scores cases and periods of a file, or one period given by its counts. */
@Command(
        name = "score",
        description = {
            "Scores cases and periods: every point gained or lost, by which row.",
            "",
            "With FILE: reads NDJSON, one request a line. A line with \"periods\" scores and ranks what bodies did in a"
                    + " period, by counts or case by case; any other line scores one case (a request, or the incident"
                    + " alone). Writes one JSON document a line; a line that cannot be answered gets its own problem and"
                    + " the rest go on.",
            "",
            "With --due, --closed and --on-time: scores one period by these counts and prints rates, points and total"
                    + " for a person to read. What a person has to score, such as organisation, is left out of the total.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:every line, or the counts, have been scored",
            "1:a line, a count or the policy is wrong; every fault is told with its place",
            "2:the command was called wrongly, or a file cannot be read"
        },
        footer = {
            "  java -jar target/liandong.jar score --due 972 --closed 911 --on-time 737",
            "  java -jar target/liandong.jar score cases.ndjson > scores.ndjson",
            "  cat periods.ndjson | java -jar target/liandong.jar score - --policy /srv/policy"
        })
public final class ScoreCommand implements Callable<Integer> {
    private static final Scoring CASE = (Scoring) Decisions.named("SCORING");
    private static final PeriodScoring PERIOD = (PeriodScoring) Decisions.named("PERIOD");

    private final Terminal shell;

    @Parameters(arity = "0..1", paramLabel = "FILE|-", description = "The requests; - reads standard input.")
    private @Nullable String file;

    @Option(names = "--due", paramLabel = "N", description = "Cases that fell due in the period.")
    private @Nullable Integer due;

    @Option(names = "--closed", paramLabel = "N", description = "Of those, closed.")
    private @Nullable Integer closed;

    @Option(names = "--on-time", paramLabel = "N", description = "Of those, closed within their limits.")
    private @Nullable Integer onTime;

    @Option(names = "--deferred", paramLabel = "N", description = "Cases put off with leave; 0 unless given.")
    private @Nullable Integer deferred;

    @Option(names = "--body", paramLabel = "NAME", description = "The body: a code or label of the vocabulary.")
    private @Nullable String body;

    @Mixin
    private ExplainOption explain = new ExplainOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private SaveOption save = new SaveOption();

    private int scored;
    private int problems;

    public ScoreCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = common.phrases();
        boolean byCounts = due != null || closed != null || onTime != null || deferred != null || body != null;
        if (byCounts == (file != null) || (byCounts && (due == null || closed == null || onTime == null))) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("score.either")));
        }
        return byCounts ? counts(say) : file(Objects.requireNonNull(file), say);
    }

    private int file(String name, Phrases say) throws CommandFailure, IOException {
        try (Input input = Input.open(name, shell, say)) {
            Policy policy = common.policy(shell);
            var service = new DecisionService(() -> policy, common.clock(shell));
            try (ProgressLine bar = new ProgressLine("score", input, shell);
                    OutputStream out =
                            new BufferedOutputStream(bar.beside(new NonClosingOutputStream(shell.out())), 1 << 16)) {
                new Ndjson(text -> answer(policy, service, Json.read(text)), say.locale())
                        .answer(input.stream(), out, (bytes, good) -> {
                            scored += good ? 1 : 0;
                            problems += good ? 0 : 1;
                            bar.step();
                        });
            }
            save.write(policy, shell, say);
        }
        shell.err().println(say.of("score.summary", scored, problems));
        return problems == 0 ? 0 : CommandFailure.BAD;
    }

    private ObjectNode answer(Policy policy, DecisionService service, JsonNode sent) throws BadRequestException {
        if (!sent.has("periods")) {
            return Requests.use(
                    sent,
                    explain.isGiven(),
                    request -> save.kept(
                            policy, CASE, request, service.decide(CASE, request).answer()));
        }
        JsonNode request = explain.in(sent);
        return save.kept(
                policy, PERIOD, request, service.decide(PERIOD, request).answer());
    }

    private int counts(Phrases say) throws CommandFailure, IOException {
        ObjectNode request = Json.object();
        ObjectNode period = request.putArray("periods").addObject();
        if (body != null) {
            period.put("body", body);
        }
        period.putObject("counts")
                .put("due", due)
                .put("deferred", deferred)
                .put("closed", closed)
                .put("onTime", onTime);
        Policy policy = common.policy(shell);
        var service = new DecisionService(() -> policy, common.clock(shell));
        try {
            DecisionRecord<PeriodFacts, PeriodDecision> record = service.decide(PERIOD, request);
            save.kept(policy, PERIOD, request, record.answer());
            String page = PeriodPage.of(record.decided().scores().get(0), policy, say);
            shell.print(page);
            save.write(policy, shell, say);
            return 0;
        } catch (BadRequestException e) {
            throw CommandFailure.refused(say.of("score.refused", e.problems().size()), e.problems(), say.locale());
        } catch (DecisionFailedException e) {
            throw CommandFailure.refused(say.of("score.refused", 1), List.of(e.problem()), say.locale());
        }
    }
}
