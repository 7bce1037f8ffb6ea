package liandong.publication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import liandong.policy.PolicyFiles;
import liandong.publication.SheetDiff.CellDiff;
import liandong.publication.SheetDiff.Change;
import liandong.publication.SheetDiff.RowDiff;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import liandong.table.SheetReader;
import liandong.workbook.RowEdits;
import liandong.workbook.RowEdits.Edit;
import liandong.workbook.RowEdits.Kind;
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
     * @param row the row's id; empty for a sheet that cannot be
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
        Map<String, SheetDiff> others = SheetDiff.between(file, base, theirs).stream()
                .collect(Collectors.toMap(SheetDiff::sheet, sheet -> sheet));
        if (others.isEmpty()) {
            return mine; // the other one differs in its looks at most
        }
        Map<String, List<String>> order = order(file, mine);
        int before = collisions.size();
        var edits = new ArrayList<Edit>();
        var wanted = new HashSet<List<Object>>();
        for (SheetDiff own : SheetDiff.between(file, base, mine)) {
            SheetDiff other = others.get(own.sheet());
            if (own.change() != Change.CHANGED || (other != null && other.change() != Change.CHANGED)) {
                collisions.add(new Collision(path, own.sheet(), "", List.of(), List.of()));
                continue;
            }
            Map<String, List<RowDiff>> rows =
                    other == null ? Map.of() : other.rows().stream().collect(Collectors.groupingBy(RowDiff::row));
            for (RowDiff row : own.rows()) {
                List<RowDiff> same = rows.getOrDefault(row.row(), List.of());
                if (row.row().isEmpty() || row.change() == Change.MOVED) {
                    collisions.add(new Collision(path, own.sheet(), row.row(), List.of(), row.cells()));
                } else if (same.isEmpty()) {
                    edits.add(edit(own.sheet(), row, order.getOrDefault(own.sheet(), List.of())));
                    wanted.add(effect(own.sheet(), row));
                } else if (same.size() > 1 || !effect("", same.get(0)).equals(effect("", row))) {
                    collisions.add(new Collision(
                            path, own.sheet(), row.row(), same.get(0).cells(), row.cells()));
                }
            }
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

    private static Edit edit(String sheet, RowDiff row, List<String> order) {
        var cells = new LinkedHashMap<String, String>();
        if (row.change() != Change.REMOVED) {
            row.cells().forEach(cell -> cells.put(cell.column(), cell.to()));
        }
        Kind kind = switch (row.change()) {
            case ADDED -> Kind.ADD;
            case REMOVED -> Kind.REMOVE;
            default -> Kind.CHANGE;
        };
        var behind = new ArrayList<>(order.subList(0, Math.max(0, order.indexOf(row.row()))));
        Collections.reverse(behind);
        return new Edit(sheet, kind, row.row(), cells, kind == Kind.ADD ? List.copyOf(behind) : List.of());
    }

    /** The ids of the rows of each sheet, in their order. */
    private static Map<String, List<String>> order(String file, byte[] workbook) {
        return WorkbookReader.read(file, workbook, problem -> {}).stream()
                .collect(Collectors.toMap(
                        SheetData::name,
                        sheet -> sheet.lines().stream()
                                .filter(line -> line.number() > SheetReader.HEADER_ROW)
                                .map(line -> line.cell(0).text())
                                .filter(id -> !id.isEmpty())
                                .toList()));
    }

    private static Set<List<Object>> effects(String file, byte[] from, byte[] to) {
        return SheetDiff.between(file, from, to).stream()
                .flatMap(sheet -> sheet.rows().stream().map(row -> effect(sheet.sheet(), row)))
                .collect(Collectors.toSet());
    }

    /** What becomes of a row, wherever it stands. */
    private static List<Object> effect(String sheet, RowDiff row) {
        return List.of(
                sheet,
                row.row(),
                row.change(),
                row.cells().stream()
                        .map(cell -> List.of(cell.column(), cell.from(), cell.to()))
                        .collect(Collectors.toSet()));
    }
}
