package liandong.decision;

/** One row of a decision table: what it concludes, and the row as a reason. Its conditions stay with the table. */
public sealed interface Row permits DutyRow, KeywordRow, RelayRow, SeverityRow, StageRow, ThresholdRow, UrgencyRow {
    /** The row as a reason. */
    RowRef ref();
}
