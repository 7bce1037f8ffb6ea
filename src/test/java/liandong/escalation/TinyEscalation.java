package liandong.escalation;

import liandong.policy.TinyPolicy;

/** Escalation tables of a few rows in the words of {@code Facts}. */
public final class TinyEscalation {
    private TinyEscalation() {}

    /** The tiny policy with tables that escalate, of which each test changes what it is about. */
    public static TinyPolicy tiny() {
        String file = "escalation.xlsx";
        String[] called = {"措施 Action", "对象 Concerned", "抄送 Copy", "限期 Within", "依据 Basis", "状态 Status"};
        return TinyPolicy.complete()
                .row("vocabulary.xlsx", "单位", "CENTRE", "指挥中心", "指挥中心")
                .sheet(
                        "vocabulary.xlsx",
                        "退单理由",
                        cells("代码 Code", "名称 Label"),
                        cells("NOT_OURS", "不归我管"),
                        cells("VAGUE", "说不清楚"))
                .raw(
                        file,
                        "说明",
                        cells("工作表 Sheet", "命中方式 Hit policy"),
                        cells("时限督办", "全部适用"),
                        cells("等候督办", "全部适用"),
                        cells("升级条件", "全部适用"),
                        cells("退单处理", "首行命中"),
                        cells("流转上限", "首行命中"),
                        cells("提级对象", "首行命中"),
                        cells("联席会议", "首行命中"),
                        cells("延期审批", "首行命中"))
                .sheet(
                        file,
                        "时限督办",
                        and(cells("编号 Id", "阶段 Stage", "已用时限 Used", "再过 Then", "每隔 Every"), called),
                        cells("L1", "", "50", "", "", "提醒", "牵头", "", "", "试行", "待确认"),
                        cells("L2", "修复", "100", "1 工作日", "2 工作日", "催办", "牵头和配合", "指挥中心", "1 工作日", "试行", "已确认"))
                .sheet(
                        file,
                        "等候督办",
                        and(cells("编号 Id", "已接收 Accepted", "起点 Since", "满 After", "每隔 Every"), called),
                        cells("W1", "否", "交办", "4 工作时", "", "提醒", "牵头", "", "", "试行", "待确认"))
                .sheet(
                        file,
                        "升级条件",
                        and(cells("编号 Id", "投诉次数 Complaints", "媒体曝光 Media", "考核提出 Raised in assessment"), called),
                        cells("V1", "≥2", "", "", "提级办理", "牵头", "", "", "试行", "待确认"),
                        cells("V2", "", "是", "", "启动联席会议", "牵头", "", "", "试行", "待确认"),
                        cells("V3", "", "", "是", "指挥中心裁定", "牵头", "", "", "试行", "待确认"))
                .sheet(
                        file,
                        "退单处理",
                        cells(
                                "编号 Id",
                                "退单次数 Returns",
                                "退单理由 Return reason",
                                "事项 Event type",
                                "退单时限 Return within",
                                "处理 Ruling",
                                "先问配合单位 Assisting first",
                                "改派 To",
                                "依据 Basis",
                                "状态 Status"),
                        cells("B1", "≥3", "", "", "", "指挥中心裁定", "否", "", "试行", "待确认"),
                        cells("B2", "", "不归我管", "井盖破损", "2 工作日", "启动联席会议", "否", "", "试行", "待确认"),
                        cells("B3", "", "不归我管", "", "2 工作日", "改派", "是", "属地街道", "试行", "待确认"),
                        cells("B4", "", "说不清楚", "非 邻里纠纷", "", "不予受理", "否", "", "试行", "待确认"))
                .sheet(
                        file,
                        "流转上限",
                        cells("编号 Id", "事项 Event type", "最多单位数 Most bodies", "依据 Basis", "状态 Status"),
                        cells("C1", "路面坑洞", "3", "试行", "待确认"),
                        cells("C2", "邻里纠纷", "1", "试行", "待确认"))
                .sheet(
                        file,
                        "提级对象",
                        cells("编号 Id", "牵头类别 Lead kind", "提至 To", "依据 Basis", "状态 Status"),
                        cells("T1", "部门", "指挥中心", "试行", "待确认"))
                .sheet(
                        file,
                        "联席会议",
                        cells(
                                "编号 Id",
                                "事项 Event type",
                                "联席会议 Conference",
                                "召集 Convened by",
                                "成员 Members",
                                "依据 Basis",
                                "状态 Status"),
                        cells("M1", "路面坑洞", "道路联席会议", "协办局", "水务公司", "试行", "待确认"))
                .sheet(
                        file,
                        "延期审批",
                        cells(
                                "编号 Id",
                                "提前工作日 Working days ahead",
                                "延期次数 Extensions",
                                "同意 Granted",
                                "延长 By",
                                "依据 Basis",
                                "状态 Status"),
                        cells("X1", "≥1", "0", "是", "2 工作日", "试行", "待确认"),
                        cells("X2", "0", "", "否", "", "试行", "待确认"));
    }

