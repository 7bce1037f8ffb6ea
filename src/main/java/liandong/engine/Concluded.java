package liandong.engine;

import java.util.List;
import liandong.problem.Problem;

/** A decision with its reasons. What they are called is the same in every answer, so no decision describes them. */
public interface Concluded {
    /** Every reason, by rule code and row id; never empty. */
    List<Reason> because();

    /**
     * Ids of the rows among the reasons whose source is not confirmed, and {@code CAL-} with the year for each year that has
     * not been announced and on which a due time rests.
     */
    List<String> unconfirmed();

    /** What whoever gets the answer should know though it is one; empty for nothing. */
    default List<Problem> warnings() {
        return List.of();
    }
}
