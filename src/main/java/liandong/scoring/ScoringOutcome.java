package liandong.scoring;

import liandong.incident.Outcome;

/** How a scoring decision ends; there is always one. */
public enum ScoringOutcome implements Outcome {
    /** There is a score. */
    SCORED("已评分"),
    /** The tables leave it open; a person has to score. */
    MANUAL_SCORING("人工评分"),
    /** One of several bodies whose period is empty or faulty, which costs no other body its score. */
    NOT_SCORED("未评分");

    private final String label;

    ScoringOutcome(String label) {
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
