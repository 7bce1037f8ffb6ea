package liandong.closure;

import liandong.incident.Term;

/** What the citizen says of the handling when asked (满意度). */
public enum Satisfaction implements Term {
    /** Satisfied. */
    SATISFIED("满意"),
    /** Not satisfied yet, or not any more; may turn either way. */
    TENDENCY_DISSATISFIED("倾向不满意"),
    /** Dissatisfied. */
    DISSATISFIED("不满意"),
    /** Nobody could be asked. */
    UNREACHABLE("联系不上");

    private final String label;

    Satisfaction(String label) {
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
