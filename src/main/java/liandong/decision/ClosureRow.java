package liandong.decision;

/** A row of a table that closure consults. */
public sealed interface ClosureRow extends Row permits ArchiveRow, FollowUpRow, ProofRow, RedoRow, SamplingRow {}
