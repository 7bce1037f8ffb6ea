package liandong.journal;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import liandong.decision.DecisionRecord;
import liandong.engine.Reason;
import liandong.incident.Body;
import liandong.incident.EventType;
import liandong.incident.Member.Role;
import liandong.incident.Term;
import liandong.wire.AnswerShape;

/** What a decision can be found by: {@code row DUTY-0086}, {@code rule RTE-020}, {@code body …}, … */
public final class SearchTerms {
    /** A version is long; so much of it tells it from all others that a district will ever have. */
    static final int VERSION_LENGTH = 16;

    private SearchTerms() {}

    /**
     * The marks of an answer, sorted.
     *
     * @param hidden ids of rows that it is not to be found by
     */
    static List<String> of(DecisionRecord<?, ?> answered, String outcome, String caller, Set<String> hidden) {
        var marks = new TreeSet<String>();
        marks.add("kind " + answered.decision().code());
        marks.add("outcome " + outcome);
        marks.add(policy(answered.policy().version()));
        if (!caller.isBlank()) {
            marks.add(caller(caller));
        }
        for (Reason reason : answered.decided().because()) {
            marks.add("rule " + reason.rule());
            if (reason.row() != null && !hidden.contains(reason.row())) {
                marks.add("row " + reason.row());
            }
        }
        AnswerShape.visit(answered.said(), (component, trace, value) -> {
            if (value instanceof Body body) {
                term("body ", body, marks);
            } else if (value instanceof EventType type && !trace) {
                term("eventType ", type, marks);
            }
        });
        if (marks.stream().noneMatch(mark -> mark.startsWith("eventType "))) {
            AnswerShape.visit(answered.request().facts(), (component, trace, value) -> {
                if (value instanceof EventType type) {
                    term("eventType ", type, marks);
                }
            });
        }
        return List.copyOf(marks);
    }

    /** How an answer ends, in a word: its outcome; {@code MIXED} when it has several that differ. */
    static String outcome(DecisionRecord<?, ?> answered) {
        var outcomes = new TreeSet<String>();
        AnswerShape.visit(answered.said(), (component, trace, value) -> {
            if (component.role() == Role.OUTCOME && value instanceof Term term) {
                outcomes.add(term.code());
            }
        });
        return outcomes.size() == 1 ? outcomes.first() : "MIXED";
    }

    /** A term can be found by its code and by its label: who looks for it later may have another vocabulary. */
    private static void term(String name, Term term, Set<String> marks) {
        marks.add(name + term.code());
        marks.add(name + term.label());
    }

    /** The mark of everything decided by a policy; so much of its version will do as tells it from others. */
    public static String policy(String version) {
        return "policy " + version.substring(0, Math.min(VERSION_LENGTH, version.length()));
    }

    /** The mark of everything asked by a caller. */
    public static String caller(String name) {
        return "caller " + name;
    }
}
