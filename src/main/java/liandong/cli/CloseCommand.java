package liandong.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import liandong.decision.ClosureOutcome;
import liandong.engine.Engine;
import liandong.policy.Policy;
import liandong.wire.BadRequestException;
import liandong.wire.ClosureDesk;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code close}: answers a file of concluded and followed-up cases. */
@Command(
        name = "close",
        description = {
            "Says of each case of a file whether it is done: accepted, to be redone, followed up or closed.",
            "",
            "Reads NDJSON, one request a line: the incident with its eventType; severity, urgency, lead and stages"
                    + " as the routing answer had them, each stage with its doneAt; handling (concludedAt, proofs,"
                    + " redos); and, once the citizen has been asked, followUp (at, by, how, satisfaction, cause,"
                    + " triesBefore). Writes one JSON document a line to standard output, in the order of the input;"
                    + " a line that cannot be answered gets its own problem and the rest go on. A summary goes to"
                    + " standard error.",
            "",
            "Whether a case is followed up is drawn from its id: asked again, it gets the same answer.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every line has been answered",
            "1:a line or the policy is wrong; every fault is told with its place",
            "2:the command was called wrongly, or a file cannot be read"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar target/liandong.jar close cases.ndjson > answers.ndjson",
            "  java -jar target/liandong.jar close cases.ndjson --explain --now 2026-12-02T09:00:00+08:00",
            "  cat cases.ndjson | java -jar target/liandong.jar close - --policy /srv/policy"
        })
final class CloseCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(paramLabel = "FILE|-", description = "The cases; - reads standard input.")
    private String file = "-";

    @Option(names = "--explain", description = "Tell the rows that nearly applied, too.")
    private boolean explain;

    @Mixin
    private CommonOptions common = new CommonOptions();

    private final Map<ClosureOutcome, Integer> outcomes = new EnumMap<>(ClosureOutcome.class);
    private int problems;

    CloseCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Stop, IOException {
        Phrases say = common.phrases();
        try (Input input = Input.open(file, shell, say)) {
            Policy policy = common.policy(shell);
            var desk = new ClosureDesk(new Engine(), () -> policy, common.clock(shell));
            try (Bar bar = new Bar("close", input, shell);
                    OutputStream out = new BufferedOutputStream(bar.beside(new Unclosed(shell.out())), 1 << 16)) {
                new Ndjson(text -> answer(desk, text), say.locale()).answer(input.stream(), out, (bytes, good) -> {
                    problems += good ? 0 : 1;
                    bar.step();
                });
            }
        }
        int answered = outcomes.values().stream().mapToInt(Integer::intValue).sum();
        List<String> counts = outcomes.entrySet().stream()
                .map(each -> say.word(each.getKey()) + " " + each.getValue())
                .toList();
        shell.err()
                .println(say.of(
                        "close.summary", answered, counts.isEmpty() ? "" : " (" + say.list(counts) + ")", problems));
        return problems == 0 ? 0 : Stop.BAD;
    }

    private ObjectNode answer(ClosureDesk desk, String text) throws BadRequestException {
        ObjectNode answer = desk.answer(Requests.explained(Json.read(Requests.text(text)), explain));
        outcomes.merge(ClosureOutcome.valueOf(answer.path("outcome").stringValue()), 1, Integer::sum);
        return answer;
    }
}
