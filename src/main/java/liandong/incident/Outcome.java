package liandong.incident;

/** How a decision ends (结果). */
public interface Outcome extends Term {
    /** Whether nothing was decided but that a person has to. */
    default boolean leftToPerson() {
        return false;
    }
}
