package liandong.cli.cases;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Iterator;
import java.util.List;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.Input;
import liandong.cli.terminal.TextReader;
import liandong.explain.Phrases;
import liandong.problem.Code;
import liandong.problem.LineRef;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file below its header, read one by one. */
public final class CsvRows {
    private final String file;
    private final Phrases say;
    private final TextReader text;
    private final QuoteWatch quotes;
    private final Iterator<CsvRecord> records;
    private final List<String> header;
    private int line;
    private int number;

    /**
     * A row that is not blank.
     *
     * @param line the line of the file it begins on, from 1
     * @param number the row as a spreadsheet program numbers it; the header is 1
     * @param fields its fields; as many as the header has columns, unless the row is broken
     */
    public record Row(int line, int number, List<String> fields) {}

    /**
     * Reads the header.
     *
     * @param encoding how the file is encoded; null when its bytes decide
     * @throws CommandFailure if there is none
     */
    public CsvRows(Input input, @Nullable Charset encoding, Phrases say) throws CommandFailure {
        this.file = input.name();
        this.say = say;
        this.text = new TextReader(input.stream(), encoding);
        this.quotes = new QuoteWatch(text);
        this.records = CsvReader.builder()
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(quotes)
                .iterator();
        Row first = next();
        if (first == null) {
            throw stop("csv.empty");
        }
        if (isDamaged(first)) {
            line = first.line() - 1;
            throw stop("csv.encoding", text.charset().name());
        }
        this.header = first.fields().stream().map(String::strip).toList();
    }

    /** The encoding that it has been read in so far. */
    public Charset encoding() {
        return text.charset();
    }

    /** The names of the columns. */
    public List<String> header() {
        return header;
    }

    /**
     * The next row that is not blank; null when there is none.
     *
     * @throws CommandFailure if the file cannot be read on
     */
    @Nullable
    public Row next() throws CommandFailure {
        try {
            while (records.hasNext()) {
                CsvRecord row = records.next();
                if (quotes.cutOff() > 0) {
                    line = quotes.cutOff() - 1;
                    throw stop("csv.quote");
                }
                number++;
                line = (int) row.getStartingLineNumber();
                if (row.getFieldCount() > 1 || !row.getField(0).isBlank()) {
                    return new Row(line, number, row.getFields());
                }
            }
            return null;
        } catch (CsvParseException e) {
            line = quotes.broken() > 0 ? quotes.broken() - 1 : line;
            throw stop(quotes.broken() > 0 ? "csv.quote" : "csv.broken");
        } catch (UncheckedIOException e) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("input.unreadable", file)));
        }
    }

    /** What is wrong with a row as a row; null when nothing is. */
    @Nullable
    public Problem fault(Row row) {
        int wanted = header.size();
        int has = row.fields().size();
        if (isDamaged(row)) {
            return fault(row, say.of("csv.encoding", text.charset().name()));
        }
        if (row.fields().stream().anyMatch(this::holdsRows)) {
            return fault(row, say.of("csv.rows"));
        }
        return wanted == has ? null : fault(row, say.of("csv.fields", has, wanted));
    }

    /** That something is wrong with a row, said by a key. */
    Problem fault(Row row, String key, Object... words) {
        return fault(row, say.of(key, words));
    }

    private Problem fault(Row row, String says) {
        return Problem.of(Code.BAD_CSV, new LineRef(file, row.line()), says);
    }

    private static boolean isDamaged(Row row) {
        return row.fields().stream().anyMatch(field -> field.indexOf(TextReader.DAMAGED) >= 0);
    }

    /** Whether a line within a cell looks like a row: most likely a quote is missing above it, and the cell has swallowed it. */
    private boolean holdsRows(String field) {
        int commas = header.size() - 1;
        return commas > 1
                && field.lines()
                        .skip(1)
                        .anyMatch(inner -> inner.chars().filter(c -> c == ',').count() == commas);
    }

    /** Something is wrong beyond the row that was read last. */
    private CommandFailure stop(String key, Object... words) {
        return new CommandFailure(
                CommandFailure.BAD,
                List.of(Problem.of(Code.BAD_CSV, new LineRef(file, line + 1), say.of(key, words))
                        .line(say.locale())));
    }
}