    /** The same with a level below, which takes back what was raised; empty for the body that leads. */
    public static TinyPolicy lowering(String to) {
        String file = "escalation.xlsx";
        return tiny().cell(file + " 升级条件!K2", "已提级 Raised")
                .row(file, "升级条件", "V4", "", "", "", "降级办理", "牵头", "", "", "试行", "待确认", "是")
                .row(file, "说明", "降级对象", "首行命中")
                .sheet(file, "降级对象", cells("编号 Id", "降至 To", "依据 Basis", "状态 Status"), cells("U1", to, "试行", "待确认"));
    }

    /** The same with tables that say which pauses, extensions and explanations count, how long a citizen waits, and by when the centre
     * must have ruled. */
    public static TinyPolicy fair() {
        String file = "escalation.xlsx";
        return tiny().sheet(
                        "vocabulary.xlsx",
                        "暂停事由",
                        cells("代码 Code", "名称 Label"),
                        cells("TEST", "等待检测"),
                        cells("OTHERS", "等待别家"))
                .row(file, "说明", "时限变动", "首行命中")
                .row(file, "说明", "总时限", "首行命中")
                .sheet(
                        file,
                        "时限变动",
                        cells(
                                "编号 Id",
                                "情形 Event",
                                "暂停事由 Ground",
                                "自行决定 By itself",
                                "决定单位类别 Decided by",
                                "第几次 Which time",
                                "准许 Allowed",
                                "最长 At most",
                                "依据 Basis",
                                "状态 Status"),
                        cells("G1", "", "", "是", "", "", "否", "", "试行", "待确认"),
                        cells("G2", "暂停", "等待检测", "", "指挥中心", "1", "是", "5 天", "试行", "待确认"),
                        cells("G3", "暂停", "", "", "", "", "否", "", "试行", "待确认"),
                        cells("G4", "同意延期", "", "", "", "", "是", "2 工作日", "试行", "待确认"),
                        cells("G5", "说明原因", "", "", "", "1", "是", "2 天", "试行", "待确认"))
                .sheet(
                        file,
                        "总时限",
                        cells(
                                "编号 Id",
                                "事项 Event type",
                                "时限 Limit",
                                "每隔 Every",
                                "措施 Action",
                                "对象 Concerned",
                                "抄送 Copy",
                                "限期 Within",
                                "依据 Basis",
                                "状态 Status",
                                "重开时限 Once reopened"),
                        cells("Z1", "井盖破损", "3 天", "", "指挥中心裁定", "牵头", "", "", "试行", "待确认", "2 天"),
                        cells("Z2", "", "20 天", "2 天", "提级办理", "牵头", "", "", "试行", "待确认", "10 天"))
                .row(file, "说明", "裁定限期", "全部适用")
                .sheet(
                        file,
                        "裁定限期",
                        cells(
                                "编号 Id",
                                "已启动联席会议 In conference",
                                "限期 Within",
                                "限期比例 Share of limit",
                                "逾期措施 When late",
                                "每隔 Every",
                                "抄送 Copy",
                                "依据 Basis",
                                "状态 Status"),
                        cells("N1", "", "1 工作日", "50", "催办", "1 工作日", "协办局", "试行", "待确认"),
                        cells("N2", "否", "3 工作日", "", "启动联席会议", "", "", "试行", "待确认"))
                .row(file, "等候督办", "W2", "", "挂账", "10 天", "10 天", "提醒", "指挥中心", "", "", "试行", "待确认");
    }

    /** The same, where a pause for a test, the centre's extension and an explanation have to be proved. */
    static TinyPolicy proving() {
        return fair().sheet(
                        "vocabulary.xlsx",
                        "凭证",
                        cells("代码 Code", "名称 Label"),
                        cells("RECEIPT", "送检回执"),
                        cells("NOTICE", "告知书"))
                .sheet(
                        "escalation.xlsx",
                        "时限变动",
                        cells(
                                "编号 Id",
                                "情形 Event",
                                "暂停事由 Ground",
                                "自行决定 By itself",
                                "准许 Allowed",
                                "最长 At most",
                                "须有凭证 Proof required",
                                "依据 Basis",
                                "状态 Status"),
                        cells("G1", "", "", "是", "否", "", "送检回执", "试行", "待确认"),
                        cells("G2", "暂停", "等待检测", "", "是", "5 天", "送检回执、告知书", "试行", "待确认"),
                        cells("G3", "", "", "", "是", "2 天", "告知书", "试行", "待确认"));
    }

    private static String[] cells(String... cells) {
        return cells;
    }

    private static String[] and(String[] some, String[] more) {
        var all = new String[some.length + more.length];
        System.arraycopy(some, 0, all, 0, some.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
