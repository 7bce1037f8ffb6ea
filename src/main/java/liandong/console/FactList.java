package liandong.console;

import java.util.ArrayList;
import java.util.List;
import liandong.decision.Decision;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.scenario.RecordedCase;
import liandong.wire.BadRequestException;
import tools.jackson.databind.JsonNode;

/** What was asked, fact by fact, by the names that staff know them by: those of the scenario workbooks. */
final class FactList {
    private static final int LONGEST = 300;

    private FactList() {}

    /** A fact. */
    record Fact(String name, String value) {}

    /** The facts that a request states, in today's words; none when today's policy would not take it. */
    static List<Fact> of(Policy policy, Decision<?, ?> kind, JsonNode request, JsonNode answer, Phrases say) {
        var facts = new ArrayList<Fact>();
        try {
            RecordedCase.of(policy, kind, request, answer)
                    .given()
                    .forEach((header, text) -> facts.add(new Fact(
                            say.half(header), text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)));
        } catch (BadRequestException e) {
            facts.clear(); // it is shown as JSON below
        }
        return facts;
    }
}
