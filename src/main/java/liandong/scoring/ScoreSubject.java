package liandong.scoring;

import liandong.incident.Term;

/** What a score is of. */
public enum ScoreSubject implements Term {
    /** One case. */
    CASE("个案"),
    /** One body's period. */
    PERIOD("期间");

    private final String label;

    ScoreSubject(String label) {
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
