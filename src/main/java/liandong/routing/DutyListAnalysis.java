package liandong.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import liandong.analysis.AnalysedTable;
import liandong.analysis.TableAnalysis;
import liandong.incident.EventType;
import liandong.incident.MatterKind;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.table.Row;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/** Finds rows of the duty catalogue that send down to sub-districts or communities what is on none of their lists. */
final class DutyListAnalysis {
    private static final String EVENT_TYPE = "事项";
    private static final int NAMED = 5;

    private final Policy policy;
    private final List<AnalysedTable> tables;

    DutyListAnalysis(Policy policy, List<AnalysedTable> tables) {
        this.policy = policy;
        this.tables = tables;
    }

    /** Tells of each row once, with the event types that are on no list; of nothing when the policy keeps no lists. */
    void tell(Consumer<Problem> problems) {
        TableAnalysis lists = analysis(DutyListRow.class);
        TableAnalysis duties = analysis(DutyRow.class);
        Table<DutyRow> table = policy.table(DutyRow.class);
        if (lists == null || duties == null || table == null) {
            return;
        }
        Map<DutyRow, List<String>> offList = new LinkedHashMap<>();
        for (EventType type : policy.vocabulary().all(EventType.class)) {
            boolean listed = lists.mayApplyTo(EVENT_TYPE, type).stream()
                    .anyMatch(row -> row instanceof DutyListRow list && list.listed() == ListedDuty.BASIC);
            if (!listed) {
                for (Row row : duties.mayApplyTo(EVENT_TYPE, type)) {
                    if (row instanceof DutyRow duty && sendsDown(duty, type)) {
                        offList.computeIfAbsent(duty, each -> new ArrayList<>()).add(type.label());
                    }
                }
            }
        }
        offList.forEach((duty, types) ->
                problems.accept(Problem.of(Code.DUTY_OFF_LIST, table.at(duty, "路径"), shortened(types))));
    }

    /** Whether a row would have a sub-district or community lead, were there no lists. */
    private static boolean sendsDown(DutyRow duty, EventType type) {
        return switch (duty.route()) {
            case COMMUNITY -> true;
            case CONFERENCE -> false;
            case SUB_DISTRICT ->
                type.kind() == MatterKind.EVENT
                        || duty.lead() == null
                        || duty.lead().standsForTerritory();
            default -> duty.lead() == null || duty.lead().standsForTerritory();
        };
    }

    private @Nullable TableAnalysis analysis(Class<? extends Row> rows) {
        return tables.stream()
                .filter(each -> each.table().type() == rows)
                .map(AnalysedTable::analysis)
                .findFirst()
                .orElse(null);
    }

    static String shortened(List<String> labels) {
        String first = String.join("、", labels.subList(0, Math.min(NAMED, labels.size())));
        return labels.size() > NAMED ? first + " … (" + labels.size() + ")" : first;
    }
}
