package liandong.scenario;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import liandong.table.Attribute;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.Table;
import org.roaringbitmap.RoaringBitmap;

/**
 * What questions have shown of a table: which rows they met, and which conditions they put to the test (MC/DC).
 *
 * <p>Belongs to one thread.
 */
public final class TableCoverage {
    private final Table<? extends Row> table;
    private final RoaringBitmap covered = new RoaringBitmap();
    private final RoaringBitmap counted = new RoaringBitmap();
    private final List<RoaringBitmap> held = new ArrayList<>();
    private final List<RoaringBitmap> failed = new ArrayList<>();
    private final List<RoaringBitmap> decided = new ArrayList<>();
    /** By column and value, the rows of which the value is an edge, and those of which it has been asked. */
    private final List<Map<BigDecimal, Edge>> edges = new ArrayList<>();

    private record Edge(RoaringBitmap rows, RoaringBitmap asked) {}

    /** Nothing shown yet. */
    public TableCoverage(Table<? extends Row> table) {
        this.table = table;
        for (int i = 0; i < table.columns().size(); i++) {
            held.add(new RoaringBitmap());
            failed.add(new RoaringBitmap());
            decided.add(new RoaringBitmap());
            edges.add(edges(table.columns().get(i)));
        }
    }

    private static Map<BigDecimal, Edge> edges(Table.ConditionColumn column) {
        var edges = new TreeMap<BigDecimal, Edge>();
        for (int row = 0; row < column.conditions().size(); row++) {
            for (BigDecimal value :
                    CoverageGoal.edges(column.attribute(), column.conditions().get(row))) {
                edges.computeIfAbsent(value, each -> new Edge(new RoaringBitmap(), new RoaringBitmap()))
                        .rows()
                        .add(row);
            }
        }
        return edges;
    }

    /**
     * What has been shown of a row.
     *
     * @param row the row
     * @param covered whether it covered a fact
     * @param counted whether it counted for one, by the table's hit policy
     * @param conditions of each of its conditions that is stated, from the left
     */
    public record OfRow(RowRef row, boolean covered, boolean counted, List<OfCondition> conditions) {}

    /**
     * What has been shown of a condition.
     *
     * @param header its column
     * @param text the cell
     * @param held whether it has held
     * @param failed whether it has failed
     * @param decided whether it alone has kept the row from covering a fact
     * @param edges the values at its bounds, and right beside them, that have not been asked about while all other
     *     conditions held; empty when all have, and of what is no number
     */
    public record OfCondition(
            String header, String text, boolean held, boolean failed, boolean decided, List<BigDecimal> edges) {}

    /** Takes note of a question. */
    public void ask(Object fact, LocalDate on) {
        RoaringBitmap[] satisfied = table.satisfied(fact, on);
        RoaringBitmap all = RoaringBitmap.bitmapOfRange(0, table.rows().size());
        // By column, the rows for which all columns before it hold, and all from it on.
        var before = new RoaringBitmap[satisfied.length + 1];
        var from = new RoaringBitmap[satisfied.length + 1];
        before[0] = all;
        for (int i = 0; i < satisfied.length; i++) {
            before[i + 1] = RoaringBitmap.and(before[i], satisfied[i]);
        }
        from[satisfied.length] = all;
        for (int i = satisfied.length - 1; i >= 0; i--) {
            from[i] = RoaringBitmap.and(from[i + 1], satisfied[i]);
        }
        RoaringBitmap covering = from[0];
        covered.or(covering);
        if (!covering.isEmpty()) {
            switch (table.hitPolicy()) {
                case FIRST -> counted.add(covering.first());
                case ALL -> counted.or(covering);
                case UNIQUE -> {
                    if (covering.getCardinality() == 1) {
                        counted.or(covering);
                    }
                }
            }
        }
        for (int i = 0; i < held.size(); i++) {
            held.get(i).or(satisfied[i]);
            RoaringBitmap not = RoaringBitmap.andNot(all, satisfied[i]);
            failed.get(i).or(not);
            RoaringBitmap others = RoaringBitmap.and(before[i], from[i + 1]);
            not.and(others);
            decided.get(i).or(not);
            Object value = edges.get(i).isEmpty()
                    ? null
                    : table.columns().get(i).attribute().of().apply(fact);
            Edge edge = value == null ? null : edges.get(i).get(Attribute.number(value));
            if (edge != null) {
                edge.asked().or(RoaringBitmap.and(edge.rows(), others));
            }
        }
    }

