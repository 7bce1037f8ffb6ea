package liandong.decision;

/** A row of a table that scoring consults. */
public sealed interface ScoringRow extends Row permits CaseBaseRow, CaseRow, DeductionRow, GradeRow, ItemRow {}
