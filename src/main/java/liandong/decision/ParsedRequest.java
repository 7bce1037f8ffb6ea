package liandong.decision;

import java.time.Instant;
import java.util.List;
import liandong.problem.Problem;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request, understood.
 *
 * @param facts the facts
 * @param now the moment of the decision
 * @param explain whether near misses are wanted
 * @param request what was sent, with that moment in {@code now}
 * @param warnings how it was understood where that needs saying; empty for nothing
 * @param <F> the kind of facts
 */
public record ParsedRequest<F extends Record>(
        F facts, Instant now, boolean explain, ObjectNode request, List<Problem> warnings) {}
