package liandong.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import liandong.Decide;
import liandong.District;
import liandong.decision.DecisionService;
import liandong.problem.Problem;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How late a case was is worked out from its stages, extensions and pauses, as escalation counts them. */
class LatenessTest {
    private static final DecisionService SERVICE = new DecisionService(District::policy, Clock.systemUTC());
    private static final String REPORTED = "2026-09-21T09:00:00+08:00";
    private static final String STAGE = "\"stage\": \"修复\"";

    /** A street lamp, due on Thursday the 24th at 17:30. */
    private static ObjectNode request(String scored, String happened, String now) throws BadRequestException {
        ObjectNode incident = (ObjectNode) Json.read("""
                {"id": "L-1", "reportedAt": "%s", "source": "PUBLIC", "area": "330102001051", "text": "路灯不亮"}
                """.formatted(REPORTED));
        ObjectNode report = Json.object();
        report.set("incident", incident.deepCopy());
        JsonNode routed =
                SERVICE.decide(Decide.ROUTING, report.put("now", REPORTED)).answer();
        JsonNode assignment = routed.path("assignment");
        ObjectNode request = Json.object().put("now", now);
        ObjectNode about = request.putObject("incident").put("id", "L-1").put("reportedAt", REPORTED);
        about.set("body", assignment.path("lead"));
        about.set("events", Json.read("[{\"kind\": \"ASSIGNED\", \"at\": \"" + REPORTED + "\"}" + scored + "]"));
        ObjectNode handled = request.putObject("handled");
        handled.set("incident", incident.set("eventType", assignment.path("eventType")));
        for (String member : List.of("severity", "urgency", "lead", "assisting", "stages")) {
            handled.set(member, assignment.path(member));
        }
        handled.put("assignedAt", REPORTED);
        handled.set("events", Json.read("[" + happened + "]"));
        return request;
    }

    private static String event(String kind, String at, String more) {
        return "{\"kind\": \"" + kind + "\", \"at\": \"2026-09-" + at + ":00+08:00\""
                + (more.isEmpty() ? "" : ", " + more) + "}";
    }

    private static String done(String at) {
        return event("STAGE_DONE", at, STAGE);
    }

    private static JsonNode scored(String scored, String happened, String now) throws BadRequestException {
        return SERVICE.decide(Decide.SCORING, request(scored, happened, "2026-09-" + now + ":00+08:00"))
                .answer();
    }

    /** The case as the other questions have it, as it is sent whole. */
    private static ObjectNode whole(String happened, String now) throws BadRequestException {
        ObjectNode whole = (ObjectNode) request("", happened, now).path("handled");
        return whole.put("now", now);
    }

    @Test
    void a_whole_case_is_as_late_as_escalation_says_without_being_sent_twice() throws BadRequestException {
        String late = done("29T10:00");
        JsonNode sent = SERVICE.decide(Decide.SCORING, whole(late, "2026-09-30T09:00:00+08:00"))
                .answer();

        assertThat(sent.path("lateness").path("stages").get(0).path("late").asBoolean())
                .isTrue();
        assertThat(lines(sent)).isEqualTo(lines(scored("", late, "30T09:00")));
        assertThat(sent.path("score")).isEqualTo(scored("", late, "30T09:00").path("score"));
    }

    @Test
    void what_is_wrong_with_a_whole_case_stands_where_the_request_has_it() throws BadRequestException {
        ObjectNode twice = whole(done("24T10:00"), "2026-09-30T09:00:00+08:00");
        twice.withArray("stages").add(twice.path("stages").get(0).deepCopy());

        assertThat(refused(twice)).anyMatch(problem -> problem.startsWith("/stages/1"));
        assertThat(refused(twice)).noneMatch(problem -> problem.startsWith("/handled"));
    }

    private static List<String> lines(JsonNode answer) {
        return StreamSupport.stream(answer.path("lines").spliterator(), false)
                .filter(line -> line.path("for").stringValue("").equals("EVENT"))
                .map(line -> line.path("event").stringValue("") + " "
                        + line.path("at").stringValue("") + " " + line.path("points"))
                .toList();
    }

