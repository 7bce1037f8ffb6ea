package liandong.console;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.incident.Term;
import liandong.reading.TextForm;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.RowStatus;
import liandong.table.Table;
import liandong.wire.RecordType;
import liandong.wire.RecordType.Component;
import org.jspecify.annotations.Nullable;

/**
 * A table of a policy as a page shows it, with every row as text, ready to be looked through.
 *
 * @param file the workbook
 * @param sheet the sheet
 * @param hitPolicy which of the rows that cover something count
 * @param conditions what its rows ask, Chinese, a space, English
 * @param conclusions what they say, the same
 * @param rows its rows, in the order of the sheet
 * @param live how many of them are in force on the day it was made
 */
record TableView(
        String file,
        String sheet,
        String hitPolicy,
        List<String> conditions,
        List<String> conclusions,
        List<Line> rows,
        int live) {
    /**
     * A row.
     *
     * @param ref the row
     * @param cells what it asks and says, in the order of the headers
     * @param live whether it is in force
     * @param found all its text in the form that texts are compared in
     */
    record Line(RowRef ref, List<String> cells, boolean live, String found) {
        boolean has(List<String> words) {
            return words.stream().allMatch(found::contains);
        }
    }

    static TableView of(Table<? extends Row> table, LocalDate on) {
        List<Component> says = RecordType.of(table.type()).components().stream()
                .filter(each -> each.column() != null)
                .toList();
        var lines = new ArrayList<Line>();
        for (int i = 0; i < table.rows().size(); i++) {
            Row row = table.rows().get(i);
            var cells = new ArrayList<String>();
            for (Table.ConditionColumn column : table.columns()) {
                cells.add(column.texts().get(i));
            }
            says.forEach(each -> cells.add(text(each.of((Record) row))));
            RowRef ref = row.ref();
            String all = Stream.concat(
                            Stream.of(ref.id(), ref.source(), ref.status().label()), cells.stream())
                    .collect(Collectors.joining("\n"));
            lines.add(new Line(ref, List.copyOf(cells), table.isInForce(i, on), TextForm.of(all)));
        }
        return new TableView(
                table.file(),
                table.sheet(),
                table.hitPolicy().label(),
                table.conditions(),
                says.stream().map(Component::label).toList(),
                List.copyOf(lines),
                table.live(on));
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Term term) {
            return term.label();
        }
        if (value instanceof Boolean yes) {
            return yes ? "是" : "否";
        }
        if (value instanceof Collection<?> all) {
            return all.stream().map(TableView::text).collect(Collectors.joining("、"));
        }
        return value.toString();
    }

    /** The words of a search, as they are compared. */
    static List<String> words(String typed) {
        return Stream.of(TextForm.of(typed).split("\\s+", -1))
                .filter(word -> !word.isBlank())
                .toList();
    }

    /** The rows that have all words, and a status if one is asked for. */
    List<Line> find(String typed, String status) {
        List<String> words = words(typed);
        return rows.stream()
                .filter(line -> line.has(words)
                        && (status.isEmpty() || line.ref().status().name().equals(status)))
                .toList();
    }

    /** How many rows have no source. */
    public long assumed() {
        return rows.stream().filter(line -> !line.ref().confirmed()).count();
    }

    /** The statuses that its rows have. */
    List<RowStatus> statuses() {
        return rows.stream()
                .map(line -> line.ref().status())
                .distinct()
                .sorted()
                .toList();
    }

    /** What a header is called in a language. */
    static String half(String label, Locale locale) {
        int blank = label.indexOf(' ');
        return blank < 0
                ? label
                : locale.getLanguage().equals("zh") ? label.substring(0, blank) : label.substring(blank + 1);
    }
}
