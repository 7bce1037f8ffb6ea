package liandong.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import liandong.incident.Nearest;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.sheet.Cell;
import liandong.sheet.SheetData;

/**
 * The row of a sheet that names its columns: row {@value SheetReader#HEADER_ROW}, below the title.
 *
 * <p>Where it stands elsewhere, or twice, or not at all, that is told once; the sheet is read by it all the same, so that
 * nothing is told of what only follows from it.
 */
final class HeaderRow {
    /** A row with this many cells is a header only when it names this many columns. */
    private static final int PAIR = 2;

    private final SheetData.Line line;
    private final boolean lost;
    private final Set<Integer> repeats;

    private HeaderRow(SheetData.Line line, boolean lost, Set<Integer> repeats) {
        this.line = line;
        this.lost = lost;
        this.repeats = repeats;
    }

    /** The row that is meant to be the header, wherever it stands, and nothing told of it. */
    static HeaderRow second(SheetData sheet) {
        return new HeaderRow(line(sheet), false, Set.of());
    }

    /**
     * Finds the header of a sheet.
     *
     * @param names the columns there can be, by their Chinese names, with their English ones; empty where there is none
     * @param needed those that the sheet cannot do without
     * @param problems told where it is not what it should be
     */
    static HeaderRow of(
            SheetData sheet, Map<String, String> names, Collection<String> needed, Consumer<Problem> problems) {
        SheetData.Line second = line(sheet);
        long own = named(second, names);
        SheetData.Line header =
                own * PAIR < filled(second) || own < needed.size() ? best(sheet, second, names, needed) : second;
        if (header.number() == second.number() && own == 0 && !resembles(second, names)) {
            problems.accept(Problem.of(
                    Code.HEADER_LOST,
                    sheet.at(SheetReader.HEADER_ROW, 0),
                    filled(second) == 0 ? "—" : first(second),
                    String.join("、", needed)));
            return new HeaderRow(second, true, Set.of());
        }
        if (header.number() < SheetReader.HEADER_ROW) {
            problems.accept(Problem.of(Code.HEADER_IN_FIRST_ROW, sheet.at(header.number(), 0), first(header)));
        } else if (header.number() > SheetReader.HEADER_ROW) {
            displaced(sheet, header, problems);
        }
        return new HeaderRow(header, false, repeats(sheet, header, names, problems));
    }

    /** Tells what stands between the title and the header. */
    private static void displaced(SheetData sheet, SheetData.Line header, Consumer<Problem> problems) {
        int last = header.number() - 1;
        String rows = last == SheetReader.HEADER_ROW ? String.valueOf(last) : SheetReader.HEADER_ROW + "–" + last;
        String above = sheet.lines().stream()
                .filter(line -> line.number() >= SheetReader.HEADER_ROW && line.number() <= last)
                .map(HeaderRow::first)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        problems.accept(
                above.isEmpty()
                        ? Problem.of(
                                Code.BLANKS_ABOVE_HEADER, sheet.at(SheetReader.HEADER_ROW, 0), header.number(), rows)
                        : Problem.of(
                                Code.ROWS_ABOVE_HEADER,
                                sheet.at(SheetReader.HEADER_ROW, 0),
                                header.number(),
                                above,
                                rows));
    }

    /** The line that names most columns, when it names far more than the second and is not about anything else. */
    private static SheetData.Line best(
            SheetData sheet, SheetData.Line second, Map<String, String> names, Collection<String> needed) {
        SheetData.Line best = second;
        long most = named(second, names) * PAIR;
        for (SheetData.Line line : sheet.lines()) {
            long named = named(line, names);
            if (named > most && named >= Math.min(PAIR, needed.size()) && named * PAIR >= filled(line)) {
                best = line;
                most = named;
            }
        }
        return best;
    }

    /** The lines below the header that only repeat it, in either language; told at the first. */
    private static Set<Integer> repeats(
            SheetData sheet, SheetData.Line header, Map<String, String> names, Consumer<Problem> problems) {
        var repeats = new HashSet<Integer>();
        var rows = new ArrayList<Integer>();
        List<Set<String>> said = IntStream.range(0, header.cells().size())
                .mapToObj(column -> said(header.cell(column).text(), names))
                .toList();
        for (SheetData.Line line : sheet.lines()) {
            if (line.number() > header.number() && repeats(line, said)) {
                repeats.add(line.number());
                rows.add(line.number());
            }
        }
        if (!rows.isEmpty()) {
            problems.accept(Problem.of(
                    Code.REPEATED_HEADER,
                    sheet.at(rows.get(0), 0),
                    rows.stream().map(String::valueOf).collect(Collectors.joining("、"))));
        }
        return repeats;
    }

    /** Whether a line says in at least half of its cells what heads their columns. */
    private static boolean repeats(SheetData.Line line, List<Set<String>> said) {
        int same = 0;
        int other = 0;
        for (int column = 0; column < line.cells().size(); column++) {
            Cell cell = line.cells().get(column);
            if (!cell.isEmpty()) {
                boolean repeated = column < said.size() && said.get(column).contains(folded(cell.text()));
                same += repeated ? 1 : 0;
                other += repeated ? 0 : 1;
                if (other > said.size() / PAIR || (same == 0 && other > PAIR)) {
                    return false;
                }
            }
        }
        return same >= PAIR && same >= other;
    }

    /** What a header may be repeated as: itself, its Chinese name, its English one. */
    private static Set<String> said(String header, Map<String, String> names) {
        if (header.isEmpty()) {
            return Set.of();
        }
        String chinese = Attribute.chinese(header);
        var said = new HashSet<>(List.of(folded(header), folded(chinese)));
        String english = header.strip().substring(chinese.length()).strip();
        for (String each : List.of(english, names.getOrDefault(chinese, ""))) {
            if (!each.isEmpty()) {
                said.add(folded(each));
                said.add(folded(chinese + " " + each));
            }
        }
        return said;
    }

    private static String folded(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** How many columns a line names, each counted once. */
    private static long named(SheetData.Line line, Map<String, String> names) {
        return line.cells().stream()
                .map(cell -> Attribute.chinese(cell.text()))
                .filter(names::containsKey)
                .distinct()
                .count();
    }

    private static long filled(SheetData.Line line) {
        return line.cells().stream().filter(cell -> !cell.isEmpty()).count();
    }

    /** Whether a cell of a line may be the name of a column, mistyped or in English. */
    private static boolean resembles(SheetData.Line line, Map<String, String> names) {
        return line.cells().stream()
                .map(cell -> Attribute.chinese(cell.text()))
                .anyMatch(name -> !name.isEmpty() && Nearest.of(name, names.keySet()) != null);
    }

    private static String first(SheetData.Line line) {
        return line.cells().stream()
                .filter(cell -> !cell.isEmpty())
                .findFirst()
                .orElse(Cell.EMPTY)
                .text();
    }

    private static SheetData.Line line(SheetData sheet) {
        return sheet.lines().stream()
                .filter(line -> line.number() == SheetReader.HEADER_ROW)
                .findFirst()
                .orElse(new SheetData.Line(SheetReader.HEADER_ROW, false, List.of()));
    }

    /** The row it stands in, from 1. */
    int number() {
        return line.number();
    }

    SheetData.Line line() {
        return line;
    }

    Cell cell(int column) {
        return line.cell(column);
    }

    /** Whether no line names the columns: there is nothing to read. */
    boolean isLost() {
        return lost;
    }

    /** Whether a line is one of data: below the header, and not the header once more. */
    boolean isData(SheetData.Line row) {
        return !lost && row.number() > line.number() && !repeats.contains(row.number());
    }
}
