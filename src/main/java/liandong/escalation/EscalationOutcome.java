package liandong.escalation;

import liandong.incident.Outcome;

/** How an escalation decision ends; there is always one. */
public enum EscalationOutcome implements Outcome {
    /** There is something to do, the actions say what. */
    ACT("采取措施"),
    /** There is nothing to do for now; the reason says why. */
    WAIT("暂不督办");

    private final String label;

    EscalationOutcome(String label) {
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
