package liandong;

import static org.assertj.core.api.Assertions.assertThat;

import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Cases from the report to the archive, as a calling system takes them through the four decisions with a moving clock. */
class DayInTheLifeTest {
    private static CallingSystem report(String incident) throws BadRequestException {
        return new CallingSystem(District.policy(), incident);
    }

    private static ObjectNode similar(int count, int days, String area) {
        ObjectNode besides = Json.object();
        besides.putObject("similar").put("count", count).put("days", days).put("area", area);
        return besides;
    }

    @Test
    void what_the_grid_has_settled_is_only_archived() throws BadRequestException {
        CallingSystem story = report("""
                {"id": "G-1", "reportedAt": "2026-09-21T09:00:00+08:00", "source": "GRID", "area": "330102001051", "text": "楼道杂物已清走", "settled": true}
                """);

        story.reported();

        assertThat(story.diary()).containsExactly("09-21T09:00 ARCHIVED");
    }

    @Test
    void a_quarrel_of_neighbours_is_settled_by_their_community() throws BadRequestException {
        CallingSystem story = report("""
                {"id": "SC-2026-000123", "reportedAt": "2026-09-21T09:00:00+08:00", "source": "VISIT", "area": "330102001051", "text": "楼上漏水，与邻居争执三个月", "residentsOnly": true}
                """);

        story.reported()
                .event("ACCEPTED", "2026-09-21T10:00:00+08:00")
                .event("CONTACTED", "2026-09-21T10:00:00+08:00")
                .reviewed("2026-09-21T10:00:00+08:00")
                .reviewedAtNext()
                .stageDone("调解", "2026-09-29T16:00:00+08:00")
                .reviewed("2026-09-29T16:00:00+08:00")
                .concluded("2026-09-29T16:30:00+08:00", "SIGNED_RECORD", "CITIZEN_CONTACT")
                .followedUp(
                        "2026-09-29T16:30:00+08:00",
                        "2026-09-30T10:00:00+08:00",
                        "SATISFIED",
                        "",
                        "SIGNED_RECORD",
                        "CITIZEN_CONTACT")
                .scored("2026-09-30T11:00:00+08:00");

        assertThat(story.diary())
                .containsExactly(
                        "09-21T09:00 ASSIGNED 邻里纠纷 → 清波门社区: 调解 10-08T17:30",
                        "09-21T10:00 WAIT ON_TRACK",
                        "09-28T08:45 REMIND 清波门社区",
                        "09-29T16:00 WAIT DONE",
                        "09-29T16:30 ACCEPT COMPLETE 区社会治理中心 09-30T17:30",
                        "09-30T10:00 CLOSE SATISFIED ▣ 社会事务信息库",
                        "09-30T11:00 score 97.00 EXCELLENT");
    }

    @Test
    void a_burst_pipe_runs_on_two_clocks_across_the_holiday() throws BadRequestException {
        CallingSystem story = report("""
                {"id": "P-1", "reportedAt": "2026-09-30T16:00:00+08:00", "source": "PUBLIC", "area": "330102001051", "text": "供水管道破裂，路面下陷"}
                """);

        story.reported()
                .event("ACCEPTED", "2026-09-30T16:10:00+08:00")
                .event("CONTACTED", "2026-09-30T16:10:00+08:00")
                .reviewed("2026-09-30T16:10:00+08:00")
                .reviewedAtNext()
                .stageDone("围护", "2026-09-30T18:00:00+08:00")
                .reviewed("2026-09-30T18:00:00+08:00")
                .stageDone("抢修", "2026-09-30T22:00:00+08:00")
                .reviewed("2026-09-30T22:00:00+08:00")
                .reviewedAtNext()
                .stageDone("路面恢复", "2026-10-12T15:00:00+08:00")
                .concluded("2026-10-12T16:00:00+08:00", "PHOTO", "CITIZEN_CONTACT", "INSPECTION", "WRITTEN_REPLY")
                .followedUp(
                        "2026-10-12T16:00:00+08:00",
                        "2026-10-13T10:00:00+08:00",
                        "SATISFIED",
                        "",
                        "PHOTO",
                        "CITIZEN_CONTACT",
                        "INSPECTION",
                        "WRITTEN_REPLY")
                .scored("2026-10-13T11:00:00+08:00");

        assertThat(story.diary())
                .containsExactly(
                        "09-30T16:00 ASSIGNED 供水管道破裂 → 市水务集团: 围护 09-30T19:00 抢修 10-01T00:00 路面恢复 10-13T17:30",
                        "09-30T16:10 WAIT ON_TRACK",
                        "09-30T17:30 REMIND 市水务集团",
                        "09-30T18:00 WAIT ON_TRACK",
                        "09-30T22:00 WAIT ON_TRACK",
                        "10-10T11:30 REMIND 市水务集团",
                        "10-12T16:00 ACCEPT COMPLETE 区社会治理中心 10-13T17:30",
                        "10-13T10:00 CLOSE SATISFIED ▣ 应急管理信息库",
                        "10-13T11:00 score 100.00 EXCELLENT");
    }

