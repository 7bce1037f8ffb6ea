package liandong.routing;

/** A conclusion that leaves a report with somebody or ends it; a report without one would be lost. */
public sealed interface Ending
        permits Alarmed, Answered, Archived, Chosen, Duty, Filed, Merged, Redirected, Relayed, Triage {}
