package liandong.engine;

import java.util.List;
import liandong.table.RowRef;

/**
 * Several rows covered the same fact in a table where exactly one may; none of them counted.
 *
 * @param rows the rows, in the order of their sheet
 */
public record Clash(List<RowRef> rows) implements Finding {}
