package liandong.praise;

import liandong.incident.Term;

/** How a worker is praised (表扬方式). */
public enum PraiseKind implements Term {
    /** In words. */
    THANKS("口头表扬"),
    /** In public, with a bonus. */
    AWARD("通报表彰");

    private final String label;

    PraiseKind(String label) {
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