    @Test
    void an_illegal_building_is_stopped_fined_and_pulled_down() throws BadRequestException {
        CallingSystem story = report("""
                {"id": "I-1", "reportedAt": "2026-09-21T09:00:00+08:00", "source": "GRID", "area": "330102001051", "text": "顶楼违章搭建阳光房"}
                """);

        story.reported()
                .event("ACCEPTED", "2026-09-21T09:30:00+08:00")
                .reviewed("2026-09-21T09:30:00+08:00")
                .stageDone("制止停工", "2026-09-21T11:00:00+08:00")
                .reviewed("2026-09-21T11:00:00+08:00")
                .stageDone("行政处罚", "2026-09-28T10:00:00+08:00")
                .reviewed("2026-09-28T10:00:00+08:00")
                .reviewedAtNext()
                .stageDone("依法拆除", "2026-10-20T10:00:00+08:00")
                .concluded("2026-10-20T11:00:00+08:00", "PHOTO")
                .scored("2026-10-21T11:00:00+08:00");

        assertThat(story.diary())
                .containsExactly(
                        "09-21T09:00 ASSIGNED 私搭乱建 → 区综合行政执法局(区城市管理局): 制止停工 09-21T14:30 行政处罚 10-08T17:30 依法拆除 10-26T17:30",
                        "09-21T09:30 WAIT ON_TRACK",
                        "09-21T11:00 WAIT ON_TRACK",
                        "09-28T10:00 WAIT ON_TRACK",
                        "10-12T14:00 REMIND 区综合行政执法局(区城市管理局)",
                        "10-20T11:00 ACCEPT NOT_SAMPLED ▣ 行政执法信息库",
                        "10-21T11:00 score 96.00 EXCELLENT");
    }

    @Test
    void fumes_that_two_bodies_pass_on_go_to_a_conference() throws BadRequestException {
        CallingSystem story = report("""
                {"id": "X-1", "reportedAt": "2026-09-21T09:00:00+08:00", "source": "PUBLIC", "area": "330102001051", "text": "餐馆油烟直排"}
                """);

        story.reported()
                .event("ACCEPTED", "2026-09-21T10:00:00+08:00")
                .event("CONTACTED", "2026-09-21T10:00:00+08:00")
                .returned("2026-09-22T09:00:00+08:00", "DUTY_DISPUTED")
                .reviewed("2026-09-22T09:00:00+08:00")
                .event("ACCEPTED", "2026-09-22T10:00:00+08:00")
                .event("CONTACTED", "2026-09-22T10:00:00+08:00")
                .returned("2026-09-23T09:00:00+08:00", "DUTY_DISPUTED")
                .reviewed("2026-09-23T09:00:00+08:00")
                .reviewed("2026-09-23T10:00:00+08:00")
                .stageDone("查处", "2026-09-29T10:00:00+08:00")
                .concluded("2026-09-29T11:00:00+08:00", "PHOTO", "CITIZEN_CONTACT")
                .scored("2026-09-30T11:00:00+08:00");

        assertThat(story.diary())
                .containsExactly(
                        "09-21T09:00 ASSIGNED 油烟污染 → 区综合行政执法局(区城市管理局): 查处 09-29T17:30",
                        "09-22T09:00 REASSIGN 市生态环境局上城分局",
                        "09-23T09:00 ACTIVATE_CONFERENCE 城建城管联席会议",
                        "09-23T10:00 WAIT ON_TRACK",
                        "09-29T11:00 ACCEPT NOT_SAMPLED ▣ 行政执法信息库",
                        "09-30T11:00 score 92.00 EXCELLENT");
    }

