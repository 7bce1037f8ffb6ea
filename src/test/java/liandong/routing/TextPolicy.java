package liandong.routing;

import java.util.Arrays;
import java.util.stream.Stream;
import liandong.policy.TinyPolicy;

/** A policy of format 3 that reads texts by a handful of rows of each sheet, and has no keywords. */
public final class TextPolicy {
    static final String ROUTING = "routing.xlsx";
    static final String READING = TinyPolicy.READING;

    /** The columns of 研读门槛 beside those of every sheet. */
    private static final String[] THRESHOLDS = {
        "认定事项", "单句分", "决定分", "佐证分", "词语上限", "最低得分", "最低领先", "转接占比", "危险占比", "解除后占比", "邻近例句"
    };

    private TextPolicy() {}

    /** The policy by words alone: there is no example sentence. */
    public static TinyPolicy words() {
        TinyPolicy policy = TinyPolicy.complete().without(ROUTING, "关键词").without(ROUTING, "分拣门槛");
        policy.raw(
                ROUTING,
                "说明",
                cells("测试用"),
                cells("工作表 Sheet", "命中方式 Hit policy"),
                cells("转接", "全部适用"),
                cells("分级", "首行命中"),
                cells("紧急程度", "首行命中"),
                cells("派单目录", "首行命中"),
                cells("阶段时限", "全部适用"));
        policy.row("vocabulary.xlsx", "事项", "RESCUE", "求救", "安全", "公共", "道路", "事件", "否")
                .row("vocabulary.xlsx", "事项", "LAWSUIT", "诉讼", "生活", "公共", "邻里", "事件", "否")
                .row(ROUTING, "派单目录", "D-4", "求救", "主办局", "", "紧急转接", "", "三定方案", "已确认")
                .row(ROUTING, "派单目录", "D-5", "其他道路问题", "协办局", "", "部门", "", "三定方案", "已确认")
                .sheet(
                        ROUTING,
                        "紧急程度",
                        cells("编号 Id", "危险 Danger", "紧急程度 Urgency", "依据 Source", "状态 Status"),
                        cells("U-1", "可能、现在", "紧急", "分级标准", "已确认"),
                        cells("U-2", "", "普通", "分级标准", "已确认"))
                .sheet(
                        ROUTING,
                        "阶段时限",
                        cells("编号", "序", "阶段", "时限", "起算", "依据", "状态"),
                        cells("L-1", "1", "处置", "3 小时", "交办", "办法", "已确认"))
                .sheet(
                        READING,
                        "直办",
                        cells("编号", "诉求性质", "答复单位", "知识条目", "时限", "依据", "状态"),
                        cells("A-1", "咨询", "", "养护计划", "2 小时", "办法", "已确认"))
                .sheet(
                        READING,
                        "告知途径",
                        cells("编号", "事项", "正文含", "受理单位", "告知用语", "保护举报人", "依据", "状态"),
                        cells("F-1", "诉讼", "", "协办局", "请向受理法院提出", "否", "办法", "已确认"),
                        cells("F-2", "", "判决书", "协办局", "请向作出判决的法院提出", "是", "办法", "已确认"));
        add(policy, "研判分派", "DK-1", "可能有生命危险", "险情核实", "主办局", "紧急", "1 小时");
        add(policy, "研判分派", "DK-2", "", "疑难研判", "协办局", "普通", "4 小时");
        add(policy, "危险筛查", "X-1", "有人、孩子、老人", "落水、掉进河", "分句", "现在", "急救专线", "求救", "人在哪里");
        add(policy, "危险筛查", "X-2", "", "燃气味", "分句", "可能", "", "", "有没有明火");
        add(policy, "危险筛查", "X-3", "楼", "起火", "全文", "现在", "急救专线", "", "");
        add(policy, "语境", "C-1", "落水管、不但", "不读", "分句", "");
        add(policy, "语境", "C-2", "小吃店", "处所", "分句", "");
        add(policy, "语境", "C-3", "没有、不", "否定", "分句", "4");
        add(policy, "语境", "C-4", "演习、误报", "解除危险", "全文", "");
        add(policy, "语境", "C-5", "万一", "解除危险", "分句", "");
        add(policy, "语境", "C-6", "外省", "外地", "全文", "");
        add(policy, "语境", "C-7", "另外", "另起一事", "全文", "");
        add(policy, "写法", "P-1", "坑动、坑冻", "坑洞");
        add(policy, "写法", "P-2", "取钱机", "ATM机");
        add(policy, "词语", "W-1", "坑洞", "", "", "", "路面坑洞", "决定");
        add(policy, "词语", "W-2", "井盖", "", "", "", "井盖破损", "决定");
        add(policy, "词语", "W-3", "颠簸", "", "", "", "路面坑洞", "佐证");
        add(policy, "词语", "W-4", "争吵", "邻居、楼上", "4", "电视、TV", "邻里纠纷", "决定");
        add(policy, "词语", "W-5", "坑洞修补", "", "", "", "其他道路问题", "决定");
        add(policy, "词语", "W-6", "小区、门口", "", "", "", "", "语境");
        add(policy, "词语", "W-7", "ATM", "WiFi", "", "", "其他道路问题", "决定");
        add(policy, "词语", "W-8", "起诉", "", "", "", "诉讼", "决定");
        add(policy, "性质词", "N-1", "请问、咨询", "任意", "咨询");
        add(policy, "性质词", "N-2", "帮忙", "句首", "求助");
        add(policy, "性质词", "N-3", "吗", "句末", "咨询");
        return thresholds(policy, "是", "200", "300", "100", "300", "250", "20", "0", "50", "90", "5");
    }

