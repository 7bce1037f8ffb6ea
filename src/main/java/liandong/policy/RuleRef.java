package liandong.policy;

/**
 * A rule as a reason.
 *
 * @param code its code, e.g. {@code "RTE-040"}
 * @param title one line of policy, condition first
 * @param source what it rests on ({@code @source} of the rule)
 */
public record RuleRef(String code, String title, String source) {}
