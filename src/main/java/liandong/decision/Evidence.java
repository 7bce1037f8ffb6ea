package liandong.decision;

/**
 * A finding and the rule that made it.
 *
 * @param rule the rule
 * @param finding what it concluded
 * @param <F> the kind of finding
 */
public record Evidence<F>(RuleRef rule, F finding) {}
