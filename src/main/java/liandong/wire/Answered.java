package liandong.wire;

import tools.jackson.databind.node.ObjectNode;

/**
 * An answer, and all that it takes to come to it again.
 *
 * @param kind the decision
 * @param subject the incident, as callers know it; for a period, its bodies
 * @param policy the version of the policy it was decided by
 * @param request what was asked, with the moment it was decided for in {@code now}
 * @param answer the answer
 */
public record Answered(DecisionKind kind, String subject, String policy, ObjectNode request, ObjectNode answer) {}
