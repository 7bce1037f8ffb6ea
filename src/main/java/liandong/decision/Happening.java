package liandong.decision;

import liandong.incident.CaseEvent;
import liandong.incident.ScoredCase;

/**
 * One event in the light of its case: what the table of case points is asked about.
 *
 * @param of the case
 * @param event the event
 */
public record Happening(ScoredCase of, CaseEvent event) {}
