package liandong.sheet;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Reads the sheets of one workbook from their XML, in one pass and with bounds. */
final class SheetXml {
    private static final Pattern NOTHING = Pattern.compile("0+(\\.0+)?");

    /** Cells of one workbook, empty ones with a format included: 100,000 rows of 20 columns. */
    static final int MAX_CELLS = 2_000_000;
    /** Columns: the widest stock table has 20. */
    static final int MAX_COLUMNS = 256;
    /** Rows of one sheet, as spreadsheet programs have it. */
    static final int MAX_ROWS = 1_048_576;
    /** Characters of one cell, as spreadsheet programs have it. */
    static final int MAX_TEXT = 32_767;
    /** Merged blocks of one sheet. */
    static final int MAX_MERGED = 10_000;
    /** Rows below the last one with content that are worth a word: fewer come from a format that was dragged down. */
    static final int EMPTY_ROWS = 10_000;

    private static final int MAX_FORMULA = 8_192;
    private static final int MAX_SHARED = 10_000;
    private static final int LONGEST_QUOTE = 100;
    private static final int LONGEST_NUMBER = 64;
    /** Beyond what a number of a spreadsheet can have; written out, such numbers would fill the memory. */
    private static final int LARGEST_EXPONENT = 400;

    private static final Pattern RANGE = Pattern.compile("([A-Z]{1,3})(\\d{1,7})(?::([A-Z]{1,3})(\\d{1,7}))?");
    /** The day that spreadsheet programs number 0, and the last one they know. */
    private static final LocalDate FIRST_DAY = LocalDate.parse("1899-12-30");

    private static final BigDecimal LAST_DAY = BigDecimal.valueOf(2_958_465);
    /** By how many days the calendar of old Macintosh workbooks is behind. */
    private static final BigDecimal MACINTOSH = BigDecimal.valueOf(1_462);
    /** Excel takes 1900 for a leap year: before this number its days are one too low. */
    private static final BigDecimal MARCH_1900 = BigDecimal.valueOf(61);

    private final String file;
    private final SharedStrings strings;
    private final Styles styles;
    private final boolean macintosh;
    private final Consumer<Problem> problems;
    private int cellsRead;

    SheetXml(String file, SharedStrings strings, Styles styles, boolean macintosh, Consumer<Problem> problems) {
        this.file = file;
        this.strings = strings;
        this.styles = styles;
        this.macintosh = macintosh;
        this.problems = problems;
    }

    /** Reads one sheet. */
    SheetData read(Xml xml, String name, boolean hidden, List<SheetData.Block> filteredTables) throws IOException {
        return new Reading(xml, name).read(hidden, filteredTables);
    }

    /**
     * The block of cells that a filter shows in part; null when it shows them all.
     *
     * @param xml stands where the filter begins; afterwards, where it ends
     */
    static SheetData.@Nullable Block filter(Xml xml) throws IOException {
        SheetData.Block block = block(xml.attribute("ref"));
        boolean active = false;
        while (!xml.ends("autoFilter") && xml.next()) {
            active |= xml.starts("filterColumn");
        }
        return active ? block : null;
    }

    private static SheetData.@Nullable Block block(@Nullable String ref) {
        Matcher range = RANGE.matcher(ref == null ? "" : ref);
        if (!range.matches()) {
            return null;
        }
        int first = Integer.parseInt(range.group(2));
        int column = column(range.group(1));
        return range.group(4) == null
                ? new SheetData.Block(first, column, first, column)
                : new SheetData.Block(first, column, Integer.parseInt(range.group(4)), column(range.group(3)));
    }

    /** The column of a place such as {@code AB12}, from 0; -1 when it names none. */
    private static int column(String place) {
        int column = 0;
        for (int i = 0; i < place.length() && i < 4; i++) {
            char letter = place.charAt(i);
            if (letter < 'A' || letter > 'Z') {
                break;
            }
            column = column * 26 + letter - 'A' + 1;
        }
        return column - 1;
    }

    /** One sheet while it is being read. */
    private final class Reading {
        private final Xml xml;
        private final String sheet;
        private final List<SheetData.Line> lines = new ArrayList<>();
        private final List<SheetData.Block> merged = new ArrayList<>();
        private final List<SheetData.Block> filtered = new ArrayList<>();
        private final Set<Integer> hiddenColumns = new HashSet<>();
        /** Formulas that many cells share are written at the first of them only. */
        private final Map<String, Formulas.Objection> shared = new HashMap<>();

        private final Cell[] cells = new Cell[MAX_COLUMNS];
        private int row;
        private int emptyRows;

        private Reading(Xml xml, String sheet) {
            this.xml = xml;
            this.sheet = sheet;
        }

