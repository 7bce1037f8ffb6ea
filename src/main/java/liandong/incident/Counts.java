package liandong.incident;

import java.util.Collection;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The cases of a period, counted.
 *
 * @param due cases that fell due (应结案数)
 * @param deferred of those, put off with leave (缓办数); they do not count against the body
 * @param closed of the rest, closed (结案数)
 * @param onTime of those, closed within their limits (按期结案数)
 * @param urgentDue urgent cases that fell due and were not put off
 * @param urgentClosed of those, closed
 * @param urgentOnTime of those, closed within their limits
 * @param faults what went wrong with ordinary cases; null for nothing
 * @param leaderMediaFaults what went wrong with cases of leaders and media; null for nothing
 */
public record Counts(
        @Bounds(max = 10_000_000) int due,
        @Bounds(max = 10_000_000) int deferred,
        @Bounds(max = 10_000_000) int closed,
        @Bounds(max = 10_000_000) int onTime,
        @Bounds(max = 10_000_000) int urgentDue,
        @Bounds(max = 10_000_000) int urgentClosed,
        @Bounds(max = 10_000_000) int urgentOnTime,
        @Nullable Faults faults,
        @Nullable Faults leaderMediaFaults) {

    /** The cases one by one, counted. */
    static Counts of(Collection<PeriodCase> cases) {
        return new Counts(
                cases.size(),
                count(cases, PeriodCase::deferred),
                count(cases, PeriodCase::closed),
                count(cases, PeriodCase::onTime),
                count(cases, one -> one.urgent() && !one.deferred()),
                count(cases, one -> one.urgent() && one.closed()),
                count(cases, one -> one.urgent() && one.onTime()),
                faults(cases, false),
                faults(cases, true));
    }

    private static int count(Collection<PeriodCase> cases, Predicate<PeriodCase> which) {
        return (int) cases.stream().filter(which).count();
    }

    private static Faults faults(Collection<PeriodCase> cases, boolean leaderOrMedia) {
        Faults faults = Faults.NONE;
        for (PeriodCase one : cases) {
            faults = one.leaderOrMedia() == leaderOrMedia ? faults.and(one) : faults;
        }
        return faults;
    }

    /** What the body had to close: the cases due without those put off. */
    public int toClose() {
        return due - deferred;
    }

    /** What went wrong with ordinary cases, or with those of leaders and media. */
    public Faults faults(boolean leaderOrMedia) {
        return Objects.requireNonNullElse(leaderOrMedia ? leaderMediaFaults : faults, Faults.NONE);
    }
}