    private static List<String> refused(ObjectNode request) {
        BadRequestException refused =
                catchThrowableOfType(BadRequestException.class, () -> SERVICE.decide(Decide.SCORING, request));
        return refused.problems().stream()
                .map((Problem problem) -> problem.at() + " " + problem.code() + " " + problem.args())
                .toList();
    }

    @Test
    void a_stage_that_was_falsely_reported_as_done_is_as_late_as_when_it_was_truly_done() throws Exception {
        String reported = done("23T10:00") + "," + event("FRAUD", "24T09:00", "") + ","
                + event("REDO", "24T10:00", "\"until\": \"2026-09-29T17:30:00+08:00\"");
        String redone = reported + "," + done("28T10:00");
        JsonNode late = scored("", redone, "30T09:00");

        assertThat(lines(late)).containsExactly("STAGE_LATE 2026-09-28T10:00:00+08:00 -5.00");
        assertThat(late.path("lateness").path("stages").toString())
                .isEqualTo("[{\"stage\":\"修复\",\"due\":\"2026-09-24T17:30:00+08:00\","
                        + "\"doneAt\":\"2026-09-28T10:00:00+08:00\",\"late\":true}]");
        assertThat(lines(scored("", reported, "24T11:00"))).isEmpty(); // there is still time
        assertThat(lines(scored("", reported, "25T09:00")))
                .containsExactly("STAGE_LATE 2026-09-24T17:30:00+08:00 -5.00");
        assertThat(lines(scored("", reported + "," + done("24T16:00"), "25T09:00")))
                .containsExactly("STAGE_ON_TIME 2026-09-24T16:00:00+08:00 2.00");
    }

    @Test
    void a_fraud_found_later_is_about_what_was_done_since_it_had_to_be_done_again() throws Exception {
        String again = done("23T10:00") + ","
                + event("REOPENED", "25T09:00", STAGE + ", \"until\": \"2026-09-29T17:30:00+08:00\"") + ","
                + done("28T10:00");
        String found = again + "," + event("FRAUD", "29T09:00", "");
        JsonNode redone = scored("", found + "," + event("REDO", "29T10:00", "") + "," + done("29T16:00"), "30T09:00");

        assertThat(lines(redone)).containsExactly("STAGE_ON_TIME 2026-09-29T16:00:00+08:00 2.00");
        assertThat(redone.path("lateness").path("stages").get(0).path("due").asString(""))
                .isEqualTo("2026-09-29T17:30:00+08:00");
        assertThat(lines(scored("", found, "29T11:00"))).isEmpty(); // there is still time
        assertThat(lines(scored("", found, "30T09:00"))).containsExactly("STAGE_LATE 2026-09-29T17:30:00+08:00 -5.00");
    }

    @Test
    void that_a_procedure_of_the_law_took_longer_is_nobodys_delay() throws Exception {
        for (String told : List.of("", "," + event("STAGE_LATE", "29T10:00", STAGE))) {
            ObjectNode request = request(told, done("29T10:00"), "2026-09-30T09:00:00+08:00");
            JsonNode own = SERVICE.decide(Decide.SCORING, request).answer();
            ((ObjectNode) request.at("/handled/stages/0")).put("procedure", true);
            JsonNode procedure = SERVICE.decide(Decide.SCORING, request).answer();

            assertThat(lines(own)).containsExactly("STAGE_LATE 2026-09-29T10:00:00+08:00 -5.00");
            assertThat(lines(procedure)).isEmpty();
            assertThat(procedure.path("lateness").path("stages").toString())
                    .isEqualTo("[{\"stage\":\"修复\",\"due\":\"2026-09-24T17:30:00+08:00\","
                            + "\"doneAt\":\"2026-09-29T10:00:00+08:00\",\"late\":true,\"procedure\":true}]");
        }
        ObjectNode request = request("", done("24T10:00"), "2026-09-30T09:00:00+08:00");
        ((ObjectNode) request.at("/handled/stages/0")).put("procedure", true);
        assertThat(lines(SERVICE.decide(Decide.SCORING, request).answer()))
                .containsExactly("STAGE_ON_TIME 2026-09-24T10:00:00+08:00 2.00");
    }

