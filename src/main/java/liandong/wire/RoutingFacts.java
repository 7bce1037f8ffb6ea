package liandong.wire;

import liandong.incident.Report;

/**
 * What routing is asked about.
 *
 * @param incident the report
 */
public record RoutingFacts(Report incident) {}
