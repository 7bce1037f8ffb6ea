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
                .row("vocabulary.xlsx", "事项", "LEAVES", "落叶", "安全", "公共", "道路", "事件", "否")
                .row("vocabulary.xlsx", "事项", "ORPHAN", "无主物", "安全", "公共", "道路", "事件", "否")
                .cell("vocabulary.xlsx 事项!H2", "报平安")
                .row("vocabulary.xlsx", "事项", "QUIET", "平安无事", "生活", "公共", "邻里", "事件", "否", "是")
                .row(ROUTING, DUTY, "D-10", "落叶", "主办局", "", "街道", "", "三定方案", "已确认", "", "")
                .row(ROUTING, DUTY, "D-11", "无主物", "", "", "部门", "", "三定方案", "已确认", "", "")
                .raw("lists.xlsx", "说明", new String[] {"清单"}, new String[] {"工作表 Sheet", "命中方式"}, new String[] {
                    "履职清单", "首行命中"
                })
                .sheet("lists.xlsx", "履职清单", new String[] {"编号", "事项", "清单类别", "依据", "状态"}, new String[] {
                    "F-1", "非 落叶、无主物", "基本", "街道公布的清单", "已确认"
                })
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
                .sheet(ROUTING, "分拣门槛", new String[] {"编号", "来源", "最低票数", "最低领先", "具体票数", "依据", "状态"}, new String[] {
                    "T-1", "网格员", "5", "20", "5", "试行", "已确认"
                })
                .sheet(
                        TinyPolicy.READING,
                        "研读门槛",
                        new String[] {
                            "编号", "来源", "认定事项", "单句分", "决定分", "佐证分", "词语上限", "最低得分", "最低领先", "转接占比", "危险占比", "解除后占比",
                            "邻近例句", "依据", "状态"
                        },
                        new String[] {
                            "RD-1", "热线", "是", "0", "300", "100", "300", "200", "20", "0", "50", "101", "5", "试行", "已确认"
                        })
                .row(TinyPolicy.READING, "危险筛查", "DG-1", "", "落水", "分句", "现在", "急救专线", "起火", "", "试行", "已确认")
                .row(TinyPolicy.READING, "危险筛查", "DG-2", "", "冒烟", "分句", "可能", "", "", "", "试行", "已确认")
                .row(TinyPolicy.READING, "语境", "CX-1", "外省", "外地", "全文", "", "试行", "已确认")
                .row(TinyPolicy.READING, "词语", "W-1", "坑洞", "", "", "", "路面坑洞", "决定", "试行", "已确认")
                .row(TinyPolicy.READING, "词语", "W-2", "井盖", "", "", "", "井盖破损", "决定", "试行", "已确认")
                .row(TinyPolicy.READING, "词语", "W-4", "平安", "", "", "", "平安无事", "决定", "试行", "已确认")
                .row(TinyPolicy.READING, "说明", "归档", "首行命中")
                .sheet(TinyPolicy.READING, "归档", new String[] {"编号", "事项", "依据", "状态"}, new String[] {
                    "FI-1", "平安无事", "试行", "已确认"
                })
                .row(TinyPolicy.READING, "词语", "W-3", "颠簸", "", "", "", "路面坑洞", "佐证", "试行", "已确认")
                .sheet(
                        TinyPolicy.READING,
                        "直办",
                        new String[] {"编号", "诉求性质", "答复单位", "知识条目", "时限", "依据", "状态"},
                        new String[] {"AN-1", "咨询", "", "", "2 小时", "试行", "已确认"})
                .sheet(
                        TinyPolicy.READING,
                        "告知途径",
                        new String[] {"编号", "诉求性质", "正文含", "受理单位", "告知用语", "保护举报人", "依据", "状态"},
                        new String[] {"RF-1", "", "判决", "协办局", "请向法院提出", "否", "试行", "已确认"})
                .row(TinyPolicy.READING, "研判分派", "DK-1", "", "疑难研判", "主办局", "普通", "1 小时", "试行", "已确认")
                .load();
        Report plain = report().about(Facts.HOLE).done();
        put("RTE-005", hotline("路面坑洞"), report().saying("路面坑洞").done());
        put("RTE-010", report().settled().done(), plain);
        put(
                "RTE-012",
                report().from(Facts.HOTLINE).settled().saying("有人落水").done(),
                report().from(Facts.HOTLINE).settled().saying("厨房冒烟").done());
        put(
                "RTE-014",
                report().settled().lifeInDanger().done(),
                report().settled().done());
        put("RTE-020", report().about(Facts.HOLE).lifeInDanger().done(), plain);
        put("RTE-022", hotline("有人落水"), hotline("厨房冒烟"));
        put("RTE-024", hotline("厨房冒烟"), hotline("有人落水"));
        put("RTE-025", report().saying("楼里起火").done(), report().saying("路面坑洞").done());
        put("RTE-030", report().about(Facts.HOLE).sameAs("SC-1").done(), plain);
        put("RTE-040", report().about(Facts.HOLE).elsewhere().done(), plain);
        put("RTE-045", hotline("外省的路面坑洞"), hotline("路面坑洞"));
        put("RTE-100", plain, report().saying("路面坑洞").done());
        put("RTE-105", report().chosen(Facts.HOLE, null).done(), plain);
        put("RTE-110", report().saying("路面坑洞").done(), plain);
        put("RTE-120", report().saying("路面坑洞").done(), report().saying("道路").done());
        put("RTE-130", report().saying("道路").done(), report().saying("路面坑洞").done());
        put("RTE-140", report().saying("你好").done(), report().saying("道路").done());
        put("RTE-150", report().saying("坑洞边争吵").done(), report().saying("坑洞").done());
        put("RTE-158", hotline("有人落水"), hotline("厨房冒烟"));
        put("RTE-160", hotline("路面坑洞"), hotline("路面颠簸"));
        put("RTE-161", hotline("一路平安"), hotline("一路平安，还有颠簸"));
        put("RTE-162", hotline("你好"), hotline("路面颠簸"));
        put("RTE-164", hotline("路面颠簸"), hotline("路面坑洞"));
        put("RTE-166", hotline("坑洞和井盖"), hotline("路面坑洞"));
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
        put("RTE-345", about("落叶"), about("积雪"));
        put("RTE-350", report().about(Facts.LID).done(), plain);
        put("RTE-360", plain, report().about(Facts.LID).done());
        put("RTE-365", about("起火"), plain);
        put("RTE-370", about("其他道路问题"), plain);
        put("RTE-375", about("无主物"), about("其他道路问题"));
        put("RTE-380", about("久拖不决"), plain);
        put(
                "RTE-385",
                report().about(Facts.HOLE).chosen(null, Facts.PLATFORM).done(),
                report().chosen(Facts.HOLE, null).done());
        put("RTE-390", report().about(Facts.HOLE).saying("法院判决").done(), plain);
        put(
                "RTE-392",
                hotline("法院判决"),
                report().about(Facts.HOLE).saying("法院判决").done());
        put("RTE-395", report().about(Facts.HOLE).wanting(Facts.QUESTION).done(), plain);
        put("RTE-400", plain, about("没有时限"));
        put("RTE-410", plain, report().settled().done());
        put("RTE-900", about("无行可依"), plain);
        put("RTE-910", about("没有时限"), plain);
    }

    private Report about(String type) {
        return report().about(Objects.requireNonNull(policy.vocabulary().find(EventType.class, type)))
                .done();
    }

    private static Report hotline(String text) {
        return report().from(Facts.HOTLINE).saying(text).done();
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
