package liandong.routing;

import liandong.table.Row;

/** A row of a table that routing consults. */
public sealed interface RoutingRow extends Row
        permits DutyRow, KeywordRow, RelayRow, SeverityRow, StageRow, ThresholdRow, UrgencyRow {}
