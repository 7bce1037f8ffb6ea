package liandong.scoring;

import java.util.Collection;
import java.util.Objects;
import java.util.function.Predicate;
import liandong.incident.Bounds;
import liandong.incident.Member;
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
 * @param shares what they are judged by in proportion; null when not known
 */
public record Counts(
        @Member(label = "应结 Due", meaning = "cases that fell due") @Bounds(max = 10_000_000)
        int due,

        @Member(label = "缓办 Deferred", meaning = "of those, put off with leave; they do not count against the body")
        @Bounds(max = 10_000_000)
        int deferred,

        @Member(label = "结案 Closed", meaning = "of the rest, closed") @Bounds(max = 10_000_000)
        int closed,

        @Member(label = "按期 On time", meaning = "of those, closed within their limits") @Bounds(max = 10_000_000)
        int onTime,

        @Member(label = "紧急应结 Urgent due", meaning = "urgent cases that fell due and were not put off")
        @Bounds(max = 10_000_000)
        int urgentDue,

        @Member(label = "紧急结案 Urgent closed", meaning = "of those, closed") @Bounds(max = 10_000_000)
        int urgentClosed,

        @Member(label = "紧急按期 Urgent on time", meaning = "of those, closed within their limits")
        @Bounds(max = 10_000_000)
        int urgentOnTime,

        @Member(meaning = "what went wrong with ordinary cases; absent for nothing") @Nullable
        Faults faults,

        @Member(meaning = "what went wrong with cases of leaders and media; absent for nothing", prefix = "领导媒体")
        @Nullable
        Faults leaderMediaFaults,

        @Member(meaning = "what they are judged by in proportion; absent when not known") @Nullable
        Shares shares) {
    /** Cases of which no shares are known. */
    public Counts(
            int due,
            int deferred,
            int closed,
            int onTime,
            int urgentDue,
            int urgentClosed,
            int urgentOnTime,
            @Nullable Faults faults,
            @Nullable Faults leaderMediaFaults) {
        this(due, deferred, closed, onTime, urgentDue, urgentClosed, urgentOnTime, faults, leaderMediaFaults, null);
    }

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
                faults(cases, true),
                Shares.of(cases));
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
