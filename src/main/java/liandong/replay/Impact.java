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
import liandong.decision.Decision;
import liandong.incident.EventType;
import liandong.incident.Member.Role;
import liandong.incident.Outcome;
import liandong.incident.Term;
import liandong.journal.Entry;
import liandong.journal.Personal;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.replay.AnswerEssence.Because;
import liandong.replay.Effect.Became;
import liandong.replay.Effect.Count;
import liandong.replay.Effect.Hit;
import liandong.replay.Effect.Move;
import liandong.replay.Effect.Result;
import liandong.replay.Effect.Shift;
import liandong.replay.Effect.Word;
import liandong.replay.ReplayBlocker.Why;
import liandong.wire.BadRequestException;
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
    private final Redecider again;

    private Impact(Policy draft, @Nullable Policy live, Personal personal) {
        this.draft = draft;
        this.live = live;
        this.again = new Redecider(personal);
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
    public static Impact over(Policy live, Policy draft, Personal personal) {
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
        } catch (ReplayBlockedException e) {
            return notComparable(entry.kind(), e.obstacle().why());
        }
        try {
            return compared(entry.kind(), request, before, again.answer(entry.kind(), request, draft));
        } catch (ReplayBlockedException e) {
            return refused(entry, e.obstacle());
        }
    }

    private JsonNode before(Entry entry, ObjectNode request) throws ReplayBlockedException {
        if (live != null && !live.version().equals(entry.policy())) {
            return again.answer(entry.kind(), request, live);
        }
        try {
            return Json.read(again.given(entry));
        } catch (BadRequestException e) {
            throw new ReplayBlockedException(new ReplayBlocker(Why.NOT_UNDERSTOOD, e.problems()));
        }
    }

    private static Effect notComparable(Decision<?, ?> kind, Why why) {
        return new Effect(
                Result.NOT_COMPARABLE,
                List.of(kinds(kind, Result.NOT_COMPARABLE), new Hit(Count.NOT_COMPARABLE, Word.of(why), word(kind))),
                List.of(),
                Effect.NOTHING);
    }

    private static Effect refused(Entry entry, ReplayBlocker obstacle) {
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

    private Effect compared(Decision<?, ?> kind, ObjectNode request, JsonNode before, JsonNode after) {
        AnswerEssence was = AnswerEssence.of(kind, before);
        AnswerEssence is = AnswerEssence.of(kind, after);
        // Written, because 1.0 and 1.00 are the same number but not the same answer.
        if (Json.write(was.done()).equals(Json.write(is.done()))) {
            boolean otherwise = !anywhere(was.reasons()).equals(anywhere(is.reasons()));
            Result result = otherwise ? Result.OTHER_REASONS : Result.SAME;
            return new Effect(result, List.of(kinds(kind, result)), List.of(), Effect.NOTHING);
        }
        var hits = new ArrayList<Hit>();
        hits.add(kinds(kind, Result.CHANGED));
        differing(Count.OUTCOMES, word(kind, Role.OUTCOME, before), word(kind, Role.OUTCOME, after), hits);
        differing(Count.LEADS, lead(kind, before), lead(kind, after), hits);
        leftToPerson(kind, before, after, hits);
        hits.add(new Hit(Count.EVENT_TYPES, eventType(kind, request, before), eventType(kind, request, after)));
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

    private static Hit kinds(Decision<?, ?> kind, Result result) {
        return new Hit(Count.KINDS, word(kind), Word.of(result));
    }

    private static Word word(Decision<?, ?> kind) {
        return new Word(kind.code(), kind.label());
    }

    private static void differing(Count count, Word before, Word after, List<Hit> hits) {
        if (!before.code().equals(after.code())) {
            hits.add(new Hit(count, before, after));
        }
    }

    /** What an answer says in the place of a role, as its closed set calls it. */
    private static Word word(Decision<?, ?> kind, Role role, JsonNode answer) {
        Term term = term(kind, role, answer);
        return term == null ? new Word(code(kind, role, answer), "") : Word.of(term);
    }

    private static String code(Decision<?, ?> kind, Role role, JsonNode answer) {
        List<JsonNode> found =
                kind.shape().find(answer, field -> field.component().role() == role);
        return found.size() == 1 ? found.get(0).stringValue("") : "";
    }

    private static @Nullable Term term(Decision<?, ?> kind, Role role, JsonNode answer) {
        String code = code(kind, role, answer);
        return kind.shape().fields().stream()
                .filter(field -> field.component().role() == role
                        && field.component().type().isEnum())
                .flatMap(field -> Stream.of(field.component().type().getEnumConstants()))
                .map(Term.class::cast)
                .filter(word -> word.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    private static Word lead(Decision<?, ?> kind, JsonNode answer) {
        List<JsonNode> lead =
                kind.shape().find(answer, field -> field.component().role() == Role.LEAD);
        return lead.size() == 1 ? word(lead.get(0)) : new Word("", "");
    }

    private static Word word(JsonNode term) {
        return new Word(term.path("code").stringValue(""), term.path("label").stringValue(""));
    }

    /** Counts what was decided before and is now left to a person. */
    private static void leftToPerson(Decision<?, ?> kind, JsonNode before, JsonNode after, List<Hit> hits) {
        boolean decided = !(term(kind, Role.OUTCOME, before) instanceof Outcome was && was.leftToPerson());
        if (decided && term(kind, Role.OUTCOME, after) instanceof Outcome is && is.leftToPerson()) {
            hits.add(new Hit(Count.UNROUTABLE, word(kind, Role.OUTCOME, before), word(kind, Role.REASON, after)));
        }
    }

    /** What an answer says it is about, or else what was asked about. */
    private Word eventType(Decision<?, ?> kind, ObjectNode request, JsonNode answer) {
        List<JsonNode> said = kind.shape()
                .find(answer, field -> !field.trace() && field.component().value() == EventType.class);
        if (said.size() == 1) {
            return word(said.get(0));
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
