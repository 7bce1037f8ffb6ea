package liandong.publication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import liandong.policy.PolicyFiles;
import liandong.publication.SheetDiff.CellDiff;
import liandong.publication.SheetDiff.Change;
import liandong.publication.SheetDiff.RowDiff;
import liandong.sheet.Cell;
import liandong.sheet.GeneratedSheets;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import liandong.table.SheetReader;
import liandong.workbook.RowEdits;
import liandong.workbook.RowEdits.Edit;
import liandong.workbook.RowEdits.Kind;
import liandong.workbook.RowEdits.Row;
import org.jspecify.annotations.Nullable;

/**
 * What two people made of the same policy, brought together row by row (合并).
 *
 * <p>Where both changed the same row differently, nobody but them knows which is right: then there is no merged policy, and
 * each such row is told with what both say. Nothing is merged that could not be read back as exactly both changes.
 *
 * @param merged what has the changes of both; null when something collides
 * @param theirs what the other one changed
 * @param collisions what both changed, each otherwise
 */
public record PolicyMerge(@Nullable PolicyFiles merged, List<PolicyDiff.FileDiff> theirs, List<Collision> collisions) {
    private static final String WORKBOOK = ".xlsx";

    /**
     * What both changed.
     *
     * @param path the file
     * @param sheet the sheet; empty for a file that cannot be merged row by row
     * @param row the row's id; empty for a sheet that cannot be, or in which what has no id is another
     * @param theirs what the other one did to its cells
     * @param mine what this one did to them
     */
    public record Collision(String path, String sheet, String row, List<CellDiff> theirs, List<CellDiff> mine) {}

    /**
     * Brings two changes together.
     *
     * @param base what both began with
     * @param theirs what the other one made of it, which the merged policy begins with
     * @param mine what this one made of it
     */
    public static PolicyMerge of(PolicyFiles base, PolicyFiles theirs, PolicyFiles mine) {
        var paths = new TreeSet<>(base.files().keySet());
        paths.addAll(theirs.files().keySet());
        paths.addAll(mine.files().keySet());
        var merged = new TreeMap<String, byte[]>();
        var collisions = new ArrayList<Collision>();
        for (String path : paths) {
            byte[] began = base.files().get(path);
            byte[] other = theirs.files().get(path);
            byte[] own = mine.files().get(path);
            byte[] both = other;
            if (Arrays.equals(other, began)) {
                both = own;
            } else if (!Arrays.equals(own, began) && !Arrays.equals(own, other)) {
                both = merged(path, began, other, own, collisions);
            }
            if (both != null) {
                merged.put(path, both);
            }
        }
        return new PolicyMerge(
                collisions.isEmpty() ? new PolicyFiles(mine.label(), merged) : null,
                PolicyDiff.between(base, theirs).files(),
                List.copyOf(collisions));
    }

    private static byte @Nullable [] merged(
            String path,
            byte @Nullable [] base,
            byte @Nullable [] theirs,
            byte @Nullable [] mine,
            List<Collision> collisions) {
        if (base == null || theirs == null || mine == null || !path.endsWith(WORKBOOK)) {
            collisions.add(new Collision(path, "", "", List.of(), List.of()));
            return null;
        }
        String file = path.substring(path.lastIndexOf('/') + 1);
        Map<String, Lines> began = lines(file, base);
        Map<String, Lines> there = lines(file, theirs);
        Map<String, Lines> here = lines(file, mine);
        Map<String, SheetDiff> others = SheetDiff.between(file, base, theirs).stream()
                .collect(Collectors.toMap(SheetDiff::sheet, sheet -> sheet));
        if (others.isEmpty() && loosened(began, there).isEmpty()) {
            return mine; // the other one differs in its looks at most
        }
        int before = collisions.size();
        loosened(began, here).forEach(sheet -> collisions.add(new Collision(path, sheet, "", List.of(), List.of())));
        var edits = new ArrayList<Edit>();
        var wanted = new HashSet<List<Object>>();
        for (SheetDiff own : SheetDiff.between(file, base, mine)) {
            String sheet = own.sheet();
            SheetDiff other = others.get(sheet);
            if (own.change() != Change.CHANGED || (other != null && other.change() != Change.CHANGED)) {
                collisions.add(new Collision(path, sheet, "", List.of(), List.of()));
                continue;
            }
            Lines old = began.getOrDefault(sheet, Lines.NONE);
            Lines theirLines = there.getOrDefault(sheet, Lines.NONE);
            Lines lines = here.getOrDefault(sheet, Lines.NONE);
            Map<String, List<RowDiff>> theirRows =
                    other == null ? Map.of() : other.rows().stream().collect(Collectors.groupingBy(RowDiff::row));
            var removed = new ArrayList<Edit>();
            for (RowDiff row : own.rows()) {
                List<RowDiff> same = theirRows.getOrDefault(row.row(), List.of());
                Row which = which(row, old, lines);
                if (row.row().isEmpty() || row.change() == Change.MOVED) {
                    collisions.add(new Collision(path, sheet, row.row(), List.of(), row.cells()));
                } else if (same.isEmpty()) {
                    wanted.add(effect(sheet, which, row));
                    (row.change() == Change.REMOVED ? removed : edits).add(edit(sheet, which, row, lines));
                } else if (!effects(sheet, same, old, theirLines)
                        .equals(effects(sheet, withId(own, row.row()), old, lines))) {
                    RowDiff met = same.stream()
                            .filter(each -> which(each, old, theirLines).equals(which))
                            .findFirst()
                            .orElse(same.get(0));
                    collisions.add(new Collision(path, sheet, row.row(), met.cells(), row.cells()));
                }
            }
            Collections.reverse(removed); // or those after a removed one would have other numbers
            edits.addAll(removed);
        }
        if (collisions.size() > before) {
            return null;
        }
        byte[] both = edits.isEmpty() ? theirs : RowEdits.of(file, theirs, edits, problem -> {});
        if (both == null || !effects(file, theirs, both).equals(wanted)) {
            collisions.add(new Collision(path, "", "", List.of(), List.of()));
            return null;
        }
        return both;
    }

