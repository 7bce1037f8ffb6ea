package liandong.wire;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import liandong.decision.PeriodDecision;
import liandong.decision.PeriodDecision.ItemScore;
import liandong.decision.PeriodDecision.PeriodScore;
import liandong.decision.Reason;
import liandong.decision.ScoringRow;
import liandong.engine.Answer;
import liandong.engine.Engine;
import liandong.incident.Body;
import liandong.incident.Counts;
import liandong.incident.Faults;
import liandong.incident.Period;
import liandong.incident.PeriodCase;
import liandong.incident.PeriodItem;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Pointer;
import liandong.problem.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes what bodies did in a period and gives their scores and ranking (期间考核). */
public final class PeriodScoringDesk extends Desk<PeriodFacts, PeriodDecision> {
    private static final Pointer PERIODS = ROOT.member("periods");

    private final Engine engine;

    /**
     * A desk.
     *
     * @param policy gives the policy to decide by, anew for each request
     * @param clock gives the time of requests that name none
     */
    public PeriodScoringDesk(Engine engine, Supplier<Policy> policy, Clock clock) {
        super(DecisionKind.PERIOD, PeriodFacts.class, ScoringRow.class, policy, clock);
        this.engine = engine;
    }

    @Override
    void check(PeriodFacts asked, Instant now, List<Problem> problems) {
        List<Period> periods = asked.periods();
        if (periods.isEmpty()) {
            problems.add(Problem.of(Code.MISSING_FIELD, PERIODS, "periods", ""));
        }
        var bodies = new HashSet<Body>();
        for (int i = 0; i < periods.size(); i++) {
            Period period = periods.get(i);
            Pointer at = PERIODS.member(String.valueOf(i));
            check(period, at, now, problems);
            if (periods.size() > 1) {
                comparable(periods.get(0), period, at, problems);
                if (period.body() != null && !bodies.add(period.body())) {
                    problems.add(Problem.of(
                            Code.CONTRADICTION,
                            at.member("body"),
                            period.body().label(),
                            period.body().label()));
                }
            }
        }
    }

    /** Tells what would make a ranking unfair: nameless bodies, and items that a person scored for some only. */
    private static void comparable(Period first, Period period, Pointer at, List<Problem> problems) {
        if (period.body() == null) {
            problems.add(Problem.of(Code.MISSING_FIELD, at.member("body"), "body", ""));
        }
        if ((first.organisation() == null) != (period.organisation() == null)) {
            problems.add(Problem.of(Code.CONTRADICTION, at.member("organisation"), "/periods/0", at.pointer()));
        }
        if ((first.supervision() == null) != (period.supervision() == null)) {
            problems.add(Problem.of(Code.CONTRADICTION, at.member("supervision"), "/periods/0", at.pointer()));
        }
    }

    private static void check(Period period, Pointer at, Instant now, List<Problem> problems) {
        if (period.from() != null && period.to() != null && period.from().isAfter(period.to())) {
            problems.add(Problem.of(Code.INVERTED_PERIOD, at.member("from"), period.from(), period.to()));
        }
        if (period.from() != null && period.from().toInstant().isAfter(now)) {
            problems.add(Problem.of(
                    Code.IN_FUTURE,
                    at.member("from"),
                    period.from(),
                    now.atZone(period.from().getOffset()).toOffsetDateTime()));
        }
        if (period.counts() != null && period.cases() != null) {
            problems.add(Problem.of(Code.CONTRADICTION, at.member("cases"), "counts", "cases"));
        } else if (period.counts() != null) {
            check(period.counts(), at.member("counts"), problems);
        } else if (period.cases() != null) {
            check(period.cases(), at.member("cases"), problems);
        } else {
            problems.add(Problem.of(Code.MISSING_FIELD, at.member("counts"), "counts", "counts | cases"));
        }
    }

    private static void check(Counts counts, Pointer at, List<Problem> problems) {
        var faults = new Impossible(at, problems);
        faults.ifMore("deferred", counts.deferred(), "due", counts.due());
        if (counts.deferred() <= counts.due()) {
            faults.ifMore("closed", counts.closed(), "due - deferred", counts.toClose());
            faults.ifMore("urgentDue", counts.urgentDue(), "due - deferred", counts.toClose());
        }
        faults.ifMore("onTime", counts.onTime(), "closed", counts.closed());
        faults.ifMore("urgentClosed", counts.urgentClosed(), "urgentDue", counts.urgentDue());
        faults.ifMore("urgentClosed", counts.urgentClosed(), "closed", counts.closed());
        faults.ifMore("urgentOnTime", counts.urgentOnTime(), "urgentClosed", counts.urgentClosed());
        faults.ifMore("urgentOnTime", counts.urgentOnTime(), "onTime", counts.onTime());
        new Impossible(at.member("faults"), problems).check(counts.faults(false));
        new Impossible(at.member("leaderMediaFaults"), problems).check(counts.faults(true));
        if (counts.toClose() == 0) {
            problems.add(Problem.of(Code.EMPTY_PERIOD, at.member("due"), counts.due(), counts.deferred()));
        }
    }

