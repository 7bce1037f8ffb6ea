package liandong.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import liandong.incident.Nearest;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.sheet.Cell;
import liandong.sheet.SheetData;
import liandong.table.FreeColumnSheet;
import liandong.table.FreeColumnSheet.Entry;
import liandong.table.FreeColumnSheet.Heading;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a sheet of cases: what every case has, what it states and what it expects.
 *
 * @param <P> what can be expected
 */
final class CaseColumns<P> {
    private final FreeColumnSheet sheet;
    private final Map<String, Heading> fixed = new LinkedHashMap<>();
    private final Map<Heading, GivenColumn> given = new LinkedHashMap<>();
    private final Map<Heading, P> expected = new LinkedHashMap<>();
    private final Map<Heading, Problem> unknown = new LinkedHashMap<>();

    private CaseColumns(FreeColumnSheet sheet) {
        this.sheet = sheet;
    }

    /**
     * Sorts the columns of a sheet.
     *
     * @param fixed what every case has, by name
     * @param given what may be stated, by name
     * @param parts what may be expected, by name without {@link Part#EXPECTED}
     * @param needed the fixed columns that a sheet cannot do without
     * @param problems gets columns that nobody knows, those that are missing, and what else is wrong with the sheet
     * @return null where there is no header, which has been told
     */
    static <P> @Nullable CaseColumns<P> of(
            SheetData data,
            List<String> fixed,
            Map<String, GivenColumn> given,
            Map<String, P> parts,
            List<String> needed,
            Consumer<Problem> problems) {
        var known = new ArrayList<>(fixed);
        known.addAll(given.keySet());
        parts.keySet().forEach(part -> known.add(Part.EXPECTED + part));
        FreeColumnSheet sheet = FreeColumnSheet.read(data, known, needed, problems);
        if (sheet == null) {
            return null;
        }
        var columns = new CaseColumns<P>(sheet);
        for (Heading heading : sheet.headings()) {
            String name = heading.name();
            P part = name.startsWith(Part.EXPECTED) ? parts.get(name.substring(Part.EXPECTED.length())) : null;
            GivenColumn column = given.get(name);
            if (fixed.contains(name)) {
                columns.fixed.put(name, heading);
            } else if (part != null) {
                columns.expected.put(heading, part);
            } else if (column != null) {
                columns.given.put(heading, column);
            } else if (!name.startsWith(ScenarioReader.ACTUAL) && !name.equals(ScenarioReader.RESULT)) {
                String nearest = Nearest.of(name, known);
                columns.unknown.put(
                        heading,
                        nearest == null
                                ? Problem.of(Code.UNKNOWN_COLUMN, sheet.at(heading), heading.text())
                                : Problem.of(Code.MISTYPED_COLUMN, sheet.at(heading), heading.text(), nearest));
            }
        }
        columns.unknown.values().forEach(problems);
        needed.stream()
                .filter(name -> !columns.has(name))
                .forEach(name -> problems.accept(Problem.of(Code.MISSING_COLUMN, data.at(sheet.header(), 0), name)));
        return columns;
    }

    /** The rows, in their order; none where a column is missing that they cannot do without. */
    List<Entry> entries(List<String> needed) {
        return needed.stream().allMatch(this::has) ? sheet.entries() : List.of();
    }

    boolean has(String name) {
        return fixed.containsKey(name);
    }

    Map<Heading, GivenColumn> given() {
        return given;
    }

    Map<Heading, P> expected() {
        return expected;
    }

    /** What stands in a fixed column of a row; empty where the sheet has no such column. */
    Cell cell(Entry entry, String name) {
        Heading heading = fixed.get(name);
        return heading == null ? Cell.EMPTY : entry.cell(heading.column());
    }

    /** The place of a fixed column of a row; its first cell where the sheet has no such column. */
    CellRef at(Entry entry, String name) {
        Heading heading = fixed.get(name);
        return at(entry, heading == null ? 0 : heading.column());
    }

    CellRef at(Entry entry, int column) {
        return sheet.sheet().at(entry.row(), column);
    }

    /** Tells of the columns that nobody knows and in which a row says something. */
    void mustKnow(Entry entry, Consumer<Problem> problems) {
        unknown.forEach((heading, problem) -> {
            if (!entry.cell(heading.column()).isEmpty()) {
                problems.accept(problem);
            }
        });
    }

    /** Whether a problem has been told of the sheet, and need not be of a row. */
    boolean isTold(Problem problem) {
        return unknown.containsValue(problem);
    }

    /** Tells of a case without id, or with that of another, and notes whose it is. */
    void mustBeNew(String id, CellRef at, Map<String, CellRef> taken, Consumer<Problem> problems) {
        if (id.isEmpty()) {
            problems.accept(Problem.of(Code.MISSING_ID, at));
            return;
        }
        CellRef other = taken.putIfAbsent(id, at);
        if (other != null) {
            problems.accept(Problem.of(Code.DUPLICATE_ID, at, id, other));
        }
    }

    /** The tags of a row, each as often as it stands there. */
    Stream<String> tags(Entry entry) {
        return Stream.of(cell(entry, ScenarioReader.TAGS).text().split("、"))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty());
    }
}
