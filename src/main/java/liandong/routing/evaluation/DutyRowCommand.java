package liandong.routing.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import liandong.cli.cases.Requests;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.CommonOptions;
import liandong.cli.terminal.Input;
import liandong.cli.terminal.Terminal;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionService;
import liandong.decision.RuledRow;
import liandong.engine.DecisionFailedException;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.routing.Routing;
import liandong.routing.RoutingDecision;
import liandong.routing.RoutingFacts;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code duty-row}: makes of what has been ruled about whose a matter is a row of the duty catalogue. */
@Command(
        name = "duty-row",
        description = {
            "Makes of a ruling about whose a matter is a row of the sheet 派单目录, so that the next such matter goes"
                    + " there at once.",
            "",
            "Reads one routing request whose incident has a choice: on whose behalf it was ruled (by), the event type,"
                    + " the lead, who assists, and the reason. Writes a copy of the policy's workbook that has the"
                    + " catalogue, with one row more: marked as not confirmed, its basis the ruling. It stands above"
                    + " the row that decided so far, with the same other conditions, for the sub-district of the case; what the"
                    + " ruling does not say, such as who assists, is as in that row. That row ends on the day on which the"
                    + " new one is made, from which that one counts, unless it is about other event types or areas too."
                    + " Tells which rows compete. The policy itself is never touched: look at the copy, then put it (policy put).",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:the workbook is written",
            "1:the request or the policy is wrong, or nothing has been ruled; every fault is told",
            "2:the command was called wrongly, or a file cannot be read or written"
        },
        footer = {
            "  java -jar target/liandong.jar duty-row ruled.json --out routing.xlsx",
            "  java -jar target/liandong.jar duty-row ruled.json --policy my --out routing.xlsx"
        })
public final class DutyRowCommand implements Callable<Integer> {
    private final Terminal shell;

    @Parameters(paramLabel = "FILE|-", description = "The ruled case; - reads standard input.")
    private String file = "-";

    @Option(
            names = "--out",
            paramLabel = "FILE.xlsx",
            required = true,
            description = "Where the copy of the workbook with the row is written.")
    private Path out = Path.of("routing.xlsx");

    @Option(
            names = "--everywhere",
            description =
                    "The row is for every area that the row above is about, and not for the sub-district of the case alone.")
    private boolean everywhere;

    @Mixin
    private CommonOptions common = new CommonOptions();

    public DutyRowCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = common.phrases();
        WholeFile.mustBePossible(out, say);
        byte[] sent;
        try (Input input = Input.open(file, shell, say)) {
            sent = input.stream().readNBytes(Ndjson.MAX_LENGTH + 1);
        }
        Policy policy = common.policy(shell);
        try {
            if (sent.length > Ndjson.MAX_LENGTH) {
                throw new BadRequestException(
                        false, List.of(Problem.of(Code.TOO_LARGE, new RequestPointer(""), "> 1 MiB", "1 MiB")));
            }
            var service = new DecisionService(() -> policy, common.clock(shell));
            DecisionRecord<RoutingFacts, RoutingDecision> record = Requests.use(
                    Json.read(Ndjson.decoded(sent)), false, request -> service.decide(new Routing(), policy, request));
            var problems = new ArrayList<Problem>();
            RuledRow ruled =
                    new Routing().ruled(record, everywhere, common.clock(shell).instant(), problems::add);
            if (ruled == null) {
                throw CommandFailure.of(CommandFailure.BAD, problems, say.locale());
            }
            WholeFile.write(out, stream -> stream.write(ruled.workbook()));
            shell.err().println(say.of("evaluate.written", out));
            RuledRow.Told told = ruled.told();
            String above = told.above();
            String area = told.area();
            shell.err()
                    .println(
                            area == null
                                    ? say.of("dutyRow.everywhere", told.row(), told.from())
                                    : say.of("dutyRow.area", told.row(), told.from(), area));
            if (above != null) {
                shell.err().println(say.of(told.ends() ? "dutyRow.ends" : "dutyRow.stays", told.row(), above));
            }
            if (!told.competing().isEmpty()) {
                shell.err().println(say.of("dutyRow.competing", String.join(", ", told.competing())));
            }
            return 0;
        } catch (BadRequestException e) {
            throw CommandFailure.refused(say.of("explain.refused", e.problems().size()), e.problems(), say.locale());
        } catch (DecisionFailedException e) {
            throw CommandFailure.refused(say.of("explain.refused", 1), List.of(e.problem()), say.locale());
        }
    }
}
