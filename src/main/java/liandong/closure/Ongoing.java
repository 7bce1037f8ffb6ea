package liandong.closure;

import java.util.List;
import liandong.table.RowRef;

/**
 * Nothing but procedures of the law has not come to its end (程序进行中): it is too early, and nobody's fault.
 *
 * @param stages the stages that are not done, in their order; at least one
 */
public record Ongoing(List<String> stages) implements ClosureFinding {
    @Override
    public List<RowRef> rows() {
        return List.of();
    }
}
