package liandong.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import liandong.decision.RoutingDecision;
import liandong.engine.Answer;
import liandong.engine.DecisionFailedException;
import liandong.engine.Engine;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Pointer;
import liandong.problem.Problem;
import liandong.wire.Asked;
import liandong.wire.BadRequestException;
import liandong.wire.ClosureDesk;
import liandong.wire.DecisionKind;
import liandong.wire.Desk;
import liandong.wire.EscalationDesk;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import liandong.wire.PeriodScoringDesk;
import liandong.wire.RoutingDesk;
import liandong.wire.RoutingFacts;
import liandong.wire.ScoringDesk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "  head -1 reports.ndjson | java -jar target/liandong.jar explain - --lang zh"
        })
final class ExplainCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(paramLabel = "FILE|-", description = "The report or case; - reads standard input.")
    private String file = "-";

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private SaveOption save = new SaveOption();

    ExplainCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Stop, IOException {
        Phrases say = common.phrases();
        byte[] bytes;
        try (Input input = Input.open(file, shell, say)) {
            bytes = input.stream().readNBytes(RoutingDesk.MAX_LENGTH + 1);
        }
        Policy policy = common.policy(shell);
        try {
            String page = page(Json.read(text(bytes)), policy, say);
            shell.print(page);
            save.write(policy, shell, say);
            return 0;
        } catch (BadRequestException e) {
            throw Stop.refused(say.of("explain.refused", e.problems().size()), e.problems(), say.locale());
        } catch (DecisionFailedException e) {
            throw Stop.refused(say.of("explain.refused", 1), List.of(e.problem()), say.locale());
        }
    }

    private String page(JsonNode sent, Policy policy, Phrases say) throws BadRequestException {
        var engine = new Engine();
        Clock clock = common.clock(shell);
        List<Desk<?, ?>> later = List.of(
                new EscalationDesk(engine, () -> policy, clock),
                new ClosureDesk(engine, () -> policy, clock),
                new PeriodScoringDesk(engine, () -> policy, clock),
                new ScoringDesk(engine, () -> policy, clock));
        return Requests.use(sent, true, request -> {
            for (Desk<?, ?> desk : later) {
                if (desk.isFor(request)) {
                    return explained(kind(desk), desk, request, policy, say);
                }
            }
            var desk = new RoutingDesk(engine, () -> policy, clock);
            Asked<RoutingFacts> asked = inFull(desk.read(policy, request));
            Answer<RoutingDecision> answer = desk.decide(policy, asked);
            save.kept(policy, DecisionKind.ROUTING, request, desk.written(policy, asked, answer));
            return Explanation.of(policy, asked, answer, say);
        });
    }

    private static DecisionKind kind(Desk<?, ?> desk) {
        return desk instanceof EscalationDesk
                ? DecisionKind.ESCALATION
                : desk instanceof ClosureDesk
                        ? DecisionKind.CLOSURE
                        : desk instanceof ScoringDesk ? DecisionKind.SCORING : DecisionKind.PERIOD;
    }

    private <F extends Record, D extends Record> String explained(
            DecisionKind kind, Desk<F, D> desk, JsonNode request, Policy policy, Phrases say)
            throws BadRequestException {
        Asked<F> asked = inFull(desk.read(policy, request));
        Answer<D> answer = desk.decide(policy, asked);
        D decision = answer.decision();
        save.kept(policy, kind, request, desk.written(policy, asked, answer));
        return CaseExplanation.of(
                policy,
                desk.subject(asked.facts()),
                asked,
                answer,
                desk.because(decision),
                desk.unconfirmed(decision),
                say);
    }

    private static <F extends Record> Asked<F> inFull(Asked<F> asked) {
        return new Asked<>(asked.facts(), asked.now(), true, asked.request());
    }

    private static String text(byte[] bytes) throws BadRequestException {
        Pointer root = new Pointer("");
        if (bytes.length > RoutingDesk.MAX_LENGTH) {
            throw new BadRequestException(
                    false, List.of(Problem.of(Code.TOO_LARGE, root, "> 1 MiB", RoutingDesk.MAX_LENGTH)));
        }
        String text = Ndjson.decoded(bytes);
        if (text == null) {
            throw new BadRequestException(false, List.of(Problem.of(Code.BAD_JSON, root, "UTF-8")));
        }
        return Requests.text(text);
    }
}
