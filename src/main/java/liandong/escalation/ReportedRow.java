package liandong.escalation;

import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * Whether it counts that somebody says that a stage is done, or that the danger is over (申报认定).
 *
 * <p>A policy without the sheet takes such a report from anybody, as one does that has no row for it.
 *
 * @param counts whether it counts
 * @param ref the row
 */
@Sheet(value = "申报认定", about = Reported.class, since = 3, optional = true)
public record ReportedRow(
        @Column("作数 Counts") boolean counts, @Override RowRef ref) implements EscalationRow {}