    /** Takes note of what questions to the same table have shown elsewhere. */
    void add(TableCoverage other) {
        covered.or(other.covered);
        counted.or(other.counted);
        for (int i = 0; i < held.size(); i++) {
            held.get(i).or(other.held.get(i));
            failed.get(i).or(other.failed.get(i));
            decided.get(i).or(other.decided.get(i));
            Map<BigDecimal, Edge> theirs = other.edges.get(i);
            edges.get(i)
                    .forEach((value, edge) -> edge.asked()
                            .or(Objects.requireNonNull(theirs.get(value)).asked()));
        }
    }

    /** The table it is about. */
    public Table<? extends Row> table() {
        return table;
    }

    /** What has been shown of each row, in the order of the sheet. */
    public List<OfRow> rows() {
        var rows = new ArrayList<OfRow>();
        for (int row = 0; row < table.rows().size(); row++) {
            var conditions = new ArrayList<OfCondition>();
            for (int i = 0; i < held.size(); i++) {
                Table.ConditionColumn column = table.columns().get(i);
                String text = column.texts().get(row);
                if (!text.isEmpty()) {
                    conditions.add(new OfCondition(
                            column.attribute().header(),
                            text,
                            held.get(i).contains(row),
                            failed.get(i).contains(row),
                            decided.get(i).contains(row),
                            unasked(i, row)));
                }
            }
            rows.add(new OfRow(
                    table.rows().get(row).ref(),
                    covered.contains(row),
                    counted.contains(row),
                    List.copyOf(conditions)));
        }
        return rows;
    }

    private List<BigDecimal> unasked(int column, int row) {
        return edges.get(column).entrySet().stream()
                .filter(each -> each.getValue().rows().contains(row)
                        && !each.getValue().asked().contains(row))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What has not been shown of the rows: edges first, as what shows an edge shows more than that. */
    public List<CoverageGoal> open(Predicate<RowRef> decides) {
        var open = new ArrayList<CoverageGoal>();
        for (int row = 0; row < table.rows().size(); row++) {
            for (int i = 0; i < held.size(); i++) {
                for (BigDecimal edge : unasked(i, row)) {
                    open.add(new CoverageGoal(table, row, CoverageGoal.Shows.EDGE, i, edge));
                }
            }
            if (!decides.test(table.rows().get(row).ref())) {
                open.add(new CoverageGoal(table, row, CoverageGoal.Shows.DECIDES, -1, null));
            }
            for (int i = 0; i < held.size(); i++) {
                if (!table.columns().get(i).texts().get(row).isEmpty()) {
                    for (CoverageGoal.Shows shows :
                            List.of(CoverageGoal.Shows.DECIDING, CoverageGoal.Shows.HOLDS, CoverageGoal.Shows.FAILS)) {
                        var aim = new CoverageGoal(table, row, shows, i, null);
                        if (!shown(aim)) {
                            open.add(aim);
                        }
                    }
                }
            }
        }
        return open;
    }

    /** Whether something has been shown; of a row that is to decide, whether it has counted, as far as the table knows. */
    public boolean shown(CoverageGoal aim) {
        return switch (aim.shows()) {
            case DECIDES -> counted.contains(aim.row());
            case HOLDS -> held.get(aim.column()).contains(aim.row());
            case FAILS -> failed.get(aim.column()).contains(aim.row());
            case DECIDING -> decided.get(aim.column()).contains(aim.row());
            case EDGE -> aim.edge() == null || !unasked(aim.column(), aim.row()).contains(aim.edge());
        };
    }
}
