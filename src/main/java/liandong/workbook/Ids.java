package liandong.workbook;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.sheet.GeneratedSheets;
import liandong.table.SheetSchema;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * Gives ids to rows that have none: the sheet's own prefix and the next number.
 *
 * <p>A number is never given twice, not even when the row that had it is gone: the highest one given is remembered in the
 * hidden sheet of labels.
 */
final class Ids {
    private static final Pattern ID = Pattern.compile("(\\D.*?)(\\d{1,9})");

    private final Set<String> taken = new HashSet<>();
    /** The highest number by prefix. */
    private final Map<String, Integer> highest = new TreeMap<>();

    private boolean remembers;

    Ids(XSSFWorkbook workbook, List<Formatted.Page> pages) {
        for (Formatted.Page page : pages) {
            for (int column : page.columns(SheetSchema.Kind.ID)) {
                for (XSSFRow row : page.rows()) {
                    Matcher id = ID.matcher(Formatted.text(row.getCell(column)));
                    taken.add(Formatted.text(row.getCell(column)));
                    if (id.matches()) {
                        highest.merge(id.group(1), Integer.parseInt(id.group(2)), Math::max);
                    }
                }
            }
        }
        XSSFSheet labels = workbook.getSheet(GeneratedSheets.LABELS);
        remembers = labels != null;
        if (labels != null) {
            for (int i = 1; i <= labels.getLastRowNum(); i++) {
                XSSFRow row = labels.getRow(i);
                XSSFCell number = row == null ? null : row.getCell(1);
                String prefix = row == null ? "" : Formatted.text(row.getCell(0));
                if (!prefix.isEmpty() && number != null && number.getCellType() == CellType.NUMERIC) {
                    highest.merge(prefix, (int) number.getNumericCellValue(), Math::max);
                }
            }
        }
    }

    /** Fills in the ids of a sheet; nothing when none of its rows has one to go by. */
    int fill(Formatted.Page page) {
        int filled = 0;
        for (int column : page.columns(SheetSchema.Kind.ID)) {
            Matcher like = like(page, column);
            XSSFCell above = null;
            for (XSSFRow row : page.rows()) {
                XSSFCell cell = row.getCell(column);
                boolean empty = cell == null
                        || cell.getCellType() == CellType.BLANK
                        || (cell.getCellType() == CellType.STRING
                                && cell.getStringCellValue().isBlank());
                if (empty && like != null) {
                    XSSFCell own = cell == null ? row.createCell(column) : cell;
                    if (cell == null && above != null) {
                        own.setCellStyle(above.getCellStyle());
                    }
                    Editable.emptied(own)
                            .setCellValue(next(like.group(1), like.group(2).length()));
                    filled++;
                } else if (!empty) {
                    above = cell;
                }
            }
        }
        remembers |= filled > 0;
        return filled;
    }

    /** The last id of a sheet that has a prefix and a number. */
    private static @Nullable Matcher like(Formatted.Page page, int column) {
        Matcher last = null;
        for (XSSFRow row : page.rows()) {
            Matcher id = ID.matcher(Formatted.text(row.getCell(column)));
            last = id.matches() ? id : last;
        }
        return last;
    }

    private String next(String prefix, int digits) {
        String id;
        do {
            int number = highest.merge(prefix, 1, Integer::sum);
            id = prefix + String.format(Locale.ROOT, "%0" + digits + "d", number);
        } while (!taken.add(id));
        return id;
    }

    /** The highest number by prefix. */
    Map<String, Integer> highest() {
        return highest;
    }

    /** Whether it has to be remembered: an id has been given, now or before. */
    boolean remembers() {
        return remembers;
    }
}
