package liandong.stock;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import liandong.decision.Decisions;
import liandong.problem.CellRef;
import liandong.scenario.Cases;
import liandong.scenario.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Histories that somebody judged who had not seen the tables and that once came out otherwise: whose word counts, the third
 * return after a ruling, danger that is over, a stage that is not due yet, late returns, redo at night.
 */
class LoopTest {
    private static final JsonMapper JSON = new JsonMapper();

    static Stream<JsonNode> histories() throws IOException {
        try (var in = requireNonNull(LoopTest.class.getResourceAsStream("/liandong/histories/loop.ndjson"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(JSON::readTree).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("histories")
    void a_history_once_answered_unfairly_is_answered_as_its_judge_expects(JsonNode history) {
        var request = (ObjectNode) history.path("request");
        var scenario = new Scenario(
                history.path("id").stringValue(),
                history.path("story").stringValue(),
                Decisions.named(history.path("decision").stringValue()),
                request.deepCopy(),
                List.of(),
                new CellRef("histories", "", 1, 1),
                "",
                true);

        Cases.Result result = Cases.run(Stock.shangcheng(), scenario);

        assertThat(result.problems()).isEmpty();
        ObjectNode answer = result.answer().deepCopy();
        answer.remove(List.of("decisionId", "incidentId", "policy", "because", "unconfirmed", "next", "fired"));
        // Read again, as numbers are: 97.00 is 97.0 there.
        assertThat(JSON.readTree(answer.toString())).isEqualTo(history.path("answer"));
    }
}
