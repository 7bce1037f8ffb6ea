package liandong.routing;

import liandong.engine.Finding;

/** A conclusion on the way to a routing decision. */
public sealed interface RoutingFinding extends Finding
        permits Alarmed,
                Answered,
                Archived,
                Chosen,
                Classified,
                DeskPlan,
                Duty,
                Filed,
                Graded,
                DutyMatched,
                Merged,
                Reading,
                Redirected,
                Relayed,
                Schedule,
                Tally,
                Triage {}
