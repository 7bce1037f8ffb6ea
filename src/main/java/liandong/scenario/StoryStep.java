package liandong.scenario;

import java.util.List;
import java.util.Map;
import liandong.decision.Decision;
import liandong.problem.CellRef;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One step of a story: time passes, something happens or becomes known, and a decision is asked for (步骤).
 *
 * @param number what people call it, e.g. {@code "3"}
 * @param title what it is about; may be empty
 * @param kind the decision it asks for; null when something only happens
 * @param time when it is
 * @param events what happened, each without {@code at} at the step's own moment
 * @param facts what became known, by the members of a request; it stays known
 * @param carriedOut whether what its answer says is to be done is done at once
 * @param expected what is expected of the answer
 * @param at the cell that names its time
 * @param cells the cell that states each member, by its JSON pointer
 */
record StoryStep(
        String number,
        String title,
        @Nullable Decision<?, ?> kind,
        StepTime time,
        List<JsonNode> events,
        Map<List<String>, JsonNode> facts,
        boolean carriedOut,
        List<Expectation> expected,
        CellRef at,
        Map<String, CellRef> cells) {
    /** Whether it states something of a member of a request. */
    boolean states(String member) {
        return facts.keySet().stream().anyMatch(path -> path.get(0).equals(member));
    }
}
