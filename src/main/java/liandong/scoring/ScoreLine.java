package liandong.scoring;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.incident.Presented;
import liandong.table.RowRef;
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
        ScoreLineKind of,
        @Nullable PeriodItem item,
        @Nullable CaseEvent event,
        @Nullable Measured measured,
        BigDecimal points,
        RowRef row)
        implements ScoringFinding, Presented {
    /** A line as callers get it. */
    record Line(
            @Member(name = "for", label = "明细 Line", meaning = "what it is for", trace = true)
            ScoreLineKind kind,

            @Member(meaning = "the event; only for EVENT, CAP of a case and EXCLUDED") @Nullable
            CaseEventKind event,

            @Member(meaning = "when it happened; only for EVENT, CAP of a case and EXCLUDED") @Nullable
            OffsetDateTime at,

            @Member(meaning = "the stage the event is about", example = "\"抢修\"") @Nullable
            String stage,

            @Member(meaning = "true when the body has appealed against it") @Nullable
            Boolean contested,

            @Member(meaning = "why the event counts for nothing; only for EXCLUDED", example = "\"诉求超出政策规定，已向来访人解释\"")
            @Nullable
            String excluded,

            @Member(meaning = "the measure; only for MEASURE, and for CAP of a period", flattened = true) @Nullable
            Measured measured,

            @Member(
                    label = "明细分 Line points",
                    meaning = "points, to 2 decimals; negative when lost",
                    example = "-5.00",
                    trace = true)
            BigDecimal points,

            @Member(label = "明细行 Line row", meaning = "id of the row", role = Role.ROW)
            String row,

            @Member(meaning = "what the row says", role = Role.WHY, example = "\"超期一次扣5分\"")
            String says,

            @Member(meaning = "what the row rests on", role = Role.WHY, example = "\"考核办法（2026）\"")
            String source,

            @Member(meaning = "whether somebody has confirmed what it rests on", role = Role.WHY)
            boolean confirmed) {}

    @Override
    public Line presented() {
        boolean contested = event != null && event.contested();
        return new Line(
                of,
                event == null ? null : event.kind(),
                event == null ? null : event.at(),
                event == null ? null : event.stage(),
                contested ? Boolean.TRUE : null,
                event == null ? null : event.excluded(),
                measured,
                points,
                row.id(),
                row.says(),
                row.source(),
                row.confirmed());
    }

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
        return new ScoreLine(ScoreLineKind.BASE, null, null, null, row.base(), row.ref());
    }

    /** What an event adds or takes. */
    public static ScoreLine event(CaseEvent event, CaseRow row) {
        return new ScoreLine(ScoreLineKind.EVENT, null, event, null, row.points(), row.ref());
    }

    /** An event that counts for nothing, as a person has found that it is not the body's fault. */
    public static ScoreLine excluded(CaseEvent event, CaseRow row) {
        return new ScoreLine(ScoreLineKind.EXCLUDED, null, event, null, BigDecimal.ZERO, row.ref());
    }

    /** What a case would score beyond a cap; null when it lies below. */
    static @Nullable ScoreLine capped(BigDecimal sum, BigDecimal most, Cap cap) {
        return sum.compareTo(most) <= 0
                ? null
                : new ScoreLine(
                        ScoreLineKind.CAP,
                        null,
                        cap.event(),
                        null,
                        most.subtract(sum),
                        cap.row().ref());
    }

    /** What keeps the score of a period from going beyond a row; null when it lies below by itself. */
    static @Nullable ScoreLine capped(BigDecimal sum, BigDecimal most, PeriodCap cap) {
        return sum.compareTo(most) <= 0
                ? null
                : new ScoreLine(
                        ScoreLineKind.CAP,
                        null,
                        null,
                        cap.measured(),
                        most.subtract(sum),
                        cap.row().ref());
    }

    /** The full mark of an item. */
    public static ScoreLine full(ItemRow row) {
        return new ScoreLine(ScoreLineKind.BASE, row.item(), null, null, row.full(), row.ref());
    }

    /** What a person gave for an item. */
    public static ScoreLine given(BigDecimal points, ItemRow row) {
        return new ScoreLine(ScoreLineKind.GIVEN, row.item(), null, null, points, row.ref());
    }

    /** What a measure costs. */
    public static ScoreLine measured(Measured measured, DeductionRow row) {
        return new ScoreLine(ScoreLineKind.MEASURE, row.item(), null, measured, row.points(measured), row.ref());
    }

    /**
     * What a number costs, of failed checks no more than it would as a rate of the cases that were closed: who has handled ten
     * thousand is not judged by how many went wrong but by what share did, and who has handled two not by one in two.
     *
     * @param period what it is a number of
     */
    public static ScoreLine measured(Measured measured, DeductionRow row, Period period) {
        int closed = period.counted().closed();
        BigDecimal share = row.pointsAsRate(measured, closed);
        BigDecimal points = row.points(measured).max(share);
        return new ScoreLine(ScoreLineKind.MEASURE, row.item(), null, measured, points, row.ref());
    }

    /** Whether it opens an item, so that others may be taken from it. */
    public boolean isOpening() {
        return of == ScoreLineKind.BASE || of == ScoreLineKind.GIVEN;
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
                : new ScoreLine(ScoreLineKind.LIMIT, item, null, null, within.subtract(sum), row);
    }
}
