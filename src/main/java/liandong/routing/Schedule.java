package liandong.routing;

import java.util.List;
import liandong.table.RowRef;

/**
 * The stages of an assignment with their due times (排期).
 *
 * @param stages in their order; never empty
 * @param rows the rows that say so, in the same order
 */
public record Schedule(List<PlannedStage> stages, List<RowRef> rows) implements RoutingFinding {}
