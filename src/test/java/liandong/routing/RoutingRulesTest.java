package liandong.routing;

import static liandong.table.Facts.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.Decide;
import liandong.incident.EventType;
import liandong.incident.Report;
import liandong.policy.Policy;
import liandong.policy.RuleRef;
import liandong.policy.TinyPolicy;
import liandong.table.Facts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The law of the rules: every rule has a case that fires it and a near one that does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutingRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
    private static final String ROUTING = "routing.xlsx";
    private static final String DUTY = "派单目录";

    private final Map<String, Case> cases = new LinkedHashMap<>();
    private Policy policy;

    private record Case(Report fires, Report silent) {}

    @BeforeAll
    void aPolicyWithARowOfEachKind() {
        policy = TinyPolicy.complete()
                .row(ROUTING, DUTY, "D-4", "其他道路问题", "", "", "部门", "", "三定方案", "已确认", "", "")
                .row("vocabulary.xlsx", "事项", "FIRE", "起火", "安全", "公共", "道路", "事件", "否")
                .row("vocabulary.xlsx", "事项", "SNOW", "积雪", "安全", "公共", "道路", "事件", "否")
                .row("vocabulary.xlsx", "事项", "FEUD", "久拖不决", "生活", "公共", "邻里", "事件", "否")
                .row("vocabulary.xlsx", "事项", "HALL", "活动室", "生活", "公共", "邻里", "事件", "否")
                .row("vocabulary.xlsx", "事项", "NOWHERE", "无行可依", "生活", "公共", "邻里", "事件", "否")
                .row("vocabulary.xlsx", "事项", "TIMELESS", "没有时限", "生活", "公共", "邻里", "事件", "否")
                .row(ROUTING, DUTY, "D-5", "起火", "主办局", "", "紧急转接", "", "三定方案", "已确认", "", "")
                .row(ROUTING, DUTY, "D-6", "积雪", "主办局", "", "街道", "", "三定方案", "已确认", "", "")
                .row(ROUTING, DUTY, "D-7", "久拖不决", "", "", "联席会议", "道路联席会议", "三定方案", "已确认", "", "")
                .row(ROUTING, DUTY, "D-8", "活动室", "属地社区", "", "社区", "", "三定方案", "已确认", "", "")
                .row(ROUTING, DUTY, "D-9", "没有时限", "主办局", "", "部门", "", "三定方案", "已确认", "", "")
                .row(ROUTING, "关键词", "K-5", "起火", "起火", "9", "试行", "待确认")
                .sheet(
                        ROUTING,
                        "转接",
                        new String[] {"编号", "危及生命", "事项", "转接单位", "依据", "状态"},
                        new String[] {"R-1", "是", "", "急救专线", "热线办法", "已确认"},
                        new String[] {"R-2", "", "起火", "急救专线", "热线办法", "已确认"})
                .sheet(ROUTING, "阶段时限", new String[] {"编号", "事项", "序", "阶段", "时限", "起算", "依据", "状态"}, new String[] {
                    "L-1", "非 没有时限", "1", "处理", "3 小时", "交办", "办法", "已确认"
                })
                .load();
        Report plain = report().about(Facts.HOLE).done();
        put("RTE-010", report().settled().done(), plain);
        put("RTE-020", report().about(Facts.HOLE).lifeInDanger().done(), plain);
        put("RTE-025", report().saying("楼里起火").done(), report().saying("路面坑洞").done());
        put("RTE-030", report().about(Facts.HOLE).sameAs("SC-1").done(), plain);
        put("RTE-040", report().about(Facts.HOLE).elsewhere().done(), plain);
        put("RTE-100", plain, report().saying("路面坑洞").done());
        put("RTE-110", report().saying("路面坑洞").done(), plain);
        put("RTE-120", report().saying("路面坑洞").done(), report().saying("道路").done());
        put("RTE-130", report().saying("道路").done(), report().saying("路面坑洞").done());
        put("RTE-140", report().saying("你好").done(), report().saying("道路").done());
        put("RTE-150", report().saying("坑洞边争吵").done(), report().saying("坑洞").done());
        put("RTE-200", plain, report().saying("你好").done());
        put("RTE-300", plain, about("无行可依"));
        put(
                "RTE-310",
                report().about(Facts.QUARREL).residentsOnly().done(),
                report().about(Facts.QUARREL).done());
        put("RTE-320", about("活动室"), report().about(Facts.QUARREL).done());
        put(
                "RTE-330",
                report().about(Facts.QUARREL).done(),
                report().about(Facts.QUARREL).residentsOnly().done());
        put("RTE-340", about("积雪"), plain);
        put("RTE-350", report().about(Facts.LID).done(), plain);
        put("RTE-360", plain, report().about(Facts.LID).done());
        put("RTE-365", about("起火"), plain);
        put("RTE-370", about("其他道路问题"), plain);
        put("RTE-380", about("久拖不决"), plain);
        put("RTE-400", plain, about("没有时限"));
        put("RTE-900", about("无行可依"), plain);
        put("RTE-910", about("没有时限"), plain);
    }

    private Report about(String type) {
        return report().about(Objects.requireNonNull(policy.vocabulary().find(EventType.class, type)))
                .done();
    }

    private void put(String rule, Report fires, Report silent) {
        cases.put(rule, new Case(fires, silent));
    }

    private Set<String> fired(Report report) {
        return Decide.route(policy, report, NOW, false).evidence().stream()
                .map(each -> each.rule().code())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Stream<String> rules() {
        return cases.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_rule_fires_for_its_case_and_not_for_the_near_one(String rule) {
        Case given = Objects.requireNonNull(cases.get(rule));
        assertThat(fired(given.fires())).contains(rule);
        assertThat(fired(given.silent())).doesNotContain(rule);
    }

    @Test
    void no_rule_is_without_a_case() {
        assertThat(policy.rules().refs())
                .extracting(RuleRef::code)
                .filteredOn(code -> code.startsWith("RTE-"))
                .containsExactlyInAnyOrderElementsOf(cases.keySet());
    }
}
