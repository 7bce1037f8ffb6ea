package liandong.cli.cases;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.CommonOptions;
import liandong.cli.terminal.Input;
import liandong.cli.terminal.Terminal;
import liandong.decision.Decision;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.engine.Concluded;
import liandong.engine.DecisionFailedException;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.scenario.Wanted;
import liandong.scenario.WhyNot;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code explain}: the answer to one report or case as a person reads it. */
@Command(
        name = "explain",
        description = {
            "Decides one report or case and says why, for a person to read.",
            "",
            "Reads one JSON document: a request for any of the four decisions, told apart by its members: with assignedAt"
                    + " it is escalated, with handling closed, with periods, or with the body and events of its incident,"
                    + " scored; anything else is a report to be routed, for which the incident alone will do.",
            "",
            "Tells the outcome, what was found in the text, which row and which rule led to each conclusion and what they"
                    + " rest on, and the rows that nearly applied with what they lacked.",
            "",
            "With --why-not it is told instead why the answer does not say something else: the first table that stands"
                    + " against it, the rows that would say so with what they lack, the fewest facts that would have to be"
                    + " otherwise, and from when on it is so if nothing happens. Whatever is proposed has been decided.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:the report has been answered",
            "1:the report or the policy is wrong; every fault is told with its place",
            "2:the command was called wrongly, or the file cannot be read"
        },
        footer = {
            "  java -jar target/liandong.jar explain report.json",
            "  java -jar target/liandong.jar explain report.json --lang en --policy /srv/policy",
            "  java -jar target/liandong.jar explain report.json --why-not urgency=URGENT",
            "  head -1 reports.ndjson | java -jar target/liandong.jar explain - --lang zh"
        })
public final class ExplainCommand implements Callable<Integer> {
    private static final int MOST = 5_000;

    private final Terminal shell;

    @Parameters(paramLabel = "FILE|-", description = "The report or case; - reads standard input.")
    private String file = "-";

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private SaveOption save = new SaveOption();

    @Option(
            names = "--why-not",
            paramLabel = "NAME=VALUE",
            description =
                    "Tell why the answer is not this: a part of the answer, such as outcome, lead or urgency, by its"
                            + " member or its Chinese name, and a code or a label; or row=ID, rule=CODE.")
    private @Nullable String whyNot;

    @Option(
            names = "--most",
            paramLabel = "N",
            description = "With --why-not, decide at most so many changed requests; ${DEFAULT-VALUE} unless given.")
    private int most = MOST;

    public ExplainCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = common.phrases();
        if (most < 1) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("whyNot.most", most)));
        }
        byte[] bytes;
        try (Input input = Input.open(file, shell, say)) {
            bytes = input.stream().readNBytes(Ndjson.MAX_LENGTH + 1);
        }
        Policy policy = common.policy(shell);
        try {
            String page = page(Json.read(text(bytes)), policy, say);
            shell.print(page);
            save.write(policy, shell, say);
            return 0;
        } catch (BadRequestException e) {
            throw CommandFailure.refused(say.of("explain.refused", e.problems().size()), e.problems(), say.locale());
        } catch (DecisionFailedException e) {
            throw CommandFailure.refused(say.of("explain.refused", 1), List.of(e.problem()), say.locale());
        }
    }

    private String page(JsonNode sent, Policy policy, Phrases say) throws BadRequestException {
        var service = new DecisionService(() -> policy, common.clock(shell));
        return Requests.use(sent, true, request -> page(Decisions.recognise(request), service, request, policy, say));
    }

    private <F extends Record, D extends Record & Concluded> String page(
            Decision<F, D> decision, DecisionService service, JsonNode request, Policy policy, Phrases say)
            throws BadRequestException {
        DecisionRecord<F, D> record = service.decide(decision, policy, ExplainOption.inFull(request));
        save.kept(policy, decision, request, record.answer());
        return whyNot == null ? decision.page(record, say) : whyNot(service, record, whyNot, say);
    }

    private String whyNot(DecisionService service, DecisionRecord<?, ?> record, String asked, Phrases say)
            throws BadRequestException {
        var problems = new ArrayList<Problem>();
        Wanted wanted = Wanted.of(record.decision(), record.policy(), asked, new FileRef("--why-not"), problems::add);
        if (wanted == null) {
            throw new BadRequestException(true, problems);
        }
        return WhyNotPage.of(WhyNot.ask(service, record, wanted, most, () -> true), say);
    }

    private static String text(byte[] bytes) throws BadRequestException {
        RequestPointer root = new RequestPointer("");
        if (bytes.length > Ndjson.MAX_LENGTH) {
            throw new BadRequestException(false, List.of(Problem.of(Code.TOO_LARGE, root, "> 1 MiB", "1 MiB")));
        }
        return Ndjson.decoded(bytes);
    }
}
