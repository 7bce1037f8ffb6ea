package liandong.replay;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.calendar.CalendarEndedException;
import liandong.decision.ClosureOutcome;
import liandong.decision.EscalationOutcome;
import liandong.decision.Outcome;
import liandong.decision.ScoringOutcome;
import liandong.decision.TriageReason;
import liandong.incident.EventType;
import liandong.incident.Term;
import liandong.journal.Entry;
import liandong.journal.Personal;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.replay.Conclusion.Because;
import liandong.replay.Effect.Became;
import liandong.replay.Effect.Count;
import liandong.replay.Effect.Hit;
import liandong.replay.Effect.Move;
import liandong.replay.Effect.Result;
import liandong.replay.Effect.Shift;
import liandong.replay.Effect.Word;
import liandong.replay.Obstacle.Why;
import liandong.wire.BadRequestException;
import liandong.wire.DecisionKind;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a draft would have changed about decisions that were given, each decided for its own moment (影响评估). Safe for use
 * by many threads.
 */
public final class Impact {
    private static final int DIFFERENCES = 5;

    private final Policy draft;
    private final @Nullable Policy live;
    private final Again again;

    private Impact(Policy draft, @Nullable Policy live, Personal personal) {
        this.draft = draft;
        this.live = live;
        this.again = new Again(personal);
    }

    /**
     * What a draft would have changed about the answers that were given.
     *
     * @param personal opens personal fields that were encrypted
     */
    public static Impact on(Policy draft, Personal personal) {
        return new Impact(draft, null, personal);
    }

    /** What a draft would have changed about the answers that another policy gave, or would have given. */
    static Impact over(Policy live, Policy draft, Personal personal) {
        return new Impact(draft, live, personal);
    }

    /** The draft. */
    public Policy draft() {
        return draft;
    }

    /** What it would have changed about one decision. */
    public Effect of(Entry entry) {
        ObjectNode request;
        JsonNode before;
        try {
            request = again.request(entry);
            before = before(entry, request);
        } catch (ObstacleException e) {
            return notComparable(entry.kind(), e.obstacle().why());
        }
        try {
            return compared(entry.kind(), request, before, again.answer(entry.kind(), request, draft));
        } catch (ObstacleException e) {
            return refused(entry, e.obstacle());
        }
    }

    private JsonNode before(Entry entry, ObjectNode request) throws ObstacleException {
        if (live != null && !live.version().equals(entry.policy())) {
            return again.answer(entry.kind(), request, live);
        }
        try {
            return Json.read(entry.answer());
        } catch (BadRequestException e) {
            throw new ObstacleException(new Obstacle(Why.NOT_UNDERSTOOD, e.problems()));
        }
    }

    private static Effect notComparable(DecisionKind kind, Why why) {
        return new Effect(
                Result.NOT_COMPARABLE,
                List.of(kinds(kind, Result.NOT_COMPARABLE), new Hit(Count.NOT_COMPARABLE, Word.of(why), word(kind))),
                List.of(),
                Effect.NOTHING);
    }

    private static Effect refused(Entry entry, Obstacle obstacle) {
        var hits = new LinkedHashSet<Hit>();
        hits.add(kinds(entry.kind(), Result.REFUSED));
        var differences = new ArrayList<Difference>();
        for (Problem problem : obstacle.problems()) {
            hits.add(new Hit(
                    Count.REFUSED,
                    new Word(problem.code().name(), ""),
                    new Word(problem.at().toString().replaceAll("/\\d+(?=/|$)", "/…"), "")));
            differences.add(new Difference(
                    problem.at().toString(),
                    null,
                    problem.code()
                            + problem.args().stream().map(arg -> " " + arg).collect(Collectors.joining())));
        }
        List<Difference> first = differences.subList(0, Math.min(DIFFERENCES, differences.size()));
        return new Effect(
                Result.REFUSED,
                List.copyOf(hits),
                List.of(),
                new Difference.All(List.copyOf(first), differences.size() - first.size()));
    }

    private Effect compared(DecisionKind kind, ObjectNode request, JsonNode before, JsonNode after) {
        Conclusion was = Conclusion.of(before);
        Conclusion is = Conclusion.of(after);
        // Written, because 1.0 and 1.00 are the same number but not the same answer.
        if (Json.write(was.done()).equals(Json.write(is.done()))) {
            boolean otherwise = !anywhere(was.reasons()).equals(anywhere(is.reasons()));
            Result result = otherwise ? Result.OTHER_REASONS : Result.SAME;
            return new Effect(result, List.of(kinds(kind, result)), List.of(), Effect.NOTHING);
        }
        var hits = new ArrayList<Hit>();
        hits.add(kinds(kind, Result.CHANGED));
        differing(Count.OUTCOMES, outcome(kind, before), outcome(kind, after), hits);
        if (kind == DecisionKind.ROUTING) {
            differing(Count.LEADS, lead(before), lead(after), hits);
            unroutable(before, after, hits);
        }
        hits.add(new Hit(Count.EVENT_TYPES, eventType(request, before), eventType(request, after)));
        List<Shift> shifts = dues(was.dues(), is.dues(), hits);
        int named = hits.size();
        responsible(was.reasons(), is.reasons(), hits);
        if (hits.size() == named) {
            hits.add(new Hit(Count.UNEXPLAINED, word(kind), Word.NONE));
        }
        return new Effect(
                Result.CHANGED, List.copyOf(hits), shifts, Difference.between(was.done(), is.done(), DIFFERENCES));
    }

    private static Set<Because> anywhere(Set<Because> reasons) {
        return reasons.stream().map(Because::anywhere).collect(Collectors.toSet());
    }