    private static void check(List<PeriodCase> cases, Pointer at, List<Problem> problems) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < cases.size(); i++) {
            PeriodCase one = cases.get(i);
            Pointer place = at.member(String.valueOf(i));
            if (!ids.add(one.id())) {
                problems.add(Problem.of(Code.CONTRADICTION, place.member("id"), one.id(), one.id()));
            }
            if (one.onTime() && !one.closed()) {
                problems.add(Problem.of(Code.CONTRADICTION, place.member("onTime"), "onTime", "closed"));
            }
            if (one.deferred() && one.closed()) {
                problems.add(Problem.of(Code.CONTRADICTION, place.member("closed"), "deferred", "closed"));
            }
        }
        long deferred = cases.stream().filter(PeriodCase::deferred).count();
        if (deferred == cases.size()) {
            problems.add(Problem.of(Code.EMPTY_PERIOD, at, cases.size(), deferred));
        }
    }

    /**
     * Tells of counts that no set of cases can have.
     *
     * @param at where the counts stand
     * @param problems told of them
     */
    private record Impossible(Pointer at, List<Problem> problems) {
        void ifMore(String name, long count, String ofName, long of) {
            if (count > of) {
                problems.add(Problem.of(Code.IMPOSSIBLE_COUNT, at.member(name), name, count, ofName + " (" + of + ")"));
            }
        }

        void check(Faults faults) {
            long checks = 3L * faults.casesWithThreeFailedChecks();
            if (checks > faults.failedChecks()) {
                String name = "casesWithThreeFailedChecks";
                problems.add(Problem.of(
                        Code.IMPOSSIBLE_COUNT,
                        at.member(name),
                        "3 × " + name,
                        checks,
                        "failedChecks (" + faults.failedChecks() + ")"));
            }
        }
    }

    @Override
    public boolean isFor(JsonNode request) {
        return request.has("periods");
    }

    @Override
    public String subject(PeriodFacts asked) {
        return asked.periods().stream()
                .map(period -> period.body() == null ? "" : period.body().label())
                .collect(Collectors.joining("、"));
    }

    @Override
    Answer<PeriodDecision> decided(Policy current, Asked<PeriodFacts> asked) {
        return engine.score(current, asked.facts().periods(), asked.now(), asked.explain());
    }

    @Override
    void write(PeriodDecision decision, PeriodFacts asked, ObjectNode json) {
        ArrayNode scores = json.putArray("scores");
        decision.scores().forEach(score -> scores.add(score(score)));
    }

    private static ObjectNode score(PeriodScore score) {
        ObjectNode json = Json.object();
        if (score.rank() > 0) {
            json.put("rank", score.rank());
        }
        Period period = score.period();
        if (period.body() != null) {
            json.set("body", Json.of(period.body()));
        }
        if (period.from() != null) {
            json.set("from", Json.of(period.from()));
        }
        if (period.to() != null) {
            json.set("to", Json.of(period.to()));
        }
        ScoreJson.result(score.result(), json);
        ArrayNode measures = json.putArray("measures");
        score.measures().forEach(measured -> measures.add(ScoreJson.measured(measured)));
        ArrayNode items = json.putArray("items");
        for (ItemScore item : score.items()) {
            items.addObject()
                    .put("item", item.item().code())
                    .put("points", item.points())
                    .set("lines", ScoreJson.lines(item.lines()));
        }
        ArrayNode notGiven = json.putArray("notGiven");
        for (PeriodItem item : PeriodItem.values()) {
            if (item.isGivenByHand() && Objects.isNull(period.given(item))) {
                notGiven.add(item.code());
            }
        }
        return json;
    }

    @Override
    public List<Reason> because(PeriodDecision decision) {
        return decision.because();
    }

    @Override
    public List<String> unconfirmed(PeriodDecision decision) {
        return decision.unconfirmed();
    }
}
