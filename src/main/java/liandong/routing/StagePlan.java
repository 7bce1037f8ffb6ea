package liandong.routing;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import liandong.calendar.CalendarEndedException;
import liandong.engine.Timetable;
import liandong.table.RowRef;

/** Gives the stages of an assignment their times (阶段计时). */
public final class StagePlan {
    private final Timetable timetable;

    /** The clock of the decision that the stages count from. */
    public StagePlan(Timetable timetable) {
        this.timetable = timetable;
    }

    /**
     * Gives each stage its times: counted from now, or from when the stages before it are due.
     *
     * @param stageRows rows of the stage table, in any order; at least one
     * @throws CalendarEndedException if a working limit runs beyond the calendar
     */
    public Schedule schedule(Collection<?> stageRows) {
        List<StageRow> rows = stageRows.stream()
                .map(StageRow.class::cast)
                .sorted(Comparator.comparingInt(StageRow::order)
                        .thenComparing(row -> row.ref().id()))
                .toList();
        var stages = new ArrayList<PlannedStage>();
        var refs = new ArrayList<RowRef>();
        for (StageRow row : rows) {
            ZonedDateTime start = start(row, stages);
            ZonedDateTime due = timetable.calendar().due(start, row.limit());
            stages.add(new PlannedStage(
                    row.order(),
                    row.stage(),
                    row.limit(),
                    start.toOffsetDateTime(),
                    due.toOffsetDateTime(),
                    row.ref().id()));
            refs.add(row.ref());
        }
        return new Schedule(List.copyOf(stages), List.copyOf(refs));
    }

    private ZonedDateTime start(StageRow row, List<PlannedStage> stages) {
        ZonedDateTime start = timetable.now();
        if (row.countsFrom() == StageStart.PREVIOUS_STAGE) {
            for (PlannedStage before : stages) {
                ZonedDateTime due =
                        before.due().atZoneSameInstant(timetable.now().getZone());
                if (before.order() < row.order() && due.isAfter(start)) {
                    start = due;
                }
            }
        }
        return start;
    }
}
