package liandong.table;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import liandong.decision.Row;
import liandong.decision.RowRef;
import org.roaringbitmap.FastAggregation;
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

    /** Nothing shown yet. */
    public TableCoverage(Table<? extends Row> table) {
        this.table = table;
        for (int i = 0; i < table.columns().size(); i++) {
            held.add(new RoaringBitmap());
            failed.add(new RoaringBitmap());
            decided.add(new RoaringBitmap());
        }
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
     */
    public record OfCondition(String header, String text, boolean held, boolean failed, boolean decided) {}

    /** Takes note of a question. */
    public void ask(Object fact, LocalDate on) {
        RoaringBitmap[] satisfied = table.satisfied(fact, on);
        RoaringBitmap all = RoaringBitmap.bitmapOfRange(0, table.rows().size());
        RoaringBitmap covering = and(satisfied, -1, all);
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
            not.and(and(satisfied, i, all));
            decided.get(i).or(not);
        }
    }

    private static RoaringBitmap and(RoaringBitmap[] satisfied, int except, RoaringBitmap all) {
        var others = new ArrayList<RoaringBitmap>();
        others.add(all);
        for (int i = 0; i < satisfied.length; i++) {
            if (i != except) {
                others.add(satisfied[i]);
            }
        }
        return FastAggregation.and(others.toArray(RoaringBitmap[]::new));
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
                            decided.get(i).contains(row)));
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
}
