package liandong.routing;

import java.util.List;
import liandong.table.RowRef;

/**
 * Somebody may be in danger; a person has to look at once (疑似危险).
 *
 * @param rows the rows that tell
 */
public record Alarmed(List<RowRef> rows) implements RoutingFinding, Ending {}
