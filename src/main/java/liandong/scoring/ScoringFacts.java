package liandong.scoring;

import liandong.incident.Member;

/**
 * What scoring a case is asked about.
 *
 * @param incident the case
 */
public record ScoringFacts(@Member(meaning = "the case") ScoredCase incident) {}
