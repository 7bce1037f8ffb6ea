package liandong.decision;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import liandong.incident.CaseEvent;
import liandong.incident.Measured;
import liandong.incident.PeriodItem;
import org.jspecify.annotations.Nullable;

/**
 * Points gained or lost, for what, by which row (得分明细). The lines of a score add up to it exactly.
 *
 * @param of what it is for
 * @param item the item of a period it belongs to; null for a case
 * @param event the event; null unless it is for one
 * @param measured the measure; null unless it is for one
 * @param points points, to 2 decimals; negative when lost
 * @param row the row that says so
 */
public record ScoreLine(
        LineOf of,
        @Nullable PeriodItem item,
        @Nullable CaseEvent event,
        @Nullable Measured measured,
        BigDecimal points,
        RowRef row)
        implements ScoringFinding {
    /** Decimals of points. */
    public static final int DECIMALS = 2;

    /** In the order people read them in, which depends on nothing but what they say. */
    static final Comparator<ScoreLine> ORDER = Comparator.comparing(
                    ScoreLine::item, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(ScoreLine::of)
            .thenComparing(
                    line -> line.event() == null ? null : line.event().at().toInstant(),
                    Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(line -> line.row().id())
            .thenComparing(ScoreLine::toString);

    /** Brings the points to their decimals. */
    public ScoreLine {
        points = points.setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    /** What the score of a case starts from. */
    public static ScoreLine base(CaseBaseRow row) {
        return new ScoreLine(LineOf.BASE, null, null, null, row.base(), row.ref());
    }

    /** What an event adds or takes. */
    public static ScoreLine event(CaseEvent event, CaseRow row) {
        return new ScoreLine(LineOf.EVENT, null, event, null, row.points(), row.ref());
    }

    /** The full mark of an item. */
    public static ScoreLine full(ItemRow row) {
        return new ScoreLine(LineOf.BASE, row.item(), null, null, row.full(), row.ref());
    }

    /** What a person gave for an item. */
    public static ScoreLine given(BigDecimal points, ItemRow row) {
        return new ScoreLine(LineOf.GIVEN, row.item(), null, null, points, row.ref());
    }

    /** What a measure costs. */
    public static ScoreLine measured(Measured measured, DeductionRow row) {
        return new ScoreLine(LineOf.MEASURE, row.item(), null, measured, row.points(measured), row.ref());
    }

    /** Whether it opens an item, so that others may be taken from it. */
    public boolean isOpening() {
        return of == LineOf.BASE || of == LineOf.GIVEN;
    }

    @Override
    public List<RowRef> rows() {
        return List.of(row);
    }

    /** The sum of some lines. */
    static BigDecimal sum(Collection<ScoreLine> lines) {
        return lines.stream().map(ScoreLine::points).reduce(BigDecimal.ZERO.setScale(DECIMALS), BigDecimal::add);
    }

    /** The line that brings a sum back between a floor and a ceiling; null when it lies there. */
    static @Nullable ScoreLine limit(
            @Nullable PeriodItem item, BigDecimal sum, BigDecimal floor, BigDecimal ceiling, RowRef row) {
        BigDecimal within = sum.min(ceiling).max(floor);
        return within.compareTo(sum) == 0
                ? null
                : new ScoreLine(LineOf.LIMIT, item, null, null, within.subtract(sum), row);
    }
}
