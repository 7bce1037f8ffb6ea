package liandong.district;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import liandong.Decide;
import liandong.District;
import liandong.engine.Reason;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.Category;
import liandong.incident.EventType;
import liandong.incident.MatterKind;
import liandong.incident.Report;
import liandong.incident.Source;
import liandong.incident.Vocabulary;
import liandong.routing.Assignment;
import liandong.routing.PlannedStage;
import liandong.routing.RoutingDecision;
import liandong.routing.RoutingOutcome;
import liandong.routing.RoutingPath;
import liandong.routing.TriageReason;
import org.junit.jupiter.api.Test;

/** Reports of the tests' own district, routed as the domain says. */
class DistrictRoutingTest {
    /** A report in the words of a test: named facts on top of an ordinary one from 清波门社区. */
    private static final class Case {
        private final Vocabulary words = District.policy().vocabulary();
        private OffsetDateTime at = OffsetDateTime.parse("2026-11-20T16:30:00+08:00");
        private String text = "";
        private Area area = area("330102001051");
        private EventType eventType;
        private Category category;
        private boolean residentsOnly;
        private boolean settled;
        private boolean lifeInDanger;
        private boolean elsewhere;
        private String sameAs;
        private int deaths;
        private BigDecimal loss = BigDecimal.ZERO;
        private int people;

        private static Area area(String name) {
            return found(District.policy().vocabulary().find(Area.class, name), name);
        }

        Case text(String words) {
            text = words;
            return this;
        }

        Case about(String type) {
            eventType = found(words.find(EventType.class, type), type);
            return this;
        }

        Case at(String time) {
            at = OffsetDateTime.parse(time);
            return this;
        }

        RoutingDecision decide() {
            Source source = words.all(Source.class).get(0);
            var report = new Report(
                    "T-1",
                    at,
                    source,
                    area,
                    text,
                    eventType,
                    category,
                    residentsOnly,
                    settled,
                    lifeInDanger,
                    elsewhere,
                    sameAs,
                    deaths,
                    0,
                    loss,
                    people,
                    0,
                    null,
                    null,
                    null,
                    null);
            return Decide.route(District.policy(), report, at.toInstant(), false)
                    .decision();
        }
    }

    private static <T> T found(T value, String name) {
        assertThat(value).as(name).isNotNull();
        return value;
    }

    private static OffsetDateTime time(String time) {
        return OffsetDateTime.parse(time);
    }

    private static List<String> rules(RoutingDecision decision) {
        return decision.because().stream().map(Reason::rule).distinct().toList();
    }

    @Test
    void what_the_grid_has_settled_is_archived() {
        var given = new Case().text("巡查发现楼道堆物，已清理");
        given.settled = true;

        RoutingDecision decision = given.decide();

        assertThat(decision.outcome()).isEqualTo(RoutingOutcome.ARCHIVED);
        assertThat(decision.assignment()).isNull();
        assertThat(rules(decision)).contains("RTE-010");
    }

    @Test
    void a_life_in_danger_is_relayed_at_once_whatever_else_is_known() {
        var given = new Case().text("有人落水");
        given.lifeInDanger = true;
        given.sameAs = "SC-1";

        RoutingDecision decision = given.decide();

        assertThat(decision.outcome()).isEqualTo(RoutingOutcome.RELAYED);
        assertThat(decision.relayTo())
                .isNotEmpty()
                .allSatisfy(body -> assertThat(body.kind()).isEqualTo(BodyKind.EMERGENCY));
        assertThat(rules(decision)).contains("RTE-020");
    }

    @Test
    void a_matter_that_is_open_already_is_merged() {
        var given = new Case().text("路灯不亮");
        given.sameAs = "SC-2026-7";

        RoutingDecision decision = given.decide();

        assertThat(decision.outcome()).isEqualTo(RoutingOutcome.MERGED);
        assertThat(decision.mergedInto()).isEqualTo("SC-2026-7");
        assertThat(rules(decision)).contains("RTE-030");
    }

    @Test
    void a_matter_outside_the_district_goes_to_a_person() {
        var given = new Case().text("路灯不亮");
        given.elsewhere = true;

        RoutingDecision decision = given.decide();

        assertThat(decision.outcome()).isEqualTo(RoutingOutcome.MANUAL_TRIAGE);
        assertThat(decision.reason()).isEqualTo(TriageReason.OUT_OF_AREA);
    }

    @Test
    void a_text_that_says_nothing_goes_to_a_person() {
        RoutingDecision decision = new Case().text("你好").decide();

        assertThat(decision.outcome()).isEqualTo(RoutingOutcome.MANUAL_TRIAGE);
        assertThat(decision.reason()).isEqualTo(TriageReason.LOW_CONFIDENCE);
        assertThat(rules(decision)).containsExactly("RTE-140");
    }

    @Test
    void neighbours_among_themselves_are_the_communitys_to_settle() {
        var given = new Case().text("楼上漏水，与邻居争执三个月");
        given.residentsOnly = true;

        RoutingDecision decision = given.decide();

        Assignment assignment = decision.assignment();
        assertThat(decision.about().eventType().label()).isEqualTo("邻里纠纷");
        assertThat(assignment.route()).isEqualTo(RoutingPath.COMMUNITY);
        assertThat(assignment.lead()).isEqualTo(new Body("330102001051", "清波门社区", BodyKind.COMMUNITY));
        assertThat(assignment.stages())
                .extracting(PlannedStage::name, stage -> stage.limit().label(), PlannedStage::due)
                .containsExactly(tuple("调解", "7 工作日", time("2026-12-01T17:30:00+08:00")));
        assertThat(assignment.nextReviewAt()).isEqualTo(time("2026-12-01T17:30:00+08:00"));
        assertThat(rules(decision)).contains("RTE-310", "RTE-400");
        assertThat(decision.unconfirmed()).contains("STG-0085");
    }

