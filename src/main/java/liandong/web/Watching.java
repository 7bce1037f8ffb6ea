package liandong.web;

import liandong.decision.Decision;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionWatch;
import org.jspecify.annotations.Nullable;

/**
 * Two who are told.
 *
 * @param traces the one that knows which trace a request is of
 */
record Watching(DecisionWatch meters, DecisionWatch traces) implements DecisionWatch {
    @Override
    public void took(Decision<?, ?> decision, Part part, long begun) {
        meters.took(decision, part, begun);
        traces.took(decision, part, begun);
    }

    @Override
    public void answered(DecisionRecord<?, ?> decided, String outcome, boolean left, boolean danger) {
        meters.answered(decided, outcome, left, danger);
        traces.answered(decided, outcome, left, danger);
    }

    @Override
    public @Nullable String trace() {
        return traces.trace();
    }
}
