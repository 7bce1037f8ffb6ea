package liandong.decision;

import liandong.incident.Term;

/** What can go wrong with a case after it was assigned, so that a row or rule behind the assignment may be at fault (办理不顺). */
public enum Trouble implements Term {
    /** The body sent it back, and nobody kept it to it. */
    RETURNED("退单"),
    /** A person decided otherwise: another body has it, or somebody settled what the rules had left open. */
    OVERRULED("人工改定"),
    /** It had to be done again, or was opened again. */
    REDONE("重办"),
    /** A stage was done, or was still open, after it was due. */
    LATE("逾期"),
    /** The citizen was dissatisfied, or tended to be. */
    DISSATISFIED("不满意");

    private final String label;

    Trouble(String label) {
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