    @Test
    void that_a_stage_was_on_time_counts_for_nothing_once_it_was_found_false() throws Exception {
        String found = event("FRAUD", "24T09:00", "");
        String told = "," + event("STAGE_ON_TIME", "23T10:00", STAGE) + "," + found;
        JsonNode answer = scored(told, done("23T10:00") + "," + found, "25T09:00");

        assertThat(lines(answer))
                .containsExactly(
                        "FRAUD 2026-09-24T09:00:00+08:00 -20.00", "STAGE_LATE 2026-09-24T17:30:00+08:00 -5.00");
    }

    @Test
    void an_appeal_against_a_fraud_gives_back_that_the_stage_was_on_time() throws Exception {
        String fraud = event("FRAUD", "24T09:00", "\"contested\": true");
        ObjectNode whole = whole(done("23T10:00") + "," + fraud, "2026-09-25T09:00:00+08:00");
        ObjectNode apart = request(
                "," + fraud, done("23T10:00") + "," + event("FRAUD", "24T09:00", ""), "2026-09-25T09:00:00+08:00");
        JsonNode never = scored("", done("23T10:00"), "25T09:00");

        for (ObjectNode request : List.of(whole, apart)) {
            JsonNode answer = SERVICE.decide(Decide.SCORING, request).answer();

            assertThat(lines(answer))
                    .containsExactly(
                            "FRAUD 2026-09-24T09:00:00+08:00 -20.00", "STAGE_LATE 2026-09-24T17:30:00+08:00 -5.00");
            assertThat(answer.at("/ifAppealsAreUpheld/score")).isEqualTo(never.path("score"));
            assertThat(answer.at("/ifAppealsAreUpheld/grade")).isEqualTo(never.path("grade"));
        }
    }

    @Test
    void an_appeal_against_lateness_that_was_told_takes_it_out_though_the_clocks_say_so() throws Exception {
        String late = "," + event("STAGE_LATE", "25T10:00", STAGE + ", \"contested\": true");
        JsonNode answer = scored(late, done("25T10:00"), "26T09:00");
        BigDecimal score = answer.path("score").decimalValue();

        assertThat(lines(answer)).containsExactly("STAGE_LATE 2026-09-25T10:00:00+08:00 -5.00");
        assertThat(answer.at("/ifAppealsAreUpheld/score").decimalValue())
                .isEqualByComparingTo(score.add(BigDecimal.valueOf(5)));
    }

    @Test
    void what_was_told_done_and_found_false_in_one_minute_contradicts_nothing() throws Exception {
        String found = event("FRAUD", "23T10:00", "");
        String told = "," + event("STAGE_ON_TIME", "23T10:00", STAGE) + "," + found;

        assertThat(lines(scored(told, done("23T10:00") + "," + found, "25T09:00")))
                .containsExactly(
                        "FRAUD 2026-09-23T10:00:00+08:00 -20.00", "STAGE_LATE 2026-09-24T17:30:00+08:00 -5.00");
    }

    @Test
    void what_was_late_when_routing_was_asked_again_stays_late() throws Exception {
        String again = event("ROUTED_AGAIN", "25T09:00", "\"stage\": \"抢修\", \"until\": \"2026-09-23T17:30:00+08:00\"");
        String inTime =
                event("ROUTED_AGAIN", "23T09:00", "\"stage\": \"抢修\", \"until\": \"2026-09-23T17:30:00+08:00\"");

        assertThat(lines(scored("", again, "25T10:00")))
                .containsExactly(
                        "STAGE_LATE 2026-09-23T17:30:00+08:00 -5.00", "STAGE_LATE 2026-09-24T17:30:00+08:00 -5.00");
        assertThat(lines(scored("", inTime + "," + done("24T10:00"), "25T10:00")))
                .containsExactly("STAGE_ON_TIME 2026-09-24T10:00:00+08:00 2.00");
        assertThat(lines(scored("", again + "," + done("25T09:30"), "25T10:00")))
                .containsExactly(
                        "STAGE_LATE 2026-09-25T09:30:00+08:00 -5.00", "STAGE_LATE 2026-09-25T09:30:00+08:00 -5.00");
    }

    private static final String AGAIN = "2026-09-28T09:00:00+08:00";

