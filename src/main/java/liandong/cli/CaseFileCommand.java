package liandong.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import liandong.engine.Engine;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.wire.BadRequestException;
import liandong.wire.DecisionKind;
import liandong.wire.Desk;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command that answers a file of cases, one request a line.
 *
 * @param <O> how its answers end
 */
abstract class CaseFileCommand<O extends Enum<O> & Term> implements Callable<Integer> {
    /** Makes the desk that answers. */
    interface Opening {
        Desk<?, ?> open(Engine engine, Supplier<Policy> policy, Clock clock);
    }

    private final Shell shell;
    private final Class<O> kind;
    private final Opening opening;
    private final Map<O, Integer> outcomes;
    private int problems;

    @Parameters(paramLabel = "FILE|-", description = "The cases; - reads standard input.")
    private String file = "-";

    @Mixin
    private ExplainOption explain = new ExplainOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private SaveOption save = new SaveOption();

    CaseFileCommand(Shell shell, Class<O> kind, Opening opening) {
        this.shell = shell;
        this.kind = kind;
        this.opening = opening;
        this.outcomes = new EnumMap<>(kind);
    }

    /** What the command is called. */
    abstract String name();

    /** The decision it asks for. */
    abstract DecisionKind decision();

    @Override
    public Integer call() throws Stop, IOException {
        Phrases say = common.phrases();
        try (Input input = Input.open(file, shell, say)) {
            Policy policy = common.policy(shell);
            Desk<?, ?> desk = opening.open(new Engine(), () -> policy, common.clock(shell));
            try (Bar bar = new Bar(name(), input, shell);
                    OutputStream out = new BufferedOutputStream(bar.beside(new Unclosed(shell.out())), 1 << 16)) {
                new Ndjson(text -> answer(policy, desk, text), say.locale())
                        .answer(input.stream(), out, (bytes, good) -> {
                            problems += good ? 0 : 1;
                            bar.step();
                        });
            }
            save.write(policy, shell, say);
        }
        int answered = outcomes.values().stream().mapToInt(Integer::intValue).sum();
        List<String> counts = outcomes.entrySet().stream()
                .map(each -> say.word(each.getKey()) + " " + each.getValue())
                .toList();
        shell.err()
                .println(say.of(
                        "cases.summary", answered, counts.isEmpty() ? "" : " (" + say.list(counts) + ")", problems));
        return problems == 0 ? 0 : Stop.BAD;
    }

    private ObjectNode answer(Policy policy, Desk<?, ?> desk, String text) throws BadRequestException {
        JsonNode request = explain.in(Json.read(Requests.text(text)));
        ObjectNode answer = save.kept(policy, decision(), request, desk.answer(request));
        outcomes.merge(Enum.valueOf(kind, answer.path("outcome").stringValue()), 1, Integer::sum);
        return answer;
    }
}
