package liandong.district;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.incident.CoordinateSystem;
import liandong.incident.GeoPoint;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A report that says longitude and latitude in the place of its area. */
class PointOnTheMapTest {
    private static final String[] HEADER = {"区域 Area", "顶点 Vertices", "坐标系 System", "依据 Basis", "状态 Status"};

    private static TinyPolicy outlined(String[]... rows) {
        String[][] all = new String[rows.length + 1][];
        all[0] = HEADER;
        for (int i = 0; i < rows.length; i++) {
            all[i + 1] = new String[] {rows[i][0], rows[i][1], rows[i][2], "自绘", "待确认"};
        }
        return TinyPolicy.complete().sheet("vocabulary.xlsx", "区域范围", all);
    }

    /** A sub-district as a rectangle, and within it a community as an angle with a dent. */
    private static final Policy POLICY = outlined(
                    new String[] {"东街道", "120.10,30.20；120.20,30.30", "GCJ-02"}, new String[] {
                        "东市社区", "120.10,30.20; 120.14,30.20; 120.14,30.24; 120.12,30.22; 120.10,30.24", "GCJ-02"
                    })
            .load();

    private static JsonNode route(Policy policy, String area) throws BadRequestException {
        JsonNode request = Json.read("""
                {"incident": {"id": "A-1", "reportedAt": "2026-03-02T09:00:00+08:00", "source": "GRID", "area": %s,
                  "eventType": "HOLE"}, "now": "2026-03-02T09:00:00+08:00"}""".formatted(area));
        return new DecisionService(() -> policy, Clock.systemUTC())
                .decide(Decide.ROUTING, request)
                .answer();
    }

    private static JsonNode at(String longitude, String latitude) throws BadRequestException {
        return route(
                POLICY, "{\"longitude\": %s, \"latitude\": %s, \"system\": \"GCJ02\"}".formatted(longitude, latitude));
    }

    @ParameterizedTest
    @CsvSource({
        "120.11, 30.21, 330102001001", // in both: the narrower
        "120.13, 30.225, 330102001001",
        "120.12, 30.23, 330102001", // in the dent
        "120.19, 30.29, 330102001"
    })
    void the_narrowest_outline_around_a_point_is_its_area_and_is_told(String east, String north, String area)
            throws Exception {
        JsonNode answer = at(east, north);

        assertThat(answer.path("assignment"))
                .isEqualTo(route(POLICY, "\"" + area + "\"").path("assignment"));
        assertThat(answer.at("/warnings/0/code").stringValue()).isEqualTo("AREA_BY_POINT");
        assertThat(answer.at("/warnings/0/messageEn").stringValue())
                .contains(area)
                .contains(east + ", " + north);
    }

    @Test
    void a_point_in_no_outline_is_answered_for_the_widest_area_with_a_warning() throws Exception {
        JsonNode answer = at("120.30", "30.21");

        assertThat(answer.path("assignment"))
                .isEqualTo(route(POLICY, "\"330102\"").path("assignment"));
        assertThat(answer.at("/warnings/0/message").stringValue())
                .isEqualTo("坐标 120.30, 30.21 不在任何已知的区域范围之内，已按本区（330102）办理。");
    }

    @Test
    void without_the_sheet_every_point_is_in_no_outline() throws Exception {
        JsonNode answer = route(TinyPolicy.complete().load(), "{\"longitude\": 120.11, \"latitude\": 30.21}");

        assertThat(answer.at("/warnings/0/code").stringValue()).isEqualTo("POINT_OUTSIDE");
    }

    @Test
    void what_a_satellite_receiver_says_is_shifted_as_maps_in_china_are() {
        // The Tian'anmen as both systems are published to have it.
        GeoPoint shifted = GeoPoint.of(116.391265, 39.907361, CoordinateSystem.WGS84);

        assertThat(shifted.longitude()).isCloseTo(116.397507, within(0.00005));
        assertThat(shifted.latitude()).isCloseTo(39.908765, within(0.00005));
        assertThat(GeoPoint.of(120.1, 30.2, CoordinateSystem.GCJ02)).isEqualTo(new GeoPoint(120.1, 30.2));
    }

    @Test
    void outline_and_point_are_brought_to_one_system() throws Exception {
        Policy policy = outlined(new String[] {"东街道", "120.10,30.20；120.20,30.30", "WGS84"})
                .load();

        assertThat(route(policy, "{\"longitude\": 120.1005, \"latitude\": 30.25}")
                        .at("/warnings/0/code")
                        .stringValue())
                .isEqualTo("AREA_BY_POINT");
        assertThat(route(policy, "{\"longitude\": 120.1005, \"latitude\": 30.25, \"system\": \"GCJ-02\"}")
                        .at("/warnings/0/code")
                        .stringValue())
                .isEqualTo("POINT_OUTSIDE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"longitude\": 120.1}|MISSING_FIELD /incident/area/latitude",
                "{\"longitude\": 220.1, \"latitude\": 30}|OUT_OF_RANGE /incident/area/longitude",
                "{\"longitude\": \"120.1\", \"latitude\": 30}|WRONG_JSON_TYPE /incident/area/longitude",
                "{\"longitude\": 120.1, \"latitude\": 30, \"system\": \"BD-09\"}|UNKNOWN_CODE /incident/area/system",
                "{\"longitude\": 120.1, \"latitude\": 30, \"height\": 3}|UNKNOWN_FIELD /incident/area/height"
            })
    void a_point_that_is_none_is_told_at_its_place(String area, String problem) {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> route(POLICY, area))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(each -> each.code() + " " + each.at())
                        .containsExactly(problem));
    }

    @ParameterizedTest
    @CsvSource({
        "120.10 30, OUTLINE_SIZE",
        "120.10, BAD_OUTLINE",
        "'30.20,120.10；30.30,120.20', BAD_OUTLINE",
        "东至平海路；西至中河路, BAD_OUTLINE",
        "'120.10,30.20；', OUTLINE_SIZE"
    })
    void an_outline_that_cannot_be_read_is_told_at_its_cell(String vertices, String problem) {
        assertThat(outlined(new String[] {"东街道", vertices, "GCJ-02"}).problems())
                .filteredOn(each -> each.code().isError())
                .extracting(each -> each.code() + " " + each.at())
                .containsExactly(problem + " vocabulary.xlsx 区域范围!B3");
    }
}
