package liandong.decision;

/**
 * One row of a decision table: what it concludes, and the row as a reason. Its conditions stay with the table.
 *
 * <p>Sealed by decision: a policy has all the tables of a decision, or none and does not make that decision.
 */
public sealed interface Row permits ClosureRow, EscalationRow, RoutingRow, ScoringRow {
    /** The row as a reason. */
    RowRef ref();
}
