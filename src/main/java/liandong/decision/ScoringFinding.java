package liandong.decision;

/** A conclusion on the way to a score. */
public sealed interface ScoringFinding extends Finding permits Awarded, ScoreLine, Total {}
