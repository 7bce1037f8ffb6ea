package liandong.scoring;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Member;
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
        @Member(meaning = "the body; absent only when nobody else is scored with it") @Column("单位 Body") @Nullable
        Body body,

        @Member(label = "起 From", meaning = "when the period begins; absent when not given") @Nullable
        OffsetDateTime from,

        @Member(label = "止 To", meaning = "when it ends; absent when not given") @Nullable
        OffsetDateTime to,

        @Member(meaning = "its cases, counted; absent when they are given one by one") @Nullable
        Counts counts,

        @Member(label = "案件 Cases", meaning = "its cases one by one; absent when they are given as counts") @Nullable
        List<PeriodCase> cases,

        @Member(
                label = "组织保障 Organisation",
                meaning = "points a person gives for organisation; absent when not given, and then not scored")
        @Bounds(max = 100)
        @Nullable
        BigDecimal organisation,

        @Member(
                label = "督办 Supervision",
                meaning = "points a person gives for supervision; absent when not given, and then not scored")
        @Bounds(max = 100)
        @Nullable
        BigDecimal supervision) {

    /** Its cases, counted, without those that are taken out. */
    public Counts counted() {
        return counts == null
                ? Counts.of(told().stream().filter(one -> !isTakenOut(one)).toList())
                : counts;
    }

    private List<PeriodCase> told() {
        return cases == null ? List.of() : cases;
    }

    /** The cases that a person has found not to be the body's fault. */
    List<PeriodCase> takenOut() {
        return told().stream().filter(this::isTakenOut).toList();
    }

    /** Whether a person has found that a case is not the body's fault, and not the body itself. */
    boolean isTakenOut(PeriodCase one) {
        return one.excluded() != null && !isTakenOutByItself(one);
    }

    /** Whether the body has taken a case out itself: that counts for nothing. */
    boolean isTakenOutByItself(PeriodCase one) {
        Body by = one.excludedBy();
        return one.excluded() != null && by != null && body != null && by.isOneWith(body);
    }

    /** Whether anything that counts is contested. */
    boolean contested() {
        return told().stream().anyMatch(one -> one.contested() && !isTakenOut(one));
    }

    /** The period if every appeal is upheld: without the cases that are contested. */
    Period ifAppealsAreUpheld() {
        return new Period(
                body,
                from,
                to,
                counts,
                told().stream().filter(one -> !one.contested()).toList(),
                organisation,
                supervision);
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
        List<Measured> shares = all.shares() == null ? List.of() : all.shares().measures();
        List<Measured> numbers = List.copyOf(measures);
        List<Measured> whole =
                shares.stream().filter(share -> holdsAll(share, numbers)).toList();
        measures.removeIf(number -> !number.leaderOrMedia()
                && whole.stream()
                        .anyMatch(share -> share.measure() == number.measure().inProportion()));
        measures.addAll(whole);
        return List.copyOf(measures);
    }

    /**
     * Fraud and shirking in proportion to what the body had to close, cases of leaders and media among them: known of every period,
     * whether or not its rates are told.
     */
    public List<Measured> proportions() {
        Counts all = counted();
        Shares shares = all.shares();
        return List.of(
                proportion(Measure.FRAUD_RATE, all, Faults::fraud, shares == null ? null : shares.fraud()),
                proportion(Measure.SHIRKED_RATE, all, Faults::shirked, shares == null ? null : shares.shirked()));
    }

    private static Measured proportion(
            Measure measure, Counts all, ToIntFunction<Faults> number, @Nullable Share told) {
        int counted = number.applyAsInt(all.faults(false)) + number.applyAsInt(all.faults(true));
        int most = Math.max(counted, told == null ? 0 : told.count());
        return new Measured(measure, false, Math.min(most, all.toClose()), all.toClose());
    }

    /** Whether a rate holds everything that the number does in whose place it would stand: else nothing is lost to it. */
    private static boolean holdsAll(Measured share, List<Measured> numbers) {
        return numbers.stream()
                .filter(number -> !number.leaderOrMedia() && number.measure().inProportion() == share.measure())
                .allMatch(number -> share.of() > 0 && share.count() >= number.count());
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
