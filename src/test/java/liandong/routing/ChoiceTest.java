package liandong.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.StreamSupport;
import liandong.Decide;
import liandong.District;
import liandong.decision.DecisionService;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a person has decided about a report is a fact like any other. */
class ChoiceTest {
    private static final Policy POLICY = TextPolicy.words().ofFormat3().load();
    private static final String NOTHING = "随便说说";

    private static JsonNode answer(Policy policy, String text, String members) throws BadRequestException {
        String request = """
                {"incident": {"id": "C-1", "reportedAt": "2026-11-20T16:00:00+08:00", "source": "GRID",
                 "area": "330102001001", "text": "%s"%s}, "now": "2026-11-20T16:30:00+08:00"}""".formatted(text, members);
        return new DecisionService(() -> policy, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                .decide(Decide.ROUTING, Json.read(request))
                .answer();
    }

    private static String choice(String members) {
        return ", \"choice\": {\"by\": \"协办局\", \"reason\": \"已回电问明\"" + members + "}";
    }

    /** Outcome or reason, who leads, on whose behalf, the assisting bodies, and rules that tell of a person. */
    private static String told(JsonNode answer) {
        JsonNode assignment = answer.path("assignment");
        String rules = StreamSupport.stream(answer.path("because").spliterator(), false)
                .map(reason -> reason.path("rule").stringValue())
                .filter(rule -> rule.equals("RTE-105") || rule.equals("RTE-385"))
                .toList()
                .toString();
        return answer.path("reason").asString(answer.path("outcome").stringValue())
                + " " + assignment.path("route").asString("")
                + " " + assignment.path("lead").path("label").asString("")
                + " by " + assignment.path("chosenBy").path("label").asString("")
                + " " + assignment.path("by").asString("")
                + " " + assignment.path("assisting").findValuesAsString("label")
                + " " + rules;
    }

    @Test
    void a_report_that_says_nothing_goes_to_whom_a_person_names_with_stages() throws BadRequestException {
        assertThat(told(answer(POLICY, NOTHING, ""))).isEqualTo("NO_MATTER   by   [] []");

        JsonNode answer = answer(
                POLICY, NOTHING, choice(", \"eventType\": \"路面坑洞\", \"lead\": \"属地街道\", \"assisting\": [\"主办局\"]"));

        assertThat(told(answer)).isEqualTo("ASSIGNED SUB_DISTRICT 东街道 by 协办局 PERSON [主办局] [RTE-105, RTE-385]");
        assertThat(answer.path("assignment").path("stages").findValuesAsString("name"))
                .containsExactly("处置");
    }

    @Test
    void a_person_who_names_the_matter_only_leaves_the_rest_to_the_catalogue() throws BadRequestException {
        assertThat(told(answer(POLICY, NOTHING, choice(", \"eventType\": \"路面坑洞\""))))
                .isEqualTo("ASSIGNED LEAD_AND_ASSIST 主办局 by  PERSON [协办局, 东街道] [RTE-105]");
    }

    @Test
    void a_person_overrules_what_was_reported_and_what_would_have_been_answered_or_merged() throws BadRequestException {
        String lead = choice(", \"eventType\": \"路面坑洞\", \"lead\": \"水务公司\"");

        assertThat(told(answer(POLICY, "路上有坑洞", ", \"eventType\": \"井盖破损\"" + lead)))
                .isEqualTo("ASSIGNED PLATFORM 水务公司 by 协办局 PERSON [] [RTE-105, RTE-385]");
        assertThat(told(answer(POLICY, "请问什么时候修", lead)))
                .isEqualTo("ASSIGNED PLATFORM 水务公司 by 协办局 PERSON [] [RTE-105, RTE-385]");
        assertThat(told(answer(POLICY, "路上有坑洞", ", \"sameAs\": \"C-0\"" + lead)))
                .isEqualTo("ASSIGNED PLATFORM 水务公司 by 协办局 PERSON [] [RTE-105, RTE-385]");
    }

    @Test
    void who_may_be_in_danger_has_been_looked_at_and_who_is_is_relayed_all_the_same() throws BadRequestException {
        String lead = choice(", \"eventType\": \"路面坑洞\", \"lead\": \"水务公司\"");
        JsonNode looked = answer(POLICY, "有燃气味", lead);

        assertThat(told(looked)).isEqualTo("ASSIGNED PLATFORM 水务公司 by 协办局 PERSON [] [RTE-105, RTE-385]");
        assertThat(looked.path("danger").stringValue()).isEqualTo("POSSIBLE");
        assertThat(looked.has("triage")).isFalse();
        assertThat(told(answer(POLICY, "有人落水", lead)))
                .isEqualTo("RELAYED PLATFORM 水务公司 by 协办局 PERSON [] [RTE-105, RTE-385]");
    }

    @Test
    void a_choice_that_the_answer_does_not_go_by_is_told() throws BadRequestException {
        String lead = choice(", \"eventType\": \"路面坑洞\", \"lead\": \"水务公司\"");
        JsonNode settled = answer(POLICY, "路上有坑洞", ", \"settled\": true" + lead);
        JsonNode earlier = answer(
                District.policy(),
                "路灯不亮",
                ", \"choice\": {\"by\": \"区民政局\", \"reason\": \"…\", \"eventType\": \"路灯故障\", \"lead\": \"区民政局\"}");

        assertThat(settled.path("outcome").stringValue()).isEqualTo("ARCHIVED");
        assertThat(settled.path("warnings").findValuesAsString("code")).containsExactly("CHOICE_PASSED_OVER");
        assertThat(settled.path("warnings").findValuesAsString("messageEn"))
                .containsExactly("A person chose 水务公司, but the answer is 归档, which that choice has no part in.");
        assertThat(earlier.path("assignment").path("chosenBy").path("label").asString(""))
                .as("the rules of today over tables of 0.1")
                .isEqualTo("区民政局");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ", \"lead\": \"水务公司\" | /incident/choice/eventType: MISSING_FIELD",
                ", \"eventType\": \"路面坑洞\", \"assisting\": [\"主办局\"] | /incident/choice/lead: MISSING_FIELD",
                ", \"eventType\": \"路面坑洞\", \"lead\": \"水务\" | /incident/choice/lead: UNKNOWN_CODE",
                ", \"eventType\": \"路面坑洞\", \"person\": \"张\" | /incident/choice/person: UNKNOWN_FIELD"
            })
    void half_a_choice_is_refused_at_what_is_missing(String members, String problem) {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> answer(POLICY, NOTHING, choice(members)))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting((Problem each) -> each.line(Locale.ENGLISH))
                        .singleElement()
                        .asString()
                        .startsWith(problem));
    }

    @Test
    void what_later_questions_are_sent_is_ready_in_the_answer() throws BadRequestException {
        JsonNode answer = answer(POLICY, "路上有坑洞", "");
        JsonNode assignment = answer.path("assignment");
        JsonNode next = answer.path("next");

        for (String member :
                new String[] {"eventType", "severity", "urgency", "lead", "assisting", "conference", "stages"}) {
            assertThat(next.path(member)).as(member).isEqualTo(assignment.path(member));
        }
        assertThat(next.path("assignedAt")).isEqualTo(answer.path("decidedAt"));
        assertThat(next.path("events").toString())
                .isEqualTo("[{\"kind\":\"ASSIGNED\",\"at\":\"2026-11-20T16:30:00+08:00\","
                        + "\"body\":{\"code\":\"LEAD\",\"label\":\"主办局\"}}]");
        assertThat(answer(POLICY, NOTHING, "").has("next")).isFalse();
    }
}
