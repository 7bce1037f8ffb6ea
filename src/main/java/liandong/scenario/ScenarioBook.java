package liandong.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.problem.Problem;
import liandong.table.Attribute;
import liandong.workbook.Editable;
import liandong.workbook.Printing;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataValidation;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellRangeAddressList;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * Adds recorded cases to a scenario workbook, or to a new one.
 *
 * <p>What stands in the workbook stays as it is, drop-downs and colours included; new rows follow the last, look like it,
 * and their ids go on where those of their sheet end. A column that a sheet lacks is added at its right.
 */
public final class ScenarioBook {
    private static final int TITLE = 0;
    private static final int HEADER = 1;
    private static final int UNIT = 256; // of a column's width: a 256th of a character
    private static final int SPARE = 200;
    private static final int MOST_CHARACTERS = 32_000;
    private static final int MOST_IN_LIST = 250; // of a drop-down that is written into its own cell range
    private static final int ID_DIGITS = 4;
    private static final Pattern ID = Pattern.compile("(.*?)(\\d{1,9})");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,6})?");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final List<String> BEFORE =
            List.of(ScenarioReader.ID + " Id", ScenarioReader.TITLE + " Title", ScenarioReader.NOW + " Now");
    private static final List<String> AFTER = List.of(
            ScenarioReader.FIRES + " Fires",
            ScenarioReader.FIRES_NOT + " Fires not",
            ScenarioReader.SOURCE + " Basis",
            ScenarioReader.STATUS + " Status",
            ScenarioReader.NOTE + " Note");

    private final XSSFWorkbook workbook;
    private final Vocabulary vocabulary;
    private final Set<String> taken;
    private final Map<Integer, CellStyle> dated = new HashMap<>();
    private @Nullable CellStyle plain;

    private ScenarioBook(XSSFWorkbook workbook, Vocabulary vocabulary, Set<String> taken) {
        this.workbook = workbook;
        this.vocabulary = vocabulary;
        this.taken = taken;
    }

    /**
     * Adds cases.
     *
     * @param file the workbook's name, to report
     * @param workbook the .xlsx file; null for a new one
     * @param cases what to add, in this order
     * @param vocabulary gives new sheets their drop-downs
     * @param taken ids that cases elsewhere have
     * @param ids told of the id of each added case, in their order
     * @param problems gets a file that cannot be read, or is too large to edit
     * @return the file; null when the workbook cannot be edited
     */
    public static byte @Nullable [] with(
            String file,
            byte @Nullable [] workbook,
            List<RecordedCase> cases,
            Vocabulary vocabulary,
            Set<String> taken,
            Consumer<String> ids,
            Consumer<Problem> problems) {
        Editable.Work<byte[]> filling = opened -> {
            var book = new ScenarioBook(opened, vocabulary, taken);
            if (workbook == null) {
                book.guide();
            }
            List<String> given = book.add(cases);
            byte[] filled = Editable.bytes(opened);
            given.forEach(ids);
            return filled;
        };
        return workbook == null ? Editable.make(filling) : Editable.edit(file, workbook, problems, filling);
    }

    /** Adds cases, each to the sheet of its decision; gives their ids in the order of the cases. */
    private List<String> add(List<RecordedCase> cases) {
        var given = new String[cases.size()];
        for (Decision<?, ?> kind : Decisions.all()) {
            List<Integer> own = IntStream.range(0, cases.size())
                    .filter(i -> cases.get(i).kind() == kind)
                    .boxed()
                    .toList();
            List<String> numbers = add(kind, own.stream().map(cases::get).toList());
            for (int i = 0; i < own.size(); i++) {
                given[own.get(i)] = numbers.get(i);
            }
        }
        return List.of(given);
    }

    private List<String> add(Decision<?, ?> kind, List<RecordedCase> cases) {
        var ids = new ArrayList<String>();
        if (cases.isEmpty()) {
            return ids;
        }
        XSSFSheet sheet = workbook.getSheet(kind.label());
        if (sheet == null) {
            sheet = fresh(kind, cases);
        }
        Map<String, Integer> columns = columns(sheet, cases);
        Map<String, Class<?>> types = types(kind);
        int idColumn = columns.getOrDefault(ScenarioReader.ID, 0);
        int last = last(sheet, idColumn);
        XSSFRow model = last > HEADER ? sheet.getRow(last) : null;
        int next = last + 1;
        var numbering = new Numbering(sheet, idColumn, kind);
        for (RecordedCase each : cases) {
            String id = numbering.next();
            ids.add(id);
            XSSFRow row = sheet.getRow(next) == null ? sheet.createRow(next) : sheet.getRow(next);
            write(row, idColumn, id, String.class, model);
            each.cells().forEach((header, text) -> {
                String name = Attribute.chinese(header);
                Integer column = columns.get(name);
                if (column != null && !text.isEmpty()) {
                    write(row, column, text, types.getOrDefault(name, String.class), model);
                }
            });
            next++;
        }
        stretch(sheet, next - 1);
        return ids;
    }

    /** What the values of columns are where they are single numbers or times; all else is text. */
    private static Map<String, Class<?>> types(Decision<?, ?> kind) {
        var types = new HashMap<String, Class<?>>();
        GivenColumn.of(kind.facts()).values().forEach(column -> {
            if (!column.list()) {
                types.putIfAbsent(column.name(), column.type());
            }
        });
        Part.of(kind).values().forEach(part -> {
            if (!part.several()) {
                types.putIfAbsent(Part.EXPECTED + part.name(), part.type());
            }
        });
        types.put(ScenarioReader.NOW, OffsetDateTime.class);
        return types;
    }

    private void write(XSSFRow row, int column, String text, Class<?> type, @Nullable XSSFRow model) {
        XSSFCell cell = row.getCell(column, Row.MissingCellPolicy.CREATE_NULL_AS_BLANK);
        XSSFCell like = model == null ? null : model.getCell(column);
        boolean kept = like != null && like.getCellType() != CellType.BLANK;
        cell.setCellStyle(like == null || !kept ? plain() : like.getCellStyle());
        if (type == OffsetDateTime.class && TIME.matcher(text).matches()) {
            cell.setCellStyle(dated(cell.getCellStyle()));
            cell.setCellValue(LocalDateTime.parse(text, MINUTE));
        } else if ((type == int.class || type == BigDecimal.class)
                && NUMBER.matcher(text).matches()) {
            cell.setCellValue(Double.parseDouble(text));
        } else {
            Editable.text(cell, text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text);
        }
    }

    private CellStyle plain() {
        if (plain == null) {
            plain = workbook.createCellStyle();
            plain.setWrapText(true);
            plain.setVerticalAlignment(VerticalAlignment.TOP);
        }
        return plain;
    }

    private CellStyle dated(CellStyle like) {
        if (like.getDataFormatString().contains("h")) {
            return like;
        }
        return dated.computeIfAbsent((int) like.getIndex(), index -> {
            CellStyle style = workbook.createCellStyle();
            style.cloneStyleFrom(like);
            style.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd hh:mm"));
            return style;
        });
    }

    private static int last(XSSFSheet sheet, int column) {
        int last = Math.max(HEADER, sheet.getLastRowNum());
        while (last > HEADER && text(sheet, last, column).isEmpty()) {
            last--;
        }
        return last;
    }

    private static String text(XSSFSheet sheet, int row, int column) {
        XSSFRow line = sheet.getRow(row);
        XSSFCell cell = line == null ? null : line.getCell(column);
        return cell == null || cell.getCellType() != CellType.STRING
                ? ""
                : cell.getStringCellValue().strip();
    }

    /** Goes on counting from the last id of a sheet, past every id that is taken. */
    private final class Numbering {
        private final String before;
        private final int digits;
        private long last;

        Numbering(XSSFSheet sheet, int column, Decision<?, ?> kind) {
            int end = last(sheet, column);
            Matcher model = ID.matcher(text(sheet, end, column));
            boolean counts = end > HEADER && model.matches();
            this.before = counts ? model.group(1) : kind.code().charAt(0) + "R-";
            this.digits = counts ? model.group(2).length() : ID_DIGITS;
            taken.forEach(this::pass);
            for (int row = HEADER + 1; row <= end; row++) {
                pass(text(sheet, row, column));
            }
        }

        private void pass(String id) {
            Matcher matcher = ID.matcher(id);
            if (matcher.matches() && matcher.group(1).equals(before)) {
                last = Math.max(last, Long.parseLong(matcher.group(2)));
            }
        }

        String next() {
            String number = String.valueOf(++last);
            return before + "0".repeat(Math.max(0, digits - number.length())) + number;
        }
    }

    // ———— Columns ————

    /** Where the columns of a sheet stand, by their Chinese names; those that the cases need and that are not there are added. */
    private Map<String, Integer> columns(XSSFSheet sheet, List<RecordedCase> cases) {
        var columns = new LinkedHashMap<String, Integer>();
        XSSFRow header = sheet.getRow(HEADER) == null ? sheet.createRow(HEADER) : sheet.getRow(HEADER);
        int width = Math.max(0, header.getLastCellNum());
        for (int column = 0; column < width; column++) {
            String name = Attribute.chinese(text(sheet, HEADER, column));
            if (!name.isEmpty()) {
                columns.putIfAbsent(name, column);
            }
        }
        Decision<?, ?> kind = cases.get(0).kind();
        for (String missing : headers(kind, cases)) {
            if (!columns.containsKey(name(kind, missing, columns))) {
                title(sheet, width, missing);
                columns.put(Attribute.chinese(missing), width++);
            }
        }
        // A column may be named as in JSON instead.
        GivenColumn.of(kind.facts()).forEach((name, column) -> {
            Integer at = columns.get(name);
            if (at != null) {
                columns.putIfAbsent(column.name(), at);
            }
        });
        return columns;
    }

    private static String name(Decision<?, ?> kind, String header, Map<String, Integer> columns) {
        String name = Attribute.chinese(header);
        return GivenColumn.of(kind.facts()).entrySet().stream()
                .filter(column -> column.getValue().name().equals(name) && columns.containsKey(column.getKey()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(name);
    }

    /** The headers that cases need, bilingual, in the order of a new sheet. */
    private static List<String> headers(Decision<?, ?> kind, List<RecordedCase> cases) {
        Set<String> used = cases.stream()
                .flatMap(each -> each.cells().keySet().stream())
                .map(Attribute::chinese)
                .collect(Collectors.toSet());
        var headers = new LinkedHashSet<String>(BEFORE);
        new LinkedHashSet<>(GivenColumn.of(kind.facts()).values())
                .stream()
                        .filter(column -> used.contains(column.name()))
                        .forEach(column -> headers.add(column.header()));
        Part.recorded(kind).stream()
                .filter(part -> used.contains(Part.EXPECTED + part.name()))
                .forEach(part -> headers.add(expected(part)));
        headers.addAll(AFTER);
        return List.copyOf(headers);
    }

    private static String expected(Part part) {
        String words = part.paths().get(0).replace("[]", "").replaceAll("([a-z])([A-Z])", "$1 $2");
        return Part.EXPECTED + part.name() + " Expected "
                + words.substring(words.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    // ———— A new workbook ————

    /** The sheet that explains the columns to testers. */
    private void guide() {
        XSSFSheet sheet = workbook.createSheet(ScenarioReader.GUIDE);
        Printing.setUp(sheet, -1);
        sheet.setColumnWidth(0, 24 * UNIT);
        sheet.setColumnWidth(1, 110 * UNIT);
        CellStyle title = style(16, true, null, null);
        CellStyle hint = style(11, false, "595959", null);
        CellStyle bold = style(11, true, null, null);
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            String[] cells = lines.get(i).split("\t", -1);
            XSSFRow row = sheet.createRow(i);
            XSSFCell first = row.createCell(0);
            first.setCellValue(cells[0]);
            first.setCellStyle(i == 0 ? title : i == 1 ? hint : bold);
            if (cells.length > 1) {
                XSSFCell second = row.createCell(1);
                second.setCellValue(cells[1]);
                second.setCellStyle(plain());
            }
        }
    }

    private static List<String> lines() {
        try (InputStream in = ScenarioBook.class.getResourceAsStream("guide.tsv")) {
            if (in == null) {
                throw new IllegalStateException("guide.tsv is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private XSSFSheet fresh(Decision<?, ?> kind, List<RecordedCase> cases) {
        XSSFSheet sheet = workbook.createSheet(kind.label());
        XSSFRow title = sheet.createRow(TITLE);
        title.setHeightInPoints(26);
        XSSFCell cell = title.createCell(0);
        cell.setCellValue(kind.label());
        cell.setCellStyle(style(14, true, null, null));
        XSSFRow header = sheet.createRow(HEADER);
        header.setHeightInPoints(34);
        List<String> headers = headers(kind, cases);
        for (int column = 0; column < headers.size(); column++) {
            title(sheet, column, headers.get(column));
            choices(sheet, kind, column, Attribute.chinese(headers.get(column)));
        }
        sheet.createFreezePane(2, 2);
        sheet.setAutoFilter(new CellRangeAddress(HEADER, HEADER, 0, headers.size() - 1));
        Printing.setUp(sheet, HEADER);
        return sheet;
    }

    private void title(XSSFSheet sheet, int column, String header) {
        XSSFRow row = sheet.getRow(HEADER);
        XSSFCell cell = row.getCell(column, Row.MissingCellPolicy.CREATE_NULL_AS_BLANK);
        cell.setCellValue(header);
        String name = Attribute.chinese(header);
        boolean fires = name.equals(ScenarioReader.FIRES) || name.equals(ScenarioReader.FIRES_NOT);
        boolean fixed = ScenarioReader.FIXED.contains(name) && !name.equals(ScenarioReader.NOW);
        boolean expected = name.startsWith(Part.EXPECTED);
        cell.setCellStyle(
                style(11, true, "FFFFFF", fires ? "BF8F00" : fixed ? "595959" : expected ? "548235" : "2F5597"));
        boolean wide = List.of(
                        "正文含", "阶段", "情形", "案件", ScenarioReader.TITLE, ScenarioReader.FIRES, ScenarioReader.SOURCE)
                .contains(name);
        sheet.setColumnWidth(column, (wide ? 40 : 18) * UNIT);
    }

    private CellStyle style(int points, boolean bold, @Nullable String letters, @Nullable String fill) {
        XSSFFont font = workbook.createFont();
        font.setFontHeightInPoints((short) points);
        font.setBold(bold);
        if (letters != null) {
            font.setColor(new XSSFColor(HexFormat.of().parseHex(letters), null));
        }
        XSSFCellStyle style = workbook.createCellStyle();
        style.setFont(font);
        style.setWrapText(fill != null);
        style.setVerticalAlignment(VerticalAlignment.CENTER);
        if (fill != null) {
            style.setFillForegroundColor(new XSSFColor(HexFormat.of().parseHex(fill), null));
            style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
        }
        return style;
    }

    private void choices(XSSFSheet sheet, Decision<?, ?> kind, int column, String name) {
        GivenColumn given = GivenColumn.of(kind.facts()).get(name);
        Class<?> type = given == null || given.list() ? Object.class : given.type();
        var words = new ArrayList<String>();
        if (name.equals(ScenarioReader.STATUS)) {
            words.addAll(List.of(ScenarioReader.CONFIRMED, ScenarioReader.UNCONFIRMED));
        } else if (type == boolean.class) {
            words.addAll(List.of("是", "否"));
        } else if (Term.class.isAssignableFrom(type)) {
            vocabulary.all(type.asSubclass(Term.class)).forEach(term -> words.add(term.label()));
        }
        if (!words.isEmpty() && String.join(",", words).length() <= MOST_IN_LIST) {
            var helper = sheet.getDataValidationHelper();
            DataValidation list = helper.createValidation(
                    helper.createExplicitListConstraint(words.toArray(String[]::new)),
                    new CellRangeAddressList(HEADER + 1, HEADER + SPARE, column, column));
            list.setShowErrorBox(false);
            sheet.addValidationData(list);
        }
    }

    /** Lets drop-downs and filter reach the last row. */
    private static void stretch(XSSFSheet sheet, int last) {
        var xml = sheet.getCTWorksheet();
        if (xml.isSetDataValidations()) {
            xml.getDataValidations().getDataValidationList().forEach(validation -> {
                List<?> ranges = validation.getSqref();
                validation.setSqref(ranges.stream()
                        .map(range -> CellRangeAddress.valueOf(range.toString()))
                        .map(range -> {
                            boolean column = range.getFirstRow() <= HEADER + 2 && range.getLastRow() < last;
                            range.setLastRow(column ? last + SPARE : range.getLastRow());
                            return range.formatAsString();
                        })
                        .toList());
            });
        }
        if (xml.isSetAutoFilter()) {
            CellRangeAddress filter =
                    CellRangeAddress.valueOf(xml.getAutoFilter().getRef());
            filter.setLastRow(Math.max(filter.getLastRow(), last));
            xml.getAutoFilter().setRef(filter.formatAsString());
        }
    }
}