    @Test
    void what_nobody_can_solve_is_put_on_the_ledger_and_looked_at_again() throws BadRequestException {
        CallingSystem story = report("""
                {"id": "E-1", "reportedAt": "2026-09-21T09:00:00+08:00", "source": "PUBLIC", "area": "330102001051", "text": "老小区停车难，没有车位"}
                """);

        story.reported()
                .event("ACCEPTED", "2026-09-21T09:30:00+08:00")
                .event("CONTACTED", "2026-09-21T09:30:00+08:00")
                .event("EXTENSION_REQUESTED", "2026-09-22T09:00:00+08:00", "stage", story.stage(0))
                .reviewed("2026-09-22T09:00:00+08:00")
                .event("UNSOLVABLE", "2026-09-24T09:00:00+08:00")
                .reviewed("2026-09-24T09:00:00+08:00")
                .reviewed("2026-09-24T09:30:00+08:00")
                .reviewedAtNext();

        assertThat(story.diary())
                .containsExactly(
                        "09-21T09:00 ASSIGNED 小区停车管理 → 清波门社区: 协调 10-19T17:30",
                        "09-22T09:00 GRANT_EXTENSION 清波门社区 10-26T17:30",
                        "09-24T09:00 LEDGER 清波门社区",
                        "09-24T09:30 WAIT ON_LEDGER",
                        "10-24T09:00 REMIND 清波门社区");
    }

    @Test
    void who_is_dissatisfied_for_good_reason_gets_it_done_again() throws BadRequestException {
        CallingSystem story = report("""
                {"id": "Z-1", "reportedAt": "2026-09-21T09:00:00+08:00", "source": "PUBLIC", "area": "330102001051", "text": "路灯不亮"}
                """);

        story.reported()
                .event("ACCEPTED", "2026-09-21T09:10:00+08:00")
                .event("CONTACTED", "2026-09-21T09:10:00+08:00")
                .stageDone("修复", "2026-09-22T15:00:00+08:00")
                .concluded("2026-09-22T16:00:00+08:00", "PHOTO")
                .concluded("2026-09-22T17:00:00+08:00", "PHOTO", "CITIZEN_CONTACT")
                .followedUp(
                        "2026-09-22T17:00:00+08:00",
                        "2026-09-23T10:00:00+08:00",
                        "DISSATISFIED",
                        "SUBJECTIVE",
                        "PHOTO",
                        "CITIZEN_CONTACT")
                .concluded("2026-09-24T10:00:00+08:00", "PHOTO", "CITIZEN_CONTACT")
                .followedUp(
                        "2026-09-24T10:00:00+08:00",
                        "2026-09-28T10:00:00+08:00",
                        "SATISFIED",
                        "",
                        "PHOTO",
                        "CITIZEN_CONTACT")
                .scored("2026-09-28T11:00:00+08:00");

        assertThat(story.diary())
                .containsExactly(
                        "09-21T09:00 ASSIGNED 路灯故障 → 区城市管理局(区综合行政执法局): 修复 09-24T17:30",
                        "09-22T16:00 REDO INCOMPLETE missing CITIZEN_CONTACT by 09-28T17:30",
                        "09-22T17:00 ACCEPT COMPLETE 区社会治理中心 09-23T17:30",
                        "09-23T10:00 REDO SUBJECTIVE_CAUSE by 09-29T17:30",
                        "09-24T10:00 ACCEPT COMPLETE 区社会治理中心 09-28T17:30",
                        "09-28T10:00 CLOSE SATISFIED ▣ 公共服务信息库",
                        "09-28T11:00 score 82.00 GOOD");
    }