    /** The same with example sentences. */
    static TinyPolicy examples() {
        TinyPolicy policy = words();
        add(policy, "例句", "E-1", "桥头那块地凹下去一大截", "路面坑洞", "无", "求助");
        add(policy, "例句", "E-2", "窨井上面的铁板翘起来了", "井盖破损", "无", "求助");
        add(policy, "例句", "E-3", "隔壁天天半夜骂人", "邻里纠纷", "无", "");
        add(policy, "例句", "E-4", "什么时候轮到我们这条路翻新", "其他道路问题", "无", "咨询");
        add(policy, "例句", "E-5", "谢谢你们辛苦了", "", "无", "");
        add(policy, "例句", "E-6", "河里有个人在扑腾快来救", "求救", "现在", "求助");
        return policy;
    }

    /** The same, of whose texts every sentence is looked at by itself. */
    static TinyPolicy sentences() {
        return examples()
                .sheet(
                        READING,
                        "研读门槛",
                        around("编号", THRESHOLDS, "单句转接占比", "单句危险占比", "依据", "状态"),
                        around(
                                "T-1",
                                new String[] {"是", "200", "300", "100", "300", "250", "20", "70", "60", "90", "5"},
                                "60",
                                "60",
                                "试行",
                                "已确认"));
    }

    /** The same, of whose texts sentences that plainly say nothing of a matter are left out. */
    static TinyPolicy asides(String lead) {
        return examples()
                .sheet(
                        READING,
                        "研读门槛",
                        around("编号", THRESHOLDS, "单句转接占比", "单句危险占比", "旁句领先", "依据", "状态"),
                        around(
                                "T-1",
                                new String[] {"是", "200", "300", "100", "300", "250", "20", "70", "60", "90", "5"},
                                "60",
                                "60",
                                lead,
                                "试行",
                                "已确认"));
    }

    /** The policy by words alone, in which a general event type must lead by a percentage of its own. */
    static TinyPolicy general(String lead) {
        return words().sheet(
                        READING,
                        "研读门槛",
                        around("编号", THRESHOLDS, "笼统领先", "依据", "状态"),
                        around(
                                "T-1",
                                new String[] {"是", "200", "300", "100", "300", "250", "20", "0", "50", "90", "5"},
                                lead,
                                "试行",
                                "已确认"));
    }

    /** The policy by examples, in which an event type must lead no matter by a percentage of its own. */
    static TinyPolicy nothing(String lead) {
        return examples()
                .sheet(
                        READING,
                        "研读门槛",
                        around("编号", THRESHOLDS, "无事领先", "依据", "状态"),
                        around(
                                "T-1",
                                new String[] {"是", "200", "300", "100", "300", "250", "20", "70", "60", "90", "5"},
                                lead,
                                "试行",
                                "已确认"));
    }

    /** The one row of 研读门槛. */
    static TinyPolicy thresholds(TinyPolicy policy, String... cells) {
        return policy.sheet(READING, "研读门槛", around("编号", THRESHOLDS, "依据", "状态"), around("T-1", cells, "试行", "已确认"));
    }

    /** Adds a row to a sheet for reading. */
    static TinyPolicy add(TinyPolicy policy, String sheet, String id, String... cells) {
        return policy.row(READING, sheet, around(id, cells, "试行", "已确认"));
    }

    private static String[] around(String id, String[] own, String... last) {
        return Stream.of(Stream.of(id), Arrays.stream(own), Arrays.stream(last))
                .flatMap(each -> each)
                .toArray(String[]::new);
    }

    private static String[] cells(String... cells) {
        return cells;
    }
}
