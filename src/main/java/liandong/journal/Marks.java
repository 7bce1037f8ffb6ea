package liandong.journal;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import liandong.wire.Answered;
import tools.jackson.databind.JsonNode;

/** What a decision can be found by: {@code row DUTY-0086}, {@code rule RTE-020}, {@code body …}, … */
public final class Marks {
    /** A version is long; so much of it tells it from all others that a district will ever have. */
    static final int VERSION_LENGTH = 16;

    private static final String BODY = "body ";
    private static final List<String> BODIES =
            List.of("lead", "assisting", "relayTo", "to", "copied", "conference", "members", "by", "body");

    private Marks() {}

    /** The marks of an answer, sorted. */
    static List<String> of(Answered answered, String outcome, String caller) {
        var marks = new TreeSet<String>();
        marks.add("kind " + answered.kind());
        marks.add("outcome " + outcome);
        marks.add(policy(answered.policy()));
        if (!caller.isBlank()) {
            marks.add(caller(caller));
        }
        for (JsonNode reason : answered.answer().path("because")) {
            marks.add("rule " + reason.path("rule").stringValue(""));
            if (reason.path("row").isString()) {
                marks.add("row " + reason.path("row").stringValue());
            }
        }
        JsonNode type = answered.answer().path("assignment").path("eventType");
        type = type.isMissingNode() ? answered.request().path("incident").path("eventType") : type;
        term("eventType ", type, marks);
        bodies(answered.answer(), false, marks);
        return List.copyOf(marks);
    }

    /** A term can be found by its code and by its label: who looks for it later may have another vocabulary. */
    private static void term(String name, JsonNode term, Set<String> marks) {
        Stream.of(term, term.path("code"), term.path("label"))
                .filter(JsonNode::isString)
                .forEach(text -> marks.add(name + text.stringValue()));
    }

    /** The terms that stand where an answer names bodies, however deep. */
    private static void bodies(JsonNode node, boolean named, Set<String> marks) {
        if (named) {
            term(BODY, node, marks);
        }
        if (node.isArray()) {
            node.forEach(each -> bodies(each, named, marks));
        }
        if (node.isObject()) {
            node.properties().forEach(each -> bodies(each.getValue(), BODIES.contains(each.getKey()), marks));
        }
    }

    /** The mark of everything decided by a policy; so much of its version will do as tells it from others. */
    public static String policy(String version) {
        return "policy " + version.substring(0, Math.min(VERSION_LENGTH, version.length()));
    }

    /** The mark of everything asked by somebody. */
    public static String caller(String name) {
        return "caller " + name;
    }
}
