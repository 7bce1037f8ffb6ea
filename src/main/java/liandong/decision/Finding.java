package liandong.decision;

import java.util.List;

/** One conclusion of one rule. Sealed, so that folding findings into a decision is exhaustive. */
public sealed interface Finding permits Clash, ClosureFinding, EscalationFinding, RoutingFinding, ScoringFinding {
    /** The rows it rests on; empty when the rule alone says so. */
    List<RowRef> rows();
}
