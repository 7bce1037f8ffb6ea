package liandong.table;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import liandong.problem.Code;
import liandong.problem.Problem;

/**
 * Reads the one part of a 说明 sheet that is meant for the program too: the list of tables and their hit policies.
 *
 * <p>It begins below a cell {@code 工作表 Sheet} in column A and ends at the first row whose column A is empty.
 */
public final class GuideReader {
    private static final String HEADER = "工作表";

    private GuideReader() {}

    /** The hit policy of each table the guide lists. */
    public static Map<String, HitPolicy> hitPolicies(SheetData guide, Consumer<Problem> problems) {
        var policies = new LinkedHashMap<String, HitPolicy>();
        int next = 0;
        for (SheetData.Line line : guide.lines()) {
            String name = line.cell(0).text();
            if (next == 0) {
                next = Attribute.chinese(name).equals(HEADER) ? line.number() + 1 : 0;
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
                policies.put(name, policy);
            }
        }
        return policies;
    }
}
