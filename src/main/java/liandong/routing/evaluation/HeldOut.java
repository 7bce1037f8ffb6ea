package liandong.routing.evaluation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liandong.policy.Policy;
import liandong.routing.ExampleRow;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import liandong.table.Row;
import liandong.table.SheetReader;
import liandong.table.Table;
import liandong.table.TableContract;

/**
 * A policy without the rows that some texts are the source of: a policy that has read a text before is not measured by it.
 *
 * <p>A row comes from a text when it is the text, as an example sentence that was taken from it, or a keyword.
 */
final class HeldOut {
    private final Policy policy;
    private final List<Source> sources = new ArrayList<>();

    /** A table, the sheet it was read from, and by their numbers the rows of the sheet that are texts of the file. */
    private record Source(Table<? extends Row> table, SheetData sheet, Map<Integer, String> rows) {}

    /**
     * Looks for the rows that come from texts.
     *
     * @param texts the texts, as {@link ExampleText#key} has them
     */
    HeldOut(Policy policy, Set<String> texts) {
        this.policy = policy;
        for (Table<? extends Row> table : policy.tables()) {
            Map<Integer, String> rows = rows(table);
            rows.values().retainAll(texts);
            if (!rows.isEmpty()) {
                sheets(table.file()).stream()
                        .filter(sheet -> sheet.name().equals(table.sheet()))
                        .forEach(sheet -> sources.add(new Source(table, sheet, rows)));
            }
        }
    }

    private List<SheetData> sheets(String file) {
        byte[] bytes = policy.files().tables().get(file);
        return bytes == null ? List.of() : WorkbookReader.read(file, bytes, problem -> {});
    }

    /** What rows have that may have been a text. */
    private static Map<Integer, String> rows(Table<? extends Row> table) {
        Map<Integer, String> rows = new HashMap<>();
        String words = table.wordColumn();
        for (int i = 0; i < table.rows().size(); i++) {
            Row row = table.rows().get(i);
            String text =
                    row instanceof ExampleRow example ? example.sentence() : words == null ? "" : table.text(i, words);
            if (!text.isBlank()) {
                rows.put(row.ref().row(), ExampleText.key(text));
            }
        }
        return rows;
    }

    /** How many rows of the policy are texts of the file. */
    int rows() {
        return sources.stream().mapToInt(source -> source.rows.size()).sum();
    }

    /** The policy without the rows that come from some texts. */
    Policy without(Set<String> texts) {
        Policy without = policy;
        for (Source source : sources) {
            List<SheetData.Line> left = source.sheet.lines().stream()
                    .filter(line -> {
                        String text = source.rows.get(line.number());
                        return text == null || !texts.contains(text);
                    })
                    .toList();
            if (left.size() < source.sheet.lines().size()) {
                without = without.trying(read(source.table, source.sheet, left));
            }
        }
        return without;
    }

    private <R extends Row> Table<R> read(Table<R> table, SheetData sheet, List<SheetData.Line> lines) {
        var rest = new SheetData(
                sheet.file(),
                sheet.name(),
                sheet.hidden(),
                lines,
                sheet.merged(),
                sheet.filtered(),
                sheet.hiddenColumns());
        return new SheetReader(policy.vocabulary(), LocalDate.EPOCH, problem -> {})
                .table(rest, table.type(), new TableContract(table.hitPolicy(), table.complete()), new HashMap<>());
    }
}
