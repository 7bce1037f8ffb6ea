package liandong.decision;

/** A conclusion on the way to a routing decision. */
public sealed interface RoutingFinding extends Finding
        permits Archived, Classified, Duty, Graded, Listed, Merged, Relayed, Schedule, Tally, Triage {}
