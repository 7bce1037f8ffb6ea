package liandong.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.table.Workbooks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What would fail, and from when on, as rows begin and end. */
@Tag("slow") // loads a policy for each test
class AheadTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

    /** The tiny policy whose first row of duties, that of holes, ends on a day. */
    private static Policy ending(String day) {
        return TinyPolicy.complete().cell("routing.xlsx 派单目录!J3", day).load();
    }

    private static Ahead ahead(Policy policy, int days) {
        byte[] workbook = Workbooks.xlsx(Map.of("研判交办", new String[][] {
            {"情景"},
            {"编号", "标题", "时刻", "来源", "区域", "事项", "预期牵头"},
            {"T-1", "坑洞", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞", "主办局"},
            {"T-2", "已经不符的", "2026-11-20 16:30", "网格员", "东市社区", "路面坑洞", "水务公司"},
        }));
        Scenarios read = ScenarioReader.read(policy, new TreeMap<>(Map.of("s.xlsx", workbook)));
        assertThat(read.problems()).isEmpty();
        return Ahead.of(new Coverage(policy).run(read, () -> {}), TODAY, days, (done, of) -> {});
    }

    private static List<String> told(Ahead ahead) {
        return ahead.days().stream()
                .flatMap(day -> day.failing().stream()
                        .map(each -> day.on() + " " + each.id() + " "
                                + each.turns().stream()
                                        .map(turn -> (turn.begins() ? "+" : "-")
                                                + turn.row().id())
                                        .toList()))
                .toList();
    }

    @Test
    void what_rests_on_a_row_that_ends_fails_from_the_day_on_which_it_counts_no_longer() {
        Ahead ahead = ahead(ending("2027-03-31"), 365);

        assertThat(ahead.good()).isFalse();
        assertThat(told(ahead)).singleElement().asString().matches("2027-0(3-31|4-01) T-1 \\[-D-1]");
        assertThat(ahead.turning()).isEqualTo(1);
        assertThat(ahead.asked()).isEqualTo(3); // T-1 at its own moment, by today's rows, and by that day's
        assertThat(ahead.failing()).isEqualTo(1);
    }

    @Test
    void a_day_that_is_too_far_off_is_not_looked_at() {
        Ahead ahead = ahead(ending("2027-03-31"), 30);

        assertThat(ahead.good()).isTrue();
        assertThat(ahead.turning()).isZero();
        assertThat(ahead.asked()).isEqualTo(2);
        assertThat(ahead.calendarEnds())
                .satisfiesAnyOf(
                        ends -> assertThat(ends).isNull(),
                        ends -> assertThat(ends).isAfter(TODAY));
    }
}
