package liandong.wire;

import liandong.incident.ScoredCase;

/**
 * What scoring a case is asked about.
 *
 * @param incident the case
 */
public record ScoringFacts(ScoredCase incident) {}
