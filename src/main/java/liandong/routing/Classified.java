package liandong.routing;

import java.util.List;
import liandong.incident.Matter;
import liandong.table.RowRef;

/**
 * What a report is about (分类).
 *
 * @param matter the matter with its event type
 * @param by who settled it
 * @param rows the rows that settled it; empty when the caller did
 */
public record Classified(Matter matter, ClassifiedBy by, List<RowRef> rows) implements RoutingFinding {}