    /** A case that had more time, was late all the same and was routed again: its new stage is called as the old one. */
    private static ObjectNode routedAgain(String more, String now) throws BadRequestException {
        String before = event("EXTENSION_REQUESTED", "22T09:00", STAGE) + ", "
                + event("EXTENSION_GRANTED", "22T10:00", STAGE + ", \"until\": \"2026-09-25T17:30:00+08:00\"") + ", "
                + event("YELLOW_CARD", "27T09:00", STAGE) + ", "
                + event("ROUTED_AGAIN", "28T09:00", STAGE + ", \"until\": \"2026-09-24T17:30:00+08:00\"");
        ObjectNode request = request("", before + more, now);
        ObjectNode stage = (ObjectNode) request.at("/handled/stages/0");
        stage.put("start", AGAIN).put("due", "2026-10-09T17:30:00+08:00");
        return request;
    }

    private static List<String> members(JsonNode all, String... members) {
        return StreamSupport.stream(all.spliterator(), false)
                .map(each -> String.join(
                        " ",
                        List.of(members).stream()
                                .map(member -> each.path(member).asString(""))
                                .toList()))
                .toList();
    }

    @Test
    void what_was_told_of_a_stage_before_routing_was_asked_again_is_not_of_the_new_one_with_its_name()
            throws Exception {
        ObjectNode done = routedAgain(", " + done("29T10:00"), "2026-09-30T09:00:00+08:00");

        JsonNode scored = SERVICE.decide(Decide.SCORING, done).answer();

        assertThat(lines(scored))
                .containsExactlyInAnyOrder(
                        "STAGE_LATE 2026-09-29T10:00:00+08:00 -5.00", "STAGE_ON_TIME 2026-09-29T10:00:00+08:00 2.00");
        assertThat(members(scored.at("/lateness/stages"), "stage", "due", "doneAt", "late"))
                .containsExactly(
                        "修复（重新研判前） 2026-09-25T17:30:00+08:00 2026-09-29T10:00:00+08:00 true",
                        "修复 2026-10-09T17:30:00+08:00 2026-09-29T10:00:00+08:00 false");
    }

    @Test
    void a_stage_done_before_routing_was_asked_again_has_to_be_done_again_where_it_was_given_anew() throws Exception {
        String before = done("23T10:00") + ", " + event("ROUTED_AGAIN", "28T09:00", "");
        ObjectNode anew = request("", before, "2026-09-30T09:00:00+08:00");
        ObjectNode kept = anew.deepCopy();
        ((ObjectNode) anew.at("/handled/stages/0")).put("start", AGAIN).put("due", "2026-10-09T17:30:00+08:00");

        assertThat(lines(SERVICE.decide(Decide.SCORING, anew).answer())).isEmpty();
        assertThat(lines(SERVICE.decide(Decide.SCORING, kept).answer()))
                .containsExactly("STAGE_ON_TIME 2026-09-23T10:00:00+08:00 2.00");
    }

    @Test
    void a_stage_that_was_done_after_its_due_time_counts_as_late_and_the_answer_says_by_what() throws Exception {
        JsonNode answer = scored("", done("25T10:00"), "26T09:00");

        assertThat(lines(answer)).containsExactly("STAGE_LATE 2026-09-25T10:00:00+08:00 -5.00");
        assertThat(answer.path("lateness").toString())
                .isEqualTo("{\"stages\":[{\"stage\":\"修复\",\"due\":\"2026-09-24T17:30:00+08:00\","
                        + "\"doneAt\":\"2026-09-25T10:00:00+08:00\",\"late\":true}],"
                        + "\"settledAt\":\"2026-09-25T10:00:00+08:00\"}");
        assertThat(lines(scored("", done("24T17:30"), "26T09:00")))
                .containsExactly("STAGE_ON_TIME 2026-09-24T17:30:00+08:00 2.00");
    }

