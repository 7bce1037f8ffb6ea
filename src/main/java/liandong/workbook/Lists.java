package liandong.workbook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.incident.Vocabulary;
import liandong.problem.Phrasebook;
import liandong.sheet.GeneratedSheets;
import liandong.table.SheetSchema;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataValidation;
import org.apache.poi.ss.usermodel.DataValidationHelper;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellRangeAddressList;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTDataValidation;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTDataValidations;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.STDataValidationType;

/**
 * Drop-downs on label columns.
 *
 * <p>Short lists stand in the drop-down itself, longer ones in the hidden sheet of labels, which the policy passes over.
 * A drop-down that is there stays as long as it reaches all rows and every label it offers is known.
 */
final class Lists {
    /** As much as a drop-down may hold in itself. */
    private static final int MAX_INLINE = 255;

    private static final int ROWS_MORE = 500;
    private static final int FIRST_LIST = 2; // behind the two columns of ids
    private static final Phrasebook PHRASES = new Phrasebook("liandong.workbook.messages");
    private static final Pattern EXTENDED =
            Pattern.compile("<(?:\\w+:)?dataValidation\\b.*?<(?:\\w+:)?sqref[^>]*>([^<]*)<", Pattern.DOTALL);

    private final XSSFWorkbook workbook;
    private final Vocabulary vocabulary;
    private final boolean renew;
    /** The lists of the hidden sheet by the name of the first column that needs them. */
    private final Map<String, List<String>> columns = new LinkedHashMap<>();

    Lists(XSSFWorkbook workbook, Vocabulary vocabulary, boolean renew) {
        this.workbook = workbook;
        this.vocabulary = vocabulary;
        this.renew = renew;
    }

    /** Offers labels in the columns of a sheet; how many drop-downs are new. */
    int offer(Formatted.Page page) {
        XSSFSheet sheet = page.sheet();
        List<XSSFRow> rows = page.rows();
        int last = rows.isEmpty()
                ? Formatted.HEADER_ROW
                : rows.get(rows.size() - 1).getRowNum();
        int made = 0;
        for (SheetSchema.Field field : page.fields()) {
            List<String> labels = field.labels(vocabulary);
            if (labels.isEmpty() || isExtended(sheet, field.column())) {
                continue;
            }
            CTDataValidation there = covering(sheet, field.column(), last);
            String formula = there == null ? "" : there.getFormula1();
            boolean ours = formula.startsWith(GeneratedSheets.LABELS + "!");
            if (there != null && !ours && !renew && isKnown(formula, labels)) {
                continue;
            }
            String source = source(field, labels);
            if (there != null && formula.equals(source)) {
                continue;
            }
            int end = there == null ? last + ROWS_MORE : end(there, field.column());
            clear(sheet, field.column());
            sheet.addValidationData(validation(sheet, field, source, end));
            made++;
        }
        return made;
    }

