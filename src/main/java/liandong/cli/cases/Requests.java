package liandong.cli.cases;

import java.util.List;
import liandong.problem.Location;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import tools.jackson.databind.JsonNode;

/** Requests as people write them: the incident alone will do. */
public final class Requests {
    private static final String INCIDENT = "incident";
    private static final List<String> MEMBERS = List.of(INCIDENT, "periods", "now", "options");

    private Requests() {}

    /** Does something with a whole request. */
    @FunctionalInterface
    public interface Use<T> {
        /** Does it. */
        T of(JsonNode request) throws BadRequestException;
    }

    /**
     * Does something with a request, made whole if it is an incident alone.
     *
     * @param explain whether to ask for near misses where the request does not say
     * @throws BadRequestException with the places in what was sent
     */
    public static <T> T use(JsonNode sent, boolean explain, Use<T> use) throws BadRequestException {
        boolean alone = sent.isObject() && MEMBERS.stream().noneMatch(sent::has);
        JsonNode request = alone ? Json.object().set(INCIDENT, sent) : sent;
        try {
            return use.of(ExplainOption.in(request, explain));
        } catch (BadRequestException e) {
            throw alone ? asSent(e) : e;
        }
    }

    private static BadRequestException asSent(BadRequestException e) {
        return new BadRequestException(
                e.isReadable(),
                e.problems().stream()
                        .map(problem -> new Problem(problem.code(), asSent(problem), problem.args()))
                        .toList());
    }

    private static Location asSent(Problem problem) {
        String wrapped = "/" + INCIDENT;
        return problem.at() instanceof RequestPointer pointer
                        && pointer.pointer().startsWith(wrapped)
                ? new RequestPointer(pointer.pointer().substring(wrapped.length()))
                : problem.at();
    }
}
