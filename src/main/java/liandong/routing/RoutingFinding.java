package liandong.routing;

import liandong.engine.Finding;

/** A conclusion on the way to a routing decision. */
public sealed interface RoutingFinding extends Finding
        permits Archived, Classified, Duty, Graded, DutyMatched, Merged, Relayed, Schedule, Tally, Triage {}
