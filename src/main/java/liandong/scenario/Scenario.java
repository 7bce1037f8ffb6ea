package liandong.scenario;

import java.util.List;
import liandong.decision.Decision;
import liandong.problem.CellRef;
import tools.jackson.databind.node.ObjectNode;

/**
 * One case: what is given, and what should come of it (情景).
 *
 * @param id its id, unique among all scenarios
 * @param title what it is about, for people
 * @param kind the decision it is about
 * @param request what the service is asked, {@code now} included
 * @param expected what is expected of the answer, by column
 * @param at the cell of its id
 * @param source what the expectation rests on
 * @param confirmed whether a person stands for the expectation; a suggestion nobody has ticked is not
 * @param tags words by which people find it again; empty for none
 */
public record Scenario(
        String id,
        String title,
        Decision<?, ?> kind,
        ObjectNode request,
        List<Expectation> expected,
        CellRef at,
        String source,
        boolean confirmed,
        List<String> tags) {
    /** A case without tags. */
    public Scenario(
            String id,
            String title,
            Decision<?, ?> kind,
            ObjectNode request,
            List<Expectation> expected,
            CellRef at,
            String source,
            boolean confirmed) {
        this(id, title, kind, request, expected, at, source, confirmed, List.of());
    }
}
