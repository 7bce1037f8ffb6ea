package liandong.routing;

import liandong.incident.Member;
import liandong.incident.Report;

/**
 * What routing is asked about.
 *
 * @param incident the report
 */
public record RoutingFacts(@Member(meaning = "the report") Report incident) {}
