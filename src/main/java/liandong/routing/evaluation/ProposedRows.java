package liandong.routing.evaluation;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liandong.policy.Policy;
import liandong.sheet.Cell;
import liandong.sheet.FormulaText;
import liandong.sheet.SheetData;
import liandong.table.HitPolicy;
import liandong.table.Row;
import liandong.table.RowStatus;
import liandong.table.SheetReader;
import liandong.table.Table;
import liandong.table.TableContract;
import liandong.workbook.ReportBook;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one sheet of a policy, none of them confirmed, for a person to take or leave, or to be tried.
 *
 * @param <R> what the rows conclude
 */
final class ProposedRows<R extends Row> {
    private static final Pattern ID = Pattern.compile("(.*?)(\\d{1,9})");

    private final Policy policy;
    private final Class<R> type;
    private final Layout layout;
    private final List<List<Object>> rows = new ArrayList<>();
    private final Id last;
    private final String status;

    /**
     * How the sheet looks.
     *
     * @param sheet its name
     * @param title what stands over it
     * @param columns the headers of its own columns, between that of the ids and those that every sheet has
     * @param widths the widths of all columns, in characters
     * @param firstId the id before the first one, for a policy that has no row yet
     */
    record Layout(String sheet, String title, List<String> columns, List<Integer> widths, String firstId) {
        private List<String> header() {
            var header = new ArrayList<String>();
            header.add("编号 Id");
            header.addAll(columns);
            header.addAll(List.of("依据 Basis", "状态 Status", "生效 From", "失效 Until", "备注 Note"));
            return header;
        }
    }

    /** An id that ends in a number of so many digits. */
    private record Id(String prefix, int number, int digits) {
        static Stream<Id> of(String text) {
            Matcher id = ID.matcher(text);
            return id.matches()
                    ? Stream.of(new Id(
                            id.group(1),
                            Integer.parseInt(id.group(2)),
                            id.group(2).length()))
                    : Stream.of();
        }

        String after(int steps) {
            return prefix + String.format("%0" + digits + "d", number + steps);
        }
    }

    /**
     * No rows yet.
     *
     * @param policy the policy they are meant for: their ids follow its own
     */
    ProposedRows(Policy policy, Class<R> type, Layout layout) {
        this.policy = policy;
        this.type = type;
        this.layout = layout;
        this.status = RowStatus.ofOwn(policy.vocabulary().format()).label();
        Table<R> own = policy.table(type);
        this.last = Stream.concat(
                        Stream.of(layout.firstId),
                        own == null
                                ? Stream.of()
                                : own.rows().stream().map(row -> row.ref().id()))
                .flatMap(Id::of)
                .max((one, other) -> Integer.compare(one.number, other.number))
                .orElseThrow();
    }

    /**
     * Adds a row.
     *
     * @param own the cells of the sheet's own columns
     * @param basis what it rests on
     * @param note what a person should know who takes or leaves it
     */
    void add(List<?> own, String basis, String note) {
        var row = new ArrayList<Object>();
        row.add(last.after(rows.size() + 1));
        row.addAll(own);
        row.addAll(List.of(basis, status, "", "", note));
        rows.add(row);
    }

    /** How many rows there are. */
    int size() {
        return rows.size();
    }

    /** The rows, as the policy's reader reads them. */
    Table<R> table() {
        var lines = new ArrayList<SheetData.Line>();
        lines.add(line(SheetReader.HEADER_ROW, layout.header()));
        for (List<Object> row : rows) {
            lines.add(line(lines.size() + SheetReader.HEADER_ROW, row));
        }
        var sheet = new SheetData(layout.sheet + ".xlsx", layout.sheet, false, lines, List.of(), List.of(), Set.of());
        return new SheetReader(policy.vocabulary(), LocalDate.EPOCH, problem -> {})
                .table(sheet, type, new TableContract(HitPolicy.ALL, false), new HashMap<>());
    }

    private static SheetData.Line line(int number, List<?> cells) {
        return new SheetData.Line(
                number, false, cells.stream().map(ProposedRows::cell).toList());
    }

    private static Cell cell(Object value) {
        String text = value.toString();
        return new Cell(text, number(value), null, false);
    }

    private static @Nullable BigDecimal number(Object value) {
        return value instanceof Integer number ? BigDecimal.valueOf(number) : null;
    }

    /** Writes the rows as a workbook with the one sheet. */
    void write(OutputStream out) throws IOException {
        try (var book = new ReportBook()) {
            var page = book.page(
                    layout.sheet,
                    layout.widths.stream().mapToInt(Integer::intValue).toArray());
            page.title(layout.title);
            page.header(layout.header().toArray(String[]::new));
            rows.forEach(row -> page.row(row.toArray()));
            book.write(out);
        }
    }

    /** The rows as CSV, below their header; with an apostrophe before what a spreadsheet program would compute. */
    String csv() throws IOException {
        var text = new StringWriter();
        try (var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord(layout.header());
            rows.forEach(
                    row -> csv.writeRecord(row.stream().map(ProposedRows::plain).toList()));
        }
        return text.toString();
    }

    private static String plain(Object value) {
        String text = value.toString();
        return !(value instanceof Number) && FormulaText.looksLikeOne(text) ? "'" + text : text;
    }
}
