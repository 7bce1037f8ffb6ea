package liandong.replay;

import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import liandong.journal.Archive;
import liandong.journal.DecisionQuery;
import org.jspecify.annotations.Nullable;

/**
 * The latest of the decisions that were kept, over which one asks what a draft would change.
 *
 * @param archive the decisions
 * @param from kept then or later; null for all
 * @param to kept before; null for all
 * @param most so many of them, the latest; 1 or more
 */
public record LatestDecisions(
        Archive archive, @Nullable Instant from, @Nullable Instant to, long most) {
    private DecisionQuery search() {
        return new DecisionQuery(from, to, null, List.of());
    }

    /** How many there are. */
    public long count() {
        return Math.min(most, archive.count(search()));
    }

    /**
     * What would be changed about them, the newest first.
     *
     * @param threads how many decide at once, at least 1
     * @param told given the report again and again as it grows; it must not keep it, as it changes
     * @param stop asked now and then whether to stop
     * @return the report of all that was looked at
     */
    public ImpactReport under(Impact impact, int threads, Consumer<ImpactReport> told, BooleanSupplier stop) {
        var report = new ImpactReport();
        JournalScan.newestFirst(archive, search(), threads)
                .run(
                        null,
                        impact::of,
                        (entry, effect) -> {
                            if (report.looked() < most) {
                                report.add(entry, effect);
                            }
                        },
                        cursor -> told.accept(report),
                        () -> report.looked() >= most || stop.getAsBoolean());
        return report;
    }
}
