package liandong.closure;

import liandong.incident.Term;

/** Where the cause of a citizen's dissatisfaction lies (不满意原因). */
public enum Cause implements Term {
    /** With the body: how it handled the matter. */
    SUBJECTIVE("主观原因"),
    /** Beyond the body: law, policy, or what nobody could do at present. */
    OBJECTIVE("客观原因");

    private final String label;

    Cause(String label) {
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
