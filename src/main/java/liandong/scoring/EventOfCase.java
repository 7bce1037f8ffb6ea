package liandong.scoring;

import liandong.incident.CaseEvent;

/**
 * One event in the light of its case: what the table of case points is asked about.
 *
 * @param of the case
 * @param event the event
 */
public record EventOfCase(ScoredCase of, CaseEvent event) {}
