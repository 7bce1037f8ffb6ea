package liandong.problem;

/** How much a problem matters, from the worst to the least. */
public enum ProblemSeverity {
    /** It cannot be used as it is. */
    ERROR,
    /** It can be used, but most likely does not say what was meant. */
    WARNING,
    /** It is only worth knowing. */
    NOTE
}
