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
    /** A decision's id is much shorter. */
    private static final int LONGEST_ID = 64;

    private static final int LONGEST_NOTE = 500;

    static final String NAME = "options";

    /** The decision that left it to a person, who has judged now; kept with the answer, and no part of it. */
    private static final String SETTLES = "settles";

    /** Why the person judged so; kept with the answer, and no part of it. */
    private static final String BECAUSE = "because";

    /** What came with the report by another protocol, such as its street address; kept, and no part of the answer. */
    private static final String OUTSIDE = "outside";

    private static final int MOST_OUTSIDE = 10;

    private static final int LONGEST_OUTSIDE_NAME = 64;

    private static final int LONGEST_OUTSIDE = 2_000;

    private static final RequestPointer AT = new RequestPointer("").member(NAME);

    /** Where the moment of the policy stands. */
    static final RequestPointer AS_OF = AT.member("asOf");

    private static final List<String> MEMBERS = List.of("explain", "asOf", SETTLES, BECAUSE, OUTSIDE);

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
        text(options, AT, SETTLES, LONGEST_ID, problems);
        text(options, AT, BECAUSE, LONGEST_NOTE, problems);
        outside(options.path(OUTSIDE), problems);
        boolean explain = explain(options.get("explain"), problems);
        return new RequestOptions(explain, new Moment(asOf(options.get("asOf"), problems)), problems);
    }

    private static void outside(JsonNode outside, List<Problem> problems) {
        RequestPointer at = AT.member(OUTSIDE);
        if (outside.isMissingNode() || outside.isNull()) {
            return;
        }
        if (!outside.isObject()) {
            problems.add(Problem.of(Code.WRONG_JSON_TYPE, at, FactReader.quoted(outside), "{…}"));
        } else if (outside.size() > MOST_OUTSIDE) {
            problems.add(Problem.of(Code.OUT_OF_RANGE, at, outside.size(), 0, MOST_OUTSIDE));
        } else {
            outside.propertyNames().forEach(name -> {
                if (name.length() > LONGEST_OUTSIDE_NAME) {
                    problems.add(Problem.of(Code.TOO_LONG, at, name.length(), LONGEST_OUTSIDE_NAME));
                } else {
                    text(outside, at, name, LONGEST_OUTSIDE, problems);
                }
            });
        }
    }

    private static void text(JsonNode object, RequestPointer of, String name, int longest, List<Problem> problems) {
        JsonNode node = object.path(name);
        RequestPointer at = of.member(name);
        if (node.isMissingNode() || node.isNull()) {
            return;
        }
        if (!node.isString()) {
            problems.add(Problem.of(Code.WRONG_JSON_TYPE, at, FactReader.quoted(node), "\"…\""));
        } else if (node.stringValue().length() > longest) {
            problems.add(Problem.of(Code.TOO_LONG, at, node.stringValue().length(), longest));
        } else if (node.stringValue().indexOf('\0') >= 0) {
            problems.add(Problem.of(Code.NUL_CHARACTER, at));
        } else if (FactReader.loneSurrogate(node.stringValue()) >= 0) {
            int half = node.stringValue().charAt(FactReader.loneSurrogate(node.stringValue()));
            problems.add(Problem.of(Code.LONE_SURROGATE, at, String.format("U+%04X", half)));
        }
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
