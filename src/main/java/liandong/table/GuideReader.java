package liandong.table;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import liandong.incident.Vocabulary;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.sheet.Cell;
import liandong.sheet.SheetData;

/**
 * Reads the one part of a 说明 sheet that is meant for the program too: the list of tables and what they promise.
 *
 * <p>It begins below a cell {@code 工作表 Sheet} in column A and ends at the first row whose column A is empty. A column
 * headed {@code 完整 Complete} may stand beside it; a guide without one promises completeness of no table.
 */
public final class GuideReader {
    private static final String HEADER = "工作表";
    private static final String COMPLETE = "完整 Complete";

    private GuideReader() {}

    /** What each table promises that the guide lists. */
    public static Map<String, TableContract> promises(SheetData guide, Consumer<Problem> problems) {
        var promises = new LinkedHashMap<String, TableContract>();
        var grammar = new Grammar(Vocabulary.empty(), problems);
        int next = 0;
        int complete = -1;
        for (SheetData.Line line : guide.lines()) {
            String name = line.cell(0).text();
            if (next == 0) {
                if (Attribute.chinese(name).equals(HEADER)) {
                    next = line.number() + 1;
                    complete = complete(line);
                }
                continue;
            }
            if (line.number() != next || name.isEmpty()) {
                break;
            }
            next++;
            String label = line.cell(1).text();
            HitPolicy policy = Arrays.stream(HitPolicy.values())
                    .filter(each -> each.label().equals(label))
                    .findFirst()
                    .orElse(null);
            if (policy == null) {
                problems.accept(Problem.of(
                        Code.UNKNOWN_HIT_POLICY,
                        guide.at(line.number(), 1),
                        label,
                        Arrays.stream(HitPolicy.values()).map(HitPolicy::label).collect(Collectors.joining("、"))));
            } else {
                Cell cell = complete < 0 ? Cell.EMPTY : line.cell(complete);
                boolean promised = !cell.isEmpty()
                        && Boolean.TRUE.equals(grammar.yes(cell.text(), guide.at(line.number(), complete), COMPLETE));
                promises.put(name, new TableContract(policy, promised));
            }
        }
        return promises;
    }

    private static int complete(SheetData.Line header) {
        for (int column = 1; column < header.cells().size(); column++) {
            if (Attribute.chinese(header.cell(column).text()).equals(Attribute.chinese(COMPLETE))) {
                return column;
            }
        }
        return -1;
    }
}
