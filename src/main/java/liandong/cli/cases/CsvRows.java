package liandong.cli.cases;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
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
     * @throws CommandFailure if there is none
     */
    public CsvRows(Input input, Phrases say) throws CommandFailure {
        this.file = input.name();
        this.say = say;
        this.records = CsvReader.builder()
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(new TextReader(input.stream()))
                .iterator();
        Row first = next();
        if (first == null) {
            throw stop("csv.empty");
        }
        this.header = first.fields().stream().map(String::strip).toList();
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
                number++;
                line = (int) row.getStartingLineNumber();
                if (row.getFieldCount() > 1 || !row.getField(0).isBlank()) {
                    return new Row(line, number, row.getFields());
                }
            }
            return null;
        } catch (CsvParseException e) {
            throw e.getCause() instanceof CharacterCodingException ? stop("csv.encoding") : stop("csv.broken");
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw stop("csv.encoding");
            }
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("input.unreadable", file)));
        }
    }

    /** What is wrong with a row as a row; null when nothing is. */
    @Nullable
    public Problem fault(Row row) {
        int wanted = header.size();
        int has = row.fields().size();
        return wanted == has
                ? null
                : Problem.of(Code.BAD_CSV, new LineRef(file, row.line()), say.of("csv.fields", has, wanted));
    }

    /** Something is wrong beyond the row that was read last. */
    private CommandFailure stop(String key) {
        return new CommandFailure(
                CommandFailure.BAD,
                List.of(Problem.of(Code.BAD_CSV, new LineRef(file, line + 1), say.of(key))
                        .line(say.locale())));
    }
}
