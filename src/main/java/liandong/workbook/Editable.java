package liandong.workbook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.sheet.Escapes;
import liandong.sheet.PlainPackage;
import liandong.sheet.WorkbookReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.util.IOUtils;
import org.apache.poi.xssf.model.StylesTable;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xssf.usermodel.extensions.XSSFCellBorder;
import org.apache.poi.xssf.usermodel.extensions.XSSFCellFill;
import org.jspecify.annotations.Nullable;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTFill;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTXf;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.STPatternType;

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
            byte[] plain = PlainPackage.of(file, bytes);
            if (!isSmall(plain)) {
                problems.accept(Problem.of(
                        Code.TOO_LARGE, new FileRef(file), file, MAX_TAGS + " XML, " + (MAX_INFLATED >> 20) + " MiB"));
                return null;
            }
            setLimits();
            var workbook = new XSSFWorkbook(new ByteArrayInputStream(plain));
            complete(workbook.getStylesSource());
            return workbook;
        } catch (IOException | RuntimeException e) { // POI may throw any RuntimeException at malformed input
            problems.accept(uneditable(file));
            return null;
        }
    }

    /** Something is to be done with an open workbook, or made of it. */
    public interface Work<T> {
        T on(XSSFWorkbook workbook);
    }

    /**
     * Opens a workbook, works on it and closes it.
     *
     * @param file the name to report
     * @param problems gets a file that cannot be read, is too large to edit, or holds what cannot be edited
     * @return what the work gives; null when it could not be done
     */
    public static <T> @Nullable T edit(String file, byte[] bytes, Consumer<Problem> problems, Work<T> work) {
        XSSFWorkbook open = open(file, bytes, problems);
        if (open == null) {
            return null;
        }
        try (open) {
            return work.on(open);
        } catch (IOException | RuntimeException e) { // as above, here at what it only looks at when it is asked for
            problems.accept(uneditable(file));
            return null;
        }
    }

    /** Makes a workbook where there is none. */
    public static <T> T make(Work<T> work) {
        try (var made = new XSSFWorkbook()) {
            return work.on(made);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be closed", e);
        }
    }

    private static Problem uneditable(String file) {
        return Problem.of(Code.UNEDITABLE_WORKBOOK, new FileRef(file), file);
    }

    /** Gives a workbook the styles that every other style builds on: some programs leave them out. */
    private static void complete(StylesTable styles) {
        if (styles.getFonts().isEmpty()) {
            styles.putFont(new XSSFFont(), true);
        }
        if (styles.getFills().size() < 2) { // the first two are reserved
            CTFill dotted = CTFill.Factory.newInstance();
            dotted.addNewPatternFill().setPatternType(STPatternType.GRAY_125);
            styles.putFill(new XSSFCellFill(CTFill.Factory.newInstance(), styles.getIndexedColors()));
            styles.putFill(new XSSFCellFill(dotted, styles.getIndexedColors()));
        }
        if (styles.getBorders().isEmpty()) {
            styles.putBorder(new XSSFCellBorder());
        }
        if (styles._getStyleXfsSize() == 0) {
            styles.putCellStyleXf(CTXf.Factory.newInstance());
        }
        if (styles.getNumCellStyles() == 0) { // the format of cells that name none
            styles.putCellXf(CTXf.Factory.newInstance());
        }
        for (int i = 0; i < styles.getNumCellStyles(); i++) {
            CTXf format = styles.getCellXfAt(i);
            if (format.getFontId() >= styles.getFonts().size()) {
                format.setFontId(0);
            }
            if (format.getFillId() >= styles.getFills().size()) {
                format.setFillId(0);
            }
            if (format.getBorderId() >= styles.getBorders().size()) {
                format.setBorderId(0);
            }
        }
    }

    /** Puts a text into a cell, so that it is read as it is. */
    public static void text(Cell cell, String text) {
        if (cell instanceof XSSFCell own) {
            emptied(own);
        }
        cell.setCellValue(Escapes.encoded(text));
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
