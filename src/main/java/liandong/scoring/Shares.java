package liandong.scoring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import liandong.incident.Member;
import org.jspecify.annotations.Nullable;

/**
 * What the cases of a period are judged by in proportion, so that many cases do not weigh against a body (比率).
 *
 * @param response appeals that were answered in time; null when not known
 * @param resolution appeals that were solved; null when not known
 * @param satisfaction citizens who said that they were satisfied, of those who were asked; null when not known
 * @param firstTimeRight cases closed without redo or reopening; null when not known
 * @param onTimeForCitizen cases closed on time counted from the report, no matter which body had them; null when not known
 * @param failedChecks checks that found a case not done, of all checks; null when not known
 * @param fraud cases reported as done that were not; null when not known
 * @param shirked cases refused or passed on without cause; null when not known
 */
public record Shares(
        @Member(meaning = "appeals that were answered in time; absent when not known", prefix = "响应率") @Nullable
        Share response,

        @Member(meaning = "appeals that were solved; absent when not known", prefix = "解决率") @Nullable
        Share resolution,

        @Member(
                meaning = "citizens who said that they were satisfied, of those who were asked; absent when not known",
                prefix = "满意率")
        @Nullable
        Share satisfaction,

        @Member(meaning = "cases closed without redo or reopening; absent when not known", prefix = "一次办结率") @Nullable
        Share firstTimeRight,

        @Member(
                meaning =
                        "cases closed on time counted from the report, no matter which body had them; absent when not known",
                prefix = "群众按期率")
        @Nullable
        Share onTimeForCitizen,

        @Member(meaning = "checks that found a case not done, of all checks; absent when not known", prefix = "核查不合格率")
        @Nullable
        Share failedChecks,

        @Member(meaning = "cases reported as done that were not; absent when not known", prefix = "弄虚作假率") @Nullable
        Share fraud,

        @Member(meaning = "cases refused or passed on without cause; absent when not known", prefix = "推诿率") @Nullable
        Share shirked) {

    /** The shares of cases told one by one; null when no case tells anything that they need. */
    static @Nullable Shares of(Collection<PeriodCase> cases) {
        if (cases.stream().noneMatch(PeriodCase::tellsMore)) {
            return null;
        }
        List<PeriodCase> toClose = cases.stream().filter(one -> !one.deferred()).toList();
        // Those of leaders and media cost by numbers of their own.
        List<PeriodCase> ordinary =
                toClose.stream().filter(one -> !one.leaderOrMedia()).toList();
        boolean all = cases.stream().allMatch(PeriodCase::tellsMore);
        return new Shares(
                told(toClose, PeriodCase::responded),
                told(toClose, PeriodCase::resolved),
                told(toClose, PeriodCase::satisfied),
                told(toClose, PeriodCase::firstTimeRight),
                told(toClose, PeriodCase::onTimeForCitizen),
                failed(ordinary),
                all ? new Share(count(ordinary, PeriodCase::fraud), ordinary.size()) : null,
                all ? new Share(count(ordinary, PeriodCase::shirked), ordinary.size()) : null);
    }

    /** Of the cases of which it is known; null when it is known of none. */
    private static @Nullable Share told(List<PeriodCase> cases, Function<PeriodCase, @Nullable Boolean> what) {
        int known = count(cases, one -> what.apply(one) != null);
        return known == 0 ? null : new Share(count(cases, one -> Boolean.TRUE.equals(what.apply(one))), known);
    }

    /** Of the checks of the cases of which it is known how often they were checked; null when it is known of none. */
    private static @Nullable Share failed(List<PeriodCase> cases) {
        int checks = 0;
        int failed = 0;
        for (PeriodCase one : cases) {
            Integer known = one.checks();
            if (known != null) {
                checks += known;
                failed += one.failedChecks();
            }
        }
        return checks == 0 ? null : new Share(failed, checks);
    }

    private static int count(List<PeriodCase> cases, Predicate<PeriodCase> which) {
        return (int) cases.stream().filter(which).count();
    }

    /** What is measured by them. */
    List<Measured> measures() {
        var measured = new ArrayList<Measured>();
        put(measured, Measure.RESPONSE_RATE, response);
        put(measured, Measure.RESOLUTION_RATE, resolution);
        put(measured, Measure.SATISFACTION_RATE, satisfaction);
        put(measured, Measure.FIRST_TIME_RIGHT_RATE, firstTimeRight);
        put(measured, Measure.CITIZEN_ON_TIME_RATE, onTimeForCitizen);
        put(measured, Measure.FAILED_CHECK_RATE, failedChecks);
        put(measured, Measure.FRAUD_RATE, fraud);
        put(measured, Measure.SHIRKED_RATE, shirked);
        return measured;
    }

    private static void put(List<Measured> measured, Measure measure, @Nullable Share share) {
        if (share != null) {
            measured.add(new Measured(measure, false, share.count(), share.of()));
        }
    }
}
