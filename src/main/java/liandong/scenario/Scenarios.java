package liandong.scenario;

import java.util.List;
import liandong.problem.CellRef;
import liandong.problem.Problem;

/**
 * What scenario workbooks hold.
 *
 * @param cases those that can be run, in the order of the workbooks, sheets and rows
 * @param broken those that cannot
 * @param problems everything that is wrong with the workbooks, by place
 */
public record Scenarios(List<Scenario> cases, List<Broken> broken, List<Problem> problems) {
    /**
     * A case that cannot be run, as something about it cannot be understood.
     *
     * @param id its id; empty when it has none
     * @param title its title
     * @param at the cell of its id
     * @param problems what is wrong; at least one
     */
    public record Broken(String id, String title, CellRef at, List<Problem> problems) {}
}
