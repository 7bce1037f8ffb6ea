package liandong.engine;

import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import liandong.calendar.WorkingCalendar;
import liandong.decision.Limit;
import liandong.decision.RowRef;
import liandong.decision.Schedule;
import liandong.decision.Stage;
import liandong.decision.StageRow;
import liandong.decision.StageStart;

/**
 * The clock of one decision: when it is made, and when what it orders falls due.
 *
 * @param calendar when offices are open
 * @param now the moment of the decision
 */
public record Timetable(WorkingCalendar calendar, ZonedDateTime now) {
    /**
     * When a limit that counts from now falls due.
     *
     * @throws liandong.calendar.CalendarEndedException if a working limit runs beyond the calendar
     */
    public OffsetDateTime due(Limit limit) {
        return calendar.due(now, limit).toOffsetDateTime();
    }

    /**
     * Gives each stage its times: counted from now, or from when the stages before it are due.
     *
     * @param stageRows rows of the stage table, in any order; at least one
     * @throws liandong.calendar.CalendarEndedException if a working limit runs beyond the calendar
     */
    public Schedule schedule(Collection<?> stageRows) {
        List<StageRow> rows = stageRows.stream()
                .map(StageRow.class::cast)
                .sorted(Comparator.comparingInt(StageRow::order)
                        .thenComparing(row -> row.ref().id()))
                .toList();
        var stages = new ArrayList<Stage>();
        var refs = new ArrayList<RowRef>();
        for (StageRow row : rows) {
            ZonedDateTime start = now;
            if (row.countsFrom() == StageStart.PREVIOUS_STAGE) {
                for (Stage before : stages) {
                    ZonedDateTime due = before.due().atZoneSameInstant(now.getZone());
                    if (before.order() < row.order() && due.isAfter(start)) {
                        start = due;
                    }
                }
            }
            ZonedDateTime due = calendar.due(start, row.limit());
            stages.add(new Stage(
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
}
