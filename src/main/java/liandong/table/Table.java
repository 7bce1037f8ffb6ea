package liandong.table;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import liandong.incident.Term;
import liandong.problem.CellRef;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * One decision table: rows with conditions, answering which of them cover a fact.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param <R> what its rows conclude
 */
public final class Table<R extends Row> {
    private static final Condition NEVER = new Condition.Within(BigDecimal.ZERO, false, BigDecimal.ZERO, false);

    private final Class<R> type;
    private final String file;
    private final String sheet;
    private final TableContract promise;
    private final List<R> rows;
    private final List<ConditionColumn> columns;
    private final List<Condition> inForce;
    private final ColumnIndex.@Nullable Interval validity;
    private final Map<String, Integer> places;
    /** The condition columns in which any row asks anything. */
    private final List<ConditionColumn> asking;
    /** All rows: what is met where nothing is asked. */
    private final ColumnIndex.Held all;

    /**
     * A condition column.
     *
     * @param attribute what it asks about
     * @param conditions what its cells ask, row by row
     * @param index answers it
     * @param texts the cells as staff wrote them, row by row; empty where anything goes
     */
    public record ConditionColumn(
            Attribute attribute, List<Condition> conditions, ColumnIndex index, List<String> texts) {}

    /**
     * A table of rows.
     *
     * @param inForce row by row, the days on which it counts
     * @param places where its columns stand, by their Chinese names
     */
    Table(
            Class<R> type,
            String file,
            String sheet,
            TableContract promise,
            List<R> rows,
            List<ConditionColumn> columns,
            List<Condition> inForce,
            Map<String, Integer> places) {
        this.type = type;
        this.file = file;
        this.sheet = sheet;
        this.promise = promise;
        this.rows = List.copyOf(rows);
        this.columns = List.copyOf(columns);
        this.inForce = List.copyOf(inForce);
        boolean dated = inForce.stream().anyMatch(each -> each != Condition.ANY);
        this.validity = dated ? new ColumnIndex.Interval(inForce) : null;
        this.places = Map.copyOf(places);
        this.asking = this.columns.stream()
                .filter(column -> column.conditions().stream().anyMatch(each -> each != Condition.ANY))
                .toList();
        this.all = ColumnIndex.Held.kept(Bits.all(rows.size()));
    }

    /** What its rows conclude. */
    public Class<R> type() {
        return type;
    }

    /** The workbook it stands in. */
    public String file() {
        return file;
    }

    /** The sheet it stands in. */
    public String sheet() {
        return sheet;
    }

    /** Which of the covering rows count. */
    public HitPolicy hitPolicy() {
        return promise.hitPolicy();
    }

    /** Whether it promises that some row covers every fact it can be asked about. */
    public boolean complete() {
        return promise.complete();
    }

    /** All its rows, in the order of the sheet. */
    public List<R> rows() {
        return rows;
    }

    /** How many of its rows are in force on a day. */
    public int live(LocalDate on) {
        return validity == null ? rows.size() : Bits.count(validity.bits(on));
    }

    /** Whether the row of an index is in force on a day. */
    public boolean isInForce(int row, LocalDate on) {
        return validity == null || Bits.has(validity.bits(on), row);
    }

    /** This table as it is on a day: rows in force then count whenever it is asked, the others never. */
    public Table<R> asOn(LocalDate day) {
        if (validity == null) {
            return this;
        }
        var then = new ArrayList<Condition>();
        for (int row = 0; row < rows.size(); row++) {
            then.add(isInForce(row, day) ? Condition.ANY : NEVER);
        }
        return new Table<>(type, file, sheet, promise, rows, columns, then, places);
    }

    /** What its condition columns ask about, from the left. */
    public List<Attribute> attributes() {
        return columns.stream().map(ConditionColumn::attribute).toList();
    }

