package liandong.scenario;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import liandong.incident.Column;

/** What the columns of facts are called where no condition column has named them already. */
final class Headers {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("Report.id", "事件编号 Incident id"),
            Map.entry("Report.reportedAt", "上报时间 Reported at"),
            Map.entry("Report.text", "正文 Text"),
            Map.entry("Report.eventType", "事项 Event type"),
            Map.entry("Report.category", "类别 Category"),
            Map.entry("Report.sameAs", "在办件 Same as"),
            Map.entry("EscalationFacts.severity", "等级 Severity"),
            Map.entry("EscalationFacts.urgency", "紧急程度 Urgency"),
            Map.entry("EscalationFacts.assignedAt", "交办时间 Assigned at"),
            Map.entry("EscalationFacts.lead", "牵头 Lead"),
            Map.entry("EscalationFacts.assisting", "配合 Assisting"),
            Map.entry("EscalationFacts.conference", "预定联席会议 Conference in view"),
            Map.entry("EscalationFacts.stages", "阶段 Stages"),
            Map.entry("EscalationFacts.events", "情形 Events"),
            Map.entry("EscalationFacts.noClearLaw", "无明确依据 No clear law"),
            Map.entry("Similar.area", "同类区域 Similar in"),
            Map.entry("CaseEvent.reason", "退单理由 Return reason"),
            Map.entry("CaseEvent.until", "延期至 Until"),
            Map.entry("ClosureFacts.severity", "等级 Severity"),
            Map.entry("ClosureFacts.urgency", "紧急程度 Urgency"),
            Map.entry("ClosureFacts.lead", "牵头 Lead"),
            Map.entry("ClosureFacts.stages", "阶段 Stages"),
            Map.entry("Handling.concludedAt", "报办结时间 Concluded at"),
            Map.entry("Handling.proofs", "佐证 Proofs"),
            Map.entry("HandledStage.order", "序 Order"),
            Map.entry("HandledStage.name", "阶段 Stage"),
            Map.entry("HandledStage.limit", "时限 Limit"),
            Map.entry("HandledStage.start", "起算 Start"),
            Map.entry("HandledStage.due", "到期 Due"),
            Map.entry("HandledStage.row", "行 Row"),
            Map.entry("HandledStage.doneAt", "办毕 Done at"),
            Map.entry("FollowUp.at", "回访时间 Followed up at"),
            Map.entry("FollowUp.by", "回访单位 By"),
            Map.entry("FollowUp.how", "回访方式 How"),
            Map.entry("FollowUp.triesBefore", "此前回访 Tries before"),
            Map.entry("ScoredCase.id", "事件编号 Incident id"),
            Map.entry("ScoredCase.reportedAt", "上报时间 Reported at"),
            Map.entry("ScoredCase.events", "情形 Events"),
            Map.entry("CaseEvent.at", "时间 At"),
            Map.entry("CaseEvent.body", "单位 Body"),
            Map.entry("CaseEvent.contested", "申诉 Contested"),
            Map.entry("PeriodFacts.periods", "各单位 Periods"),
            Map.entry("Period.from", "起 From"),
            Map.entry("Period.to", "止 To"),
            Map.entry("Period.cases", "案件 Cases"),
            Map.entry("Period.organisation", "组织保障 Organisation"),
            Map.entry("Period.supervision", "督办 Supervision"),
            Map.entry("Counts.due", "应结 Due"),
            Map.entry("Counts.deferred", "缓办 Deferred"),
            Map.entry("Counts.closed", "结案 Closed"),
            Map.entry("Counts.onTime", "按期 On time"),
            Map.entry("Counts.urgentDue", "紧急应结 Urgent due"),
            Map.entry("Counts.urgentClosed", "紧急结案 Urgent closed"),
            Map.entry("Counts.urgentOnTime", "紧急按期 Urgent on time"),
            Map.entry("Faults.failedChecks", "核查不合格 Failed checks"),
            Map.entry("Faults.casesWithThreeFailedChecks", "三次不合格 Cases with three failed checks"),
            Map.entry("Faults.fraud", "弄虚作假 Fraud"),
            Map.entry("Faults.shirked", "推诿 Shirked"),
            Map.entry("PeriodCase.id", "编号 Id"),
            Map.entry("PeriodCase.urgent", "紧急 Urgent"),
            Map.entry("PeriodCase.leaderOrMedia", "领导媒体 Leader or media"),
            Map.entry("PeriodCase.deferred", "缓办 Deferred"),
            Map.entry("PeriodCase.closed", "结案 Closed"),
            Map.entry("PeriodCase.onTime", "按期 On time"),
            Map.entry("PeriodCase.failedChecks", "核查不合格 Failed checks"),
            Map.entry("PeriodCase.fraud", "弄虚作假 Fraud"),
            Map.entry("PeriodCase.shirked", "推诿 Shirked"));

    /** What stands before the names within a record that occurs twice. */
    private static final Map<String, String> WITHIN = Map.of("Counts.leaderMediaFaults", "领导媒体");

    private Headers() {}

    /** What a component is called, in Chinese, a space, and English; its name in JSON when it has no other. */
    static String of(RecordComponent component) {
        String name = NAMES.get(key(component));
        if (name != null) {
            return name;
        }
        Column column = component.getAccessor().getAnnotation(Column.class);
        return column == null ? component.getName() : column.value();
    }

    /** What stands before the names of a component's own components; empty for nothing. */
    static String before(RecordComponent component) {
        return WITHIN.getOrDefault(key(component), "");
    }

    private static String key(RecordComponent component) {
        return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    }
}
