package liandong.analysis;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.table.Condition;
import liandong.table.HitPolicy;
import liandong.table.Row;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * What the days say on which rows begin and end: a row that ends soon and that nothing takes the place of, days between two
 * versions of a row, days on which both count, and a calendar about to end.
 *
 * <p>Rows are versions of one another when they ask the same; where all that apply count, also when the first thing that they
 * conclude is the same, such as the place of a stage among the stages.
 */
final class RowsInTime {
    /** Within so many days an end is near: time enough to write what comes after it. */
    private static final int SOON = 60;

    private static final String FROM = "生效";
    private static final String UNTIL = "失效";

    private final LocalDate today;
    private final Consumer<Problem> problems;

    private RowsInTime(LocalDate today, Consumer<Problem> problems) {
        this.today = today;
        this.problems = problems;
    }

    /** Looks at all tables and the calendar of a policy. */
    static void tell(Policy policy, LocalDate today, Consumer<Problem> problems) {
        var time = new RowsInTime(today, problems);
        policy.tables().forEach(time::table);
        LocalDate last = policy.calendar().lastYear().atMonth(12).atEndOfMonth();
        if (time.isSoon(last) && !policy.calendar().goesByLaw()) {
            problems.accept(Problem.of(Code.CALENDAR_ENDS_SOON, new FileRef("calendar.xlsx"), last));
        }
    }

    /** A row with the days on which it counts; null for no first or no last day. */
    private record Dated(
            int row, @Nullable LocalDate from, @Nullable LocalDate until) {}

    private void table(Table<? extends Row> table) {
        var versions = new LinkedHashMap<List<Object>, List<Dated>>();
        boolean dated = false;
        for (int row = 0; row < table.rows().size(); row++) {
            dated |= table.inForce(row) != Condition.ANY;
        }
        for (int row = 0; dated && row < table.rows().size(); row++) {
            var key = new ArrayList<Object>(table.conditions(row));
            if (table.hitPolicy() == HitPolicy.ALL) {
                key.add(TableAnalysis.conclusion(table.rows().get(row)).get(0));
            }
            versions.computeIfAbsent(key, each -> new ArrayList<>()).add(dated(table, row));
        }
        versions.values().forEach(rows -> versions(table, rows));
    }

    private static Dated dated(Table<? extends Row> table, int row) {
        return table.inForce(row)
                .fold(
                        () -> new Dated(row, null, null),
                        one -> new Dated(row, null, null),
                        none -> new Dated(row, null, null),
                        within -> {
                            Condition.Range first = within.ranges().get(0);
                            Condition.Range last =
                                    within.ranges().get(within.ranges().size() - 1);
                            return new Dated(
                                    row,
                                    first.from() == null
                                            ? null
                                            : LocalDate.ofEpochDay(first.from().longValueExact()),
                                    last.to() == null
                                            ? null
                                            : LocalDate.ofEpochDay(
                                                    last.to().longValueExact() - (last.toIncluded() ? 0 : 1)));
                        });
    }

    private void versions(Table<? extends Row> table, List<Dated> rows) {
        for (Dated row : rows) {
            LocalDate until = row.until();
            if (until != null && !until.isBefore(today)) {
                end(table, row, until, rows);
            }
            if (row.from() != null && row.from().isAfter(today)) {
                begin(table, row, row.from(), rows);
            }
        }
    }

    /** Tells of a row that ends: nothing comes after it, or only later. */
    private void end(Table<? extends Row> table, Dated row, LocalDate until, List<Dated> versions) {
        LocalDate after = until.plusDays(1);
        LocalDate next = null;
        for (Dated other : versions) {
            if (other.row() != row.row()
                    && (other.until() == null || other.until().isAfter(until))) {
                LocalDate from = other.from() == null || other.from().isBefore(after) ? after : other.from();
                next = next == null || from.isBefore(next) ? from : next;
            }
        }
        if (next == null && isSoon(until)) {
            problems.accept(Problem.of(Code.ROW_ENDS_SOON, table.at(table.rows().get(row.row()), UNTIL), until));
        } else if (next != null && next.isAfter(after)) {
            problems.accept(Problem.of(
                    Code.VERSION_GAP, table.at(table.rows().get(row.row()), UNTIL), after, next.minusDays(1)));
        }
    }

    /** Tells of a row that begins while another version still counts, where that keeps it from counting, or has both count. */
    private void begin(Table<? extends Row> table, Dated row, LocalDate from, List<Dated> versions) {
        for (Dated other : versions) {
            boolean counts = (other.from() == null || other.from().isBefore(from))
                    && (other.until() == null || !other.until().isBefore(from));
            boolean first = table.hitPolicy() == HitPolicy.FIRST;
            if (other.row() != row.row() && counts && (!first || other.row() < row.row())) {
                problems.accept(Problem.of(
                        first ? Code.VERSION_HIDDEN : Code.VERSIONS_OVERLAP,
                        table.at(table.rows().get(row.row()), FROM),
                        from,
                        table.rows().get(other.row()).ref().id(),
                        table.rows().get(other.row()).ref().row()));
                return;
            }
        }
    }

    private boolean isSoon(LocalDate day) {
        return !day.isBefore(today) && !day.isAfter(today.plusDays(SOON));
    }
}
