package liandong.scoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import liandong.decision.CaseChecks;
import liandong.decision.DecisionMoment;
import liandong.incident.Body;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import org.jspecify.annotations.Nullable;

/** What no single field of periods shows: counts that no cases can have, and comparisons that would be unfair. */
final class PeriodChecks {
    private static final RequestPointer PERIODS = new RequestPointer("").member("periods");

    private PeriodChecks() {}

    /**
     * How far a period may begin after the moment it is scored at, where it is one of several. Not what the service is set to:
     * whoever scores them again must see the same, and says in the answer which of them was at fault.
     */
    private static final Duration TOLERANCE = DecisionMoment.USUAL_TOLERANCE;

    /**
     * Tells what is wrong with the periods, each by itself and all together.
     *
     * @param apart whether what is wrong with one of several costs that body its score and no other: then {@link #faults} tells
     *     it; in policies of earlier formats it is told here, and all are refused
     */
    static void check(PeriodFacts asked, boolean apart, DecisionMoment moment, Consumer<Problem> problems) {
        List<Period> periods = asked.periods();
        if (periods.isEmpty()) {
            problems.accept(Problem.of(Code.MISSING_FIELD, PERIODS, "periods", ""));
        }
        int first = -1;
        var bodies = new HashSet<Body>();
        for (int i = 0; i < periods.size(); i++) {
            Period period = periods.get(i);
            RequestPointer at = PERIODS.member(String.valueOf(i));
            if (periods.size() == 1) {
                check(period, at, moment, problems);
                exclusions(period, at, problems);
                cases(period, at, problems);
            } else if (apart) {
                check(period, at, new DecisionMoment(moment.now(), TOLERANCE), problem -> {
                    if (!problem.code().isError()) {
                        problems.accept(problem);
                    }
                });
                exclusions(period, at, problems);
                if (!isEmpty(period)) {
                    first = first < 0 ? i : first;
                    comparable(periods.get(first), first, period, at, problems);
                }
            } else {
                check(period, at, moment, problems);
                exclusions(period, at, problems);
                named(period, at, problems);
                comparable(periods.get(0), 0, period, at, problems);
                if (period.body() != null && !bodies.add(period.body())) {
                    problems.accept(twice(period.body(), at));
                }
            }
        }
    }

    private static void named(Period period, RequestPointer at, Consumer<Problem> problems) {
        if (period.body() == null) {
            problems.accept(Problem.of(Code.MISSING_FIELD, at.member("body"), "body", ""));
        }
    }

    private static Problem twice(Body body, RequestPointer at) {
        return Problem.of(Code.CONTRADICTION, at.member("body"), body.label(), body.label());
    }

    /** Whether nothing is told of a period: it cannot be scored, or could not be read. */
    private static boolean isEmpty(Period period) {
        return period.counts() == null && period.cases() == null;
    }

    /** Tells what would make a comparison unfair: items that a person scored for some only. */
    private static void comparable(
            Period first, int place, Period period, RequestPointer at, Consumer<Problem> problems) {
        String there = PERIODS.member(String.valueOf(place)).pointer();
        if ((first.organisation() == null) != (period.organisation() == null)) {
            problems.accept(Problem.of(Code.CONTRADICTION, at.member("organisation"), there, at.pointer()));
        }
        if ((first.supervision() == null) != (period.supervision() == null)) {
            problems.accept(Problem.of(Code.CONTRADICTION, at.member("supervision"), there, at.pointer()));
        }
    }

    /** The bodies that have more than one of several periods: nobody can say which of them is theirs. */
    static Set<Body> namedTwice(List<Period> periods) {
        var once = new HashSet<Body>();
        return periods.stream()
                .map(Period::body)
                .filter(body -> body != null && !once.add(body))
                .collect(Collectors.toSet());
    }

    /**
     * What is wrong with one of several periods; it costs that body its score and no other.
     *
     * @param twice see {@link #namedTwice}
     */
    static List<Problem> faults(Period period, int place, Set<Body> twice, Instant now) {
        var faults = new ArrayList<Problem>();
        RequestPointer at = PERIODS.member(String.valueOf(place));
        Body body = period.body();
        named(period, at, faults::add);
        if (body != null && twice.contains(body)) {
            faults.add(twice(body, at));
        }
        check(period, at, new DecisionMoment(now, TOLERANCE), problem -> {
            if (problem.code().isError()) {
                faults.add(problem);
            }
        });
        cases(period, at, faults::add);
        return List.copyOf(faults);
    }

    private static void check(Period period, RequestPointer at, DecisionMoment moment, Consumer<Problem> problems) {
        if (period.from() != null && period.to() != null && period.from().isAfter(period.to())) {
            problems.accept(Problem.of(Code.INVERTED_PERIOD, at.member("from"), period.from(), period.to()));
        }
        if (period.from() != null) {
            moment.notInFuture(at.member("from"), period.from(), problems);
        }
    }

