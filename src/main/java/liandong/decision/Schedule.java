package liandong.decision;

import java.util.List;

/**
 * The stages of an assignment with their due times (排期).
 *
 * @param stages in their order; never empty
 * @param rows the rows that say so, in the same order
 */
public record Schedule(List<Stage> stages, List<RowRef> rows) implements RoutingFinding {}
