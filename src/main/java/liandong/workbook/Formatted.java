package liandong.workbook;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import liandong.incident.Vocabulary;
import liandong.policy.PolicySchema;
import liandong.problem.Problem;
import liandong.table.SheetSchema;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * A workbook made pleasant to edit: frozen and styled headers with filter buttons, readable widths, drop-downs on
 * label columns, ids where they are missing, dates that are dates, pages that print.
 *
 * <p>What somebody has chosen stays: a style, a width, a drop-down whose labels are all known, the order of rows. What
 * is as it should be is not touched, so that formatting twice is formatting once.
 */
public final class Formatted {
    static final int HEADER_ROW = 1; // as POI counts, from 0

    private final byte[] workbook;
    private final Map<Change, Integer> changes;

    private Formatted(byte[] workbook, Map<Change, Integer> changes) {
        this.workbook = workbook;
        this.changes = changes;
    }

    /** The .xlsx file; the very one that was given when there is nothing to change. */
    public byte[] workbook() {
        return workbook;
    }

    /** How many changes of each kind there are; empty when there is nothing to change. */
    public Map<Change, Integer> changes() {
        return changes;
    }

    /** What formatting may change. */
    public enum Change {
        /** What a check had put on is taken off. */
        MARKS,
        /** A header without any style gets one. */
        HEADER,
        /** A sheet's header is frozen. */
        FROZEN,
        /** A sheet's rows can be filtered by buttons in its header. */
        FILTER,
        /** A sheet prints as wide as the paper, with its header on each page. */
        PRINT,
        /** A column whose width nobody has set is widened. */
        WIDTH,
        /** A label column gets a drop-down. */
        LIST,
        /** A row gets an id. */
        ID,
        /** A text that is a date becomes one. */
        DATE
    }

    /**
     * Formats the sheets of a workbook that a policy reads; others are left alone.
     *
     * @param file the workbook's name
     * @param workbook the .xlsx file
     * @param schema what sheets a policy may have
     * @param vocabulary the words that drop-downs offer
     * @param renew whether drop-downs that are there already are made anew
     * @param problems gets a file that cannot be read, or is too large to edit
     * @return null when it cannot be edited
     */
    public static @Nullable Formatted of(
            String file,
            byte[] workbook,
            PolicySchema schema,
            Vocabulary vocabulary,
            boolean renew,
            Consumer<Problem> problems) {
        return Editable.edit(file, workbook, problems, open -> {
            var changes = new EnumMap<Change, Integer>(Change.class);
            if (Annotated.clean(open)) {
                changes.put(Change.MARKS, 1);
            }
            List<Page> pages = pages(file, open, schema);
            var looks = new Looks(open);
            var ids = new Ids(open, pages);
            var lists = new Lists(open, vocabulary, renew);
            for (Page page : pages) {
                add(changes, Change.HEADER, looks.header(page));
                add(changes, Change.FROZEN, looks.freeze(page));
                add(changes, Change.DATE, looks.dates(page));
                add(changes, Change.ID, ids.fill(page));
                add(changes, Change.FILTER, looks.filter(page));
                add(changes, Change.PRINT, Printing.setUp(page.sheet(), HEADER_ROW) ? 1 : 0);
                add(changes, Change.WIDTH, looks.widen(page));
                add(changes, Change.LIST, lists.offer(page));
            }
            add(changes, Change.LIST, lists.write(ids.highest(), ids.remembers()));
            return changes.isEmpty() ? new Formatted(workbook, Map.of()) : new Formatted(Editable.bytes(open), changes);
        });
    }

    private static void add(Map<Change, Integer> changes, Change change, int count) {
        if (count > 0) {
            changes.merge(change, count, Integer::sum);
        }
    }

    static List<Page> pages(String file, XSSFWorkbook workbook, PolicySchema schema) {
        var pages = new ArrayList<Page>();
        workbook.sheetIterator().forEachRemaining(each -> {
            var sheet = (XSSFSheet) each;
            Class<?> type = schema.rowType(file, sheet.getSheetName());
            XSSFRow header = sheet.getRow(HEADER_ROW);
            if (type != null && header != null) {
                var headers = new ArrayList<String>();
                for (int column = 0; column < header.getLastCellNum(); column++) {
                    headers.add(text(header.getCell(column)));
                }
                pages.add(new Page(sheet, headers, SheetSchema.of(type, headers)));
            }
        });
        return pages;
    }

    /** What a text cell says, without the blanks around it; empty for any other cell. */
    static String text(@Nullable XSSFCell cell) {
        return cell != null && cell.getCellType() == CellType.STRING
                ? cell.getStringCellValue().strip()
                : "";
    }

    /**
     * A sheet that a policy reads.
     *
     * @param sheet the sheet
     * @param headers its headers from column A on
     * @param fields its columns that are known
     */
    record Page(XSSFSheet sheet, List<String> headers, List<SheetSchema.Field> fields) {
        /** Its rows that hold data. */
        List<XSSFRow> rows() {
            var rows = new ArrayList<XSSFRow>();
            for (int i = HEADER_ROW + 1; i <= sheet.getLastRowNum(); i++) {
                XSSFRow row = sheet.getRow(i);
                if (row != null && isFilled(row)) {
                    rows.add(row);
                }
            }
            return rows;
        }

        private static boolean isFilled(XSSFRow row) {
            for (var cell : row) {
                boolean blank = cell.getCellType() == CellType.BLANK
                        || (cell.getCellType() == CellType.STRING
                                && cell.getStringCellValue().isBlank());
                if (!blank) {
                    return true;
                }
            }
            return false;
        }

        /** The column of a Chinese name, from 0; -1 when there is none. */
        int column(String name) {
            return fields.stream()
                    .filter(field -> field.name().equals(name))
                    .mapToInt(SheetSchema.Field::column)
                    .findFirst()
                    .orElse(-1);
        }

        Set<Integer> columns(SheetSchema.Kind kind) {
            var columns = new HashSet<Integer>();
            fields.stream().filter(field -> field.kind() == kind).forEach(field -> columns.add(field.column()));
            return columns;
        }
    }
}
