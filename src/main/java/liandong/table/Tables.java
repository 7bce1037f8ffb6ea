package liandong.table;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a policy as the rules of one decision consult them.
 *
 * <p>Remembers what was asked, so that the answer can say which rows came near. Belongs to one decision and one thread.
 */
public final class Tables {
    private final Map<Class<? extends Row>, Table<? extends Row>> tables;
    private final LocalDate on;
    private final List<Question> asked = new ArrayList<>();
    private final Set<List<RowRef>> clashes = new LinkedHashSet<>();

    private final @Nullable Watcher watcher;
    /** Whether no more may be asked. */
    private BooleanSupplier stopped = () -> false;

    /** Thrown to whoever asks when no more may be asked. */
    public static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Stopped() {
            super("No more may be asked.", null, false, false);
        }
    }

    /** Somebody who is told what the tables of a decision are asked. */
    @FunctionalInterface
    public interface Watcher {
        /**
         * A table has been asked.
         *
         * @param table the table
         * @param fact what it was asked about
         * @param on the day on which rows must be in force
         * @param singly whether it was asked of one row, whatever other rows do
         */
        void asked(Table<? extends Row> table, Object fact, LocalDate on, boolean singly);

        /** What is asked from now on is about later moments: the decision is made, and it is looked when it may change. */
        default void ahead() {}
    }

    /** From when on nothing may be asked any more: whoever asks gets {@link Stopped}. */
    public void stopWhen(BooleanSupplier stopped) {
        this.stopped = stopped;
    }

    private void goOn() {
        if (stopped.getAsBoolean()) {
            throw new Stopped();
        }
    }

    private record Question(Class<? extends Row> type, Object fact) {}

    /**
     * The tables on a day.
     *
     * @param tables by what their rows conclude
     * @param on the day on which rows must be in force
     * @param watcher told of every question; null when nobody watches
     */
    public Tables(Map<Class<? extends Row>, Table<? extends Row>> tables, LocalDate on, @Nullable Watcher watcher) {
        this.tables = tables;
        this.on = on;
        this.watcher = watcher;
    }

    /**
     * The rows that count for a fact, by the table's hit policy.
     *
     * @return in the order of the sheet; empty when no row covers the fact, when several do
     *     where exactly one may, or when the policy, being of an earlier format, has no such table
     */
    public <R extends Row> List<R> match(Class<R> type, Object fact) {
        if (!tables.containsKey(type)) {
            return List.of(); // a sheet that came after the format the policy was written by
        }
        goOn();
        asked.add(new Question(type, fact));
        if (watcher != null) {
            watcher.asked(table(type), fact, on, false);
        }
        List<R> rows = table(type).match(fact, on);
        if (rows.size() > 1 && table(type).hitPolicy() == HitPolicy.UNIQUE) {
            clashes.add(rows.stream().map(Row::ref).toList());
            return List.of();
        }
        return rows;
    }

    /** Whether the policy has such a table; one of an earlier format may not, and some sheets are optional. */
    public boolean has(Class<? extends Row> type) {
        return tables.containsKey(type);
    }

    /** The rows that count for a fact, all as one thing; see {@link #match}. */
    public MatchedRows find(Class<? extends Row> type, Object fact) {
        return new MatchedRows(match(type, fact));
    }

    /** The day on which rows must be in force. */
    public LocalDate on() {
        return on;
    }

    /** Whether a row covers a fact, whatever other rows do; not remembered as a question. */
    public boolean covers(Row row, Object fact) {
        goOn();
        if (watcher != null) {
            watcher.asked(table(row.getClass()), fact, on, true);
        }
        return table(row.getClass()).covers(row, fact, on);
    }

    /**
     * Since when a row has covered a fact: from this moment of its history on it always has.
     *
     * @return one moment; empty when the row does not cover the fact as it stands
     */
    public List<OffsetDateTime> since(Row row, History fact) {
        OffsetDateTime since = null;
        List<OffsetDateTime> moments = fact.moments();
        for (int i = moments.size() - 1; i >= 0 && covers(row, fact.asOf(moments.get(i))); i--) {
            since = moments.get(i);
        }
        return since == null ? List.of() : List.of(since);
    }

    /** The first later day on which a row of a table that was asked may begin or cease to be in force; null when none does. */
    public @Nullable LocalDate nextChange() {
        return asked.stream()
                .map(Question::type)
                .distinct()
                .map(type -> table(type).changeAfter(on))
                .filter(day -> day != null)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The groups of rows that covered the same fact where exactly one may. */
    public Set<List<RowRef>> clashes() {
        return clashes;
    }

    /** The rows that came nearest in every table that was asked, by table and place. */
    public List<NearMiss> nearMisses(int perTable) {
        var near = new ArrayList<NearMiss>();
        asked.stream()
                .distinct()
                .sorted(Comparator.comparing(question -> table(question.type()).sheet()))
                .forEach(question -> near.addAll(table(question.type()).nearMisses(question.fact(), on, perTable)));
        return List.copyOf(new LinkedHashSet<>(near));
    }

    @SuppressWarnings("unchecked") // the map is only ever filled with a table of its key's rows
    private <R extends Row> Table<R> table(Class<R> type) {
        var table = (Table<R>) tables.get(type);
        if (table == null) {
            throw new IllegalArgumentException("no table for " + type.getSimpleName());
        }
        return table;
    }
}
