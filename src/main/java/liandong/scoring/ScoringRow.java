package liandong.scoring;

import liandong.table.Row;

/** A row of a table that scoring consults. */
public sealed interface ScoringRow extends Row
        permits BandRow, CaseBaseRow, CaseRow, DeductionRow, GradeRow, ItemRow, SmallNumberRow {}