        private SheetData read(boolean hidden, List<SheetData.Block> filteredTables) throws IOException {
            while (xml.next()) {
                if (xml.starts("row")) {
                    row();
                } else if (xml.starts("col") && (xml.says("hidden") || isNothing("width"))) {
                    hide(number("min", 1), number("max", 0));
                } else if (xml.starts("mergeCell")) {
                    SheetData.Block block = block(xml.attribute("ref"));
                    if (block != null) {
                        merged.add(block);
                    }
                    if (merged.size() > MAX_MERGED) {
                        throw new UnreadableWorkbookException(
                                Code.TOO_MANY_MERGED, new CellRef(file, sheet, 1, 0), MAX_MERGED);
                    }
                } else if (xml.starts("autoFilter")) {
                    SheetData.Block block = filter(xml);
                    if (block != null) {
                        filtered.add(block);
                    }
                }
            }
            if (emptyRows > EMPTY_ROWS) {
                problems.accept(
                        Problem.of(Code.EMPTY_ROWS, new CellRef(file, sheet, row - emptyRows + 1, 0), emptyRows));
            }
            filtered.addAll(filteredTables);
            return new SheetData(
                    file,
                    sheet,
                    hidden,
                    List.copyOf(lines),
                    List.copyOf(merged),
                    List.copyOf(filtered),
                    Set.copyOf(hiddenColumns));
        }

        private void hide(int from, int to) {
            for (int column = Math.max(1, from); column <= Math.min(to, MAX_COLUMNS); column++) {
                hiddenColumns.add(column - 1);
            }
        }

        /** Whether a width or height is none, which hides as well as hiding does. */
        private boolean isNothing(String attribute) {
            String value = xml.attribute(attribute);
            return value != null && NOTHING.matcher(value.strip()).matches();
        }

        private int number(String attribute, int otherwise) throws IOException {
            String value = xml.attribute(attribute);
            return value == null ? otherwise : whole(value);
        }

        private int whole(String digits) throws IOException {
            try {
                return Integer.parseInt(digits.strip());
            } catch (NumberFormatException e) {
                throw new IOException(e);
            }
        }

        private void row() throws IOException {
            int number = number("r", row + 1);
            if (number <= row || number > MAX_ROWS) {
                throw UnreadableWorkbookException.unreadable(file);
            }
            row = number;
            boolean hidden = xml.says("hidden") || isNothing("ht");
            int width = 0;
            int column = 0;
            int filled = 0;
            int struck = 0;
            Arrays.fill(cells, Cell.EMPTY);
            while (xml.next() && !xml.ends("row")) {
                if (xml.starts("c")) {
                    String place = xml.attribute("r");
                    column = place == null ? column : column(place);
                    if (column < 0) {
                        throw UnreadableWorkbookException.unreadable(file);
                    }
                    if (++cellsRead > MAX_CELLS) {
                        throw new UnreadableWorkbookException(Code.TOO_MANY_CELLS, at(column), MAX_CELLS);
                    }
                    boolean strikes = styles.isStruck(number("s", 0));
                    Cell cell = cell(column);
                    // Where a whole row was given a colour, there are cells without content far out.
                    if (!cell.isEmpty()) {
                        mustBeWithin(column);
                        filled++;
                        struck += strikes ? 1 : 0;
                        cells[column] = cell;
                        width = Math.max(width, column + 1);
                    }
                    column++;
                }
            }
            if (width == 0) {
                emptyRows++;
            } else {
                emptyRows = 0;
                lines.add(new SheetData.Line(row, hidden, struck * 2 > filled, List.of(Arrays.copyOf(cells, width))));
            }
        }

        private void mustBeWithin(int column) throws UnreadableWorkbookException {
            if (column >= MAX_COLUMNS) {
                String last = new CellRef(file, sheet, row, MAX_COLUMNS - 1).cell();
                throw new UnreadableWorkbookException(Code.TOO_WIDE, at(column), last.replaceAll("\\d", ""));
            }
        }

        /** The columns in which a cell that is shown as a percentage has been told. */
        private final Set<Integer> percents = new HashSet<>();

        private CellRef at(int column) {
            return new CellRef(file, sheet, row, column);
        }

        private Cell cell(int column) throws IOException {
            String type = xml.attribute("t");
            int style = number("s", 0);
            String value = null;
            String formula = null;
            while (xml.next() && !xml.ends("c")) {
                if (xml.starts("v")) {
                    value = xml.text();
                } else if (xml.starts("is")) {
                    value = SharedStrings.richText(xml, "is");
                } else if (xml.starts("f")) {
                    formula = formula(column);
                }
            }
            if (value != null && value.length() > MAX_TEXT) {
                throw new UnreadableWorkbookException(Code.TOO_LONG_CELL, at(column), value.length(), MAX_TEXT);
            }
            boolean text = "str".equals(type) || "inlineStr".equals(type);
            if (value == null || (value.isEmpty() && !text)) {
                // A program other than a spreadsheet wrote the formula, and nobody has computed it yet.
                return formula == null ? Cell.EMPTY : new Cell("=" + formula, null, null, true);
            }
            return cell(column, type == null ? "n" : type, style, value);
        }

