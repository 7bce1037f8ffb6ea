package liandong.scenario;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import liandong.engine.Answer;
import liandong.engine.DecisionFailedException;
import liandong.engine.Engine;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.wire.Asked;
import liandong.wire.BadRequestException;
import liandong.wire.DecisionKind;
import liandong.wire.Desk;
import liandong.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs scenarios: each is asked of the service's own desk, as a caller would ask it. */
public final class Cases {
    private static final Engine ENGINE = new Engine();
    /** Every scenario names its moment; a clock that were asked after all would show at once. */
    private static final Clock NEVER = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private Cases() {}

    /**
     * What came of one expectation.
     *
     * @param expectation what was expected
     * @param held whether the answer is so
     * @param actual what the answer has, as a tester would write it
     */
    public record Check(Expectation expectation, boolean held, String actual) {}

    /**
     * What came of one scenario.
     *
     * @param scenario the scenario
     * @param checks each expectation
     * @param answer the answer; with {@code problems} alone when the request was refused or the decision failed
     * @param problems what kept the service from answering; empty when it did, or was expected to refuse
     */
    public record Result(Scenario scenario, List<Check> checks, ObjectNode answer, List<Problem> problems) {
        /** Whether everything is as expected. */
        public boolean passed() {
            return problems.isEmpty() && checks.stream().allMatch(Check::held);
        }
    }

    /** Runs a scenario. */
    public static Result run(Policy policy, Scenario scenario) {
        var problems = new ArrayList<Problem>();
        ObjectNode answer = answer(policy, scenario, problems);
        boolean refusal =
                scenario.expected().stream().anyMatch(each -> each.part().equals(Part.REFUSED));
        List<Check> checks = scenario.expected().stream()
                .map(each -> new Check(
                        each,
                        each.holds(answer),
                        each.actual(
                                answer, policy.vocabulary(), policy.calendar().zone())))
                .toList();
        return new Result(scenario, checks, answer, refusal ? List.of() : List.copyOf(problems));
    }

    /** Whether a scenario passes; cheaper than {@link #run}. */
    static boolean passes(Policy policy, Scenario scenario) {
        var problems = new ArrayList<Problem>();
        ObjectNode answer = answer(policy, scenario, problems);
        boolean refusal =
                scenario.expected().stream().anyMatch(each -> each.part().equals(Part.REFUSED));
        return (refusal || problems.isEmpty()) && scenario.expected().stream().allMatch(each -> each.holds(answer));
    }

    private static ObjectNode answer(Policy policy, Scenario scenario, List<Problem> problems) {
        try {
            return answer(scenario.kind().desk(ENGINE, () -> policy, NEVER), policy, scenario.request());
        } catch (BadRequestException e) {
            problems.addAll(e.problems());
        } catch (DecisionFailedException e) {
            problems.add(e.problem());
        }
        ObjectNode refused = Json.object();
        ArrayNode list = refused.putArray("problems");
        problems.forEach(problem -> list.addObject().put("code", problem.code().name()));
        return refused;
    }

    private static <F extends Record, D extends Record> ObjectNode answer(
            Desk<F, D> desk, Policy policy, JsonNode request) throws BadRequestException {
        Asked<F> asked = desk.read(policy, request);
        Answer<D> answer = desk.decide(policy, asked);
        ObjectNode json = desk.written(policy, asked, answer);
        var fired = new TreeSet<String>();
        answer.evidence().forEach(each -> fired.add(each.rule().code()));
        json.path("because")
                .forEach(reason -> Stream.of("rule", "row")
                        .map(reason::get)
                        .filter(id -> id != null && id.isString())
                        .forEach(id -> fired.add(id.stringValue())));
        ArrayNode array = json.putArray("fired");
        fired.forEach(array::add);
        return json;
    }

    /**
     * Looks whether the service would take a request.
     *
     * @throws BadRequestException if it would not; says everything that is wrong
     */
    static void check(DecisionKind kind, Policy policy, JsonNode request) throws BadRequestException {
        kind.desk(ENGINE, () -> policy, NEVER).read(policy, request);
    }
}
