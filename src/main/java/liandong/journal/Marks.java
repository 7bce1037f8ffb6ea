package liandong.journal;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
        if (type.isString() || type.path("code").isString()) {
            marks.add("eventType " + (type.isString() ? type : type.path("code")).stringValue());
        }
        bodies(answered.answer(), false, marks);
        return List.copyOf(marks);
    }

    /** Codes of the terms that stand where an answer names bodies, however deep. */
    private static void bodies(JsonNode node, boolean named, Set<String> marks) {
        if (named && node.path("code").isString()) {
            marks.add(BODY + node.path("code").stringValue());
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
