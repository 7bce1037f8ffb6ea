package liandong.workbook;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import liandong.sheet.FormulaText;
import org.apache.poi.common.usermodel.HyperlinkType;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xddf.usermodel.PresetColor;
import org.apache.poi.xddf.usermodel.XDDFColor;
import org.apache.poi.xddf.usermodel.XDDFSolidFillProperties;
import org.apache.poi.xddf.usermodel.chart.AxisCrossBetween;
import org.apache.poi.xddf.usermodel.chart.AxisCrosses;
import org.apache.poi.xddf.usermodel.chart.AxisOrientation;
import org.apache.poi.xddf.usermodel.chart.AxisPosition;
import org.apache.poi.xddf.usermodel.chart.BarDirection;
import org.apache.poi.xddf.usermodel.chart.ChartTypes;
import org.apache.poi.xddf.usermodel.chart.LegendPosition;
import org.apache.poi.xddf.usermodel.chart.XDDFBarChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFCategoryAxis;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xddf.usermodel.chart.XDDFValueAxis;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFDrawing;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFHyperlink;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/** A workbook for people who decide on something: tables of numbers, charts of them, and examples. */
public final class ReportBook implements AutoCloseable {
    /** What stands in a table that has no rows. */
    public static final String NONE = "（无）";

    /** How many bars a chart can show. */
    public static final int MOST_BARS = 12;

    private static final int UNIT = 256; // of a column's width: a 256th of a character
    private static final int LONGEST = 500;
    private static final List<PresetColor> COLOURS =
            List.of(PresetColor.STEEL_BLUE, PresetColor.DARK_ORANGE, PresetColor.GRAY);

    private final XSSFWorkbook workbook = new XSSFWorkbook();
    private final XSSFCellStyle title = style(true, null);
    private final XSSFCellStyle header = style(true, new byte[] {0x1F, 0x38, 0x64});
    private final XSSFCellStyle plain = style(false, null);
    private final XSSFCellStyle quoted = style(false, null);
    private final XSSFCellStyle share = style(false, null);
    private final XSSFCellStyle oneLine = style(false, null);

    /** An empty workbook. */
    public ReportBook() {
        oneLine.setWrapText(false);
        title.setWrapText(false); // it may be longer than its column is wide
        quoted.setQuotePrefixed(true);
        share.setDataFormat(workbook.createDataFormat().getFormat("0.0%"));
    }

    /** A text that stands on one line whatever the column's width. */
    public record OneLine(String text) {}

    /**
     * A text that leads to another cell of the workbook.
     *
     * @param text the text
     * @param sheet the sheet it leads to
     * @param row the row, from 1
     */
    public record Link(String text, String sheet, int row) {}

    /** A share as a cell; empty when there is nothing to take a share of. */
    public static Object share(long part, long whole) {
        return whole == 0 ? "" : (Object) ((double) part / whole);
    }

    /**
     * Adds a sheet.
     *
     * @param widths the widths of its columns, in characters
     */
    public Page page(String name, int... widths) {
        return new Page(workbook.createSheet(name), widths);
    }

    /** Writes the workbook. */
    public void write(OutputStream out) throws IOException {
        workbook.write(out);
    }

    @Override
    public void close() throws IOException {
        workbook.close();
    }

    private XSSFCellStyle style(boolean bold, byte @Nullable [] fill) {
        XSSFCellStyle style = workbook.createCellStyle();
        style.setVerticalAlignment(VerticalAlignment.TOP);
        style.setWrapText(true);
        if (bold) {
            XSSFFont font = workbook.createFont();
            font.setBold(true);
            if (fill != null) {
                font.setColor(new XSSFColor(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF}, null));
                style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
                style.setFillForegroundColor(new XSSFColor(fill, null));
            }
            style.setFont(font);
        }
        return style;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** A sheet that is written from top to bottom. */
    public final class Page {
        private final XSSFSheet sheet;
        private int next;
        private int headed;
        private int columns;

        private Page(XSSFSheet sheet, int... widths) {
            this.sheet = sheet;
            Printing.setUp(sheet, -1);
            for (int column = 0; column < widths.length; column++) {
                sheet.setColumnWidth(column, widths[column] * UNIT);
            }
        }

        /** The index of the row that is written next, from 0. */
        public int next() {
            return next;
        }

        /** A title over a table; the first one stays in sight with its header. */
        public void title(String text) {
            if (next > 0) {
                next++;
            }
            XSSFCell cell = sheet.createRow(next++).createCell(0);
            cell.setCellValue(text);
            cell.setCellStyle(title);
        }

