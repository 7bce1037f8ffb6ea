package liandong.closure;

import liandong.table.Row;

/** A row of a table that closure consults. */
public sealed interface ClosureRow extends Row
        permits ArchiveRow, ClosureRulingRow, FollowUpRow, ProofRow, RedoRow, SamplingRow, SupplementRow, WaiverRow {}
