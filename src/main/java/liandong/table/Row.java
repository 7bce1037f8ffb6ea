package liandong.table;

/**
 * One row of a decision table: what it concludes, and the row as a reason. Its conditions stay with the table.
 *
 * <p>Sealed by decision: a policy has all the tables of a decision, or none and does not make that decision.
 */
public interface Row {
    /** The row as a reason. */
    RowRef ref();
}