        /** The names of the columns of a table. */
        public void header(String... names) {
            headed = next;
            columns = names.length;
            XSSFRow row = sheet.createRow(next++);
            for (int column = 0; column < names.length; column++) {
                XSSFCell cell = row.createCell(column);
                cell.setCellValue(names[column]);
                cell.setCellStyle(header);
            }
            if (next == 2) {
                sheet.createFreezePane(0, 2);
            }
        }

        /**
         * A row of texts, whole numbers, shares, links and texts on one line. A text stays a text, whatever it begins with.
         *
         * @return its index, from 0
         */
        public int row(Object... values) {
            XSSFRow row = sheet.createRow(next);
            for (int column = 0; column < values.length; column++) {
                fill(row.createCell(column), values[column]);
            }
            return next++;
        }

        private void fill(XSSFCell cell, Object value) {
            cell.setCellStyle(plain);
            if (value instanceof Double part) {
                cell.setCellValue(part);
                cell.setCellStyle(share);
            } else if (value instanceof Number number) {
                cell.setCellValue(number.doubleValue());
            } else if (value instanceof OneLine line) {
                Editable.text(cell, cut(line.text()));
                cell.setCellStyle(oneLine);
            } else if (value instanceof Link link) {
                Editable.text(cell, cut(link.text()));
                XSSFHyperlink leads = workbook.getCreationHelper().createHyperlink(HyperlinkType.DOCUMENT);
                leads.setAddress("'" + link.sheet() + "'!A" + link.row());
                cell.setHyperlink(leads);
            } else {
                String text = cut(String.valueOf(value));
                Editable.text(cell, text);
                // A spreadsheet program computes such a text as soon as somebody edits the cell, unless it is told not
                // to.
                if (FormulaText.looksLikeOne(text)) {
                    cell.setCellStyle(quoted);
                }
            }
        }

        /** Says that a table has no rows. */
        public void none() {
            row(NONE);
        }

        /** Lets the rows of the table that was begun last be filtered; says so when there are none. */
        public void filter() {
            if (next == headed + 1) {
                none();
            } else {
                sheet.setAutoFilter(new CellRangeAddress(headed, next - 1, 0, columns - 1));
            }
        }

        /**
         * A bar chart of rows of a table, beside it.
         *
         * @param first the index of the first row
         * @param last the index of the last row
         * @param series the columns of the numbers, whose headers stand over the first row
         * @param column where it begins
         * @param categories the column that says what each bar is of
         */
        public void chart(String title, int first, int last, List<Integer> series, int column, int categories) {
            chart(title, first, last, series, column, categories, "0");
        }

        /**
         * A bar chart of shares, beside their table; see {@link #chart(String, int, int, List, int, int)}.
         */
        public void shares(String title, int first, int last, int numbers, int column, int categories) {
            chart(title, first, last, List.of(numbers), column, categories, "0%");
        }

        private void chart(
                String title, int first, int last, List<Integer> series, int column, int categories, String format) {
            XSSFDrawing drawing = sheet.createDrawingPatriarch();
            int height = Math.max(14, 2 * (last - first + 1) + 8);
            int top = Math.max(1, headed);
            XSSFChart chart =
                    drawing.createChart(drawing.createAnchor(0, 0, 0, 0, column, top, column + 10, top + height));
            chart.setTitleText(title);
            chart.setTitleOverlay(false);
            chart.getOrAddLegend().setPosition(LegendPosition.BOTTOM);
            XDDFCategoryAxis across = chart.createCategoryAxis(AxisPosition.LEFT);
            across.setOrientation(AxisOrientation.MAX_MIN);
            XDDFValueAxis along = chart.createValueAxis(AxisPosition.BOTTOM);
            along.setCrosses(AxisCrosses.MAX);
            along.setCrossBetween(AxisCrossBetween.BETWEEN); // or the bars are drawn half or not at all
            along.setNumberFormat(format);
            var data = (XDDFBarChartData) chart.createData(ChartTypes.BAR, across, along);
            data.setBarDirection(BarDirection.BAR);
            data.setVaryColors(false);
            var names = XDDFDataSourcesFactory.fromStringCellRange(
                    sheet, new CellRangeAddress(first, last, categories, categories));
            for (int each : series) {
                var numbers = XDDFDataSourcesFactory.fromNumericCellRange(
                        sheet, new CellRangeAddress(first, last, each, each));
                var bars = data.addSeries(names, numbers);
                bars.setTitle(sheet.getRow(first - 1).getCell(each).getStringCellValue(), null);
                bars.setFillProperties(new XDDFSolidFillProperties(
                        XDDFColor.from(COLOURS.get(series.indexOf(each) % COLOURS.size()))));
            }
            chart.plot(data);
        }
    }
}
