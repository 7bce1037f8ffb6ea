package liandong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import liandong.decision.Decision;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.problem.Problem;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A case has one shape: what a caller knows of it can be sent whole to every question. */
class OneCaseTest {
    private static final DecisionService SERVICE =
            new DecisionService(District::policy, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    /** A case that a first body returned, with all that any question asks for. */
    private static ObjectNode whole() {
        return read("""
                {"incident": {"id": "W-1", "reportedAt": "2026-11-02T09:00:00+08:00", "source": "PUBLIC",
                              "area": "330102001051", "text": "路灯不亮"},
                 "eventType": "路灯故障", "severity": "一般", "urgency": "一般",
                 "lead": "URBAN_MANAGEMENT", "assisting": [], "assignedAt": "2026-11-02T09:00:00+08:00",
                 "stages": [{"order": 1, "name": "修复", "limit": "3 工作日", "start": "2026-11-03T09:00:00+08:00",
                             "due": "2026-11-06T17:30:00+08:00"}],
                 "events": [
                   {"kind": "ASSIGNED", "at": "2026-11-02T09:00:00+08:00", "body": "区民政局"},
                   {"kind": "YELLOW_CARD", "at": "2026-11-02T18:00:00+08:00"},
                   {"kind": "RETURNED", "at": "2026-11-03T08:50:00+08:00", "body": "区民政局", "reason": "不属本单位职责"},
                   {"kind": "REASSIGNED", "at": "2026-11-03T09:00:00+08:00", "body": "URBAN_MANAGEMENT"},
                   {"kind": "ACCEPTED", "at": "2026-11-03T09:30:00+08:00"},
                   {"kind": "CONTACTED", "at": "2026-11-03T10:00:00+08:00"},
                   {"kind": "RED_CARD", "at": "2026-11-04T10:00:00+08:00"},
                   {"kind": "STAGE_DONE", "stage": "修复", "at": "2026-11-05T10:00:00+08:00"}],
                 "handling": {"concludedAt": "2026-11-05T11:00:00+08:00", "proofs": ["现场照片", "联系群众"]},
                 "now": "2026-11-05T12:00:00+08:00"}""");
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) Json.read(json);
        } catch (BadRequestException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode ask(Decision<?, ?> decision, ObjectNode request) {
        try {
            return SERVICE.decide(decision, request).answer();
        } catch (BadRequestException e) {
            throw new AssertionError(e.problems().toString(), e);
        }
    }

    private static ObjectNode without(ObjectNode of, String... members) {
        of.remove(List.of(members));
        return of;
    }

    /** An answer but for its id, which is made from all that was read. */
    private static JsonNode said(JsonNode answer) {
        return without((ObjectNode) answer.deepCopy(), "decisionId");
    }

    @Test
    void every_question_takes_the_whole_case_and_answers_as_if_it_had_been_sent_its_own_part() {
        ObjectNode routing = without(whole(), "lead", "severity", "urgency", "assisting", "assignedAt", "stages");
        ObjectNode escalation = without(whole(), "handling");
        ObjectNode closure = without(whole(), "assisting", "assignedAt");

        assertThat(ask(Decide.ROUTING, whole()))
                .isEqualTo(ask(Decide.ROUTING, without(routing, "events", "handling", "eventType")));
        assertThat(ask(Decide.ESCALATION, whole())).isEqualTo(ask(Decide.ESCALATION, escalation));
        assertThat(ask(Decide.CLOSURE, whole())).isEqualTo(ask(Decide.CLOSURE, closure));
    }

    @Test
    void a_member_that_no_question_about_a_case_has_is_still_refused() {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> SERVICE.decide(Decide.CLOSURE, whole().put("assigned", "x")))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting((Problem each) -> each.line(Locale.ENGLISH))
                        .singleElement()
                        .asString()
                        .startsWith("/assigned: UNKNOWN_FIELD"));
    }

    @Test
    void closure_reads_from_the_events_what_was_done_and_how_often_again() {
        ObjectNode told = without(whole(), "events");
        ((ObjectNode) told.path("stages").get(0)).put("doneAt", "2026-11-05T10:00:00+08:00");

        assertThat(said(ask(Decide.CLOSURE, whole()))).isEqualTo(said(ask(Decide.CLOSURE, told)));

        ObjectNode again = whole();
        ((ArrayNode) again.path("events")).addObject().put("kind", "REDO").put("at", "2026-11-05T10:30:00+08:00");
        JsonNode answer = ask(Decide.CLOSURE, again);

        assertThat(answer.path("outcome").stringValue()).isEqualTo("REDO");
        assertThat(answer.path("missing").path("stages").toString()).isEqualTo("[\"修复\"]");
        assertThat(answer.path("redo").path("number").intValue()).isEqualTo(2);
    }

    @Test
    void an_event_of_a_stage_that_is_not_there_or_of_tomorrow_is_told_at_its_place() {
        ObjectNode wrong = whole();
        ArrayNode events = (ArrayNode) wrong.path("events");
        events.addObject().put("kind", "STAGE_DONE").put("stage", "围护").put("at", "2026-11-05T10:00:00+08:00");
        events.addObject().put("kind", "STAGE_DONE").put("at", "2026-11-06T10:00:00+08:00");

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> SERVICE.decide(Decide.CLOSURE, wrong))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(problem -> problem.at() + " " + problem.code())
                        .containsExactly(
                                "/events/8/stage UNKNOWN_STAGE",
                                "/events/9/at IN_FUTURE",
                                "/events/9/stage MISSING_FIELD"));
    }

    @Test
    void scoring_takes_the_case_too_and_counts_against_each_body_what_happened_while_it_had_it() {
        JsonNode now = ask(Decide.SCORING, whole());
        ObjectNode first = whole();
        first.put("lead", "区民政局");

        assertThat(events(now)).containsExactly("RED_CARD", "STAGE_ON_TIME");
        assertThat(events(ask(Decide.SCORING, first))).containsExactly("YELLOW_CARD");
        assertThat(now.path("body").path("label").stringValue()).isEqualTo("区城市管理局(区综合行政执法局)");
    }

    @Test
    void events_within_the_incident_are_scored_as_beside_it_and_what_is_wrong_with_them_is_told_there() {
        ObjectNode within = whole();
        ((ObjectNode) within.path("incident")).set("events", within.remove("events"));

        JsonNode answer = ask(Decide.SCORING, within);
        assertThat(answer.path("lateness").path("stages")).isNotEmpty();
        assertThat(said(answer)).isEqualTo(said(ask(Decide.SCORING, whole())));

        ((ObjectNode) within.at("/incident/events/7")).put("at", "2026-12-05T10:00:00+08:00");
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> SERVICE.decide(Decide.SCORING, within))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(problem -> problem.at() + " " + problem.code())
                        .containsOnly("/incident/events/7/at IN_FUTURE"));
    }

    @Test
    void what_is_wrong_with_a_case_to_be_scored_is_told_where_the_case_has_it() {
        ObjectNode wrong = whole();
        wrong.put("lead", "nobody");
        ((ObjectNode) wrong.path("events").get(4)).put("at", "2026-12-05T10:00:00+08:00");
        ((ObjectNode) wrong.path("events").get(3)).put("body", "nobody");
        List.of(7, 6, 5).forEach(((ArrayNode) wrong.path("events"))::remove);
        ((ObjectNode) wrong.path("incident")).put("reportedAt", "today");

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> SERVICE.decide(Decide.SCORING, wrong))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(problem -> problem.at() + " " + problem.code() + " "
                                + problem.args().get(Math.min(2, problem.args().size() - 1)))
                        .satisfiesExactly(
                                first -> assertThat(first).startsWith("/incident/reportedAt MISSING_OFFSET"),
                                second -> assertThat(second).startsWith("/lead UNKNOWN_CODE GRID"),
                                third -> assertThat(third).isEqualTo("/events/3/body UNKNOWN_CODE → /lead"),
                                fourth -> assertThat(fourth).isEqualTo("/events/4 UNKNOWN_CODE → /lead")));
    }

    private static List<String> events(JsonNode answer) {
        return answer.path("lines").findValuesAsString("event");
    }

    @Test
    void what_is_known_of_a_case_only_grows_so_the_last_question_that_fits_is_meant() {
        assertThat(Decisions.recognise(without(whole(), "handling"))).isEqualTo(Decide.ESCALATION);
        assertThat(Decisions.recognise(whole())).isEqualTo(Decide.CLOSURE);
    }
}
