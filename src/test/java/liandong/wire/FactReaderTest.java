package liandong.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import liandong.Decide;
import liandong.District;
import liandong.decision.Decision;
import liandong.decision.DecisionService;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is told of facts that cannot be, and what is not told a thousand times. */
class FactReaderTest {
    private static final Policy POLICY = District.policy();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T08:30:00Z"), ZoneOffset.UTC);
    private static final DecisionService DESK = new DecisionService(() -> POLICY, CLOCK);

    private static final String REPORT = "{'incident':{'id':'A-1','reportedAt':'2026-11-20T16:30:00+08:00',"
            + "'source':'GRID','area':'330102001051','text':'路灯不亮'}}";
    private static final String SCORED =
            "{'incident':{'id':'A-1','reportedAt':'2026-11-12T16:30:00+08:00'," + "'body':'JUSTICE','events':[%s]}}";
    private static final String PERIOD =
            "{'periods':[{'body':'JUSTICE','organisation':5,'counts':{'due':10,'closed':9,'onTime':8}}]}";

    private static JsonNode json(String text) {
        try {
            return Json.read(text.replace('\'', '"'));
        } catch (BadRequestException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_policy_of_another_time_is_not_to_be_had_where_only_one_is_known() {
        assertThat(faults(REPORT.replaceFirst("}}$", "},'options':{'asOf':'2026-11-19T08:00:00+08:00'}}")))
                .containsExactly("/options/asOf NO_HISTORY");
    }

    /** Places and codes of what is wrong; empty when nothing is. */
    private static List<String> faults(Decision<?, ?> decision, JsonNode request) {
        try {
            DESK.decide(decision, request);
            return List.of();
        } catch (BadRequestException e) {
            return e.problems().stream()
                    .map(problem -> problem.at() + " " + problem.code())
                    .toList();
        }
    }

    private static List<String> faults(String report) {
        return faults(Decide.ROUTING, json(report));
    }

    @Test
    void a_hundred_problems_of_a_request_are_told_and_how_many_more_there_are() {
        String fields =
                IntStream.range(0, 1_000).mapToObj(i -> "'f" + i + "':1").collect(Collectors.joining(","));

        List<String> told = faults("{'incident':{}," + fields + "}");

        assertThat(told).hasSize(101).startsWith("/incident/text MISSING_FIELD", "/f0 UNKNOWN_FIELD");
        assertThat(told.get(100)).isEqualTo("/ AND_MORE");
    }

    @Test
    void what_is_allowed_is_listed_once_for_all_values_of_its_kind() throws Exception {
        String events = IntStream.range(0, 50)
                .mapToObj(i -> "{'kind':'NO-" + i + "','at':'2026-11-13T09:00:00+08:00','body':'X" + i + "','x':1}")
                .collect(Collectors.joining(","));

        String answer = refusal(Decide.SCORING, json(SCORED.formatted(events)));

        assertThat(answer.split("LEADER_NOTED 领导批示", -1)).hasSize(2);
        assertThat(answer.split("JUSTICE 区司法局", -1)).hasSize(2);
        assertThat(answer.split("kind, at, stage, body, contested, reason, until", -1))
                .hasSize(2);
        assertThat(answer)
                .contains("\"Allowed: → /incident/events/0/kind\"", "\"Known here: → /incident/events/0/x.\"")
                .hasSizeLessThan(50_000);
    }

    private static String refusal(Decision<?, ?> decision, JsonNode request) {
        try {
            throw new AssertionError(DESK.decide(decision, request).answer());
        } catch (BadRequestException e) {
            return Json.write(ProblemJson.of(422, e.problems(), Locale.ENGLISH));
        }
    }

    @Test
    void problems_have_no_more_than_64_kib_of_an_answer_and_none_is_lost_from_their_count() {
        String stage = "长".repeat(64);
        var problems = IntStream.range(0, 300)
                .mapToObj(i ->
                        Problem.of(Code.NAMED_TWICE, new RequestPointer("/stages/" + i + "/name"), stage.repeat(4)))
                .collect(Collectors.toCollection(ArrayList::new));
        problems.add(RequestProblems.more(40));

        ProblemJson answer = ProblemJson.of(422, problems, Locale.CHINESE);

        int last = answer.problems().size() - 1;
        assertThat(answer.problems().get(last).code()).isEqualTo(Code.AND_MORE);
        assertThat(answer.problems().get(last).message()).isEqualTo("还有 " + (300 - last + 40) + " 处没有列出。");
        assertThat(Json.write(answer).getBytes(StandardCharsets.UTF_8))
                .hasSizeBetween(ProblemJson.MOST_BYTES - 2_000, ProblemJson.MOST_BYTES + 2_000);
    }

    @Test
    void a_name_as_long_as_can_be_sent_is_quoted_in_short_in_pointer_and_message() {
        String answer = refusal(Decide.ROUTING, json("{'" + "n".repeat(1_000) + "':1}"));

        assertThat(answer).contains("\"pointer\":\"/" + "n".repeat(60) + "…\"").hasSizeLessThan(700);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    responded | true | -
                    satisfied | false | -
                    checks    | 2    | -
                    checks    | null | -
                    responded | 'x'  | WRONG_JSON_TYPE
                    responded | 1    | WRONG_JSON_TYPE
                    checks    | true | WRONG_JSON_TYPE
                    checks    | 1.5  | WRONG_JSON_TYPE
                    checks    | -1   | OUT_OF_RANGE
                    """, quoteCharacter = '`')
    void what_may_not_be_known_is_read_when_it_is_told(String member, String value, String fault) {
        List<String> told = faults(
                Decide.PERIOD,
                json("{'periods':[{'body':'JUSTICE','cases':[{'id':'1','closed':true,'onTime':true,'failedChecks':0,'"
                        + member + "':" + value + "}]}]}"));

        assertThat(told)
                .isEqualTo(fault.equals("-") ? List.of() : List.of("/periods/0/cases/0/" + member + " " + fault));
    }

    /** The answer when a member of a request is a number. */
    private static List<String> withNumber(Decision<?, ?> decision, String request, String pointer, String number) {
        JsonNode whole = json(request);
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = whole.at(pointer.substring(0, slash));
        assertThat(parent).as(pointer).isInstanceOf(ObjectNode.class);
        ((ObjectNode) parent).set(pointer.substring(slash + 1), json(number));
        return faults(decision, whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-10000000", "1e10000000", "-1e-2147483000", "1e2147483000", "0e-999999999"})
    @Timeout(10)
    void no_number_however_it_is_written_keeps_anybody_waiting(String number) {
        for (String member :
                List.of("id", "reportedAt", "source", "area", "text", "deaths", "people", "settled", "loss")) {
            assertThat(withNumber(Decide.ROUTING, REPORT, "/incident/" + member, number))
                    .as(member)
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("/incident/" + member + " ")
                    .matches(".*(WRONG_JSON_TYPE|OUT_OF_RANGE)");
        }
        assertThat(withNumber(Decide.ROUTING, REPORT, "/now", number)).containsExactly("/now WRONG_JSON_TYPE");
        assertThat(withNumber(Decide.ROUTING, REPORT, "/options", number)).containsExactly("/options WRONG_JSON_TYPE");
        assertThat(withNumber(Decide.ROUTING, REPORT, "/colour", number)).containsExactly("/colour UNKNOWN_FIELD");
        assertThat(withNumber(Decide.PERIOD, PERIOD, "/periods/0/organisation", number))
                .containsExactly("/periods/0/organisation OUT_OF_RANGE");
        assertThat(withNumber(Decide.PERIOD, PERIOD, "/periods/0/counts/due", number))
                .containsExactly("/periods/0/counts/due WRONG_JSON_TYPE");
    }

    @ParameterizedTest
    @CsvSource({
        "1900-01-01T00:00:00Z, TOO_EARLY",
        "1899-12-31T23:59:59Z, OUT_OF_RANGE",
        "0001-01-01T00:00:00Z, OUT_OF_RANGE",
        "-0001-01-01T00:00:00Z, OUT_OF_RANGE",
        "2200-12-31T00:00:00Z, ''",
        "2201-01-01T00:00:00Z, OUT_OF_RANGE",
        "9999-12-31T23:59:59Z, OUT_OF_RANGE",
        "+999999999-12-31T23:59:59-18:00, OUT_OF_RANGE",
        "-999999999-01-01T00:00:00+18:00, OUT_OF_RANGE",
        "2026-11-20T16:30:00, MISSING_OFFSET",
        "2026-11-20, MISSING_OFFSET",
        "2026-11-20T16:30:00+0800, MISSING_OFFSET",
        "yesterday, MISSING_OFFSET",
        "2026-02-30T16:30:00+08:00, IMPOSSIBLE_TIME",
        "2026-02-29T16:30:00, IMPOSSIBLE_TIME",
        "2026-13-01T16:30:00+08:00, IMPOSSIBLE_TIME",
        "2026-11-20T24:30:00+08:00, IMPOSSIBLE_TIME",
        "2026-11-20T16:60:00Z, IMPOSSIBLE_TIME",
        "2026-11-20T16:30:00+25:00, IMPOSSIBLE_TIME"
    })
    void a_time_says_what_is_wrong_with_it(String time, String code) {
        String fault = code.isEmpty() || code.equals("TOO_EARLY") ? "" : " " + code;
        List<String> now = fault.isEmpty() ? List.of() : List.of("/now" + fault);
        if (code.equals("TOO_EARLY")) {
            now = List.of("/incident/reportedAt IN_FUTURE");
        }
        assertThat(faults(REPORT.replaceFirst("}}$", "},'now':'" + time + "'}")))
                .isEqualTo(now);
        if (!fault.isEmpty()) {
            assertThat(faults(REPORT.replace("2026-11-20T16:30:00+08:00", time)))
                    .containsExactly("/incident/reportedAt" + fault);
            assertThat(faults(REPORT.replaceFirst("}}$", "},'options':{'asOf':'" + time + "'}}")))
                    .containsExactly("/options/asOf" + fault);
            assertThat(faults(Decide.PERIOD, json(PERIOD.replace("'counts'", "'to':'" + time + "','counts'"))))
                    .containsExactly("/periods/0/to" + fault);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "\\t",
                "\\u3000\\u00a0",
                "\\u200b",
                "\\u200d\\ufeff \\u2060",
                "\\u2800",
                "\\u3164",
                "\\ufe0f"
            })
    void an_id_that_nobody_can_see_is_refused(String id) {
        assertThat(faults(REPORT.replace("A-1", id))).containsExactly("/incident/id BLANK_TEXT");
        assertThat(faults(REPORT.replace("'text'", "'sameAs':'" + id + "','text'")))
                .containsExactly("/incident/sameAs BLANK_TEXT");
        assertThat(faults(REPORT.replace("路灯不亮", "路灯不亮" + id))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "A\\udfff", "\\udc00\\ud800", "\\ud83d\\ud83d\\ude00", "\\ud83d"})
    void half_a_character_is_refused_so_that_no_two_ids_become_one(String half) {
        assertThat(faults(REPORT.replace("A-1", half))).containsExactly("/incident/id LONE_SURROGATE");
        assertThat(faults(REPORT.replace("路灯不亮", half))).containsExactly("/incident/text LONE_SURROGATE");
    }

    @Test
    void a_whole_character_of_two_halves_is_a_character() {
        assertThat(faults(REPORT.replace("A-1", "\\ud83d\\ude00").replace("路灯不亮", "路灯不亮\\ud83d\\ude00")))
                .isEmpty();
    }

    @Test
    void a_time_a_little_ahead_of_the_clock_is_taken_and_the_answer_says_so() throws Exception {
        JsonNode ahead = json(REPORT.replace("16:30:00", "16:35:00"));

        JsonNode answer = DESK.decide(Decide.ROUTING, ahead).answer();

        assertThat(answer.path("outcome").stringValue()).isEqualTo("ASSIGNED");
        assertThat(answer.path("decidedAt").stringValue()).isEqualTo("2026-11-20T16:30:00+08:00");
        assertThat(answer.path("warnings").toString())
                .isEqualTo("[{\"code\":\"AHEAD_OF_CLOCK\",\"pointer\":\"/incident/reportedAt\","
                        + "\"message\":\"2026-11-20T16:35+08:00 略晚于当前时间 2026-11-20T16:30+08:00；考虑到两边时钟有差异，仍按所报时间办理。\","
                        + "\"messageEn\":\"2026-11-20T16:35+08:00 is a little later than now, 2026-11-20T16:30+08:00;"
                        + " it was taken as it is, because clocks differ.\"}]");
        assertThat(faults(REPORT.replace("16:30:00", "16:35:01"))).containsExactly("/incident/reportedAt IN_FUTURE");
        assertThat(faultsOf(DESK.tolerating(Duration.ZERO), json(REPORT.replace("16:30:00", "16:30:01"))))
                .isEqualTo("[/incident/reportedAt IN_FUTURE]");
        assertThat(faultsOf(DESK.tolerating(Duration.ofMinutes(10)), json(REPORT.replace("16:30:00", "16:40:00"))))
                .isEqualTo("[]");
    }

    private static String faultsOf(DecisionService desk, JsonNode request) {
        try {
            desk.decide(Decide.ROUTING, request);
            return "[]";
        } catch (BadRequestException e) {
            return e.problems().stream()
                    .map(problem -> problem.at() + " " + problem.code())
                    .toList()
                    .toString();
        }
    }
}
