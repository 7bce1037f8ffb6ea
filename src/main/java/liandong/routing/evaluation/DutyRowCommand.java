package liandong.routing.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import liandong.cli.cases.Requests;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.CommonOptions;
import liandong.cli.terminal.Input;
import liandong.cli.terminal.Terminal;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionService;
import liandong.engine.DecisionFailedException;
import liandong.explain.Phrases;
import liandong.incident.Body;
import liandong.incident.Choice;
import liandong.incident.EventType;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.routing.Assignment;
import liandong.routing.DutyRow;
import liandong.routing.Routing;
import liandong.routing.RoutingDecision;
import liandong.routing.RoutingFacts;
import liandong.table.RowStatus;
import liandong.table.Sheet;
import liandong.table.Table;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import liandong.workbook.AddedRow;
import org.jspecify.annotations.Nullable;
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
                    + " those of the event type; those without other conditions end on the day of the ruling. The policy"
                    + " itself is never touched: look at the copy, then put it (policy put).",
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
    private static final String SHEET =
            Objects.requireNonNull(DutyRow.class.getAnnotation(Sheet.class)).value();

    private final Terminal shell;

    @Parameters(paramLabel = "FILE|-", description = "The ruled case; - reads standard input.")
    private String file = "-";

    @Option(
            names = "--out",
            paramLabel = "FILE.xlsx",
            required = true,
            description = "Where the copy of the workbook with the row is written.")
    private Path out = Path.of("routing.xlsx");

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
            byte[] workbook = workbook(record, policy, say);
            WholeFile.write(out, stream -> stream.write(workbook));
            shell.err().println(say.of("evaluate.written", out));
            return 0;
        } catch (BadRequestException e) {
            throw CommandFailure.refused(say.of("explain.refused", e.problems().size()), e.problems(), say.locale());
        } catch (DecisionFailedException e) {
            throw CommandFailure.refused(say.of("explain.refused", 1), List.of(e.problem()), say.locale());
        }
    }

    private static byte[] workbook(DecisionRecord<RoutingFacts, RoutingDecision> record, Policy policy, Phrases say)
            throws CommandFailure {
        Choice choice = record.request().facts().incident().choice();
        Assignment assignment = record.decided().assignment();
        EventType type = assignment == null || assignment.about() == null
                ? null
                : assignment.about().eventType();
        if (choice == null
                || choice.lead() == null
                || assignment == null
                || assignment.chosenBy() == null // the choice was passed over: what the catalogue says is no ruling
                || type == null) {
            throw new CommandFailure(CommandFailure.BAD, List.of(say.of("dutyRow.nothingRuled")));
        }
        LocalDate day = record.request().now().atZone(policy.calendar().zone()).toLocalDate();
        var cells = new LinkedHashMap<String, String>();
        cells.put("事项", type.label());
        cells.put("牵头", named(assignment.lead(), policy));
        cells.put("配合", named(assignment.assisting(), policy));
        cells.put("路径", assignment.route().label());
        cells.put(
                "联席会议",
                assignment.conference() == null ? "" : assignment.conference().label());
        cells.put("知会", named(assignment.informed(), policy));
        cells.put("依据", choice.by().label() + " " + day + " 裁定（" + record.subject() + "）：" + choice.reason());
        cells.put("状态", RowStatus.ofOwn(policy.vocabulary().format()).label());
        cells.put("备注", "据裁定拟定，核定后生效；只限某地、某种情形的，请填条件");
        var problems = new ArrayList<Problem>();
        Table<DutyRow> duties = Objects.requireNonNull(policy.table(DutyRow.class));
        Set<String> conditions = duties.conditions().stream()
                .map(header -> header.split(" ", -1)[0])
                .filter(header -> !header.equals("事项"))
                .collect(Collectors.toUnmodifiableSet());
        byte[] added = AddedRow.of(
                duties.file(),
                Objects.requireNonNull(policy.files().tables().get(duties.file())),
                new AddedRow.NewRow(SHEET, "事项", conditions, cells, day),
                problems::add);
        if (added != null) {
            return added;
        }
        throw CommandFailure.of(CommandFailure.BAD, problems, say.locale());
    }

    private static String named(List<Body> bodies, Policy policy) {
        return bodies.stream().map(body -> named(body, policy)).collect(Collectors.joining("、"));
    }

    /** A body as a cell of the catalogue names it: one that the vocabulary lacks is that of a territory, meant by its kind. */
    private static String named(@Nullable Body body, Policy policy) {
        if (body == null) {
            return "";
        }
        boolean known = policy.vocabulary().find(Body.class, body.label()) != null;
        List<Body> generic = policy.vocabulary().bodies(body.kind());
        return known || generic.isEmpty() ? body.label() : generic.get(0).label();
    }
}