    /** What the row of an index asks of each of the {@link #attributes}. */
    public List<Condition> conditions(int row) {
        return columns.stream().map(column -> column.conditions().get(row)).toList();
    }

    /** The days on which the row of an index counts. */
    public Condition inForce(int row) {
        return inForce.get(row);
    }

    /** The headers of its condition columns. */
    public List<String> conditions() {
        return columns.stream().map(column -> column.attribute().header()).toList();
    }

    /** Its condition columns. */
    public List<ConditionColumn> columns() {
        return columns;
    }

    /** The terms its conditions name. */
    public Set<Term> named() {
        var named = new HashSet<Term>();
        for (ConditionColumn column : columns) {
            for (Condition condition : column.conditions()) {
                List<Object> values = condition.<List<Object>>fold(
                        List::of, Condition.OneOf::values, Condition.NoneOf::values, within -> List.of());
                values.forEach(value -> {
                    if (value instanceof Term term) {
                        named.add(term);
                    }
                });
            }
        }
        return named;
    }

    /** The Chinese name of the condition column that looks for words in a text; null when there is none. */
    public @Nullable String wordColumn() {
        return columns.stream()
                .filter(column -> column.attribute().isText())
                .map(column -> column.attribute().chinese())
                .findFirst()
                .orElse(null);
    }

    /** The words a row looks for in a text, as they are compared; empty when it looks for none. */
    public List<String> words(int row) {
        var words = new ArrayList<String>();
        for (ConditionColumn column : columns) {
            if (column.attribute().isText()) {
                List<Object> sought = column.conditions()
                        .get(row)
                        .<List<Object>>fold(List::of, Condition.OneOf::values, none -> List.of(), within -> List.of());
                sought.forEach(word -> words.add((String) word));
            }
        }
        return words;
    }

    /** Whether a row asks nothing but in one condition column. */
    public boolean asksOnly(int row, String column) {
        return columns.stream()
                .allMatch(each -> each.attribute().chinese().equals(column)
                        || each.conditions().get(row) == Condition.ANY);
    }

    /** Whether a row counts always and of every fact: it has no condition, and no day on which it begins or ends. */
    public boolean asksNothing(int row) {
        if (inForce.get(row) != Condition.ANY) {
            return false;
        }
        for (ConditionColumn column : columns) {
            if (column.conditions().get(row) != Condition.ANY) {
                return false;
            }
        }
        return true;
    }

    /** Whether any row asks anything in a condition column, by its Chinese name. */
    public boolean isUsed(String column) {
        return column(column).texts().stream().anyMatch(text -> !text.isEmpty());
    }

    /** The cell of a condition column as staff wrote it; empty where anything goes. */
    public String text(int row, String column) {
        return column(column).texts().get(row);
    }

    private ConditionColumn column(String name) {
        return columns.stream()
                .filter(column -> column.attribute().chinese().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no condition column " + name));
    }

    /**
     * A cell of a row, by the Chinese name of its column.
     *
     * @return the first cell of the row when there is no such column
     */
    public CellRef at(Row row, String header) {
        return new CellRef(file, sheet, row.ref().row(), places.getOrDefault(header, 0));
    }

    /** The header of a column, by its Chinese name; the first header when there is no such column. */
    public CellRef header(String header) {
        return new CellRef(file, sheet, SheetReader.HEADER_ROW, places.getOrDefault(header, 0));
    }

    /**
     * The rows that cover a fact of which the condition columns' attributes are known one by one, whatever the hit policy.
     *
     * @param values by the Chinese name of the column; what is missing is not known
     */
    public List<R> covering(Map<String, Object> values, LocalDate on) {
        return covering(sets(column -> values.get(column.attribute().chinese()), on));
    }

    private List<R> covering(ColumnIndex.Held[] satisfied) {
        var covering = new ArrayList<R>();
        Bits.each(bits(satisfied), row -> covering.add(rows.get(row)));
        return covering;
    }

    private static long[][] bits(ColumnIndex.Held[] satisfied) {
        var bits = new long[satisfied.length][];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = satisfied[i].bits();
        }
        return bits;
    }

