package liandong.cli.policy;

import java.time.Clock;
import java.time.Duration;
import liandong.cli.terminal.IntegerInRange;
import liandong.journal.Archive;
import liandong.journal.Personal;
import liandong.publication.Gate;
import liandong.replay.ImpactGate;
import liandong.replay.ImpactGate.Limits;
import liandong.store.Database;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much a publication may change before it takes a third pair of eyes. */
public final class GateOptions {
    @Option(
            names = "--gate-days",
            paramLabel = "N",
            converter = Days.class,
            description =
                    "Before a policy is published, the decisions of the last N days are decided again by it; 7 unless"
                            + " given, 0 for none. If a report that was assigned would no longer be, or more than"
                            + " --gate-percent change, two people besides its authors must have approved it.")
    private int days = (int) Limits.USUAL.window().toDays();

    @Option(
            names = "--gate-percent",
            paramLabel = "PERCENT",
            converter = Percent.class,
            description = "The share of those decisions that may change; 20 unless given.")
    private double percent = 100 * Limits.USUAL.largestShare();

    /** Refuses malformed numbers: read as 0 they would disable the gate. */
    private static final class Days extends IntegerInRange {
        Days() {
            super(0, MOST_DAYS);
        }
    }

    private static final class Percent implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            if (!text.matches("\\d{1,3}(\\.\\d+)?") || Double.parseDouble(text) > 100) {
                throw new TypeConversionException("'" + text + "' is no number from 0 to 100");
            }
            return Double.valueOf(text);
        }
    }

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
                new Limits(Duration.ofDays(days), Limits.USUAL.mostDecisions(), percent / 100));
    }
}
