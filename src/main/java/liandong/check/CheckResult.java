package liandong.check;

import java.util.List;
import liandong.policy.Policy;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What came of checking a policy.
 *
 * @param problems everything found, by place; empty when there is nothing to say
 * @param policy the policy; null when an error keeps it from being used
 */
public record CheckResult(List<Problem> problems, @Nullable Policy policy) {}
