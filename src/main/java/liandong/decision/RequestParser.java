package liandong.decision;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import liandong.wire.Json;
import liandong.wire.RequestProblems;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Understands requests: an object with the members of the facts, {@code now} and {@code options}. */
final class RequestParser {
    private static final RequestPointer ROOT = new RequestPointer("");
    private static final String NOW = "now";

    private RequestParser() {}

    /**
     * A request, understood.
     *
     * @param clock gives the moment of a request that names none
     * @param tolerance how far a time may lie after that moment
     * @throws BadRequestException if anything about it is wrong; says everything that is
     */
    static <F extends Record> ParsedRequest<F> parse(
            Decision<F, ?> decision,
            Policy policy,
            JsonNode request,
            RequestOptions options,
            Clock clock,
            Duration tolerance)
            throws BadRequestException {
        if (!policy.decides(decision.part())) {
            throw new BadRequestException(
                    true,
                    List.of(Problem.of(
                            Code.NOT_DECIDED,
                            ROOT,
                            String.join("、", decision.part().sheets()),
                            policy.label())));
        }
        if (!(request instanceof ObjectNode object)) {
            throw new BadRequestException(
                    true, List.of(Problem.of(Code.WRONG_JSON_TYPE, ROOT, FactReader.quoted(request), "{…}")));
        }
        var problems = new RequestProblems();
        var told = new HashSet<String>();
        Consumer<Problem> inShape = problem -> {
            Problem there = placed(decision, object, problem);
            // What a decision reads twice of a request, such as the time of a case and of how it was handled, is told
            // once.
            if (told.add(there.at() + " " + there.code() + " "
                    + there.args().stream().findFirst())) {
                problems.accept(there);
            }
        };
        var reader = new FactReader(policy.vocabulary(), policy.calendar().zone(), inShape);
        decision.precheck(request, problems);
        var besides = new ArrayList<>(List.of(NOW, RequestOptions.NAME));
        besides.addAll(Decisions.passedOver(decision));
        JsonNode shaped = decision.shaped(object);
        F facts = decision.read(reader, shaped, besides.toArray(String[]::new));
        OffsetDateTime now = now(request.get(NOW), reader, problems);
        options.problems().forEach(problems);
        Instant asOf = options.asOf().instant();
        Instant moment = now != null ? now.toInstant() : asOf != null ? asOf : clock.instant();
        if (facts != null) {
            decision.check(facts, policy, new DecisionMoment(moment, tolerance), inShape);
        }
        if (facts == null || !problems.none()) {
            throw new BadRequestException(true, problems.errors());
        }
        ObjectNode dated = object.deepCopy();
        dated.set(NOW, Json.of(DecisionService.time(policy, moment)));
        return new ParsedRequest<>(decision.once(facts), moment, options.explain(), dated, problems.warnings());
    }

    /** A problem where the request has it that was sent, and the same for what it refers to. */
    private static Problem placed(Decision<?, ?> decision, ObjectNode request, Problem problem) {
        if (!(problem.at() instanceof RequestPointer at)) {
            return problem;
        }
        return new Problem(
                problem.code(),
                new RequestPointer(decision.placed(request, at.pointer())),
                problem.args().stream()
                        .map(arg -> arg.startsWith(FactReader.LISTED_AT)
                                ? FactReader.LISTED_AT
                                        + decision.placed(request, arg.substring(FactReader.LISTED_AT.length()))
                                : arg)
                        .toList());
    }

    private static @Nullable OffsetDateTime now(@Nullable JsonNode node, FactReader facts, Consumer<Problem> problems) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (node.isString()) {
            return facts.time(node.stringValue(), ROOT.member(NOW));
        }
        problems.accept(Problem.of(Code.WRONG_JSON_TYPE, ROOT.member(NOW), FactReader.quoted(node), "\"…\""));
        return null;
    }
}
