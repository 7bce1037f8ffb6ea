package liandong.sheet;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import liandong.problem.Problem;

/**
 * Reads the sheets of a workbook as they stand, understanding nothing yet.
 *
 * <p>A workbook may come from anybody: nothing in it is ever run or fetched, and whatever its size or shape, it is read
 * within the bounds of {@link PackageParts}, {@link Xml} and {@link SheetXml}, or told to be beyond them. A program that is less
 * careful may open it after it was read here without an error.
 */
public final class WorkbookReader {
    /** Bytes of a file beyond which it is not even looked at; who reads one from a disk needs no more than one byte more. */
    public static final int MAX_FILE = PackageParts.MAX_FILE;

    private WorkbookReader() {}

    /**
     * Reads every sheet of a workbook.
     *
     * @param file the name to report
     * @param bytes the .xlsx file
     * @param problems gets a file that cannot be read, of what it carries beside its sheets, and of formulas that look
     *     beyond it
     * @return its sheets in their order; empty when the file cannot be read
     */
    public static List<SheetData> read(String file, byte[] bytes, Consumer<Problem> problems) {
        List<SheetData> prepared = PreparedSheets.of(file, bytes);
        return prepared == null ? parse(file, bytes, problems) : prepared;
    }

    /** Reads it from its XML, whether or not that has been done before. */
    static List<SheetData> parse(String file, byte[] bytes, Consumer<Problem> problems) {
        List<SheetData> sheets = List.of();
        try (var parts = new PackageParts(file, bytes)) {
            sheets = new WorkbookXml(file, parts, problems).sheets();
            if (sheets.isEmpty()) { // a damaged list of sheets reads as an empty one
                throw UnreadableWorkbookException.unreadable(file);
            }
        } catch (IOException | RuntimeException e) { // the XML parser may throw any RuntimeException on malformed input
            problems.accept(problem(file, e));
            sheets = List.of();
        }
        return sheets;
    }

    /** The XML parser wraps what the stream below it throws. */
    private static Problem problem(String file, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreadableWorkbookException refused) {
                return refused.problem();
            }
        }
        return UnreadableWorkbookException.unreadable(file).problem();
    }
}
