package liandong.journal;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import liandong.decision.DecisionRecord;
import liandong.decision.Handwork;
import liandong.engine.Reason;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.CaseEventKind;
import liandong.incident.EventType;
import liandong.incident.Member.Role;
import liandong.incident.Term;
import liandong.wire.AnswerShape;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;

/** What a decision can be found by: {@code row DUTY-0086}, {@code rule RTE-020}, {@code body …}, … */
public final class SearchTerms {
    /** A version is long; so much of it tells it from all others that a district will ever have. */
    static final int VERSION_LENGTH = 16;

    /** The mark of what was left to a person. */
    public static final String LEFT = "desk left";

    /** The mark that what was left to a person has when it was kept by a program that knew no other. */
    static final String LEFT_BEFORE = "outcome MANUAL_TRIAGE";

    /** The mark of what was decided by what a person found. */
    public static final String JUDGED = "desk judged";

    /** The mark of what was left to a person because somebody may be in danger. */
    public static final String DANGER = "desk danger";

    /** Followed by a decision's id: the mark of what came after it, by what a person found. */
    public static final String SETTLES = "settles ";

    /** What a case in progress should not have had. */
    static final Set<CaseEventKind> TROUBLE =
            EnumSet.of(CaseEventKind.STAGE_LATE, CaseEventKind.RETURNED, CaseEventKind.REDO, CaseEventKind.REOPENED);

    private SearchTerms() {}

    /**
     * The marks of an answer, sorted.
     *
     * @param readers for whom it was decided besides the caller
     * @param hidden ids of rows that it is not to be found by
     * @param traceId the trace that the request was of; null for none
     */
    static List<String> of(
            DecisionRecord<?, ?> answered,
            String outcome,
            String caller,
            Set<String> readers,
            Set<String> hidden,
            @Nullable String traceId) {
        var marks = new TreeSet<String>();
        if (traceId != null) {
            marks.add("trace " + traceId);
        }
        readers.forEach(reader -> marks.add(caller(reader)));
        desk(answered, marks);
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
                type(type, marks);
            }
        });
        AnswerShape.visit(answered.request().facts(), (component, trace, value) -> {
            if (value instanceof Area area) {
                areas(area, marks);
            } else if (value instanceof CaseEventKind kind && TROUBLE.contains(kind)) {
                marks.add("event " + kind.code());
            }
        });
        if (marks.stream().noneMatch(mark -> mark.startsWith("eventType "))) {
            AnswerShape.visit(answered.request().facts(), (component, trace, value) -> {
                if (value instanceof EventType type) {
                    type(type, marks);
                }
            });
        }
        return List.copyOf(marks);
    }

    private static void type(EventType type, Set<String> marks) {
        term("eventType ", type, marks);
        term("category ", type.category(), marks);
    }

    /** An area and those around it, but for the widest, in which everything lies. */
    private static void areas(Area area, Set<String> marks) {
        Area each = area;
        while (each != null && each.parent() != null) {
            term("area ", each, marks);
            each = each.parent();
        }
    }

    /** The marks that say whether it was left to a person, or decided by what a person found. */
    static List<String> desk(DecisionRecord<?, ?> answered) {
        var marks = new TreeSet<String>();
        desk(answered, marks);
        return List.copyOf(marks);
    }

    private static void desk(DecisionRecord<?, ?> answered, Set<String> marks) {
        String settles =
                answered.request().request().path("options").path("settles").stringValue("");
        if (!settles.isBlank()) {
            marks.add(JUDGED);
            marks.add(SETTLES + settles);
        }
        Handwork handwork = answered.decision().handwork();
        Handwork.Left left = handwork == null ? null : handwork.left(Json.object(answered.said()), answered.policy());
        // What a person has judged they need not look at again, unless nothing came of it.
        if (left != null && (settles.isBlank() || left.undecided())) {
            marks.add(LEFT);
        }
        if (left != null && left.danger()) {
            marks.add(DANGER);
        }
    }

    /** How an answer ends, in a word: its outcome; {@code MIXED} when it has several that differ. */
    static String outcome(DecisionRecord<?, ?> answered) {
        var outcomes = new TreeSet<String>();
        AnswerShape.visit(answered.said(), (component, trace, value) -> {
            if (component.role() == Role.OUTCOME && value instanceof Term term) {
                outcomes.add(term.code());
            }
        });
        return outcomes.size() == 1 ? outcomes.first() : SearchWords.MIXED;
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