    @Test
    void it_is_what_the_caller_would_have_said() throws Exception {
        String told = ", " + event("STAGE_LATE", "25T10:00", STAGE);

        JsonNode by = scored(told, done("25T10:00"), "26T09:00");

        assertThat(lines(by)).isEqualTo(lines(scored("", done("25T10:00"), "26T09:00")));
        ObjectNode without = request(told, "", "2026-09-26T09:00:00+08:00");
        without.remove("handled");
        JsonNode answer = SERVICE.decide(Decide.SCORING, without).answer();
        assertThat(answer.path("score")).isEqualTo(by.path("score"));
        assertThat(answer.has("lateness")).isFalse();
    }

    @Test
    void an_extension_that_was_granted_and_a_pause_move_the_due_time() throws Exception {
        String extended = event("EXTENSION_REQUESTED", "22T09:00", STAGE) + ", "
                + event("EXTENSION_GRANTED", "22T10:00", STAGE + ", \"until\": \"2026-09-25T17:30:00+08:00\"");
        String paused = event("PAUSED", "22T09:00", "") + ", " + event("RESUMED", "23T09:00", "");

        assertThat(lines(scored("", extended + ", " + done("25T10:00"), "26T09:00")))
                .containsExactly("STAGE_ON_TIME 2026-09-25T10:00:00+08:00 2.00");
        assertThat(lines(scored("", paused + ", " + done("25T10:00"), "26T09:00")))
                .containsExactly("STAGE_ON_TIME 2026-09-25T10:00:00+08:00 2.00");
    }

    @Test
    void a_stage_that_is_open_is_late_once_its_time_is_over_and_nothing_before() throws Exception {
        assertThat(lines(scored("", "", "24T17:30"))).isEmpty();
        assertThat(lines(scored("", "", "24T17:31"))).containsExactly("STAGE_LATE 2026-09-24T17:30:00+08:00 -5.00");
    }

    @Test
    void lateness_that_is_told_and_contradicts_is_a_named_problem() throws Exception {
        String now = "2026-09-26T09:00:00+08:00";

        assertThat(refused(request(", " + event("STAGE_ON_TIME", "25T10:00", STAGE), done("25T10:00"), now)))
                .containsExactly("/incident/events/1 CONTRADICTION"
                        + " [阶段按期, 修复 2026-09-25T10:00+08:00 / 2026-09-24T17:30+08:00]");
        assertThat(refused(request(", " + event("STAGE_LATE", "24T10:00", STAGE), done("24T10:00"), now)))
                .containsExactly("/incident/events/1 CONTRADICTION"
                        + " [阶段逾期, 修复 2026-09-24T10:00+08:00 / 2026-09-24T17:30+08:00]");
    }

    @Test
    void what_is_wrong_with_the_case_as_it_was_handled_is_told_at_its_place() throws Exception {
        ObjectNode unknown =
                request("", event("STAGE_DONE", "22T09:00", "\"stage\": \"围护\""), "2026-09-26T09:00:00+08:00");
        ObjectNode other = request("", "", "2026-09-26T09:00:00+08:00");
        ((ObjectNode) other.at("/handled/incident")).put("id", "L-2");

        assertThat(refused(unknown)).containsExactly("/handled/events/0/stage UNKNOWN_STAGE [围护, 修复]");
        assertThat(refused(other)).containsExactly("/handled/incident/id CONTRADICTION [L-1, L-2]");
    }

    @Test
    void what_another_body_did_late_costs_this_one_nothing() throws Exception {
        ObjectNode request = request("", done("25T10:00"), "2026-09-26T09:00:00+08:00");
        ((ObjectNode) request.path("incident")).put("body", "区住房和城建局");

        assertThat(lines(SERVICE.decide(Decide.SCORING, request).answer())).isEmpty();
    }

    @Test
    void more_delay_never_gives_a_better_score() throws Exception {
        var scores = new ArrayList<BigDecimal>();
        for (int hour = 0; hour < 9 * 24; hour += 5) {
            String at = "%02dT%02d:07".formatted(21 + (9 + hour) / 24, (9 + hour) % 24);
            scores.add(scored("", done(at), "30T23:59").path("score").decimalValue());
        }

        for (int i = 1; i < scores.size(); i++) {
            assertThat(scores.get(i)).isLessThanOrEqualTo(scores.get(i - 1));
        }
        assertThat(scores.get(scores.size() - 1)).isLessThan(scores.get(0));
    }
}
