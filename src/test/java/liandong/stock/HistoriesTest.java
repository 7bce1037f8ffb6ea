package liandong.stock;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import liandong.decision.Decisions;
import liandong.problem.CellRef;
import liandong.scenario.Cases;
import liandong.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Histories of cases that people wrote who had not seen the tables, each with what a good command centre must answer and must
 * not, by law or plain sense. Where the policy answers otherwise on purpose, the history says why ({@code judgedOtherwise}).
 */
class HistoriesTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static List<ObjectNode> histories(String file) throws IOException {
        var histories = new ArrayList<ObjectNode>();
        try (var reader = new BufferedReader(new InputStreamReader(
                requireNonNull(HistoriesTest.class.getResourceAsStream("/liandong/histories/" + file)),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                histories.add((ObjectNode) JSON.readTree(line));
            }
        }
        return histories;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dispatcher.ndjson", "ombudsman.ndjson", "supervisor.ndjson"})
    void what_people_expect_who_have_not_seen_the_tables_is_answered_but_where_it_is_judged_otherwise(String file)
            throws IOException {
        var wrong = new ArrayList<String>();
        var otherwise = new ArrayList<String>();
        List<ObjectNode> all = histories(file);
        for (ObjectNode history : all) {
            List<String> failed = failed(history);
            if (!failed.isEmpty()) {
                wrong.add(history.path("id").stringValue() + " " + failed);
            }
            if (history.has("judgedOtherwise")) {
                otherwise.add(history.path("id").stringValue());
            }
        }
        System.out.printf("Histories of %s: %d of %d as expected%n", file, all.size() - wrong.size(), all.size());

        assertThat(wrong)
                .extracting(each -> each.split(" ", -1)[0])
                .as("%s", wrong)
                .isEqualTo(otherwise);
    }

    @Test
    void an_expectation_that_no_answer_can_meet_is_noticed() throws IOException {
        ObjectNode history = histories("dispatcher.ndjson").get(0);
        history.putArray("must").add("WAIT:DONE");

        assertThat(failed(history)).containsExactly("WAIT:DONE");
    }

    private static List<String> failed(ObjectNode history) {
        var request = (ObjectNode) history.path("request");
        var scenario = new Scenario(
                history.path("id").stringValue(),
                history.path("story").stringValue(),
                Decisions.named(history.path("decision").stringValue()),
                request.deepCopy(),
                List.of(),
                new CellRef("histories", "", 1, 1),
                history.path("why").stringValue(),
                true);
        Cases.Result result = Cases.run(Stock.shangcheng(), scenario);
        if (!result.problems().isEmpty()) {
            return List.of(result.problems().toString());
        }
        var failed = new ArrayList<String>();
        texts(history.path("must"))
                .filter(each -> !holds(each, result.answer(), request))
                .forEach(failed::add);
        texts(history.path("mustNot"))
                .filter(each -> holds(each, result.answer(), request))
                .map(each -> "not " + each)
                .forEach(failed::add);
        return failed;
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::stringValue);
    }

    private static boolean holds(String expected, JsonNode answer, JsonNode request) {
        int colon = expected.indexOf(':');
        String what = colon < 0 ? expected : expected.substring(0, colon);
        String value = colon < 0 ? "" : expected.substring(colon + 1);
        JsonNode actions = answer.path("actions");
        if (what.startsWith("SCORE")) {
            BigDecimal score = new BigDecimal(answer.path("score").asString());
            int compared = score.compareTo(new BigDecimal(what.substring("SCORE>=".length())));
            return what.startsWith("SCORE>=") ? compared >= 0 : compared <= 0;
        }
        return switch (what) {
            case "ACTION" -> isOrdered(value, actions);
            case "ANY" -> Stream.of(value.split("\\|", -1)).anyMatch(kind -> isOrdered(kind, actions));
            case "WAIT" ->
                actions.isEmpty()
                        && (value.isEmpty()
                                || List.of(value.split("\\|", -1))
                                        .contains(answer.path("reason").asString()));
            case "PRESSED" -> !actions.isEmpty();
            case "REVIEW" -> !actions.isEmpty() || answer.has("nextReviewAt");
            case "NOPAST" -> {
                OffsetDateTime now = OffsetDateTime.parse(request.path("now").stringValue());
                yield StreamSupport.stream(actions.spliterator(), false)
                        .filter(action -> action.has("due"))
                        .noneMatch(action -> OffsetDateTime.parse(
                                        action.path("due").stringValue())
                                .isBefore(now));
            }
            case "OUTCOME" -> Stream.of(value.split("\\|", -1)).anyMatch(outcome -> comesOut(outcome, answer));
            case "NOFOLLOWUP" -> !isAsked(answer);
            case "GRADE" -> answer.path("grade").asString("").equals(GRADES.get(value));
            default -> throw new IllegalArgumentException(expected);
        };
    }

    private static final Map<String, String> GRADES =
            Map.of("优秀", "EXCELLENT", "良好", "GOOD", "合格", "PASS", "不合格", "FAIL");

    private static boolean isOrdered(String expected, JsonNode actions) {
        String[] parts = expected.split(":", -1);
        return StreamSupport.stream(actions.spliterator(), false)
                .anyMatch(action -> action.path("action").stringValue().equals(parts[0])
                        && (parts.length < 2
                                || StreamSupport.stream(action.path("to").spliterator(), false)
                                        .anyMatch(body -> parts[1].startsWith(
                                                body.path("label").stringValue()))));
    }

    /** Whether somebody asks the citizen; a look on site asks nobody. */
    private static boolean isAsked(JsonNode answer) {
        return answer.has("followUp")
                && !answer.path("followUp").path("how").asString("").equals("ON_SITE");
    }

    private static boolean comesOut(String outcome, JsonNode answer) {
        String came = answer.path("outcome").stringValue();
        return switch (outcome) {
            case "CLOSED" -> came.equals("CLOSE");
            case "REVIEW" -> came.equals("CENTRE_DECIDES");
            case "FOLLOW_UP" -> came.equals("FOLLOW_UP") || (came.equals("ACCEPT") && isAsked(answer));
            default -> came.equals(outcome);
        };
    }
}
