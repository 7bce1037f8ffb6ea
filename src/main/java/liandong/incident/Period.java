package liandong.incident;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one body did in one period (考核期).
 *
 * @param body the body; null only when nobody else is scored with it
 * @param from when the period begins; null when not given
 * @param to when it ends; null when not given
 * @param counts its cases, counted; null when they are given one by one
 * @param cases its cases one by one; null when they are given as counts
 * @param organisation points a person gives for organisation; null when not given, and then not scored
 * @param supervision points a person gives for supervision; null when not given, and then not scored
 */
public record Period(
        @Column("单位 Body") @Nullable Body body,
        @Nullable OffsetDateTime from,
        @Nullable OffsetDateTime to,
        @Nullable Counts counts,
        @Nullable List<PeriodCase> cases,
        @Bounds(max = 100) @Nullable BigDecimal organisation,
        @Bounds(max = 100) @Nullable BigDecimal supervision) {

    /** Its cases, counted. */
    public Counts counted() {
        return counts == null ? Counts.of(cases == null ? List.of() : cases) : counts;
    }

    /** Everything it is measured by. */
    public List<Measured> measures() {
        Counts all = counted();
        var measures = new ArrayList<Measured>();
        measures.add(new Measured(Measure.ON_TIME_RATE, false, all.onTime(), all.toClose()));
        measures.add(new Measured(Measure.CLOSURE_RATE, false, all.closed(), all.toClose()));
        measures.add(new Measured(Measure.URGENT_CLOSURE_RATE, false, all.urgentClosed(), all.urgentDue()));
        measures.add(new Measured(Measure.URGENT_ON_TIME_RATE, false, all.urgentOnTime(), all.urgentDue()));
        for (boolean leaderOrMedia : new boolean[] {false, true}) {
            Faults faults = all.faults(leaderOrMedia);
            measures.add(new Measured(Measure.FAILED_CHECKS, leaderOrMedia, faults.failedChecks(), 0));
            measures.add(new Measured(
                    Measure.CASES_WITH_THREE_FAILED_CHECKS, leaderOrMedia, faults.casesWithThreeFailedChecks(), 0));
            measures.add(new Measured(Measure.FRAUD, leaderOrMedia, faults.fraud(), 0));
            measures.add(new Measured(Measure.SHIRKED, leaderOrMedia, faults.shirked(), 0));
        }
        return List.copyOf(measures);
    }

    /** The points a person gave for an item; null when there are none. */
    public @Nullable BigDecimal given(PeriodItem item) {
        return switch (item) {
            case ORGANISATION -> organisation;
            case SUPERVISION -> supervision;
            default -> null;
        };
    }
}
