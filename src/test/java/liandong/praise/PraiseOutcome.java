package liandong.praise;

import liandong.incident.Outcome;

/** How it ends (结果). */
public enum PraiseOutcome implements Outcome {
    /** The worker is praised. */
    PRAISED("予以表扬"),
    /** There is no reason to. */
    NOT_PRAISED("不予表扬"),
    /** A person decides. */
    UNDECIDED("人工评议");

    private final String label;

    PraiseOutcome(String label) {
        this.label = label;
    }

    @Override
    public boolean leftToPerson() {
        return this == UNDECIDED;
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