        private Cell cell(int column, String type, int style, String value) throws IOException {
            return switch (type) {
                case "s" -> {
                    Cell cell = strings.cell(whole(value));
                    if (cell == null) {
                        throw UnreadableWorkbookException.unreadable(file);
                    }
                    if (cell.text().length() > MAX_TEXT) {
                        throw new UnreadableWorkbookException(
                                Code.TOO_LONG_CELL, at(column), cell.text().length(), MAX_TEXT);
                    }
                    yield cell;
                }
                case "str" -> Cell.ofText(Escapes.decoded(value));
                case "inlineStr" -> Cell.ofText(value);
                case "b" -> Cell.ofText(value.equals("1") || value.equals("true") ? "是" : "否");
                case "e" -> new Cell(value, null, null, true);
                case "d" -> date(value);
                case "n" -> number(column, style, value.strip());
                default -> throw UnreadableWorkbookException.unreadable(file);
            };
        }

        /** A date, or a time of day, that is written as such: by programs that write strict files. */
        private Cell date(String value) throws IOException {
            try {
                BigDecimal number = IsoDates.number(value);
                boolean isDay = IsoDates.hasDate(value);
                LocalDate date = isDay
                        ? FIRST_DAY.plusDays(
                                number.setScale(0, RoundingMode.FLOOR).longValueExact())
                        : null;
                return new Cell(date == null ? number.toPlainString() : date.toString(), number, date, false);
            } catch (DateTimeException e) {
                throw new IOException(e);
            }
        }

        private Cell number(int column, int style, String value) throws IOException {
            if (value.isEmpty() || value.length() > LONGEST_NUMBER) {
                throw UnreadableWorkbookException.unreadable(file);
            }
            BigDecimal number;
            try {
                number = new BigDecimal(value);
            } catch (NumberFormatException e) {
                throw new IOException(e);
            }
            if (Math.abs((long) number.precision() - number.scale()) > LARGEST_EXPONENT
                    || Math.abs((long) number.scale()) > LARGEST_EXPONENT) {
                throw UnreadableWorkbookException.unreadable(file);
            }
            if (styles.isDate(style)) {
                BigDecimal day = macintosh ? number.add(MACINTOSH) : number;
                if (day.signum() >= 0 && day.compareTo(LAST_DAY.add(BigDecimal.ONE)) < 0) {
                    LocalDate date = FIRST_DAY.plusDays(
                            day.setScale(0, RoundingMode.FLOOR).longValueExact()
                                    + (day.compareTo(MARCH_1900) < 0 ? 1 : 0));
                    return new Cell(date.toString(), number, date, false);
                }
            }
            // Binary fractions are stored as 0.10000000000000001; people see, and mean, 15 digits.
            // What is shown as 80% is stored as 0.8; people see, and mean, 80.
            BigDecimal shown = styles.isPercent(style) ? number.movePointRight(2) : number;
            BigDecimal seen = shown.round(new MathContext(15)).stripTrailingZeros();
            if (styles.isPercent(style) && percents.add(column)) {
                problems.accept(Problem.of(Code.PERCENT_CELL, at(column), seen.toPlainString()));
            }
            String display = styles.shownOtherwise(style, seen);
            if (display != null) {
                problems.accept(Problem.of(Code.SHOWN_OTHERWISE, at(column), display, seen.toPlainString()));
            }
            return styles.isPercent(style) ? Cell.ofPercent(seen) : new Cell(seen.toPlainString(), seen, null, false);
        }

        /** Looks at a formula and gives it, shortened so far that it can be quoted. */
        private String formula(int column) throws IOException {
            String index = "shared".equals(xml.attribute("t")) ? xml.attribute("si") : null;
            String formula = Escapes.decoded(xml.text());
            if (formula.length() > MAX_FORMULA) {
                throw new UnreadableWorkbookException(Code.TOO_LONG_CELL, at(column), formula.length(), MAX_FORMULA);
            }
            Formulas.Objection objection = Formulas.objection(formula);
            if (index != null && formula.isEmpty()) {
                objection = shared.get(index);
            } else if (index != null && objection != null && shared.size() < MAX_SHARED) {
                shared.put(index, objection);
            }
            String quoted = formula.length() > LONGEST_QUOTE ? formula.substring(0, LONGEST_QUOTE) + "…" : formula;
            if (objection != null) {
                problems.accept(Problem.of(objection.code(), at(column), "=" + quoted, objection.by()));
            }
            return quoted;
        }
    }
}
