package liandong.cli.cases;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.CommonOptions;
import liandong.cli.terminal.Input;
import liandong.cli.terminal.NonClosingOutputStream;
import liandong.cli.terminal.ProgressLine;
import liandong.cli.terminal.Terminal;
import liandong.decision.CommandText;
import liandong.decision.Decision;
import liandong.decision.DecisionService;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A command that answers a file of requests for one decision, one request a line. */
@Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:every line has been answered",
            "1:a line or the policy is wrong; every fault is told with its place",
            "2:the command was called wrongly, or a file cannot be read"
        })
public final class DecideCommand implements Callable<Integer> {
    private static final String STREAMS =
            "Writes one JSON document a line to standard output, in the order of the input; a line that cannot be"
                    + " answered gets its own problem and the rest go on. A summary goes to standard error.";

    private final Terminal shell;
    private final Decision<?, ?> decision;
    private final Outcomes outcomes;
    private int problems;

    @Parameters(paramLabel = "FILE|-", description = "The cases; - reads standard input.")
    private String file = "-";

    @Mixin
    private ExplainOption explain = new ExplainOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private SaveOption save = new SaveOption();

    private DecideCommand(Terminal shell, Decision<?, ?> decision) {
        this.shell = shell;
        this.decision = decision;
        this.outcomes = new Outcomes(decision);
    }

    /** The command of a decision, named and described as the decision says. */
    public static CommandLine of(Terminal shell, Decision<?, ?> decision) {
        var command = new CommandLine(new DecideCommand(shell, decision));
        CommandText text = decision.command();
        command.setCommandName(text.name());
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        var paragraphs = new ArrayList<String>();
        text.description().forEach(paragraph -> {
            paragraphs.add(paragraph);
            paragraphs.add("");
        });
        paragraphs.add(STREAMS);
        paragraphs.add("");
        usage.description(paragraphs.toArray(String[]::new));
        usage.footer(text.examples().stream()
                .map(example -> "  java -jar target/liandong.jar " + example)
                .toArray(String[]::new));
        return command;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = common.phrases();
        try (Input input = Input.open(file, shell, say)) {
            Policy policy = common.policy(shell);
            var service = new DecisionService(() -> policy, common.clock(shell));
            try (ProgressLine bar = new ProgressLine(decision.command().name(), input, shell);
                    OutputStream out =
                            new BufferedOutputStream(bar.beside(new NonClosingOutputStream(shell.out())), 1 << 16)) {
                new Ndjson(text -> answer(policy, service, text), say.locale())
                        .answer(input.stream(), out, (bytes, good) -> {
                            problems += good ? 0 : 1;
                            bar.step();
                        });
            }
            save.write(policy, shell, say);
        }
        List<String> counts = outcomes.told(say);
        shell.err()
                .println(say.of(
                        "cases.summary",
                        outcomes.answered(),
                        counts.isEmpty() ? "" : " (" + say.list(counts) + ")",
                        problems));
        return problems == 0 ? 0 : CommandFailure.BAD;
    }

    private ObjectNode answer(Policy policy, DecisionService service, String text) throws BadRequestException {
        JsonNode request = explain.in(Json.read(text));
        ObjectNode answer = save.kept(
                policy, decision, request, service.decide(decision, request).answer());
        outcomes.count(answer);
        return answer;
    }
}
