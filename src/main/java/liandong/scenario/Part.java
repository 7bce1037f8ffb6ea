package liandong.scenario;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import liandong.decision.ActionKind;
import liandong.decision.ClassifiedBy;
import liandong.decision.ClosureOutcome;
import liandong.decision.ClosureReason;
import liandong.decision.ClosureStage;
import liandong.decision.EscalationOutcome;
import liandong.decision.LineOf;
import liandong.decision.Outcome;
import liandong.decision.Quiet;
import liandong.decision.Route;
import liandong.decision.ScoringOutcome;
import liandong.decision.TriageReason;
import liandong.incident.Body;
import liandong.incident.Category;
import liandong.incident.Channel;
import liandong.incident.EventType;
import liandong.incident.Measure;
import liandong.incident.PeriodItem;
import liandong.incident.Proof;
import liandong.incident.Severity;
import liandong.incident.Topic;
import liandong.incident.Urgency;
import liandong.wire.DecisionKind;
import tools.jackson.databind.JsonNode;

/**
 * A part of an answer that a scenario may expect something of.
 *
 * @param name what it is called, in Chinese
 * @param paths where it may stand in the answer: members with dots between, {@code []} after a list; the first that is
 *     there counts
 * @param type what its values are; {@code String} for anything that is only text
 */
public record Part(String name, List<String> paths, Class<?> type) {
    /** What a header begins with whose column expects something. */
    static final String EXPECTED = "预期";

    /** Ids of the rows that are among the reasons, and codes of the rules that have fired. */
    static final Part FIRED = new Part("命中", List.of("fired[]"), String.class);

    /** Codes of the problems with a request that is refused. */
    static final Part REFUSED = part("拒收", String.class, "problems[].code");

    private static final List<Part> OF_ALL =
            List.of(part("未确认", String.class, "unconfirmed[]"), part("规则", String.class, "because[].rule"), REFUSED);

    private static final List<Part> OF_ROUTING = List.of(
            part("结果", Outcome.class, "outcome"),
            part("原因", TriageReason.class, "reason"),
            part("并入", String.class, "mergedInto"),
            part("转接", Body.class, "relayTo[]"),
            part("类别", Category.class, "assignment.category", "classification.category"),
            part("主题", Topic.class, "assignment.topic", "classification.topic"),
            part("事项", EventType.class, "assignment.eventType", "classification.eventType"),
            part("分类依据", ClassifiedBy.class, "assignment.by", "classification.by"),
            part("等级", Severity.class, "assignment.severity", "classification.severity"),
            part("紧急程度", Urgency.class, "assignment.urgency", "classification.urgency"),
            part("路径", Route.class, "assignment.route"),
            part("牵头", Body.class, "assignment.lead"),
            part("配合", Body.class, "assignment.assisting[]"),
            part("联席会议", Body.class, "assignment.conference"),
            part("知会", Body.class, "assignment.informed[]"),
            part("阶段", String.class, "assignment.stages[].name"),
            part("序", BigDecimal.class, "assignment.stages[].order"),
            part("时限", String.class, "assignment.stages[].limit"),
            part("起算", OffsetDateTime.class, "assignment.stages[].start"),
            part("到期", OffsetDateTime.class, "assignment.stages[].due"),
            part("阶段行", String.class, "assignment.stages[].row"),
            part("复核时间", OffsetDateTime.class, "assignment.nextReviewAt"),
            part("候选", EventType.class, "candidates[].eventType"),
            part("候选票数", BigDecimal.class, "candidates[].points"),
            part("候选行", String.class, "candidates[].rows[]"));

    private static final List<Part> OF_ESCALATION = List.of(
            part("结果", EscalationOutcome.class, "outcome"),
            part("原因", Quiet.class, "reason"),
            part("措施", ActionKind.class, "actions[].action"),
            part("措施行", String.class, "actions[].rows[]"),
            part("对象", Body.class, "actions[].to[]"),
            part("措施阶段", String.class, "actions[].stage"),
            part("抄送", Body.class, "actions[].copied[]"),
            part("措施起", OffsetDateTime.class, "actions[].since"),
            part("措施期限", OffsetDateTime.class, "actions[].due"),
            part("召开联席会议", Body.class, "actions[].conference"),
            part("参会", Body.class, "actions[].members[]"),
            part("重排阶段", String.class, "actions[].stages[].name"),
            part("重排起算", OffsetDateTime.class, "actions[].stages[].start"),
            part("重排到期", OffsetDateTime.class, "actions[].stages[].due"),
            part("未办阶段", String.class, "openStages[].name"),
            part("未办到期", OffsetDateTime.class, "openStages[].due"),
            part("复核时间", OffsetDateTime.class, "nextReviewAt"));

