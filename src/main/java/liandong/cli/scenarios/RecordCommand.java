package liandong.cli.scenarios;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import liandong.cli.cases.SaveOption;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.CommonOptions;
import liandong.cli.terminal.Input;
import liandong.cli.terminal.ProgressLine;
import liandong.cli.terminal.Terminal;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.scenario.RecordedCase;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code record}: keeps decisions that were made as scenarios. */
@Command(
        name = "record",
        description = {
            "Keeps decisions that were made as scenarios: what was asked, and what was answered.",
            "",
            "Reads NDJSON, one decision a line, an object with three members: kind (ROUTING, ESCALATION, CLOSURE, SCORING or"
                    + " PERIOD), request and answer, as the service took and gave them. Each becomes a case marked"
                    + " 待确认 of the scenario workbook, which is made if it is not there. Nothing is decided again: run"
                    + " test to see whether the policy still answers the same.",
            "",
            "Texts are kept as they were given, personal ones included.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:every decision has been kept",
            "1:a line or the policy is wrong; every fault is told with its place",
            "2:the command was called wrongly, or a file cannot be read or written"
        },
        footer = {
            "  java -jar target/liandong.jar record decisions.ndjson --scenarios cases.xlsx",
            "  cat decisions.ndjson | java -jar target/liandong.jar record - --scenarios cases.xlsx --policy my"
        })
public final class RecordCommand implements Callable<Integer> {
    private final Terminal shell;

    @Parameters(paramLabel = "FILE|-", description = "The decisions; - reads standard input.")
    private String file = "-";

    @Option(
            names = "--scenarios",
            paramLabel = "FILE.xlsx",
            required = true,
            description = "The scenario workbook they are added to.")
    private Path scenarios = Path.of("");

    @Mixin
    private CommonOptions common = new CommonOptions();

    private final List<RecordedCase> cases = new ArrayList<>();
    private int left;
    private int problems;

    public RecordCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = common.phrases();
        Policy policy = common.policy(shell);
        try (Input input = Input.open(file, shell, say);
                ProgressLine bar = new ProgressLine("record", input, shell)) {
            // Only lines with a problem have something to say.
            var faults = new ByteArrayOutputStream();
            new Ndjson(text -> kept(policy, Json.read(text)), say.locale())
                    .answer(input.stream(), new OnlyProblems(faults), (bytes, good) -> {
                        problems += good ? 0 : 1;
                        bar.step();
                    });
            shell.out().write(faults.toByteArray());
            shell.out().flush();
        }
        SaveOption.write(scenarios, cases, left, policy, shell, say);
        return problems == 0 ? 0 : CommandFailure.BAD;
    }

    private ObjectNode kept(Policy policy, JsonNode decision) throws BadRequestException {
        String name = decision.path("kind").asString("");
        Decision<?, ?> kind = Decisions.of(name);
        var problems = new ArrayList<Problem>();
        RequestPointer root = new RequestPointer("");
        if (kind == null) {
            String kinds = Decisions.all().stream().map(Decision::code).collect(Collectors.joining(", "));
            problems.add(Problem.of(Code.UNKNOWN_CHOICE, root.member("kind"), name, kinds));
        }
        for (String member : List.of("request", "answer")) {
            if (!decision.path(member).isObject()) {
                problems.add(Problem.of(Code.MISSING_FIELD, root.member(member), member, ""));
            }
        }
        if (kind == null || !problems.isEmpty()) {
            throw new BadRequestException(true, problems);
        }
        if (cases.size() < SaveOption.MOST) {
            cases.add(RecordedCase.of(policy, kind, decision.get("request"), decision.get("answer")));
        } else {
            left++;
        }
        return Json.object();
    }

    /** Leaves out the lines of what went well. */
    private static final class OnlyProblems extends OutputStream {
        private final OutputStream out;

        OnlyProblems(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
        }

        @Override
        public void write(byte[] line) throws IOException {
            if (line.length > 3) {
                out.write(line);
            }
        }
    }
}