    /** Whether a newer kind of drop-down, which we leave alone, is on the column. */
    private static boolean isExtended(XSSFSheet sheet, int column) {
        if (!sheet.getCTWorksheet().isSetExtLst()) {
            return false;
        }
        Matcher validation = EXTENDED.matcher(sheet.getCTWorksheet().getExtLst().xmlText());
        while (validation.find()) {
            for (String range : validation.group(1).strip().split("\\s+", -1)) {
                CellRangeAddress address = CellRangeAddress.valueOf(range);
                if (address.getFirstColumn() <= column && column <= address.getLastColumn()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<CTDataValidation> all(XSSFSheet sheet) {
        CTDataValidations validations = sheet.getCTWorksheet().getDataValidations();
        return validations == null ? List.of() : Arrays.asList(validations.getDataValidationArray());
    }

    /** The drop-down that reaches from the first row of data to the last; null when there is none. */
    private static @Nullable CTDataValidation covering(XSSFSheet sheet, int column, int last) {
        for (CTDataValidation each : all(sheet)) {
            for (CellRangeAddress range : ranges(each)) {
                if (each.getType() == STDataValidationType.LIST
                        && range.isInRange(Formatted.HEADER_ROW + 1, column)
                        && range.isInRange(Math.max(last, Formatted.HEADER_ROW + 1), column)) {
                    return each;
                }
            }
        }
        return null;
    }

    private static int end(CTDataValidation validation, int column) {
        return ranges(validation).stream()
                .filter(range -> range.isInRange(Formatted.HEADER_ROW + 1, column))
                .mapToInt(CellRangeAddress::getLastRow)
                .max()
                .orElseThrow();
    }

    private static List<CellRangeAddress> ranges(CTDataValidation validation) {
        var ranges = new ArrayList<CellRangeAddress>();
        for (Object range : validation.getSqref()) {
            ranges.add(CellRangeAddress.valueOf(range.toString()));
        }
        return ranges;
    }

    /** Takes whatever is validated off the data of a column, and leaves it on the columns beside it. */
    private static void clear(XSSFSheet sheet, int column) {
        CTDataValidations validations = sheet.getCTWorksheet().getDataValidations();
        if (validations == null) {
            return;
        }
        for (int i = validations.sizeOfDataValidationArray() - 1; i >= 0; i--) {
            CTDataValidation each = validations.getDataValidationArray(i);
            var rest = new ArrayList<String>();
            for (CellRangeAddress range : ranges(each)) {
                if (range.getFirstColumn() > column
                        || range.getLastColumn() < column
                        || range.getLastRow() <= Formatted.HEADER_ROW) {
                    rest.add(range.formatAsString());
                    continue;
                }
                if (range.getFirstColumn() < column) {
                    rest.add(part(range, range.getFirstRow(), range.getFirstColumn(), column - 1));
                }
                if (range.getLastColumn() > column) {
                    rest.add(part(range, range.getFirstRow(), column + 1, range.getLastColumn()));
                }
            }
            if (rest.isEmpty()) {
                validations.removeDataValidation(i);
            } else {
                each.setSqref(rest);
            }
        }
        validations.setCount(validations.sizeOfDataValidationArray());
        if (validations.sizeOfDataValidationArray() == 0) {
            sheet.getCTWorksheet().unsetDataValidations();
        }
    }

    private static String part(CellRangeAddress range, int firstRow, int firstColumn, int lastColumn) {
        return new CellRangeAddress(firstRow, range.getLastRow(), firstColumn, lastColumn).formatAsString();
    }

    /** Whether a drop-down offers known labels only, or what it offers cannot be told. */
    private boolean isKnown(String formula, List<String> labels) {
        if (formula.startsWith("\"")) {
            return labels.containsAll(List.of(formula.replace("\"", "").split(",", -1)));
        }
        var offered = new ArrayList<String>();
        try {
            var area = new AreaReference(formula, SpreadsheetVersion.EXCEL2007);
            XSSFSheet sheet = workbook.getSheet(area.getFirstCell().getSheetName());
            if (sheet == null) {
                return false;
            }
            for (CellReference at : area.getAllReferencedCells()) {
                XSSFRow row = sheet.getRow(at.getRow());
                String text = row == null ? "" : Formatted.text(row.getCell(at.getCol()));
                if (!text.isEmpty()) {
                    offered.add(text);
                }
            }
        } catch (IllegalArgumentException e) { // a name or a formula: somebody knew what they did
            return true;
        }
        return !offered.isEmpty() && labels.containsAll(offered);
    }

    private String source(SheetSchema.Field field, List<String> labels) {
        String inline = String.join(",", labels);
        boolean plain = labels.stream().noneMatch(label -> label.contains(",") || label.contains("\""));
        if (inline.length() <= MAX_INLINE && plain) {
            return '"' + inline + '"';
        }
        String name = columns.entrySet().stream()
                .filter(list -> list.getValue().equals(labels))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(field.name());
        columns.putIfAbsent(name, labels);
        String column =
                CellReference.convertNumToColString(FIRST_LIST + new ArrayList<>(columns.keySet()).indexOf(name));
        return GeneratedSheets.LABELS + "!$" + column + "$2:$" + column + "$" + (labels.size() + 1);
    }

    private static DataValidation validation(XSSFSheet sheet, SheetSchema.Field field, String source, int end) {
        DataValidationHelper helper = sheet.getDataValidationHelper();
        var constraint = source.startsWith("\"")
                ? helper.createExplicitListConstraint(
                        source.substring(1, source.length() - 1).split(",", -1))
                : helper.createFormulaListConstraint(source);
        var range = new CellRangeAddressList(Formatted.HEADER_ROW + 1, end, field.column(), field.column());
        DataValidation validation = helper.createValidation(constraint, range);
        validation.setEmptyCellAllowed(true);
        validation.setSuppressDropDownArrow(true); // POI's name is the wrong way round: the arrow shows
        validation.setErrorStyle(DataValidation.ErrorStyle.WARNING);
        if (field.several()) {
            validation.setShowErrorBox(false);
            validation.setShowPromptBox(true);
            validation.createPromptBox(field.name(), say("prompt"));
        } else {
            validation.setShowErrorBox(true);
            validation.createErrorBox(field.name(), say("notListed"));
        }
        return validation;
    }

    /** A drop-down speaks to whoever edits, in the language of the sheets. */
    private static String say(String key) {
        return PHRASES.text(key, Locale.CHINESE, List.of());
    }

    /**
     * Writes the hidden sheet of labels.
     *
     * @param highest the highest number by prefix of row ids
     * @param needed whether it is needed even if no list stands in it
     * @return 1 when it has changed
     */
    int write(Map<String, Integer> highest, boolean needed) {
        XSSFSheet sheet = workbook.getSheet(GeneratedSheets.LABELS);
        List<List<Object>> wanted = needed || !columns.isEmpty() ? content(highest) : List.of();
        if (sheet == null ? wanted.isEmpty() : content(sheet).equals(wanted)) {
            return 0;
        }
        if (sheet == null) {
            sheet = workbook.createSheet(GeneratedSheets.LABELS);
            workbook.setSheetHidden(workbook.getSheetIndex(sheet), true);
        }
        for (int i = sheet.getLastRowNum(); i >= 0; i--) {
            XSSFRow row = sheet.getRow(i);
            if (row != null) {
                sheet.removeRow(row);
            }
        }
        for (int i = 0; i < wanted.size(); i++) {
            XSSFRow row = sheet.createRow(i);
            for (int j = 0; j < wanted.get(i).size(); j++) {
                Object value = wanted.get(i).get(j);
                if (value instanceof Integer number) {
                    row.createCell(j).setCellValue(number);
                } else if (!value.equals("")) {
                    Editable.text(row.createCell(j), value.toString());
                }
            }
        }
        return 1;
    }

    private List<List<Object>> content(Map<String, Integer> highest) {
        List<Map.Entry<String, Integer>> ids = List.copyOf(highest.entrySet());
        int height = columns.values().stream().mapToInt(List::size).max().orElse(0);
        var rows = new ArrayList<List<Object>>();
        var header = new ArrayList<Object>(List.of("编号", "用到"));
        header.addAll(columns.keySet());
        rows.add(header);
        for (int i = 0; i < Math.max(height, ids.size()); i++) {
            int at = i;
            var row = new ArrayList<Object>();
            row.add(i < ids.size() ? ids.get(i).getKey() : "");
            row.add(i < ids.size() ? ids.get(i).getValue() : "");
            columns.values().forEach(labels -> row.add(at < labels.size() ? labels.get(at) : ""));
            rows.add(trimmed(row));
        }
        return rows;
    }

    private static List<List<Object>> content(XSSFSheet sheet) {
        var rows = new ArrayList<List<Object>>();
        for (int i = 0; i <= sheet.getLastRowNum(); i++) {
            var row = new ArrayList<Object>();
            XSSFRow line = sheet.getRow(i);
            for (int j = 0; line != null && j < line.getLastCellNum(); j++) {
                var cell = line.getCell(j);
                boolean number = cell != null && cell.getCellType() == CellType.NUMERIC;
                row.add(number ? (Object) (int) cell.getNumericCellValue() : Formatted.text(cell));
            }
            rows.add(trimmed(row));
        }
        return rows;
    }

    private static List<Object> trimmed(List<Object> row) {
        int end = row.size();
        while (end > 0 && row.get(end - 1).equals("")) {
            end--;
        }
        return List.copyOf(row.subList(0, end));
    }
}
