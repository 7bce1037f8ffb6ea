package liandong.workbook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.sheet.WorkbookReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.util.IOUtils;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * Opens workbooks for writing.
 *
 * <p>POI holds a workbook whole, at several hundred bytes an element, so it only gets files that the bounded reader has
 * accepted and that have few enough elements.
 */
public final class Editable {
    /** XML tags in all parts together, opening and closing: about 400,000 filled cells. */
    static final int MAX_TAGS = 2_000_000;
    /** Bytes of all parts together, inflated. */
    static final long MAX_INFLATED = 128L << 20;

    private static final int MAX_PARTS = 2_000;
    private static final long MAX_TEXT = 10L << 20;
    private static final double MIN_INFLATE_RATIO = 0.001;

    private Editable() {}

    /**
     * Opens a workbook.
     *
     * @param file the name to report
     * @param problems gets a file that cannot be read, or is too large to edit
     * @return null when it cannot be edited
     */
    public static @Nullable XSSFWorkbook open(String file, byte[] bytes, Consumer<Problem> problems) {
        if (WorkbookReader.read(file, bytes, problems).isEmpty()) {
            return null;
        }
        try {
            if (!isSmall(bytes)) {
                problems.accept(Problem.of(
                        Code.TOO_LARGE, new FileRef(file), file, MAX_TAGS + " XML, " + (MAX_INFLATED >> 20) + " MiB"));
                return null;
            }
            setLimits();
            return new XSSFWorkbook(new ByteArrayInputStream(bytes));
        } catch (IOException | RuntimeException e) { // POI throws what it likes at what it does not know
            problems.accept(Problem.of(Code.UNREADABLE_WORKBOOK, new FileRef(file), file));
            return null;
        }
    }

    /** A cell without its content: of one whose text stands in the sheet itself, POI would leave the old text there. */
    static XSSFCell emptied(XSSFCell cell) {
        cell.setBlank();
        if (cell.getCTCell().isSetIs()) {
            cell.getCTCell().unsetIs();
        }
        return cell;
    }

    /** The workbook as a file. */
    public static byte[] bytes(XSSFWorkbook workbook) {
        var bytes = new ByteArrayOutputStream();
        try {
            workbook.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    /** POI's limits are those of the whole process, and others who use it set them too, so each opening sets them anew. */
    private static void setLimits() {
        // A sheet of equal rows compresses 500 times and more; what counts is the size, which is known to be bounded.
        ZipSecureFile.setMinInflateRatio(MIN_INFLATE_RATIO);
        ZipSecureFile.setMaxEntrySize(MAX_INFLATED);
        ZipSecureFile.setMaxTextSize(MAX_TEXT);
        ZipSecureFile.setMaxFileCount(MAX_PARTS);
        IOUtils.setByteArrayMaxOverride((int) MAX_INFLATED);
    }

    private static boolean isSmall(byte[] workbook) throws IOException {
        long inflated = 0;
        int tags = 0;
        int parts = 0;
        byte[] chunk = new byte[1 << 16];
        try (var zip = new ZipArchiveInputStream(new ByteArrayInputStream(workbook))) {
            while (zip.getNextEntry() != null) {
                if (++parts > MAX_PARTS) {
                    return false;
                }
                for (int read = zip.read(chunk); read >= 0; read = zip.read(chunk)) {
                    inflated += read;
                    for (int i = 0; i < read; i++) {
                        tags += chunk[i] == '<' ? 1 : 0;
                    }
                    if (inflated > MAX_INFLATED || tags > MAX_TAGS) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
