package liandong.closure;

import liandong.incident.Outcome;

/** How a closure decision ends; there is always one. */
public enum ClosureOutcome implements Outcome {
    /** The handling is accepted; the citizen is followed up, or the case is filed. */
    ACCEPT("认可办结"),
    /** The body has to do it again, or finish it. */
    REDO("重办"),
    /** The work is done and proofs of it are missing: the body has to hand them in. */
    SUPPLEMENT("补正"),
    /** The citizen could not be reached and is to be tried again. */
    FOLLOW_UP("再次回访"),
    /** The citizen tends to dissatisfaction: the body is warned before it is assessed. */
    WARN("预警"),
    /** The case is closed and filed. */
    CLOSE("结案归档"),
    /** What is not done is a procedure of the law that takes its time: it goes on, and nothing is to be done again. */
    NOT_YET("尚未到办结"),
    /** A person at the centre has to decide; the reason says why. */
    CENTRE_DECIDES("指挥中心裁定");

    private final String label;

    ClosureOutcome(String label) {
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