    private static Edit edit(String sheet, Row which, RowDiff row, Lines lines) {
        var cells = new LinkedHashMap<String, String>();
        if (row.change() != Change.REMOVED) {
            row.cells().forEach(cell -> cells.put(cell.column(), cell.to()));
        }
        Kind kind = switch (row.change()) {
            case ADDED -> Kind.ADD;
            case REMOVED -> Kind.REMOVE;
            default -> Kind.CHANGE;
        };
        var behind = new ArrayList<Row>();
        if (kind == Kind.ADD) {
            List<Row> order = List.copyOf(lines.rows().values());
            behind.addAll(order.subList(0, Math.max(0, order.indexOf(which))));
            Collections.reverse(behind);
        }
        return new Edit(sheet, kind, which, cells, List.copyOf(behind));
    }

    /**
     * What stands in a sheet.
     *
     * @param rows its rows that have an id, in their order, by their numbers
     * @param loose the texts of all other lines: what has no id is told by no difference, and is not to get lost
     */
    private record Lines(SortedMap<Integer, Row> rows, List<List<String>> loose) {
        static final Lines NONE = new Lines(new TreeMap<>(), List.of());

        static Lines of(SheetData sheet) {
            var rows = new TreeMap<Integer, Row>();
            var loose = new ArrayList<List<String>>();
            var counts = new HashMap<String, Integer>();
            for (SheetData.Line line : sheet.lines()) {
                String id =
                        line.number() > SheetReader.HEADER_ROW ? line.cell(0).text() : "";
                List<String> texts = line.cells().stream().map(Cell::text).toList();
                if (!id.isEmpty()) {
                    rows.put(line.number(), new Row(id, counts.merge(id, 1, Integer::sum)));
                } else if (texts.stream().anyMatch(text -> !text.isEmpty())) {
                    loose.add(texts);
                }
            }
            return new Lines(rows, loose);
        }
    }

    private static Map<String, Lines> lines(String file, byte[] workbook) {
        return WorkbookReader.read(file, workbook, problem -> {}).stream()
                .filter(sheet -> !GeneratedSheets.NAMES.contains(sheet.name()))
                .collect(Collectors.toMap(SheetData::name, Lines::of));
    }

    /** The sheets in both of which lines without an id differ. */
    private static List<String> loosened(Map<String, Lines> from, Map<String, Lines> to) {
        return to.keySet().stream()
                .filter(sheet -> !to.getOrDefault(sheet, Lines.NONE)
                        .loose()
                        .equals(from.getOrDefault(sheet, Lines.NONE).loose()))
                .filter(from::containsKey)
                .sorted()
                .toList();
    }

    private static Row which(RowDiff row, Lines from, Lines to) {
        Lines lines = row.change() == Change.REMOVED ? from : to;
        return lines.rows().getOrDefault(row.at().row(), new Row(row.row(), 0));
    }

    private static List<RowDiff> withId(SheetDiff sheet, String id) {
        return sheet.rows().stream().filter(row -> row.row().equals(id)).toList();
    }

    private static Set<List<Object>> effects(String file, byte[] from, byte[] to) {
        Map<String, Lines> before = lines(file, from);
        Map<String, Lines> after = lines(file, to);
        return SheetDiff.between(file, from, to).stream()
                .flatMap(sheet -> effects(
                        sheet.sheet(),
                        sheet.rows(),
                        before.getOrDefault(sheet.sheet(), Lines.NONE),
                        after.getOrDefault(sheet.sheet(), Lines.NONE))
                        .stream())
                .collect(Collectors.toSet());
    }

    private static Set<List<Object>> effects(String sheet, List<RowDiff> rows, Lines from, Lines to) {
        return rows.stream()
                .map(row -> effect(sheet, which(row, from, to), row))
                .collect(Collectors.toSet());
    }

    /** What becomes of a row, wherever it stands. */
    private static List<Object> effect(String sheet, Row which, RowDiff row) {
        return List.of(
                sheet,
                which,
                row.change(),
                row.cells().stream()
                        .map(cell -> List.of(cell.column(), cell.from(), cell.to()))
                        .collect(Collectors.toSet()));
    }
}