    private static final List<Part> OF_CLOSURE = List.of(
            part("环节", ClosureStage.class, "stage"),
            part("结果", ClosureOutcome.class, "outcome"),
            part("原因", ClosureReason.class, "reason"),
            part("缺阶段", String.class, "missing.stages[]"),
            part("缺佐证", Proof.class, "missing.proofs[]"),
            part("重办次序", BigDecimal.class, "redo.number"),
            part("重办单位", Body.class, "redo.by"),
            part("重办时限", String.class, "redo.limit"),
            part("重办到期", OffsetDateTime.class, "redo.due"),
            part("重办行", String.class, "redo.row"),
            part("预警", Body.class, "warned"),
            part("抽样比例", BigDecimal.class, "sampling.rate"),
            part("签号", BigDecimal.class, "sampling.lot"),
            part("抽中", Boolean.class, "sampling.taken"),
            part("抽样行", String.class, "sampling.row"),
            part("回访单位", Body.class, "followUp.by"),
            part("回访方式", Channel.class, "followUp.how"),
            part("回访时限", String.class, "followUp.limit"),
            part("回访到期", OffsetDateTime.class, "followUp.due"),
            part("回访行", String.class, "followUp.row"),
            part("归档类别", String.class, "archive.class"),
            part("归档行", String.class, "archive.row"),
            part("复核时间", OffsetDateTime.class, "nextReviewAt"));

    private static final List<Part> OF_SCORING = List.of(
            part("结果", ScoringOutcome.class, "outcome"),
            part("得分", BigDecimal.class, "score"),
            part("满分", BigDecimal.class, "outOf"),
            part("等次", liandong.decision.Grade.class, "grade"),
            part("明细", LineOf.class, "lines[].for"),
            part("明细分", BigDecimal.class, "lines[].points"),
            part("明细行", String.class, "lines[].row"),
            part("申诉后得分", BigDecimal.class, "ifAppealsAreUpheld.score"),
            part("申诉后差额", BigDecimal.class, "ifAppealsAreUpheld.difference"),
            part("申诉后等次", liandong.decision.Grade.class, "ifAppealsAreUpheld.grade"));

    private static final List<Part> OF_PERIOD = List.of(
            part("单位", Body.class, "scores[].body"),
            part("名次", BigDecimal.class, "scores[].rank"),
            part("结果", ScoringOutcome.class, "scores[].outcome"),
            part("得分", BigDecimal.class, "scores[].score"),
            part("满分", BigDecimal.class, "scores[].outOf"),
            part("等次", liandong.decision.Grade.class, "scores[].grade"),
            part("指标", Measure.class, "scores[].measures[].measure"),
            part("比率", BigDecimal.class, "scores[].measures[].rate"),
            part("项目", PeriodItem.class, "scores[].items[].item"),
            part("项目分", BigDecimal.class, "scores[].items[].points"),
            part("明细分", BigDecimal.class, "scores[].items[].lines[].points"),
            part("明细行", String.class, "scores[].items[].lines[].row"),
            part("未评项目", PeriodItem.class, "scores[].notGiven[]"));

    private static Part part(String name, Class<?> type, String... paths) {
        return new Part(name, List.of(paths), type);
    }

    /** The parts of the answers of a kind, by name, and by path as in JSON. */
    static Map<String, Part> of(DecisionKind kind) {
        var parts = new ArrayList<Part>(
                switch (kind) {
                    case ROUTING -> OF_ROUTING;
                    case ESCALATION -> OF_ESCALATION;
                    case CLOSURE -> OF_CLOSURE;
                    case SCORING -> OF_SCORING;
                    case PERIOD -> OF_PERIOD;
                });
        parts.addAll(OF_ALL);
        var byName = new LinkedHashMap<String, Part>();
        parts.forEach(part -> byName.put(part.name(), part));
        parts.forEach(part -> part.paths().forEach(path -> byName.put(path, part)));
        return byName;
    }

    /** The parts of an answer that a recorded case expects: what was decided, not by which steps. */
    static List<Part> recorded(DecisionKind kind) {
        Map<String, Part> parts = of(kind);
        String names = switch (kind) {
            case ROUTING -> "结果、原因、并入、转接、类别、事项、等级、紧急程度、路径、牵头、配合、联席会议、知会、阶段、时限、到期、复核时间";
            case ESCALATION -> "结果、原因、措施、措施阶段、对象、抄送、措施起、措施期限、召开联席会议、参会、重排阶段、重排到期、未办阶段、未办到期、复核时间";
            case CLOSURE -> "环节、结果、原因、缺阶段、缺佐证、重办次序、重办单位、重办时限、重办到期、预警、抽中、回访单位、回访方式、回访时限、回访到期、归档类别、复核时间";
            case SCORING -> "结果、得分、满分、等次、申诉后得分、申诉后差额、申诉后等次";
            case PERIOD -> "单位、名次、结果、得分、满分、等次、比率、项目、项目分、未评项目";
        };
        return Stream.of(names.split("、", -1))
                .map(parts::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether an answer can have several of it. */
    public boolean several() {
        return paths.get(0).contains("[]");
    }

    /** What an answer has of it, in its order; empty for nothing. */
    List<JsonNode> in(JsonNode answer) {
        for (String path : paths) {
            var found = new ArrayList<JsonNode>();
            collect(answer, List.of(path.split("\\.", -1)), found);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private static void collect(JsonNode node, List<String> path, List<JsonNode> found) {
        if (path.isEmpty()) {
            found.add(node);
            return;
        }
        String name = path.get(0);
        boolean list = name.endsWith("[]");
        JsonNode member = node.path(list ? name.substring(0, name.length() - 2) : name);
        List<String> rest = path.subList(1, path.size());
        if (member.isMissingNode() || member.isNull()) {
            return;
        }
        if (list) {
            member.forEach(each -> collect(each, rest, found));
        } else {
            collect(member, rest, found);
        }
    }
}
