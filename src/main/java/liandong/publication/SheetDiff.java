package liandong.publication;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import liandong.incident.Member;
import liandong.problem.CellRef;
import liandong.sheet.Cell;
import liandong.sheet.GeneratedSheets;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import liandong.table.SheetReader;
import org.jspecify.annotations.Nullable;

/**
 * What differs between a sheet and the same sheet of another workbook.
 *
 * @param sheet its name
 * @param change what became of it as a whole
 * @param rows the rows that differ, those of the new sheet in their order, then those that are gone
 */
public record SheetDiff(
        @Member(meaning = "its name", example = "\"派单目录\"") String sheet,
        @Member(meaning = "what became of it as a whole") Change change,

        @Member(meaning = "the rows that differ, those of the new sheet in their order, then those that are gone")
        List<RowDiff> rows) {
    /** The headers of columns whose values name their row, whatever its place. */
    private static final List<String> IDS = List.of("编号", "代码", "故事");

    /** What became of something. */
    public enum Change {
        /** It is new. */
        ADDED,
        /** It is gone. */
        REMOVED,
        /** It is another. */
        CHANGED,
        /** It stands elsewhere among the others, which counts where the first row wins. */
        MOVED
    }

    /**
     * A row that differs.
     *
     * @param row its id; empty in a sheet whose rows have none
     * @param change what became of it
     * @param at its first cell: in the new workbook, or, if it is gone, in the old one
     * @param cells the cells that differ; all that are filled when it is new or gone, none when it was only moved
     */
    public record RowDiff(
            @Member(meaning = "its id; empty in a sheet whose rows have none", example = "\"DUTY-0086\"")
            String row,

            @Member(meaning = "what became of it") Change change,

            @Member(
                    meaning = "its first cell: in the new workbook, or, if it is gone, in the old one",
                    example = "\"routing.xlsx 派单目录!A88\"")
            CellRef at,

            @Member(
                    meaning = "the cells that differ; all that are filled when it is new or gone, none when it was only"
                            + " moved")
            List<CellDiff> cells) {}

    /**
     * A cell that differs.
     *
     * @param column its header; empty when there is none
     * @param at where it stands: in the new workbook, or, if its row or column is gone, in the old one
     * @param from what stood there; empty when nothing did
     * @param to what stands there; empty when nothing does
     */
    public record CellDiff(
            @Member(meaning = "its header; empty when there is none", example = "\"人数\"")
            String column,

            @Member(
                    meaning = "where it stands: in the new workbook, or, if its row or column is gone, in the old one",
                    example = "\"routing.xlsx 派单目录!D88\"")
            CellRef at,

            @Member(meaning = "what stood there; empty when nothing did", example = "\"≥10\"")
            String from,

            @Member(meaning = "what stands there; empty when nothing does", example = "\"≥20\"")
            String to) {}

    /**
     * Compares two workbooks. Sheets that the program puts into workbooks are passed over.
     *
     * @param file their name
     * @param before the old one; null when there is none
     * @param after the new one; null when there is none
     * @return the sheets that differ, in the order of the new workbook, then those that are gone
     */
    public static List<SheetDiff> between(String file, byte @Nullable [] before, byte @Nullable [] after) {
        Map<String, SheetData> old = sheets(file, before);
        Map<String, SheetData> now = sheets(file, after);
        Set<String> names = new LinkedHashSet<>(now.keySet());
        names.addAll(old.keySet());
        var found = new ArrayList<SheetDiff>();
        for (String name : names) {
            SheetData from = old.get(name);
            SheetData to = now.get(name);
            List<RowDiff> rows = new Comparison(from, to).rows();
            if (from == null || to == null || !rows.isEmpty()) {
                Change change = from == null ? Change.ADDED : to == null ? Change.REMOVED : Change.CHANGED;
                found.add(new SheetDiff(name, change, rows));
            }
        }
        return found;
    }

    private static Map<String, SheetData> sheets(String file, byte @Nullable [] workbook) {
        var sheets = new LinkedHashMap<String, SheetData>();
        if (workbook != null) {
            WorkbookReader.read(file, workbook, problem -> {}).stream()
                    .filter(sheet -> !GeneratedSheets.NAMES.contains(sheet.name()))
                    .forEach(sheet -> sheets.put(sheet.name(), sheet));
        }
        return sheets;
    }

    /** A sheet's rows by what names them. */
    private static final class Rows {
        private final @Nullable SheetData sheet;
        private final List<String> headers;
        private final boolean named;
        private final Map<String, SheetData.Line> byKey = new LinkedHashMap<>();

        Rows(@Nullable SheetData sheet) {
            this.sheet = sheet;
            List<SheetData.Line> lines = sheet == null ? List.of() : sheet.lines();
            this.headers = lines.stream()
                    .filter(line -> line.number() == SheetReader.HEADER_ROW)
                    .findFirst()
                    .map(line -> line.cells().stream().map(Cell::text).toList())
                    .orElse(List.of());
            this.named = !headers.isEmpty() && IDS.stream().anyMatch(headers.get(0)::startsWith);
            var counts = new HashMap<String, Integer>();
            for (SheetData.Line line : lines) {
                if (!named || line.number() > SheetReader.HEADER_ROW) {
                    String key = named
                            ? line.cell(0).text()
                            : line.cells().stream().map(Cell::text).collect(Collectors.joining("\u0000"));
                    if (!key.isEmpty()) {
                        byKey.put(key + "\u0000" + counts.merge(key, 1, Integer::sum), line);
                    }
                }
            }
        }

        String id(SheetData.Line line) {
            return named ? line.cell(0).text() : "";
        }

        String header(int column) {
            return column < headers.size() ? headers.get(column) : "";
        }

        CellRef at(SheetData.Line line, int column) {
            return sheet == null ? new CellRef("", "", line.number(), column) : sheet.at(line.number(), column);
        }

        /** What stands under each header, with its column; columns without a header go by their place. */
        Map<String, Integer> columns(SheetData.Line line) {
            var columns = new LinkedHashMap<String, Integer>();
            for (int column = 0; column < Math.max(headers.size(), line.cells().size()); column++) {
                String header = named ? header(column) : "";
                columns.putIfAbsent(header.isEmpty() ? "\u0000" + column : header, column);
            }
            return columns;
        }
    }

    private static final class Comparison {
        private final Rows from;
        private final Rows to;

        Comparison(@Nullable SheetData from, @Nullable SheetData to) {
            this.from = new Rows(from);
            this.to = new Rows(to);
        }

        List<RowDiff> rows() {
            var rows = new ArrayList<RowDiff>();
            Set<String> moved = from.named && to.named ? moved() : Set.of();
            to.byKey.forEach((key, line) -> {
                SheetData.Line old = from.byKey.get(key);
                List<CellDiff> cells = cells(old, line);
                if (old == null) {
                    rows.add(new RowDiff(to.id(line), Change.ADDED, to.at(line, 0), cells));
                } else if (!cells.isEmpty()) {
                    rows.add(new RowDiff(to.id(line), Change.CHANGED, to.at(line, 0), cells));
                }
                if (moved.contains(key)) {
                    rows.add(new RowDiff(to.id(line), Change.MOVED, to.at(line, 0), List.of()));
                }
            });
            from.byKey.forEach((key, line) -> {
                if (!to.byKey.containsKey(key)) {
                    rows.add(new RowDiff(from.id(line), Change.REMOVED, from.at(line, 0), cells(line, null)));
                }
            });
            return rows;
        }

        private List<CellDiff> cells(SheetData.@Nullable Line old, SheetData.@Nullable Line now) {
            Map<String, Integer> before = old == null ? Map.of() : from.columns(old);
            Map<String, Integer> after = now == null ? Map.of() : to.columns(now);
            Set<String> headers = new LinkedHashSet<>(after.keySet());
            headers.addAll(before.keySet());
            var cells = new ArrayList<CellDiff>();
            for (String header : headers) {
                Integer was = before.get(header);
                Integer is = after.get(header);
                String then = old == null || was == null ? "" : old.cell(was).text();
                String here = now == null || is == null ? "" : now.cell(is).text();
                if (!then.equals(here)) {
                    CellRef at = now != null && is != null
                            ? to.at(now, is)
                            : from.at(Objects.requireNonNull(old), Objects.requireNonNull(was));
                    cells.add(new CellDiff(header.startsWith("\u0000") ? "" : header, at, then, here));
                }
            }
            return cells;
        }

        /** The fewest rows that, taken out, leave the others in the order they had. */
        private Set<String> moved() {
            var places = new HashMap<String, Integer>();
            from.byKey.keySet().forEach(key -> places.put(key, places.size()));
            List<String> common =
                    to.byKey.keySet().stream().filter(places::containsKey).toList();
            int[] tails = new int[common.size()];
            int[] before = new int[common.size()];
            int length = 0;
            for (int i = 0; i < common.size(); i++) {
                int place = place(places, common.get(i));
                int at = search(tails, length, place, places, common);
                before[i] = at == 0 ? -1 : tails[at - 1];
                tails[at] = i;
                length = Math.max(length, at + 1);
            }
            var kept = new BitSet();
            for (int i = length == 0 ? -1 : tails[length - 1]; i >= 0; i = before[i]) {
                kept.set(i);
            }
            var moved = new LinkedHashSet<String>();
            for (int i = kept.nextClearBit(0); i < common.size(); i = kept.nextClearBit(i + 1)) {
                moved.add(common.get(i));
            }
            return moved;
        }

        private static int place(Map<String, Integer> places, String key) {
            return Objects.requireNonNull(places.get(key));
        }

        private static int search(
                int[] tails, int length, int place, Map<String, Integer> places, List<String> common) {
            int low = 0;
            int high = length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (place(places, common.get(tails[middle])) < place) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