    @Test
    void a_deputys_proposal_has_thirty_working_days() throws BadRequestException {
        CallingSystem story = report("""
                {"id": "D-1", "reportedAt": "2026-09-21T09:00:00+08:00", "source": "DEPUTY", "area": "330102001", "text": "建议老旧小区加装电梯", "eventType": "代表委员建议交办"}
                """);

        story.reported()
                .event("ACCEPTED", "2026-09-21T10:00:00+08:00")
                .reviewed("2026-09-21T10:00:00+08:00")
                .reviewedAtNext()
                .stageDone("答复", "2026-10-28T10:00:00+08:00")
                .concluded("2026-10-28T11:00:00+08:00", "WRITTEN_REPLY")
                .followedUp("2026-10-28T11:00:00+08:00", "2026-10-29T10:00:00+08:00", "SATISFIED", "", "WRITTEN_REPLY")
                .scored("2026-10-29T11:00:00+08:00");

        assertThat(story.diary())
                .containsExactly(
                        "09-21T09:00 ASSIGNED 代表委员建议交办 → 区社会治理中心: 答复 11-09T17:30",
                        "09-21T10:00 WAIT ON_TRACK",
                        "10-19T14:00 REMIND 区社会治理中心",
                        "10-28T11:00 ACCEPT COMPLETE 区社会治理中心 10-29T17:30",
                        "10-29T10:00 CLOSE SATISFIED ▣ 建议提案信息库",
                        "10-29T11:00 score 97.00 EXCELLENT");
    }

    @Test
    void a_life_in_danger_is_relayed_at_once() throws BadRequestException {
        CallingSystem story = report("""
                {"id": "R-1", "reportedAt": "2026-09-21T09:00:00+08:00", "source": "PUBLIC", "area": "330102001051", "text": "有人持刀砍人", "lifeInDanger": true}
                """);

        story.reported();

        assertThat(story.diary()).containsExactly("09-21T09:00 RELAYED ⇒ 120医疗急救、110报警服务台");
    }

    @Test
    void noise_from_many_in_one_community_goes_to_a_conference() throws BadRequestException {
        CallingSystem story = report("""
                {"id": "N-1", "reportedAt": "2026-09-21T22:00:00+08:00", "source": "PUBLIC", "area": "330102001051", "text": "广场舞噪音扰民"}
                """);

        story.reported()
                .event("ACCEPTED", "2026-09-22T08:40:00+08:00")
                .event("CONTACTED", "2026-09-22T08:40:00+08:00")
                .reviewed("2026-09-22T09:00:00+08:00", similar(9, 14, "330102001051"))
                .reviewed("2026-09-22T09:30:00+08:00", similar(9, 14, "330102001051"))
                .stageDone("处理", "2026-09-23T21:00:00+08:00")
                .concluded("2026-09-24T09:00:00+08:00", "PHOTO", "CITIZEN_CONTACT")
                .followedUp(
                        "2026-09-24T09:00:00+08:00",
                        "2026-09-24T15:00:00+08:00",
                        "TENDENCY_DISSATISFIED",
                        "",
                        "PHOTO",
                        "CITIZEN_CONTACT")
                .followedUp(
                        "2026-09-24T09:00:00+08:00",
                        "2026-09-28T15:00:00+08:00",
                        "SATISFIED",
                        "",
                        "PHOTO",
                        "CITIZEN_CONTACT")
                .scored("2026-09-28T16:00:00+08:00");

        assertThat(story.diary())
                .containsExactly(
                        "09-21T22:00 ASSIGNED 社会生活噪声 → 区综合行政执法局(区城市管理局): 处理 09-24T17:30",
                        "09-22T09:00 ACTIVATE_CONFERENCE 城建城管联席会议",
                        "09-22T09:30 WAIT ON_TRACK",
                        "09-24T09:00 ACCEPT COMPLETE 区社会治理中心 09-28T17:30",
                        "09-24T15:00 WARN TENDENCY 区社会治理中心 09-30T17:30",
                        "09-28T15:00 CLOSE SATISFIED ▣ 行政执法信息库",
                        "09-28T16:00 score 97.00 EXCELLENT");
    }

