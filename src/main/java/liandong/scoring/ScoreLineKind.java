package liandong.scoring;

import liandong.incident.Term;

/** What a line of a score is for. */
public enum ScoreLineKind implements Term {
    /** What is there to begin with. */
    BASE("基准"),
    /** What a person gave. */
    GIVEN("人评"),
    /** Something that happened to the case. */
    EVENT("情形"),
    /** A measure that missed its threshold. */
    MEASURE("指标"),
    /** What would go beyond a floor or ceiling. */
    LIMIT("上下限"),
    /** What would go beyond the most that a case with such an event, or a period with such a measure, can score. */
    CAP("封顶"),
    /** An event that a person has found not to be the body's fault; it counts for nothing. */
    EXCLUDED("剔除");

    private final String label;

    ScoreLineKind(String label) {
        this.label = label;
    }

    @Override
    public String code() {
        return name();
    }

    @Override
    public String label() {
        return label;
    }
}
