package liandong.replay;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import liandong.journal.Archive;
import liandong.journal.Personal;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.publication.Gate;
import liandong.replay.Effect.Result;
import liandong.store.StoreException;

/**
 * Looks at what a publication would change about the decisions of the last days, and asks for a third pair of eyes when
 * that is much, or when a report that was assigned would no longer be.
 *
 * <p>What is compared is what the live policy says, whichever policy had decided it. Draws no conclusion from silence: when
 * there are decisions but none of them can be run again, it says so.
 */
public final class ImpactGate implements Gate {
    private final Archive archive;
    private final Personal personal;
    private final Clock clock;
    private final Limits limits;

    /**
     * What a publication may change before it takes a third pair of eyes.
     *
     * @param window decisions kept so long ago at most are looked at; zero or more, zero for none
     * @param mostDecisions so many of them at most, the latest; 1 or more
     * @param largestShare of those that can be compared, so many may change: 0 to 1
     */
    public record Limits(Duration window, long mostDecisions, double largestShare) {
        /** A week, twenty thousand decisions, one in five. */
        public static final Limits USUAL = new Limits(Duration.ofDays(7), 20_000, 0.2);
    }

    /**
     * A gate.
     *
     * @param archive the decisions
     * @param personal opens personal fields that were encrypted
     * @param clock gives the end of the window
     */
    public ImpactGate(Archive archive, Personal personal, Clock clock, Limits limits) {
        this.archive = archive;
        this.personal = personal;
        this.clock = clock;
        this.limits = limits;
    }

    /**
     * {@inheritDoc}
     *
     * @throws StoreException if the store is gone
     */
    @Override
    public Verdict judge(Policy live, Policy draft) {
        if (limits.window().isZero() || live.version().equals(draft.version())) {
            return new Verdict(List.of(), List.of());
        }
        ImpactReport report = new LatestDecisions(
                        archive, clock.instant().minus(limits.window()), null, limits.mostDecisions())
                .under(
                        Impact.over(live, draft, personal),
                        Runtime.getRuntime().availableProcessors(),
                        soFar -> {},
                        () -> Thread.currentThread().isInterrupted());
        return new Verdict(doubts(report), List.of());
    }

    private List<Problem> doubts(ImpactReport report) {
        var at = new FileRef("impact");
        var doubts = new ArrayList<Problem>();
        long compared = report.compared();
        if (compared == 0 && report.looked() > 0) {
            doubts.add(Problem.of(Code.IMPACT_UNKNOWN, at, report.looked()));
        }
        if (report.changed() > limits.largestShare() * compared) {
            doubts.add(Problem.of(
                    Code.IMPACT_LARGE,
                    at,
                    report.changed(),
                    compared,
                    percent((double) report.changed() / compared),
                    percent(limits.largestShare())));
        }
        if (report.unroutable() > 0) {
            doubts.add(Problem.of(Code.IMPACT_UNROUTABLE, at, report.unroutable(), compared));
        }
        if (report.of(Result.REFUSED) > 0) {
            doubts.add(Problem.of(Code.IMPACT_REFUSED, at, report.of(Result.REFUSED), compared));
        }
        return doubts;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }
}