    @Test
    void the_same_noise_told_twice_is_one_matter() throws BadRequestException {
        CallingSystem story = report("""
                {"id": "M-1", "reportedAt": "2026-09-21T22:30:00+08:00", "source": "PUBLIC", "area": "330102001051", "text": "广场舞噪音扰民", "sameAs": "N-1"}
                """);

        story.reported();

        assertThat(story.diary()).containsExactly("09-21T22:30 MERGED N-1");
    }

    @Test
    void a_lamp_left_dark_draws_every_card_up_to_the_red() throws BadRequestException {
        CallingSystem story = report("""
                {"id": "T-1", "reportedAt": "2026-09-07T09:00:00+08:00", "source": "PUBLIC", "area": "330102001051", "text": "路灯不亮"}
                """);

        story.reported()
                .event("ACCEPTED", "2026-09-07T09:10:00+08:00")
                .event("CONTACTED", "2026-09-07T09:10:00+08:00")
                .reviewed("2026-09-07T09:10:00+08:00")
                .reviewedAtNext()
                .reviewedAtNext()
                .reviewedAtNext()
                .reviewedAtNext()
                .reviewedAtNext()
                .stageDone("修复", "2026-09-20T15:00:00+08:00")
                .reviewed("2026-09-20T15:00:00+08:00")
                .concluded("2026-09-20T16:00:00+08:00", "PHOTO", "CITIZEN_CONTACT")
                .followedUp(
                        "2026-09-20T16:00:00+08:00",
                        "2026-09-21T10:00:00+08:00",
                        "SATISFIED",
                        "",
                        "PHOTO",
                        "CITIZEN_CONTACT")
                .scored("2026-09-21T11:00:00+08:00");

        assertThat(story.diary())
                .containsExactly(
                        "09-07T09:00 ASSIGNED 路灯故障 → 区城市管理局(区综合行政执法局): 修复 09-10T17:30",
                        "09-07T09:10 WAIT ON_TRACK",
                        "09-09T08:45 REMIND 区城市管理局(区综合行政执法局)",
                        "09-10T10:06 BLUE_CARD 区城市管理局(区综合行政执法局)",
                        "09-10T17:30 YELLOW_CARD 区城市管理局(区综合行政执法局) 09-15T17:30",
                        "09-11T17:30 SUPERVISE 区城市管理局(区综合行政执法局) 09-14T17:30",
                        "09-16T17:00 RED_CARD 区城市管理局(区综合行政执法局)",
                        "09-20T15:00 WAIT DONE",
                        "09-20T16:00 ACCEPT COMPLETE 区社会治理中心 09-21T17:30",
                        "09-21T10:00 CLOSE SATISFIED ▣ 公共服务信息库",
                        "09-21T11:00 score 73.00 PASS");
    }

    @Test
    void a_good_case_is_done_before_anybody_has_to_remind() throws BadRequestException {
        CallingSystem story = report("""
                {"id": "B-1", "reportedAt": "2026-09-21T09:00:00+08:00", "source": "PUBLIC", "area": "330102001051", "text": "路灯不亮"}
                """);

        story.reported()
                .event("ACCEPTED", "2026-09-21T09:05:00+08:00")
                .event("CONTACTED", "2026-09-21T09:05:00+08:00")
                .reviewed("2026-09-21T09:05:00+08:00")
                .stageDone("修复", "2026-09-21T14:00:00+08:00")
                .concluded("2026-09-21T15:00:00+08:00", "PHOTO", "CITIZEN_CONTACT")
                .scored("2026-09-22T11:00:00+08:00");

        assertThat(story.diary())
                .containsExactly(
                        "09-21T09:00 ASSIGNED 路灯故障 → 区城市管理局(区综合行政执法局): 修复 09-24T17:30",
                        "09-21T09:05 WAIT ON_TRACK",
                        "09-21T15:00 ACCEPT NOT_SAMPLED ▣ 公共服务信息库",
                        "09-22T11:00 score 92.00 EXCELLENT");
    }
}
