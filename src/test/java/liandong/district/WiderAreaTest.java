package liandong.district;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A report from an area that nobody has put into the vocabulary. */
class WiderAreaTest {
    private static final Policy POLICY = TinyPolicy.complete().load();

    private static JsonNode route(String area) throws BadRequestException {
        JsonNode request = Json.read("""
                {"incident": {"id": "A-1", "reportedAt": "2026-03-02T09:00:00+08:00", "source": "GRID", "area": "%s",
                  "eventType": "HOLE"}, "now": "2026-03-02T09:00:00+08:00"}""".formatted(area));
        return new DecisionService(() -> POLICY, Clock.systemUTC())
                .decide(Decide.ROUTING, request)
                .answer();
    }

    @Test
    void an_unknown_community_falls_to_its_sub_district_with_a_warning() throws Exception {
        JsonNode answer = route("330102001099");

        assertThat(answer.path("outcome").stringValue()).isEqualTo("ASSIGNED");
        assertThat(answer.at("/assignment")).isEqualTo(route("330102001").at("/assignment"));
        assertThat(answer.path("warnings")).isEqualTo(Json.read("""
                [{"code": "WIDER_AREA", "pointer": "/incident/area",
                  "message": "词汇表中没有区域 330102001099，已按其代码所属的东街道（330102001）办理。",
                  "messageEn": "Nobody knows the area 330102001099; it was taken for 330102001 东街道, in which its code lies."}]"""));
    }

    @ParameterizedTest
    @CsvSource({"330102009, 330102", "330102009001, 330102", "330102001000, 330102001", "330102002777, 330102002"})
    void the_narrowest_known_area_is_taken(String unknown, String taken) throws Exception {
        JsonNode answer = route(unknown);

        assertThat(answer.at("/warnings/0/messageEn").stringValue()).contains("taken for " + taken + " ");
        assertThat(answer.at("/assignment")).isEqualTo(route(taken).at("/assignment"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"330102001001", "330102001", "东街道"})
    void a_known_area_has_no_warning(String area) throws Exception {
        assertThat(route(area).has("warnings")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "330199001001",
                "330103",
                "33010200100",
                "3301020010011",
                "3301020010",
                "330102001a01",
                "东街道九",
                ""
            })
    void a_code_that_lies_in_no_known_area_is_told_as_before(String area) {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> route(area))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(problem -> problem.code() + " " + problem.at())
                        .containsExactly("UNKNOWN_CODE /incident/area"));
    }
}
