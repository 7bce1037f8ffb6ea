package liandong.cli;

import java.time.Clock;
import java.time.Duration;
import liandong.journal.Archive;
import liandong.journal.Personal;
import liandong.publication.Gate;
import liandong.replay.ImpactGate;
import liandong.replay.ImpactGate.Limits;
import liandong.store.Database;
import picocli.CommandLine.Option;

/** How much a publication may change before it takes a third pair of eyes. */
public final class GateOptions {
    @Option(
            names = "--gate-days",
            paramLabel = "N",
            description =
                    "Before a policy is published, the decisions of the last N days are decided again by it; 7 unless"
                            + " given, 0 for none. If one that had its way would have none, or more than --gate-percent change, two"
                            + " people besides its authors must have approved it.")
    private int days = (int) Limits.USUAL.window().toDays();

    @Option(
            names = "--gate-percent",
            paramLabel = "PERCENT",
            description = "The share of those decisions that may change; 20 unless given.")
    private double percent = 100 * Limits.USUAL.largestShare();

    /**
     * The gate.
     *
     * @param personal opens personal fields that were encrypted
     * @param clock gives the end of the days
     */
    public Gate gate(Database database, Personal personal, Clock clock) {
        return new ImpactGate(
                new Archive(database),
                personal,
                clock,
                new Limits(
                        Duration.ofDays(Math.max(0, days)),
                        Limits.USUAL.mostDecisions(),
                        Math.max(0, Math.min(100, percent)) / 100));
    }
}