    @Test
    void a_departments_duty_is_not_pushed_down_to_the_community() {
        RoutingDecision decision = new Case().about("小区物业纠纷").decide();

        assertThat(decision.assignment().lead().kind()).isEqualTo(BodyKind.DEPARTMENT);
        assertThat(decision.assignment().lead().label()).isEqualTo("区住房和城建局");
        assertThat(rules(decision)).contains("RTE-330").doesNotContain("RTE-310", "RTE-320");
    }

    @Test
    void an_event_goes_to_the_territory_before_the_owner() {
        RoutingDecision decision = new Case().about("暴露垃圾").decide();

        Assignment assignment = decision.assignment();
        assertThat(assignment.route()).isEqualTo(RoutingPath.SUB_DISTRICT);
        assertThat(assignment.lead()).isEqualTo(new Body("330102001", "清波街道", BodyKind.SUB_DISTRICT));
        assertThat(assignment.assisting().get(0).label()).startsWith("区城市管理局");
        assertThat(rules(decision)).contains("RTE-340");
    }

    @Test
    void a_component_goes_to_its_owner_before_the_territory() {
        EventType component = District.policy().vocabulary().all(EventType.class).stream()
                .filter(type ->
                        type.kind() == MatterKind.COMPONENT && type.label().contains("路灯"))
                .findFirst()
                .orElseThrow();

        RoutingDecision decision = new Case().about(component.label()).decide();

        List<Body> assisting = decision.assignment().assisting();
        assertThat(decision.assignment().lead().kind()).isEqualTo(BodyKind.DEPARTMENT);
        assertThat(assisting.get(assisting.size() - 1)).isEqualTo(new Body("330102001", "清波街道", BodyKind.SUB_DISTRICT));
        assertThat(rules(decision)).contains("RTE-350");
    }

    @Test
    void a_burst_pipe_gets_three_stages_on_two_clocks() {
        RoutingDecision decision =
                new Case().text("供水管道破裂，路面下陷").at("2026-09-30T16:00:00+08:00").decide();

        assertThat(decision.assignment().lead().label()).isEqualTo("市水务集团");
        assertThat(decision.assignment().stages())
                .extracting(PlannedStage::name, PlannedStage::due)
                .containsExactly(
                        tuple("围护", time("2026-09-30T19:00:00+08:00")),
                        tuple("抢修", time("2026-10-01T00:00:00+08:00")),
                        // 10-08, 09, 10 (Saturday made up), 12, 13
                        tuple("路面恢复", time("2026-10-13T17:30:00+08:00")));
        assertThat(decision.assignment().nextReviewAt()).isEqualTo(time("2026-09-30T19:00:00+08:00"));
    }

    @Test
    void an_illegal_building_is_stopped_punished_and_pulled_down_in_three_stages() {
        RoutingDecision decision =
                new Case().about("私搭乱建").at("2026-11-20T16:30:00+08:00").decide();

        assertThat(decision.assignment().stages())
                .extracting(stage -> stage.limit().label(), PlannedStage::due)
                .containsExactly(
                        tuple("4 工作时", time("2026-11-23T11:30:00+08:00")),
                        tuple("7 工作日", time("2026-12-01T17:30:00+08:00")),
                        tuple("20 工作日", time("2026-12-18T17:30:00+08:00")));
    }

    @Test
    void severity_counts_the_bound_itself_as_above_it() {
        var deaths = new ArrayList<String>();
        for (int each : new int[] {0, 2, 3, 9, 10, 29, 30}) {
            var given = new Case().about("企业安全隐患");
            given.deaths = each;
            deaths.add(each + " " + given.decide().about().severity().label());
        }
        var losses = new ArrayList<String>();
        for (String each : new String[] {"9.99", "10", "49.99", "50", "99.99", "100"}) {
            var given = new Case().about("企业安全隐患");
            given.loss = new BigDecimal(each);
            losses.add(each + " " + given.decide().about().severity().label());
        }

        assertThat(deaths).containsExactly("0 一般", "2 一般", "3 较大", "9 较大", "10 重大", "29 重大", "30 特别重大");
        assertThat(losses).containsExactly("9.99 一般", "10 较大", "49.99 较大", "50 重大", "99.99 重大", "100 特别重大");
    }

    @Test
    void a_matter_without_a_known_owner_is_coordinated_by_the_territory() {
        RoutingDecision decision = new Case().about("无责任主体事项").decide();

        assertThat(decision.assignment().lead()).isEqualTo(new Body("330102001", "清波街道", BodyKind.SUB_DISTRICT));
    }

    @Test
    void a_category_the_caller_is_sure_of_leaves_only_its_own_keywords() {
        var given = new Case().text("供水管道破裂，路面下陷");
        given.category = District.policy().vocabulary().find(Category.class, "应急管理");

        RoutingDecision decision = given.decide();

        assertThat(decision.candidates())
                .extracting(candidate -> candidate.eventType().category().label())
                .containsOnly("应急管理");
        assertThat(decision.about().eventType().label()).isEqualTo("供水管道破裂");
    }

    @Test
    void what_is_known_of_the_area_decides_which_body_a_territory_is() {
        var street = new Case().about("邻里纠纷");
        street.area = Case.area("清波街道");
        var district = new Case().about("暴露垃圾");
        district.area = Case.area("330102");

        assertThat(street.decide().assignment().lead().label()).startsWith("社区");
        assertThat(district.decide().assignment().lead().label()).startsWith("街道办事处");
    }
}
