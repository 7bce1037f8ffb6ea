package liandong.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import liandong.calendar.WorkingCalendar;
import liandong.incident.CodeMapping;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.problem.CellRef;
import liandong.problem.Problem;
import liandong.table.Row;
import liandong.table.Table;
import liandong.table.Tables;
import org.jspecify.annotations.Nullable;

/**
 * Everything a decision goes by: words, calendar, tables and rules (政策).
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Policy {
    private final PolicyFiles files;
    private final String version;
    private final String label;
    private final Vocabulary vocabulary;
    private final Map<Term, CellRef> places;
    private final List<CodeMapping> codeMap;
    private final List<AcceptedFinding> accepted;
    private final WorkingCalendar calendar;
    private final Map<Class<? extends Row>, Table<? extends Row>> tables;
    private final RuleBase rules;
    private final List<Problem> notes;
    private final Tables.@Nullable Watcher watcher;
    private final Map<Class<?>, Derived> derived;

    /** What has been prepared from tables, and from which. */
    private record Derived(Object made, Set<Class<? extends Row>> from) {}

    Policy(
            PolicyFiles files,
            Vocabulary vocabulary,
            Map<Term, CellRef> places,
            List<CodeMapping> codeMap,
            List<AcceptedFinding> accepted,
            WorkingCalendar calendar,
            Map<Class<? extends Row>, Table<? extends Row>> tables,
            RuleBase rules,
            List<Problem> notes) {
        this(
                files,
                files.version(),
                vocabulary,
                places,
                codeMap,
                accepted,
                calendar,
                tables,
                rules,
                notes,
                null,
                new ConcurrentHashMap<>());
    }

    private Policy(
            PolicyFiles files,
            String version,
            Vocabulary vocabulary,
            Map<Term, CellRef> places,
            List<CodeMapping> codeMap,
            List<AcceptedFinding> accepted,
            WorkingCalendar calendar,
            Map<Class<? extends Row>, Table<? extends Row>> tables,
            RuleBase rules,
            List<Problem> notes,
            Tables.@Nullable Watcher watcher,
            Map<Class<?>, Derived> derived) {
        this.files = files;
        this.version = version;
        this.label = files.label();
        this.vocabulary = vocabulary;
        this.places = Map.copyOf(places);
        this.codeMap = List.copyOf(codeMap);
        this.accepted = List.copyOf(accepted);
        this.calendar = calendar;
        // In the order of the workbooks: that of Map.copyOf differs from one run of the program to the next.
        this.tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        this.rules = rules;
        this.notes = List.copyOf(notes);
        this.watcher = watcher;
        this.derived = derived;
    }

    /**
     * This policy, telling somebody what its tables are asked. Its answers are the same.
     *
     * @param by told in the thread that decides
     */
    public Policy watched(Tables.Watcher by) {
        return new Policy(
                files, version, vocabulary, places, codeMap, accepted, calendar, tables, rules, notes, by, derived);
    }

    /** Tells whoever watches that a decision is made, and that what its tables are asked from now on is about later moments. */
    public void lookingAhead() {
        if (watcher != null) {
            watcher.ahead();
        }
    }

    /**
     * This policy with one table in place of that of the same kind of rows, to see what would follow. It is no policy
     * that anyone has published: its version is this one's with {@code ~} added.
     */
    public Policy trying(Table<? extends Row> table) {
        var changed = new LinkedHashMap<>(tables);
        changed.put(table.type(), table);
        var still = new ConcurrentHashMap<>(derived);
        still.values().removeIf(each -> each.from().contains(table.type()));
        return new Policy(
                files,
                version + "~",
                vocabulary,
                places,
                codeMap,
                accepted,
                calendar,
                changed,
                rules,
                notes,
                watcher,
                still);
    }

    /**
     * This policy as it is on a day, whatever day a question is about: rows that have ended by then never count, rows that
     * have begun always. Like that of {@link #trying}, it is one that nobody has published.
     */
    public Policy asOn(LocalDate day) {
        Policy then = this;
        for (Table<? extends Row> table : tables.values()) {
            Table<? extends Row> turned = table.asOn(day);
            then = turned == table ? then : then.trying(turned);
        }
        return then;
    }

    /** The files it was made of. */
    public PolicyFiles files() {
        return files;
    }

    /** SHA-256 of its content, in hexadecimal. */
    public String version() {
        return version;
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    /** The words it knows. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Where the vocabulary names a term; null for a term that is not a row of the vocabulary. */
    public @Nullable CellRef at(Term term) {
        return places.get(term);
    }

    /** The findings of a check that are meant. */
    public List<AcceptedFinding> accepted() {
        return accepted;
    }

    /** What outside codes mean in its words, in the order of the sheet; empty when it says of none. */
    public List<CodeMapping> codeMap() {
        return codeMap;
    }

    /** When its offices are open. */
    public WorkingCalendar calendar() {
        return calendar;
    }

    /** The day on which a moment falls, in the zone of its calendar. */
    public LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, calendar.zone());
    }

    /** Where its words stand. */
    public Map<Term, CellRef> places() {
        return places;
    }

    /** Its decision tables. */
    public List<Table<? extends Row>> tables() {
        return List.copyOf(tables.values());
    }

    /** Whether it has the tables of a decision. */
    public boolean decides(PolicyPart decision) {
        return tables.keySet().stream().anyMatch(decision.rows()::isAssignableFrom);
    }

    /** Its tables as the rules of one decision consult them, on a day. */
    public Tables tables(LocalDate on) {
        return new Tables(tables, on, watcher);
    }

    /** One of its tables; null when it has none such. */
    @SuppressWarnings("unchecked") // the map is only ever filled with a table of its key's rows
    public <R extends Row> @Nullable Table<R> table(Class<R> rows) {
        return (Table<R>) tables.get(rows);
    }

    /**
     * What somebody has prepared from its tables, made when first asked for and kept with it.
     *
     * @param type its type, by which it is kept
     * @param from the rows of the tables that it is made from
     * @param make makes it; from these tables alone
     */
    public <T> T derived(Class<T> type, Set<Class<? extends Row>> from, Function<Policy, T> make) {
        return type.cast(derived.computeIfAbsent(type, each -> new Derived(make.apply(this), from))
                .made());
    }

    /** Its rules. */
    public RuleBase rules() {
        return rules;
    }

    /** What is worth knowing of it though it can be used, by place. */
    public List<Problem> notes() {
        return notes;
    }

    /**
     * What was read, so that no row is lost in silence.
     *
     * @param tables how many tables
     * @param rows how many rows they have
     * @param live how many of these count on the day asked about
     * @param rules how many rules
     */
    public record Account(int tables, int rows, int live, int rules) {}

    /** What was read, and what of it counts on a day. */
    public Account account(LocalDate on) {
        return new Account(
                tables.size(),
                tables.values().stream().mapToInt(table -> table.rows().size()).sum(),
                tables.values().stream().mapToInt(table -> table.live(on)).sum(),
                rules.count());
    }
}