    /**
     * By condition column that asks anything, and last by days in force where any row names some, the rows that hold for what is
     * known of a fact; all rows where nothing is asked.
     */
    private ColumnIndex.Held[] sets(Function<ConditionColumn, @Nullable Object> known, LocalDate on) {
        int count = asking.size();
        if (count == 0 && validity == null) {
            return new ColumnIndex.Held[] {all};
        }
        var sets = new ColumnIndex.Held[count + (validity == null ? 0 : 1)];
        for (int i = 0; i < count; i++) {
            ConditionColumn column = asking.get(i);
            sets[i] = column.index().held(known.apply(column));
        }
        if (validity != null) {
            sets[count] = validity.held(on);
        }
        return sets;
    }

    /** The first row that is in all sets: where one of them has few rows, by a look at each of these; -1 when there is none. */
    private static int first(ColumnIndex.Held[] satisfied) {
        int[] fewest = null;
        for (ColumnIndex.Held each : satisfied) {
            if (each.few() != null && (fewest == null || each.few().length < fewest.length)) {
                fewest = each.few();
            }
        }
        return fewest == null ? Bits.first(bits(satisfied)) : Bits.first(fewest, bits(satisfied));
    }

    /**
     * A word that a row looks for in a text, and where the text has it.
     *
     * @param word the word as the row's cell names it
     * @param text the text
     * @param at where the word first stands in the text
     */
    public record Hit(String word, String text, int at) {}

