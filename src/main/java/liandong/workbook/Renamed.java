package liandong.workbook;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import liandong.incident.Column;
import liandong.incident.Term;
import liandong.policy.PolicySchema;
import liandong.problem.CellRef;
import liandong.problem.Problem;
import liandong.table.SheetSchema;
import org.apache.poi.ss.usermodel.Row.MissingCellPolicy;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * A workbook in which a word of the vocabulary has another name. The name that it had becomes one of its other names, so that
 * callers and scenarios may go on using it.
 *
 * <p>Changed are cells that name the word, alone or in a list, in columns that take words of its set; in scenario workbooks,
 * where a column's set depends on the decision, all such cells. Sentences in which the name occurs are left alone.
 */
public final class Renamed {
    private static final String NAME = "名称";
    private static final String ALIASES = "又名";
    private static final String BETWEEN = "、";

    private final String file;
    private final Class<? extends Term> set;
    private final String from;
    private final String to;
    private final List<Change> changes = new ArrayList<>();

    private Renamed(String file, Class<? extends Term> set, String from, String to) {
        this.file = file;
        this.set = set;
        this.from = from;
        this.to = to;
    }

    /** A cell that is changed. */
    public record Change(CellRef at, String from, String to) {}

    /**
     * What becomes of a workbook.
     *
     * @param bytes the .xlsx file; the very one that was given when nothing is changed
     * @param changes the cells that are changed, sheet by sheet and row by row
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Result(byte[] bytes, List<Change> changes) {}

    /** Whose name is to be changed, and to what. */
    public record Name(Class<? extends Term> set, String from, String to) {}

    /**
     * Renames a word in a workbook.
     *
     * @param file the workbook's name
     * @param workbook the .xlsx file
     * @param schema which sheets a policy may have; null for a scenario workbook
     * @param problems gets a file that cannot be edited
     * @return null when it cannot be edited
     */
    public static @Nullable Result of(
            String file, byte[] workbook, @Nullable PolicySchema schema, Name name, Consumer<Problem> problems) {
        return Editable.edit(file, workbook, problems, open -> {
            var renamed = new Renamed(file, name.set(), name.from(), name.to());
            if (schema == null) {
                renamed.scenarios(open);
            } else {
                Formatted.pages(file, open, schema).forEach(page -> renamed.page(page, schema));
            }
            return new Result(
                    renamed.changes.isEmpty() ? workbook : Editable.bytes(open), List.copyOf(renamed.changes));
        });
    }

    private void page(Formatted.Page page, PolicySchema schema) {
        boolean own = schema.rowType(file, page.sheet().getSheetName()) == set;
        int name = own ? page.column(NAME) : -1;
        int aliases = own ? aliases(page) : -1;
        for (XSSFRow row : page.rows()) {
            for (SheetSchema.Field field : page.fields()) {
                if (field.set() == set && field.column() != name) {
                    rename(row.getCell(field.column()), page.sheet());
                }
            }
            if (name >= 0 && Formatted.text(row.getCell(name)).equals(from)) {
                change(row.getCell(name), page.sheet(), to);
                if (aliases >= 0) {
                    String others = Formatted.text(row.getCell(aliases));
                    change(
                            row.getCell(aliases, MissingCellPolicy.CREATE_NULL_AS_BLANK),
                            page.sheet(),
                            others.isEmpty() ? from : others + BETWEEN + from);
                }
            }
        }
    }

    /** The column of other names, which is added where there is none yet; -1 for words that have no other names. */
    private int aliases(Formatted.Page page) {
        int column = page.column(ALIASES);
        if (column < 0 && hasAliases(set)) {
            column = page.headers().size();
            XSSFRow header = page.sheet().getRow(Formatted.HEADER_ROW);
            XSSFCell last = header.getCell(column - 1);
            XSSFCell cell = header.createCell(column);
            if (last != null) {
                cell.setCellStyle(last.getCellStyle());
            }
            change(cell, page.sheet(), ALIASES + " Also known as");
        }
        return column;
    }

    /** Whether words of a set may have other names. */
    public static boolean hasAliases(Class<? extends Term> set) {
        return Stream.of(set.getRecordComponents())
                .anyMatch(component -> component.getAccessor().isAnnotationPresent(Column.class)
                        && component
                                .getAccessor()
                                .getAnnotation(Column.class)
                                .value()
                                .startsWith(ALIASES));
    }

    private void scenarios(XSSFWorkbook workbook) {
        workbook.sheetIterator().forEachRemaining(each -> {
            var sheet = (XSSFSheet) each;
            for (int i = Formatted.HEADER_ROW + 1; i <= sheet.getLastRowNum(); i++) {
                XSSFRow row = sheet.getRow(i);
                if (row != null) {
                    row.cellIterator().forEachRemaining(cell -> rename((XSSFCell) cell, sheet));
                }
            }
        });
    }

    private void rename(@Nullable XSSFCell cell, XSSFSheet sheet) {
        String text = Formatted.text(cell);
        if (cell == null || !text.contains(from)) {
            return;
        }
        var parts = new ArrayList<String>();
        for (String part : text.split(BETWEEN, -1)) {
            String word = part.strip();
            boolean excluded = parts.isEmpty() && (word.startsWith("非 ") || word.startsWith("非\u3000"));
            String bare = excluded ? word.substring(2).strip() : word;
            parts.add(bare.equals(from) ? part.replace(from, to) : part);
        }
        String renamed = String.join(BETWEEN, parts);
        if (!renamed.equals(text)) {
            change(cell, sheet, renamed);
        }
    }

    private void change(XSSFCell cell, XSSFSheet sheet, String text) {
        changes.add(new Change(
                new CellRef(file, sheet.getSheetName(), cell.getRowIndex() + 1, cell.getColumnIndex()),
                Formatted.text(cell),
                text));
        Editable.text(cell, text);
    }
}