    private static void exclusions(Period period, RequestPointer at, Consumer<Problem> problems) {
        List<PeriodCase> cases = period.cases() == null ? List.of() : period.cases();
        for (int i = 0; i < cases.size(); i++) {
            PeriodCase one = cases.get(i);
            RequestPointer place = at.member("cases").member(String.valueOf(i)).member("excluded");
            Body by = one.excludedBy();
            if (by != null && period.isTakenOutByItself(one)) {
                problems.accept(Problem.of(Code.EXCLUSION_REFUSED, place, one.id(), by.label()));
            } else {
                CaseChecks.exclusion(one.excluded(), by, period.body(), place, "excludedBy", problems);
            }
        }
    }

    private static void cases(Period period, RequestPointer at, Consumer<Problem> problems) {
        if (period.counts() != null && period.cases() != null) {
            problems.accept(Problem.of(Code.CONTRADICTION, at.member("cases"), "counts", "cases"));
        } else if (period.counts() != null) {
            check(period.counts(), at.member("counts"), problems);
        } else if (period.cases() != null) {
            check(period, period.cases(), at.member("cases"), problems);
        } else {
            problems.accept(Problem.of(Code.MISSING_FIELD, at.member("counts"), "counts", "counts | cases"));
        }
    }

    private static void check(Counts counts, RequestPointer at, Consumer<Problem> problems) {
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
        if (counts.shares() != null) {
            check(counts.shares(), at.member("shares"), problems);
        }
        new Impossible(at.member("faults"), problems).check(counts.faults(false));
        new Impossible(at.member("leaderMediaFaults"), problems).check(counts.faults(true));
        if (counts.toClose() == 0) {
            problems.accept(Problem.of(Code.EMPTY_PERIOD, at.member("due"), counts.due(), counts.deferred()));
        }
    }

    private static void check(Shares shares, RequestPointer at, Consumer<Problem> problems) {
        check(shares.response(), at.member("response"), problems);
        check(shares.resolution(), at.member("resolution"), problems);
        check(shares.satisfaction(), at.member("satisfaction"), problems);
        check(shares.firstTimeRight(), at.member("firstTimeRight"), problems);
        check(shares.onTimeForCitizen(), at.member("onTimeForCitizen"), problems);
        check(shares.failedChecks(), at.member("failedChecks"), problems);
        check(shares.fraud(), at.member("fraud"), problems);
        check(shares.shirked(), at.member("shirked"), problems);
    }

    private static void check(@Nullable Share share, RequestPointer at, Consumer<Problem> problems) {
        if (share != null) {
            new Impossible(at, problems).ifMore("count", share.count(), "of", share.of());
        }
    }

    private static void check(Period period, List<PeriodCase> cases, RequestPointer at, Consumer<Problem> problems) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < cases.size(); i++) {
            PeriodCase one = cases.get(i);
            RequestPointer place = at.member(String.valueOf(i));
            if (!ids.add(one.id())) {
                problems.accept(Problem.of(Code.CONTRADICTION, place.member("id"), one.id(), one.id()));
            }
            if (one.onTime() && !one.closed()) {
                problems.accept(Problem.of(Code.CONTRADICTION, place.member("onTime"), "onTime", "closed"));
            }
            if (one.checks() != null && one.failedChecks() > one.checks()) {
                problems.accept(Problem.of(
                        Code.IMPOSSIBLE_COUNT,
                        place.member("failedChecks"),
                        "failedChecks",
                        one.failedChecks(),
                        "checks (" + one.checks() + ")"));
            }
            if (one.deferred() && one.closed()) {
                problems.accept(Problem.of(Code.CONTRADICTION, place.member("closed"), "deferred", "closed"));
            }
        }
        long out = cases.stream()
                .filter(one -> one.deferred() || period.isTakenOut(one))
                .count();
        if (out == cases.size()) {
            problems.accept(Problem.of(Code.EMPTY_PERIOD, at, cases.size(), out));
        }
    }

    /**
     * Tells of counts that no set of cases can have.
     *
     * @param at where the counts stand
     * @param problems gets them
     */
    private record Impossible(RequestPointer at, Consumer<Problem> problems) {
        void ifMore(String name, long count, String ofName, long of) {
            if (count > of) {
                problems.accept(
                        Problem.of(Code.IMPOSSIBLE_COUNT, at.member(name), name, count, ofName + " (" + of + ")"));
            }
        }

        void check(Faults faults) {
            long checks = 3L * faults.casesWithThreeFailedChecks();
            if (checks > faults.failedChecks()) {
                String name = "casesWithThreeFailedChecks";
                problems.accept(Problem.of(
                        Code.IMPOSSIBLE_COUNT,
                        at.member(name),
                        "3 × " + name,
                        checks,
                        "failedChecks (" + faults.failedChecks() + ")"));
            }
        }
    }
}
