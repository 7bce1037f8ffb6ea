package liandong.scoring;

import liandong.engine.Finding;

/** A conclusion on the way to a score. */
public sealed interface ScoringFinding extends Finding
        permits Banded, Cap, GradeAwarded, PeriodCap, ScoreLine, SmallNumber, TooFew, Total {}
