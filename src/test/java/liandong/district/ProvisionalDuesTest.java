package liandong.district;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import liandong.Decide;
import liandong.District;
import liandong.decision.Decision;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.explain.Phrases;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Due times that rest on a year whose days off nobody has announced, in the answers of the decisions that give any. */
class ProvisionalDuesTest {
    private static final String[] OF_2026 = {
        "2026-01-01", "2026-02-16", "2026-04-05", "2026-05-01", "2026-06-19", "2026-09-25", "2026-10-01"
    };
    private static final String LAST_DAY = "2026-12-31T10:00:00+08:00";

    private static Policy policy;

    @BeforeAll
    static void load() throws BadPolicyException {
        byte[] calendar = TinyPolicy.withOneRule()
                .sheet("calendar.xlsx", "节假日", new String[] {"年度 Year", "日期 Date", "名称 Name", "类型 Type"})
                .announced(2026, OF_2026)
                .byLaw()
                .files()
                .tables()
                .get("calendar.xlsx");
        policy = Decisions.policy(
                Objects.requireNonNull(District.files().replacing(Map.of("calendar.xlsx", calendar), problem -> {})),
                LocalDate.of(2026, 11, 20));
    }

    private static JsonNode ask(Decision<?, ?> decision, JsonNode request) throws BadRequestException {
        return new DecisionService(() -> policy, Clock.systemUTC())
                .decide(decision, request)
                .answer();
    }

    private static ObjectNode report(String id, String eventType, String now) throws BadRequestException {
        return (ObjectNode) Json.read("""
                {"incident": {"id": "%s", "reportedAt": "%s", "source": "GRID", "area": "330102001051",
                  "eventType": "%s"}, "now": "%2$s"}""".formatted(id, now, eventType));
    }

    private static ObjectNode handled(JsonNode routed, ObjectNode report, String now) {
        ObjectNode request = Json.object();
        request.set("incident", report.get("incident"));
        for (String member : new String[] {"severity", "urgency", "lead", "stages"}) {
            request.set(member, routed.path("assignment").path(member));
        }
        return request.put("now", now);
    }

    @Test
    void a_stage_that_is_due_in_such_a_year_says_so_and_one_that_is_due_before_does_not() throws Exception {
        ObjectNode request = report("P-1", "ILLEGAL_CONSTRUCTION", LAST_DAY);

        JsonNode answer = ask(Decide.ROUTING, request);

        assertThat(answer.path("outcome").stringValue()).isEqualTo("ASSIGNED");
        JsonNode stages = answer.at("/assignment/stages");
        assertThat(stages.get(0).path("due").stringValue()).isEqualTo("2026-12-31T14:00:00+08:00");
        assertThat(stages.get(0).has("provisional")).isFalse();
        assertThat(stages.get(1).path("provisional").booleanValue()).isTrue();
        assertThat(unconfirmed(answer)).contains("CAL-2027").doesNotContain("CAL-2026");
        assertThat(answer.has("warnings")).isFalse();
        String page = Decide.ROUTING.page(
                new DecisionService(() -> policy, Clock.systemUTC()).decide(Decide.ROUTING, request),
                new Phrases(Locale.ENGLISH));
        assertThat(page)
                .contains(
                        "CAL-2027",
                        "Provisional, until the days off of the year are announced: "
                                + stages.get(1).path("name").stringValue());
    }

    @Test
    void nothing_is_provisional_in_a_year_that_has_been_announced() throws Exception {
        JsonNode answer = ask(Decide.ROUTING, report("P-2", "ILLEGAL_CONSTRUCTION", "2026-11-20T10:00:00+08:00"));

        assertThat(answer.toString()).doesNotContain("provisional", "CAL-");
    }

    @Test
    void a_case_in_progress_says_so_of_its_stages_which_are_sent_back_as_they_were_answered() throws Exception {
        ObjectNode report = report("P-3", "ILLEGAL_CONSTRUCTION", LAST_DAY);
        JsonNode routed = ask(Decide.ROUTING, report);
        ObjectNode request =
                handled(routed, report, "2027-01-04T09:00:00+08:00").put("assignedAt", LAST_DAY);

        JsonNode answer = ask(Decide.ESCALATION, request);

        assertThat(answer.path("openStages")).hasSizeGreaterThan(1);
        assertThat(answer.at("/openStages/0").has("provisional")).isFalse();
        assertThat(answer.at("/openStages/1/provisional").booleanValue()).isTrue();
        assertThat(unconfirmed(answer)).contains("CAL-2027");

        // Where the caller forgot to send it, it is known from the limit.
        request.path("stages").forEach(stage -> ((ObjectNode) stage).remove("provisional"));
        JsonNode again = ask(Decide.ESCALATION, request);
        assertThat(again.path("openStages")).isEqualTo(answer.path("openStages"));
    }

    @Test
    void what_must_be_done_again_says_so() throws Exception {
        ObjectNode report = report("P-4", "ILLEGAL_CONSTRUCTION", "2026-12-01T10:00:00+08:00");
        JsonNode routed = ask(Decide.ROUTING, report);
        ObjectNode request = handled(routed, report, LAST_DAY);
        ObjectNode handling = request.putObject("handling").put("concludedAt", LAST_DAY);
        handling.putArray("proofs");

        JsonNode answer = ask(Decide.CLOSURE, request);

        assertThat(answer.path("outcome").stringValue()).isEqualTo("REDO");
        assertThat(answer.at("/redo/provisional").booleanValue()).isTrue();
        assertThat(unconfirmed(answer)).contains("CAL-2027");
    }

    @Test
    void a_report_far_in_the_future_is_answered_and_one_beyond_all_calendars_too() throws Exception {
        JsonNode far = ask(Decide.ROUTING, report("P-5", "ILLEGAL_CONSTRUCTION", "2199-06-01T10:00:00+08:00"));
        assertThat(far.at("/assignment/stages/1/provisional").booleanValue()).isTrue();
        assertThat(unconfirmed(far)).contains("CAL-2199");

        JsonNode beyond = ask(Decide.ROUTING, report("P-6", "ILLEGAL_CONSTRUCTION", "2200-12-31T16:59:00+08:00"));
        assertThat(beyond.path("outcome").stringValue()).isEqualTo("ASSIGNED");
        assertThat(beyond.at("/assignment/lead")).isEqualTo(far.at("/assignment/lead"));
        assertThat(beyond.at("/assignment/stages")).isEmpty();
        assertThat(beyond.path("assignment").has("nextReviewAt")).isFalse();
        assertThat(beyond.at("/warnings/0/code").stringValue()).isEqualTo("NO_DUE_TIME");
    }

    @Test
    void whoever_is_in_danger_is_relayed_beyond_all_calendars() throws Exception {
        ObjectNode request = report("P-7", "ILLEGAL_CONSTRUCTION", "2200-12-31T16:59:00+08:00");
        ((ObjectNode) request.get("incident")).put("lifeInDanger", true);

        JsonNode answer = ask(Decide.ROUTING, request);

        assertThat(answer.path("outcome").stringValue()).isEqualTo("RELAYED");
        assertThat(answer.path("relayTo")).isNotEmpty();
        assertThat(answer.at("/assignment/stages")).isEmpty();
    }

    private static List<String> unconfirmed(JsonNode answer) {
        return ((ArrayNode) answer.path("unconfirmed"))
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }
}
