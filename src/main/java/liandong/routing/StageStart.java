package liandong.routing;

import liandong.incident.Term;

/** What a stage is counted from (起算). */
public enum StageStart implements Term {
    /** The moment of the assignment. */
    ASSIGNMENT("交办"),
    /** The due time of the stage before. */
    PREVIOUS_STAGE("上一阶段");

    private final String label;

    StageStart(String label) {
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
