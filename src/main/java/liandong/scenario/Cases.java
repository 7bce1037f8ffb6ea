package liandong.scenario;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionService;
import liandong.decision.ParsedRequest;
import liandong.engine.DecisionFailedException;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs scenarios: each is asked of the service, as a caller would ask it. */
public final class Cases {
    /** Every scenario names its policy and its moment: what else is asked for fails visibly. */
    private static final DecisionService SERVICE = new DecisionService(Cases::noPolicy, new NoClock());

    private Cases() {}

    private static Policy noPolicy() {
        throw new IllegalStateException("a scenario is asked of the policy it is run under");
    }

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

    /** Runs a story, up to the first step that is not answered as expected. */
    public static StoryRun run(Policy policy, CaseStory story) {
        return CaseInHand.run(policy, story);
    }

    private static ObjectNode answer(Policy policy, Scenario scenario, List<Problem> problems) {
        return answer(policy, scenario.kind(), scenario.request(), problems);
    }

    /**
     * An answer, with the ids of the rows and rules behind it.
     *
     * @param problems gets what kept the service from answering; the answer then names their codes
     */
    static ObjectNode answer(Policy policy, Decision<?, ?> kind, ObjectNode request, List<Problem> problems) {
        try {
            return answer(SERVICE.decide(kind, policy, request));
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

    /** An answer, with the ids of the rows and rules behind it. */
    static ObjectNode answer(DecisionRecord<?, ?> record) {
        ObjectNode json = record.answer();
        var fired = new TreeSet<String>();
        record.result().evidence().forEach(each -> fired.add(each.rule().code()));
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
    static void check(Decision<?, ?> kind, Policy policy, JsonNode request) throws BadRequestException {
        parse(kind, policy, request);
    }

    /** The facts of a request; see {@link #check}. */
    static <F extends Record> ParsedRequest<F> parse(Decision<F, ?> decision, Policy policy, JsonNode request)
            throws BadRequestException {
        return SERVICE.parse(decision, policy, request);
    }

    /** A clock that nobody may ask. */
    private static final class NoClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            throw new IllegalStateException("a scenario names its moment");
        }
    }
}