    private static Hit kinds(DecisionKind kind, Result result) {
        return new Hit(Count.KINDS, word(kind), Word.of(result));
    }

    private static Word word(DecisionKind kind) {
        return new Word(kind.name(), kind.sheet());
    }

    private static void differing(Count count, Word before, Word after, List<Hit> hits) {
        if (!before.code().equals(after.code())) {
            hits.add(new Hit(count, before, after));
        }
    }

    private static Word outcome(DecisionKind kind, JsonNode answer) {
        String code = answer.path("outcome").stringValue("");
        Stream<? extends Term> words = switch (kind) {
            case ROUTING -> Stream.of(Outcome.values());
            case ESCALATION -> Stream.of(EscalationOutcome.values());
            case CLOSURE -> Stream.of(ClosureOutcome.values());
            case SCORING, PERIOD -> Stream.of(ScoringOutcome.values());
        };
        return words.filter(word -> word.code().equals(code))
                .findFirst()
                .map(Word::of)
                .orElse(new Word(code, ""));
    }

    private static Word lead(JsonNode answer) {
        return word(answer.path("assignment").path("lead"));
    }

    private static Word word(JsonNode term) {
        return new Word(term.path("code").stringValue(""), term.path("label").stringValue(""));
    }

    private static void unroutable(JsonNode before, JsonNode after, List<Hit> hits) {
        Word was = outcome(DecisionKind.ROUTING, before);
        Word is = outcome(DecisionKind.ROUTING, after);
        String triage = Outcome.MANUAL_TRIAGE.code();
        if (!was.code().equals(triage) && is.code().equals(triage)) {
            String reason = after.path("reason").stringValue("");
            Word why = Stream.of(TriageReason.values())
                    .filter(each -> each.code().equals(reason))
                    .findFirst()
                    .map(Word::of)
                    .orElse(new Word(reason, ""));
            hits.add(new Hit(Count.UNROUTABLE, was, why));
        }
    }

    /** What an answer says it is about, or else what was asked about. */
    private Word eventType(ObjectNode request, JsonNode answer) {
        JsonNode said = answer.path("assignment").path("eventType");
        said = said.isMissingNode() ? answer.path("classification").path("eventType") : said;
        if (said.isObject()) {
            return word(said);
        }
        JsonNode asked = request.path("incident").path("eventType");
        String code =
                asked.isString() ? asked.stringValue() : asked.path("code").stringValue("");
        EventType type = code.isEmpty() ? null : draft.vocabulary().find(EventType.class, code);
        return type == null ? new Word(code, "") : Word.of(type);
    }

    private List<Shift> dues(Map<String, OffsetDateTime> before, Map<String, OffsetDateTime> after, List<Hit> hits) {
        var shifts = new ArrayList<Shift>();
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            OffsetDateTime was = before.get(name);
            OffsetDateTime is = after.get(name);
            if (was == null || is == null) {
                hits.add(due(was == null ? Move.ADDED : Move.DROPPED, name));
            } else if (!was.isEqual(is)) {
                boolean earlier = is.isBefore(was);
                hits.add(due(earlier ? Move.EARLIER : Move.LATER, name));
                long sign = earlier ? -1 : 1;
                long minutes = Duration.between(was, is).abs().toMinutes();
                shifts.add(new Shift(sign * minutes, sign * office(earlier ? is : was, earlier ? was : is)));
            }
        }
        return shifts;
    }

    private static Hit due(Move move, String name) {
        return new Hit(Count.DUES, Word.of(move), new Word(name, ""));
    }

    /** Minutes in which offices are open, by the draft's calendar; 0 when it does not reach so far. */
    private long office(OffsetDateTime from, OffsetDateTime to) {
        try {
            return draft.calendar()
                    .openBetween(from.toZonedDateTime(), to.toZonedDateTime())
                    .toMinutes();
        } catch (CalendarEndedException e) {
            return 0;
        }
    }

    /** Rows and rules that are reasons now and were not, or the other way round, or say something else. */
    private static void responsible(Set<Because> before, Set<Because> after, List<Hit> hits) {
        Map<String, Because> was = byRow(before);
        Map<String, Because> is = byRow(after);
        was.forEach((row, because) -> {
            Because now = is.get(row);
            if (now == null) {
                hits.add(row(because, Became.GONE));
            } else if (!Objects.equals(now.says(), because.says())) {
                hits.add(row(now, Became.EDITED));
            }
        });
        is.forEach((row, because) -> {
            if (!was.containsKey(row)) {
                hits.add(row(because, Became.NEW));
            }
        });
        Set<String> rulesBefore = rules(before);
        Set<String> rulesAfter = rules(after);
        rulesBefore.stream()
                .filter(rule -> !rulesAfter.contains(rule))
                .forEach(rule -> hits.add(rule(rule, Became.GONE)));
        rulesAfter.stream()
                .filter(rule -> !rulesBefore.contains(rule))
                .forEach(rule -> hits.add(rule(rule, Became.NEW)));
    }

    private static Map<String, Because> byRow(Set<Because> reasons) {
        var rows = new LinkedHashMap<String, Because>();
        reasons.stream().filter(each -> each.row() != null).forEach(each -> rows.putIfAbsent(each.row(), each));
        return rows;
    }

    private static Set<String> rules(Set<Because> reasons) {
        return reasons.stream().map(Because::rule).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Hit row(Because because, Became became) {
        return new Hit(
                Count.ROWS,
                new Word(String.valueOf(because.row()), because.at() + "：" + because.says()),
                Word.of(became));
    }

    private static Hit rule(String rule, Became became) {
        return new Hit(Count.RULES, new Word(rule, ""), Word.of(became));
    }
}
