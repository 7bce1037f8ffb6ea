package liandong.closure;

import liandong.incident.Term;

/** How a citizen is asked, or the result checked where there is none (回访方式). */
public enum Channel implements Term {
    /** A call. */
    PHONE("电话"),
    /** A visit. */
    VISIT("上门"),
    /** A text message. */
    SMS("短信"),
    /** A check at the place, where there is no citizen to ask. */
    ON_SITE("现场核查");

    private final String label;

    Channel(String label) {
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
