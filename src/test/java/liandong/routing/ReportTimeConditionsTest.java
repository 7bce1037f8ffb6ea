package liandong.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that ask when a report came in: its day, weekday and hour, in the zone of the policy. */
class ReportTimeConditionsTest {
    /** Holes in roads go to the first body when a condition holds, else to the second. */
    private static TinyPolicy asking(String header, String condition) {
        return TinyPolicy.complete()
                .cell("routing.xlsx 派单目录!L2", header)
                .cell("routing.xlsx 派单目录!L3", condition)
                .row("routing.xlsx", "派单目录", "D-9", "路面坑洞", "水务公司", "", "平台", "", "三定方案", "已确认", "", "");
    }

    private static String lead(Policy policy, String reportedAt) throws Exception {
        Clock clock = Clock.fixed(Instant.parse("2026-12-31T00:00:00Z"), ZoneOffset.UTC);
        String request = "{\"incident\":{\"id\":\"A-1\",\"reportedAt\":\"" + reportedAt
                + "\",\"source\":\"GRID\",\"area\":\"330102001001\",\"text\":\"路面有坑洞\",\"eventType\":\"HOLE\"}}";
        return new DecisionService(() -> policy, clock)
                .decide(Decide.ROUTING, Json.read(request))
                .answer()
                .at("/assignment/lead/label")
                .stringValue("none");
    }

    @ParameterizedTest
    @CsvSource({
        "上报日期, 2026-11-20~2026-11-22, 2026-11-20T00:00+08:00, 主办局",
        "上报日期, 2026-11-20~2026-11-22, 2026-11-19T16:00Z,      主办局", // midnight in the zone of the policy
        "上报日期, 2026-11-20~2026-11-22, 2026-11-19T15:59Z,      水务公司",
        "上报日期, 2026-11-20~2026-11-22, 2026-11-23T00:00+08:00, 水务公司",
        "上报星期, 周六、周日,             2026-11-21T12:00+08:00, 主办局",
        "上报星期, 周六、周日,             2026-11-20T17:00Z,      主办局", // Saturday, 01:00
        "上报星期, 周六、周日,             2026-11-20T12:00+08:00, 水务公司",
        "上报星期, 非 周六、周日,          2026-11-20T12:00+08:00, 主办局",
        "上报时刻, ≥18,                   2026-11-20T18:00+08:00, 主办局",
        "上报时刻, ≥18,                   2026-11-20T17:59+08:00, 水务公司",
        "上报时刻, ≥18,                   2026-11-20T10:30Z,      主办局",
        "上报时刻, 0~5,                   2026-11-20T05:59+08:00, 主办局",
        "上报时刻, 0~5,                   2026-11-20T06:00+08:00, 水务公司",
    })
    void a_row_holds_by_when_the_report_came_in_where_the_policy_is(
            String header, String condition, String reportedAt, String lead) throws Exception {
        assertThat(lead(asking(header, condition).load(), reportedAt)).isEqualTo(lead);
    }

    @Test
    void a_weekday_and_an_hour_that_there_are_not_are_told() {
        assertThat(asking("上报星期", "周八").lines(Locale.CHINESE).toString()).contains("派单目录!L3");
        assertThat(asking("上报时刻", "8.5").lines(Locale.CHINESE).toString()).contains("派单目录!L3: NOT_A_WHOLE_NUMBER");
    }
}
