package liandong.incident;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a report so far (事项): the report itself, and what has been concluded about it.
 *
 * <p>Immutable; the next step of knowledge is a new matter. Routing tables are asked about it: a condition on something
 * that is not known yet does not hold.
 *
 * @param report the report
 * @param eventType what it is about; null until classified
 * @param severity how grave; null until graded
 * @param urgency how soon; null until graded
 * @param nature what the reporter wants; null until known
 * @param danger whether the text tells that somebody is in danger; null until it has been read
 */
public record Matter(
        Report report,
        @Column("事项 Event type") @Nullable EventType eventType,
        @Column("等级 Severity") @Nullable Severity severity,
        @Column("紧急程度 Urgency") @Nullable Urgency urgency,
        @Column("诉求性质 Nature") @Nullable Nature nature,
        @Column("危险 Danger") @Nullable Danger danger) {

    /** The report with nothing concluded about it but what the caller says. */
    public static Matter of(Report report) {
        return new Matter(report, report.eventType(), null, null, report.nature(), null);
    }

    /** The category: the event type's, or else the one the caller gave; null when neither is known. */
    @Column("类别 Category")
    public @Nullable Category category() {
        return eventType == null ? report.category() : eventType.category();
    }

    /** The event type's class; null until classified. */
    @Column("小类 Class")
    public @Nullable EventClass eventClass() {
        return eventType == null ? null : eventType.eventClass();
    }

    /** The event type's topic; null until classified. */
    @Column("主题 Topic")
    public @Nullable Topic topic() {
        return eventType == null ? null : eventType.topic();
    }

    /** Event or component; null until classified. */
    @Column("性质 Kind")
    public @Nullable MatterKind kind() {
        return eventType == null ? null : eventType.kind();
    }

    /** This matter with its event type known. */
    public Matter classified(EventType type) {
        return new Matter(report, type, severity, urgency, nature, danger);
    }

    /** This matter with its severity known. */
    public Matter graded(Severity grade) {
        return new Matter(report, eventType, grade, urgency, nature, danger);
    }

    /** This matter with its urgency known. */
    public Matter urgent(Urgency degree) {
        return new Matter(report, eventType, severity, degree, nature, danger);
    }

    /** This matter with what the reporter wants known. */
    public Matter wanting(@Nullable Nature wanted) {
        return new Matter(report, eventType, severity, urgency, wanted, danger);
    }

    /** This matter with what its text tells of danger. */
    public Matter endangered(Danger told) {
        return new Matter(report, eventType, severity, urgency, nature, told);
    }

    /** Whether somebody is hurt or in danger of life, as the report or its text tells: what {@link #unharmed} leaves out. */
    public boolean tellsOfHarm() {
        return danger == Danger.NOW || report.lifeInDanger() || report.deaths() > 0 || report.injured() > 0;
    }

    /** This matter as if nobody were hurt or in danger of life; what may be danger stays. */
    public Matter unharmed() {
        Danger told = danger == Danger.NOW ? Danger.NO : danger;
        return new Matter(report.unharmed(), eventType, severity, urgency, nature, told);
    }
}
