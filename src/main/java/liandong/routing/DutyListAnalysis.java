package liandong.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import liandong.analysis.AnalysedTable;
import liandong.analysis.LivingRows;
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
        withdrawn(problems);
    }

    /** Tells of rows of the lists that keep a matter from whoever is on the spot, though the catalogue names nobody above. */
    private void withdrawn(Consumer<Problem> problems) {
        LivingRows<DutyListRow> lists = LivingRows.of(DutyListRow.class, policy, tables);
        LivingRows<DutyRow> duties = LivingRows.of(DutyRow.class, policy, tables);
        if (lists == null || duties == null) {
            return;
        }
        lists.each((row, number) -> {
            var without = new LinkedHashMap<String, DutyRow>();
            for (EventType type : policy.vocabulary().all(EventType.class)) {
                Map<String, EventType> facts = Map.of(EVENT_TYPE, type);
                if (row.listed() != ListedDuty.BASIC && lists.analysis().mayCount(number, facts)) {
                    duties.each((duty, place) -> {
                        if (isOnTheSpot(duty) && duties.analysis().mayCount(place, facts)) {
                            without.putIfAbsent(type.label(), duty);
                        }
                    });
                }
            }
            if (!without.isEmpty()) {
                DutyRow duty = without.values().iterator().next();
                problems.accept(Problem.of(
                        Code.WITHDRAWN_FROM_ALL,
                        lists.at(number, "清单类别"),
                        row.listed().label(),
                        shortened(List.copyOf(without.keySet())),
                        duty.ref().id(),
                        duty.ref().row()));
            }
        });
    }

    /** Whether nobody but a sub-district or community leads. */
    private static boolean isOnTheSpot(DutyRow duty) {
        return duty.route() != RoutingPath.CONFERENCE
                && (duty.lead() == null || duty.lead().standsForTerritory());
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
