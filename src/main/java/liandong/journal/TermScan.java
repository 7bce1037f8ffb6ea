package liandong.journal;

import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import liandong.journal.Archive.Cursor;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.store.Database;
import liandong.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Walks along the entries that have all the marks of a search, in the order of time, a stretch at a time. */
final class TermScan {
    /** How many rows of a mark are read at first; when they lead to nothing, ever more up to the most. */
    private static final int FEW = 50;

    private static final int MOST = 1_000;

    /** A mark that has so many rows is as common as one that has more. */
    private static final int COMMON = 1_000;

    private final Database database;
    private final DecisionQuery search;
    private final boolean oldestFirst;
    private final @Nullable Cursor after;

    /** The marks, the rarest first: it leads, and the others are only looked up where it stands. */
    private final List<String> marks;

    private int stretch = FEW;
    private @Nullable Cursor row;
    private boolean ended;

    /**
     * A walk.
     *
     * @param search with at least one mark; its subject is not regarded
     * @param after where an earlier walk ended; null to begin
     */
    TermScan(Database database, DecisionQuery search, @Nullable Cursor after, boolean oldestFirst) {
        this.database = database;
        this.search = search;
        this.after = after;
        this.oldestFirst = oldestFirst;
        this.marks = search.marks().size() == 1
                ? search.marks()
                : search.marks().stream()
                        .map(mark -> new Frequency(mark, rows(mark)))
                        .sorted(comparingLong(Frequency::rows))
                        .map(Frequency::mark)
                        .toList();
    }

    private record Frequency(String mark, long rows) {}

    private long rows(String mark) {
        return database.ask(() -> database.sql()
                .sql("SELECT count(*) FROM (SELECT 1 AS one FROM decision_mark WHERE mark = ? LIMIT " + COMMON
                        + ") few")
                .param(mark)
                .query(Long.class)
                .single());
    }

    /** A row of a mark: the last entry it speaks of, and the distances to the others. */
    private record Row(long keptAt, long no, String distances) {}

    /**
     * The next entries.
     *
     * @return their numbers in order, some of which retention may have taken away; none when there are no more
     */
    List<Long> next() {
        while (!ended) {
            List<Row> rows = lead();
            ended = rows.size() < stretch;
            stretch = Math.min(MOST, 2 * stretch);
            if (rows.isEmpty()) {
                break;
            }
            Row end = rows.get(rows.size() - 1);
            row = new Cursor(end.keptAt(), end.no());
            List<Long> entries = common(rows);
            if (!entries.isEmpty()) {
                return entries;
            }
        }
        return List.of();
    }

    private List<Row> lead() {
        var where = new Where("");
        where.condition("mark = ?", marks.get(0));
        where.time(search);
        if (row != null) {
            where.after(row, oldestFirst);
        } else if (after != null) {
            // The row that the last entry found was in may speak of more.
            where.after(new Cursor(after.keptAt(), after.no() + (oldestFirst ? -1 : Journal.BATCH)), oldestFirst);
        }
        return database.ask(() -> database.sql()
                .sql("SELECT kept_at, no, entries FROM decision_mark " + where.text() + where.order(oldestFirst)
                        + " LIMIT " + stretch)
                .params(where.params())
                .query((row, number) -> new Row(row.getLong(1), row.getLong(2), row.getString(3)))
                .list());
    }

    /** Those entries of the leading mark that have all the other marks too. */
    private List<Long> common(List<Row> rows) {
        List<Long> moments = rows.stream().map(Row::keptAt).distinct().toList();
        List<Set<Long>> others = new ArrayList<>();
        for (String mark : marks.subList(1, marks.size())) {
            var having = new HashSet<Long>();
            database.ask(() -> database.sql()
                            .sql("SELECT no, entries FROM decision_mark WHERE mark = :mark AND kept_at IN (:moments)")
                            .param("mark", mark)
                            .param("moments", moments)
                            .query((row, number) -> entries(mark, row.getLong(1), row.getString(2)))
                            .list())
                    .forEach(having::addAll);
            others.add(having);
        }
        LongPredicate wanted = no -> others.stream().allMatch(having -> having.contains(no));
        var entries = new ArrayList<Long>();
        for (Row each : rows) {
            LongPredicate beyond = no -> after == null
                    || each.keptAt() != after.keptAt()
                    || (oldestFirst ? no > after.no() : no < after.no());
            var some = new ArrayList<Long>();
            for (long no : entries(marks.get(0), each.no(), each.distances())) {
                if (beyond.test(no) && wanted.test(no)) {
                    some.add(no);
                }
            }
            if (oldestFirst) {
                Collections.reverse(some);
            }
            entries.addAll(some);
        }
        return entries;
    }

    /**
     * The entries that a row speaks of.
     *
     * @throws StoreException if somebody has made something of it that no journal writes
     */
    private static List<Long> entries(String mark, long no, String distances) {
        List<Long> entries = Postings.entries(no, distances);
        if (entries.isEmpty()) {
            throw new StoreException(
                    Problem.of(Code.INDEX_TAMPERED, new FileRef("decision_mark " + no), mark, distances), null);
        }
        return entries;
    }
}
