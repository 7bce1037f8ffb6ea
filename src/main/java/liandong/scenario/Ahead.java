package liandong.scenario;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import liandong.policy.AllCores;
import liandong.policy.Policy;
import liandong.problem.CellRef;
import liandong.scenario.Cases.Result;
import liandong.table.Condition;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Which scenarios and stories would fail, and from which day on, as rows begin and end.
 *
 * <p>Each is asked again by the rows of each coming day on which a row of a table that it asks begins or ends; its own moments
 * stay, so that nothing but those rows can make a difference. One that fails is not asked for later days.
 *
 * @param from the first day looked at
 * @param to the last
 * @param turning how many days there are on which a row begins or ends
 * @param looked how many of these were looked at, from the first; fewer than {@code turning} when there are too many
 * @param asked how many questions that took: a scenario is one, a story has several
 * @param days the days from which something fails, in order
 * @param calendarEnds the first day that the calendar does not cover, when it is one of those days; null otherwise
 */
public record Ahead(
        LocalDate from,
        LocalDate to,
        int turning,
        int looked,
        long asked,
        List<Day> days,
        @Nullable LocalDate calendarEnds) {
    /** As many days as are looked at. */
    public static final int MOST_DAYS = 200;

    /** As many rows as are named for one that fails. */
    private static final int MOST_ROWS = 5;

    /**
     * A row that begins or ends.
     *
     * @param row the row
     * @param begins whether it counts from that day on; otherwise it does no longer
     */
    public record Turn(RowRef row, boolean begins) {}

    /**
     * A scenario or story that fails.
     *
     * @param id its id
     * @param title its title
     * @param at the cell of its id
     * @param result the question that would be answered otherwise than expected
     * @param turns the rows whose days do it: those its answers rested on or rest on now; when there is none among these, those
     *     of all tables it asks, the first {@value #MOST_ROWS}
     */
    public record Failing(String id, String title, CellRef at, Result result, List<Turn> turns) {}

    /**
     * A day from which scenarios fail.
     *
     * @param on the day; the first one for what has changed since the scenarios' own moments
     * @param failing which ones
     */
    public record Day(LocalDate on, List<Failing> failing) {}

    /** Whether nothing that passes now fails by the last day that was looked at. */
    public boolean good() {
        return days.isEmpty();
    }

    /** How many fail. */
    public long failing() {
        return days.stream().mapToLong(day -> day.failing().size()).sum();
    }

    /** Told after each day how many of all are done. */
    @FunctionalInterface
    public interface Progress {
        /** So many of so many days are done. */
        void at(int done, int of);
    }

    /** A scenario or story that passes so far, with what its answers rested on. */
    private static final class Subject {
        private final @Nullable Scenario scenario;
        private final @Nullable CaseStory story;
        private Set<Table<? extends Row>> asked = Set.of();
        private Set<String> fired = Set.of();
        private long questions;

        Subject(@Nullable Scenario scenario, @Nullable CaseStory story) {
            this.scenario = scenario;
            this.story = story;
        }

        /** Asks it; the question that is answered otherwise than expected, null for none. */
        @Nullable
        Result ask(Policy policy) {
            var tables = new HashSet<Table<? extends Row>>();
            Policy watched = policy.watched((table, fact, on, singly) -> tables.add(table));
            List<Result> results = scenario != null
                    ? List.of(Cases.run(watched, scenario))
                    : story != null ? Cases.run(watched, story).results() : List.of();
            questions += results.size();
            var rows = new HashSet<String>();
            results.forEach(result -> result.answer().path("fired").forEach(id -> rows.add(id.asString(""))));
            asked = tables;
            fired = rows;
            return results.stream().filter(each -> !each.passed()).findFirst().orElse(null);
        }

        Set<Class<?>> types() {
            var types = new HashSet<Class<?>>();
            asked.forEach(table -> types.add(table.type()));
            return types;
        }

        Failing failing(Result result, List<Turn> turns) {
            if (story != null) {
                return new Failing(story.id(), story.title(), story.at(), result, turns);
            }
            Scenario own = scenario == null ? result.scenario() : scenario;
            return new Failing(own.id(), own.title(), own.at(), result, turns);
        }

        LocalDate day(ZoneId zone) {
            Scenario own = scenario;
            OffsetDateTime moment = own == null
                    ? story == null ? null : story.steps().get(0).time().moment()
                    : OffsetDateTime.parse(own.request().path("now").asString(""));
            return moment == null
                    ? LocalDate.EPOCH
                    : moment.atZoneSameInstant(zone).toLocalDate();
        }
    }

    /**
     * Looks ahead.
     *
     * @param report what came of the scenarios by their own moments: only what passed is looked at
     * @param from the first day, from which {@code days} are looked at
     */
    public static Ahead of(TestReport report, LocalDate from, int days, Progress progress) {
        Policy policy = report.policy();
        LocalDate to = from.plusDays(days);
        SortedMap<LocalDate, List<Dated>> turning = turning(policy, from, to);
        List<LocalDate> looked = turning.keySet().stream().limit(MOST_DAYS).toList();
        List<Subject> open = new ArrayList<>();
        report.results().stream()
                .filter(Result::passed)
                .forEach(result -> open.add(new Subject(result.scenario(), null)));
        report.stories().stream().filter(StoryRun::passed).forEach(run -> open.add(new Subject(null, run.story())));
        var found = new ArrayList<Day>();
        List<Subject> all = List.copyOf(open);
        add(found, first(policy, from, open));
        progress.at(1, looked.size() + 1);
        for (int i = 0; i < looked.size(); i++) {
            LocalDate day = looked.get(i);
            List<Dated> turns = turning.getOrDefault(day, List.of());
            var types = new HashSet<Class<?>>();
            turns.forEach(each -> types.add(each.type()));
            List<Subject> concerned = open.stream()
                    .filter(each -> each.types().stream().anyMatch(types::contains))
                    .toList();
            Policy then = policy.asOn(day);
            add(found, ask(day, then, concerned, open, subject -> turns));
            progress.at(i + 2, looked.size() + 1);
        }
        LocalDate ends = policy.calendar().goesByLaw()
                ? null
                : policy.calendar().lastYear().plusYears(1).atDay(1);
        boolean within = ends != null && !ends.isBefore(from) && !ends.isAfter(to);
        long asked = all.stream().mapToLong(each -> each.questions).sum();
        return new Ahead(from, to, turning.size(), looked.size(), asked, List.copyOf(found), within ? ends : null);
    }

    private static void add(List<Day> days, Day day) {
        if (!day.failing().isEmpty()) {
            days.add(day);
        }
    }

    /** What has changed since the scenarios' own moments. */
    private static Day first(Policy policy, LocalDate from, List<Subject> open) {
        Policy then = policy.asOn(from);
        ZoneId zone = policy.calendar().zone();
        // What their answers rest on by their own moments is needed to tell which row does it.
        AllCores.map(open, subject -> subject.ask(policy) == null);
        Map<LocalDate, List<Dated>> since = new LinkedHashMap<>();
        return ask(from, then, List.copyOf(open), open, subject -> {
            synchronized (since) {
                return since.computeIfAbsent(subject.day(zone), day -> between(policy, day, from));
            }
        });
    }

    /** What has turned for a subject. */
    private interface Turned {
        List<Dated> of(Subject subject);
    }

    private static Day ask(LocalDate day, Policy then, List<Subject> concerned, List<Subject> open, Turned turned) {
        List<@Nullable Failing> failing = AllCores.map(concerned, subject -> {
            Set<String> before = subject.fired;
            Result result = subject.ask(then);
            return result == null ? null : subject.failing(result, blamed(subject, before, turned.of(subject)));
        });
        var found = new ArrayList<Failing>();
        for (int i = 0; i < concerned.size(); i++) {
            Failing each = failing.get(i);
            if (each != null) {
                found.add(each);
                open.remove(concerned.get(i));
            }
        }
        return new Day(day, List.copyOf(found));
    }

    /** The rows whose days make a subject fail. */
    private static List<Turn> blamed(Subject subject, Set<String> before, List<Dated> turned) {
        Set<Class<?>> types = subject.types();
        List<Turn> own = turned.stream()
                .filter(each -> types.contains(each.type()))
                .map(Dated::turn)
                .toList();
        List<Turn> rested = own.stream()
                .filter(turn -> (turn.begins() ? subject.fired : before)
                        .contains(turn.row().id()))
                .toList();
        return (rested.isEmpty() ? own : rested).stream().limit(MOST_ROWS).toList();
    }

    // ———— Rows that begin and end ————

    /** A row that begins or ends, and the kind of rows of its table. */
    private record Dated(Class<?> type, Turn turn) {}

    private static SortedMap<LocalDate, List<Dated>> turning(Policy policy, LocalDate from, LocalDate to) {
        var turning = new TreeMap<LocalDate, List<Dated>>();
        dated(policy).forEach((table, rows) -> {
            for (int row : rows) {
                from.plusDays(1).datesUntil(to.plusDays(1)).forEach(day -> {
                    boolean counts = table.isInForce(row, day);
                    if (counts != table.isInForce(row, day.minusDays(1))) {
                        turning.computeIfAbsent(day, each -> new ArrayList<>()).add(dated(table, row, counts));
                    }
                });
            }
        });
        return turning;
    }

    private static List<Dated> between(Policy policy, LocalDate before, LocalDate after) {
        var turned = new ArrayList<Dated>();
        dated(policy).forEach((table, rows) -> {
            for (int row : rows) {
                boolean counts = table.isInForce(row, after);
                if (counts != table.isInForce(row, before)) {
                    turned.add(dated(table, row, counts));
                }
            }
        });
        return turned;
    }

    private static Map<Table<? extends Row>, List<Integer>> dated(Policy policy) {
        var dated = new LinkedHashMap<Table<? extends Row>, List<Integer>>();
        policy.tables().forEach(table -> {
            List<Integer> rows = IntStream.range(0, table.rows().size())
                    .filter(row -> table.inForce(row) != Condition.ANY)
                    .boxed()
                    .toList();
            if (!rows.isEmpty()) {
                dated.put(table, rows);
            }
        });
        return dated;
    }

    private static Dated dated(Table<? extends Row> table, int row, boolean begins) {
        return new Dated(table.type(), new Turn(table.rows().get(row).ref(), begins));
    }
}
