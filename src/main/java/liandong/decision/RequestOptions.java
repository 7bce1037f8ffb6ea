package liandong.decision;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.FactReader;
import liandong.wire.Moments;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a request wants to be answered: its member {@code options}.
 *
 * @param explain whether near misses are wanted
 * @param asOf by the policy of which moment
 * @param problems what is wrong with it
 */
record RequestOptions(boolean explain, Moment asOf, List<Problem> problems) {
    static final String NAME = "options";
    private static final RequestPointer AT = new RequestPointer("").member(NAME);

    /** Where the moment of the policy stands. */
    static final RequestPointer AS_OF = AT.member("asOf");

    private static final List<String> MEMBERS = List.of("explain", "asOf");

    /**
     * A moment that may not be named.
     *
     * @param instant null when it is not
     */
    record Moment(@Nullable Instant instant) {}

    /** The options of a request; what cannot be understood is as if it had not been said. */
    static RequestOptions of(JsonNode request) {
        JsonNode options = request.path(NAME);
        var problems = new ArrayList<Problem>();
        if (options.isMissingNode() || options.isNull()) {
            return new RequestOptions(false, new Moment(null), List.of());
        }
        if (!options.isObject()) {
            problems.add(Problem.of(Code.WRONG_JSON_TYPE, AT, FactReader.quoted(options), "{…}"));
            return new RequestOptions(false, new Moment(null), problems);
        }
        FactReader.known(options, MEMBERS, AT, problems::add);
        boolean explain = explain(options.get("explain"), problems);
        return new RequestOptions(explain, new Moment(asOf(options.get("asOf"), problems)), problems);
    }

    private static boolean explain(@Nullable JsonNode node, List<Problem> problems) {
        if (node == null || node.isNull()) {
            return false;
        }
        String how = node.isString() ? node.stringValue() : "";
        if (!how.equals("full") && !how.equals("brief")) {
            String sent = node.isString() ? FactReader.shortened(how) : FactReader.quoted(node);
            problems.add(Problem.of(Code.UNKNOWN_CHOICE, AT.member("explain"), sent, "brief, full"));
        }
        return how.equals("full");
    }

    private static @Nullable Instant asOf(@Nullable JsonNode node, List<Problem> problems) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            problems.add(Problem.of(Code.WRONG_JSON_TYPE, AS_OF, FactReader.quoted(node), "\"…\""));
            return null;
        }
        OffsetDateTime moment = Moments.read(node.stringValue(), AS_OF, problems::add);
        return moment == null ? null : moment.toInstant();
    }
}
