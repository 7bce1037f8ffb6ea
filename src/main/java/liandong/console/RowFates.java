package liandong.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import liandong.decision.Trouble;
import liandong.journal.Archive;
import liandong.journal.Tallies;
import liandong.journal.Tallies.Span;
import liandong.policy.Policy;
import liandong.problem.BusyException;
import liandong.quality.Quality;
import liandong.quality.QualityReport;
import liandong.quality.QualityReport.Figure;
import liandong.quality.QualityReport.Judgement;
import liandong.quality.QualityReport.State;
import liandong.store.Database;
import liandong.web.Job;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How often each row of the live policy decided in the last {@value #DAYS} days, and what came of it. How often is read from
 * the index at once; what came of it is counted case by case, in the background, and kept for a while. Safe for use by many
 * threads.
 */
@Component
class RowFates {
    static final int DAYS = 30;

    private static final String COUNT = "row fates";
    /** More are not counted: others wait for the turn of long work, too. */
    static final int MOST_CASES = 20_000;

    private static final int MOST_ROWS = 100_000;

    /** What was counted so many times as long ago as it took is counted anew when somebody looks: it shall not be all work. */
    private static final int TIMES = 60;

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATE = Duration.ofHours(1);

    private final Archive archive;
    private final Tallies tallies;
    private final Supplier<Policy> policy;
    private final Jobs jobs;
    private final Clock clock;
    /** What was counted last; null when nothing has been. */
    private volatile @Nullable Fates last;

    RowFates(Archive archive, Database database, Supplier<Policy> policy, Jobs jobs, Clock clock) {
        this.archive = archive;
        this.tallies = new Tallies(database);
        this.policy = policy;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * What came of the cases of a row.
     *
     * @param cases how many cases it had a part in
     * @param returned how many of them came back
     * @param overruled how many of them a person decided otherwise
     * @param since whether the row says otherwise by now
     */
    record Fate(long cases, long returned, long overruled, boolean since) {}

    /**
     * What came of the cases of all rows.
     *
     * @param at when it was counted
     * @param complete whether all cases were looked at
     */
    record Fates(String version, Instant at, boolean complete, Map<String, Fate> rows) {}

    /** The span that is looked at. */
    Span span() {
        Instant now = clock.instant();
        return new Span(now.minus(Duration.ofDays(DAYS)), now);
    }

    /** How many decisions rest on each of some rows; those without any are not in it. */
    Map<String, Long> decided(Collection<String> rows) {
        var decided = new HashMap<String, Long>();
        tallies.of(rows.stream().map(row -> "row " + row).toList(), span())
                .forEach((term, count) -> decided.put(term.substring("row ".length()), count));
        return decided;
    }

    /**
     * What was counted last, of whatever policy; null when nothing has been. What is too old is begun anew, unless too much
     * else is under way.
     */
    @Nullable
    Fates counted(String by) {
        Policy live = policy.get();
        Job job = jobs.last(COUNT);
        Fates known = last;
        Instant ended = job == null ? null : job.ended();
        boolean fresh = job != null
                && ended != null
                && ended.plus(keeps(Duration.between(job.begun(), ended))).isAfter(clock.instant())
                && (known == null || known.version().equals(live.version()));
        if (!fresh) {
            Span span = span();
            try {
                jobs.begin(COUNT, by, 0, watch -> last = count(live, span, watch));
            } catch (BusyException e) {
                return known; // the next request for the page begins it
            }
        }
        return known;
    }

    private static Duration keeps(Duration took) {
        Duration keeps = took.multipliedBy(TIMES);
        return keeps.compareTo(SOON) < 0 ? SOON : keeps.compareTo(LATE) > 0 ? LATE : keeps;
    }

    /** Whether it is being counted. */
    boolean underWay() {
        Job job = jobs.last(COUNT);
        return job != null && job.ended() == null;
    }

    private Fates count(Policy live, Span span, Job watch) {
        long whole = Math.min(MOST_CASES, archive.countSubjects(span.from(), span.to()));
        Quality quality = Quality.of(archive, span.from(), span.to(), MOST_CASES, cases -> watch.goOn(cases, whole));
        QualityReport report = quality.report(live, MOST_ROWS);
        var rows = new HashMap<String, Fate>();
        for (Judgement each : report.rows()) {
            if (each.state() != State.REMOVED) {
                // What it said before, where it says otherwise by now, is told only where nothing else is.
                rows.merge(
                        each.id(),
                        new Fate(
                                each.cases(),
                                count(each.figures(), Trouble.RETURNED),
                                count(each.figures(), Trouble.OVERRULED),
                                each.state() == State.CHANGED),
                        (one, other) -> one.since() ? other : one);
            }
        }
        return new Fates(live.version(), span.to(), report.complete(), rows);
    }

    private static long count(List<Figure> figures, Trouble trouble) {
        return figures.stream()
                .filter(each -> each.trouble() == trouble)
                .mapToLong(Figure::count)
                .sum();
    }
}
