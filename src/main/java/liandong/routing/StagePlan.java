package liandong.routing;

import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import liandong.calendar.CalendarEndedException;
import liandong.calendar.Limit;
import liandong.engine.Timetable;
import liandong.incident.Body;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/** Gives the stages of an assignment their times (阶段计时). */
public final class StagePlan {
    private static final RequestPointer NOW = new RequestPointer("/now");

    private final Timetable timetable;

    /** The clock of the decision that the stages count from. */
    public StagePlan(Timetable timetable) {
        this.timetable = timetable;
    }

    /**
     * Gives each stage its times: counted from now, or from when the stages before it are due.
     *
     * <p>A stage whose limit runs beyond the calendar is left out, and with it those that count from it: who has to act must
     * be told even where nobody can say by when.
     *
     * @param stageRows rows of the stage table, in any order; at least one
     */
    public Schedule schedule(Collection<?> stageRows) {
        List<StageRow> rows = stageRows.stream()
                .map(StageRow.class::cast)
                .sorted(Comparator.comparingInt(StageRow::order)
                        .thenComparing(row -> row.ref().id()))
                .toList();
        var stages = new ArrayList<PlannedStage>();
        var refs = new ArrayList<RowRef>();
        var untimed = new ArrayList<String>();
        CalendarEndedException ended = null;
        for (StageRow row : rows) {
            refs.add(row.ref());
            if (ended != null && row.countsFrom() == StageStart.PREVIOUS_STAGE) {
                untimed.add(row.stage());
                continue;
            }
            OffsetDateTime start = start(row, stages).toOffsetDateTime();
            try {
                OffsetDateTime due = timetable.after(start, row.limit());
                stages.add(new PlannedStage(
                        row.order(),
                        row.stage(),
                        row.limit(),
                        start,
                        due,
                        row.ref().id(),
                        Boolean.TRUE.equals(row.procedure()),
                        false));
            } catch (CalendarEndedException e) {
                untimed.add(row.stage());
                ended = e;
            }
        }
        List<Problem> warnings = ended == null
                ? List.of()
                : List.of(Problem.of(
                        Code.NO_DUE_TIME, NOW, String.join("、", untimed), ended.date(), ended.first(), ended.last()));
        return new Schedule(List.copyOf(stages), List.copyOf(refs), warnings);
    }

    /**
     * Gives those who would judge their due times, counted from now.
     *
     * @param deskRows rows of the desk table, in the order of the sheet
     */
    public DeskPlan desks(Collection<?> deskRows) {
        return new DeskPlan(deskRows.stream()
                .map(DeskRow.class::cast)
                .map(row -> new DeskPlan.Place(
                        row,
                        new TriageDesk(
                                row.queue(),
                                row.by(),
                                row.urgency(),
                                due(row.limit()),
                                row.ref().id())))
                .toList());
    }

    /**
     * What is answered at once.
     *
     * @param row the row that says so
     * @param lead who would lead if it were dispatched; answers when the row names nobody
     * @return by when and by whom; empty when neither names a body
     */
    public List<Answered> answered(AnswerRow row, @Nullable Body lead) {
        Body by = row.by() == null ? lead : row.by();
        return by == null ? List.of() : List.of(new Answered(row, by, due(row.limit())));
    }

    private @Nullable OffsetDateTime due(Limit limit) {
        try {
            return timetable.due(limit);
        } catch (CalendarEndedException e) {
            return null; // who judges or answers is told all the same
        }
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