    /**
     * The words of a row that the fact's texts have, each with its first place, in the order of the cell.
     *
     * @param id the row's id
     * @return empty when the row names none, or the table has no such row
     */
    public List<Hit> hits(String id, Object fact) {
        var hits = new ArrayList<Hit>();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.get(row).ref().id().equals(id)) {
                for (ConditionColumn column : columns) {
                    String cell = column.texts().get(row);
                    if (column.attribute().isText() && !Grammar.excludes(cell)) {
                        find(cell, column.attribute().of().apply(fact), hits);
                    }
                }
            }
        }
        return hits;
    }

    private static void find(String cell, @Nullable Object value, List<Hit> hits) {
        String text = value == null ? "" : (String) value;
        String normalised = Grammar.normalised(text);
        for (String word : cell.split("、", -1)) {
            int at = word.isBlank() ? -1 : normalised.indexOf(Grammar.normalised(word.strip()));
            if (at >= 0) {
                hits.add(new Hit(word.strip(), text, at));
            }
        }
    }

    /**
     * The rows that cover a fact on a day.
     *
     * @return at most one row where the first counts; all of them otherwise, in the order of the sheet, so that a table
     *     in which exactly one may match shows its clash by giving several
     */
    public List<R> match(Object fact, LocalDate on) {
        ColumnIndex.Held[] satisfied = sets(column -> column.attribute().of().apply(fact), on);
        if (hitPolicy() == HitPolicy.FIRST) {
            int first = first(satisfied);
            return first < 0 ? List.of() : List.of(rows.get(first));
        }
        return covering(satisfied);
    }

    /** Whether a row of this table covers a fact on a day, whatever other rows do. */
    boolean covers(Row row, Object fact, LocalDate on) {
        int number = rows.indexOf(row);
        if (number < 0) {
            return false;
        }
        for (ColumnIndex.Held satisfied : sets(column -> column.attribute().of().apply(fact), on)) {
            if (!Bits.has(satisfied.bits(), number)) {
                return false;
            }
        }
        return true;
    }

    /** The first day after one on which a row may begin or cease to be in force; null when none does. */
    public @Nullable LocalDate changeAfter(LocalDate after) {
        BigDecimal day = validity == null ? null : validity.nextChange(after);
        return day == null ? null : LocalDate.ofEpochDay(day.longValueExact());
    }

    /** By condition column, and last by days in force where any row names some, the rows that hold for a fact. */
    public RoaringBitmap[] satisfied(Object fact, LocalDate on) {
        var satisfied = new RoaringBitmap[columns.size() + (validity == null ? 0 : 1)];
        for (int i = 0; i < columns.size(); i++) {
            ConditionColumn column = columns.get(i);
            satisfied[i] = column.index().rows(column.attribute().of().apply(fact));
        }
        if (validity != null) {
            satisfied[columns.size()] = validity.rows(on);
        }
        return satisfied;
    }

    /**
     * The numbers of the rows that hold for a fact as far as some of the condition columns go, whatever their days.
     *
     * @param columns which columns count
     */
    public BitSet holding(Object fact, Predicate<ConditionColumn> columns) {
        var holding = BitSet.valueOf(all.bits());
        for (ConditionColumn column : this.columns) {
            if (columns.test(column)) {
                holding.and(BitSet.valueOf(
                        column.index().bits(column.attribute().of().apply(fact))));
            }
        }
        return holding;
    }

    /**
     * The rows that came nearest to covering a fact without doing so, and what they lacked.
     *
     * <p>A row is near when at least one of its stated conditions holds and at most two fail; fewest failures first, then
     * most conditions met, then the order of the sheet.
     */
    public List<NearMiss> nearMisses(Object fact, LocalDate on, int limit) {
        RoaringBitmap[] satisfied = satisfied(fact, on);
        record Near(int row, int failed, int met) {}
        var near = new ArrayList<Near>();
        for (int row = 0; row < rows.size(); row++) {
            int failed = validity != null && !satisfied[columns.size()].contains(row) ? 1 : 0;
            int met = 0;
            for (int i = 0; i < columns.size(); i++) {
                if (!satisfied[i].contains(row)) {
                    failed++;
                } else if (!columns.get(i).texts().get(row).isEmpty()) {
                    met++;
                }
            }
            if (failed > 0 && failed <= 2 && met > 0) {
                near.add(new Near(row, failed, met));
            }
        }
        return near.stream()
                .sorted(Comparator.comparingInt(Near::failed)
                        .thenComparing(each -> -each.met())
                        .thenComparing(Near::row))
                .limit(limit)
                .map(each -> nearMiss(each.row(), fact, satisfied))
                .toList();
    }

    /** The conditions of the row of an index that do not hold for a fact on a day; empty when it covers the fact. */
    public List<NearMiss.Failed> lacking(int row, Object fact, LocalDate on) {
        return lacking(row, fact, satisfied(fact, on));
    }

    private NearMiss nearMiss(int row, Object fact, RoaringBitmap[] satisfied) {
        return new NearMiss(rows.get(row).ref().id(), rows.get(row).ref().at(), lacking(row, fact, satisfied));
    }

    private List<NearMiss.Failed> lacking(int row, Object fact, RoaringBitmap[] satisfied) {
        var failed = new ArrayList<NearMiss.Failed>();
        for (int i = 0; i < columns.size(); i++) {
            ConditionColumn column = columns.get(i);
            if (!satisfied[i].contains(row)) {
                failed.add(new NearMiss.Failed(
                        Attribute.chinese(column.attribute().header()),
                        column.texts().get(row),
                        shown(column.attribute(), column.attribute().of().apply(fact))));
            }
        }
        if (validity != null && !satisfied[columns.size()].contains(row)) {
            failed.add(new NearMiss.Failed("生效/失效", "", ""));
        }
        return List.copyOf(failed);
    }

    private static String shown(Attribute attribute, @Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Term term) {
            return term.label();
        }
        if (value instanceof Boolean yes) {
            return yes ? "是" : "否";
        }
        // The text itself would be pages long, and personal.
        return attribute.isText() ? "" : value.toString();
    }
}
