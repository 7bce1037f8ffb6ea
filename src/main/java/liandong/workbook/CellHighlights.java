package liandong.workbook;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import liandong.problem.ProblemSeverity;
import org.apache.poi.ss.usermodel.ConditionalFormattingRule;
import org.apache.poi.ss.usermodel.PatternFormatting;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.apache.poi.xssf.usermodel.XSSFDrawing;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFSheetConditionalFormatting;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTCfRule;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTConditionalFormatting;

/**
 * Colours and comments on the cells of one sheet that leave no trace once they are taken off.
 *
 * <p>A colour is a conditional format that always holds, above the sheet's own, so that no cell's style is touched.
 */
final class CellHighlights {
    /** Always true, and tells our conditional formats from others. */
    private static final String CONDITION = "ISTEXT(\"检查结果\")";

    /** What our comments begin with; where somebody has commented already, ours stands below. */
    private static final String COMMENT = "【检查】";

    private static final String AUTHOR = "联动 Liandong";
    /** Spreadsheet programs grow slow with more comments than a person would ever read. */
    private static final int MAX_COMMENTS = 2_000;

    private static final int RANGES_TOGETHER = 100;
    private static final int COMMENT_WIDTH_PIXELS = 340;
    private static final int CHARACTERS_A_LINE = 24;
    private static final int MAX_LINES = 24;
    private static final int MAX_COMMENT = 8_000;

    private final XSSFSheet sheet;

    CellHighlights(XSSFSheet sheet) {
        this.sheet = sheet;
    }

    /** Takes off what an earlier check has put on. */
    void takeOff() {
        takeOffColours();
        for (CellAddress at : List.copyOf(sheet.getCellComments().keySet())) {
            XSSFComment comment = sheet.getCellComment(at);
            String text = comment == null ? "" : comment.getString().getString();
            int ours = text.indexOf(COMMENT);
            if (comment == null || ours < 0) {
                continue;
            }
            String theirs = text.substring(0, ours).stripTrailing();
            if (theirs.isEmpty()) {
                removeComment(at);
            } else {
                comment.setString(new XSSFRichTextString(theirs));
            }
        }
    }

    private void removeComment(CellAddress at) {
        var row = sheet.getRow(at.getRow());
        var cell = row == null ? null : row.getCell(at.getColumn());
        if (cell != null) {
            cell.removeCellComment();
            return;
        }
        // A comment may lie on a cell that the file does not have.
        boolean newRow = row == null;
        var line = newRow ? sheet.createRow(at.getRow()) : row;
        var blank = line.createCell(at.getColumn());
        blank.removeCellComment();
        line.removeCell(blank);
        if (newRow) {
            sheet.removeRow(line);
        }
    }

    private void takeOffColours() {
        var formats = sheet.getCTWorksheet();
        boolean found = false;
        for (int i = formats.sizeOfConditionalFormattingArray() - 1; i >= 0; i--) {
            CTConditionalFormatting format = formats.getConditionalFormattingArray(i);
            if (format.sizeOfCfRuleArray() == 1 && isOurs(format.getCfRuleArray(0))) {
                formats.removeConditionalFormatting(i);
                found = true;
            }
        }
        if (found) {
            moveOthers(-1);
        }
    }

    private static boolean isOurs(CTCfRule rule) {
        return rule.sizeOfFormulaArray() == 1 && rule.getFormulaArray(0).equals(CONDITION);
    }

    private void moveOthers(int by) {
        for (CTConditionalFormatting format : sheet.getCTWorksheet().getConditionalFormattingArray()) {
            for (CTCfRule rule : format.getCfRuleArray()) {
                rule.setPriority(isOurs(rule) ? 1 : rule.getPriority() + by);
            }
        }
    }

    /** Colours cells, each by the worst that was found there. */
    void colour(Map<CellAddress, ProblemSeverity> cells) {
        if (cells.isEmpty()) {
            return;
        }
        var bySeverity = new EnumMap<ProblemSeverity, List<CellAddress>>(ProblemSeverity.class);
        cells.forEach((at, severity) ->
                bySeverity.computeIfAbsent(severity, each -> new ArrayList<>()).add(at));
        XSSFSheetConditionalFormatting formats = sheet.getSheetConditionalFormatting();
        bySeverity.forEach((severity, places) -> {
            ConditionalFormattingRule rule = formats.createConditionalFormattingRule(CONDITION);
            PatternFormatting fill = rule.createPatternFormatting();
            fill.setFillBackgroundColor(colour(severity));
            fill.setFillPattern(PatternFormatting.SOLID_FOREGROUND);
            List<CellRangeAddress> ranges = ranges(places);
            for (int i = 0; i < ranges.size(); i += RANGES_TOGETHER) {
                formats.addConditionalFormatting(
                        ranges.subList(i, Math.min(i + RANGES_TOGETHER, ranges.size()))
                                .toArray(CellRangeAddress[]::new),
                        rule);
            }
        });
        moveOthers(1);
    }

    static XSSFColor colour(ProblemSeverity severity) {
        int rgb = switch (severity) {
            case ERROR -> 0xFF9B9B;
            case WARNING -> 0xFFD966;
            case NOTE -> 0xCFE2F3;
        };
        return new XSSFColor(new byte[] {(byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb}, null);
    }

    /** Cells below one another as one range. */
    private static List<CellRangeAddress> ranges(List<CellAddress> places) {
        List<CellAddress> sorted = places.stream()
                .sorted(Comparator.comparingInt(CellAddress::getColumn).thenComparingInt(CellAddress::getRow))
                .toList();
        var ranges = new ArrayList<CellRangeAddress>();
        for (CellAddress at : sorted) {
            CellRangeAddress last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (last != null && last.getFirstColumn() == at.getColumn() && last.getLastRow() + 1 == at.getRow()) {
                last.setLastRow(at.getRow());
            } else {
                ranges.add(new CellRangeAddress(at.getRow(), at.getRow(), at.getColumn(), at.getColumn()));
            }
        }
        return ranges;
    }

    /** Puts a comment on each cell, below what somebody has commented there. */
    void comment(Map<CellAddress, String> texts) {
        if (texts.isEmpty()) {
            return;
        }
        XSSFDrawing drawing = sheet.createDrawingPatriarch();
        texts.entrySet().stream().limit(MAX_COMMENTS).forEach(each -> {
            String ours = COMMENT + "\n" + each.getValue();
            String text = ours.length() > MAX_COMMENT ? ours.substring(0, MAX_COMMENT) + "…" : ours;
            XSSFComment there = sheet.getCellComment(each.getKey());
            if (there != null) {
                there.setString(new XSSFRichTextString(there.getString().getString() + "\n\n" + text));
                return;
            }
            XSSFComment comment = drawing.createCellComment(anchor(each.getKey(), text));
            comment.setAddress(each.getKey());
            comment.setAuthor(AUTHOR);
            comment.setString(new XSSFRichTextString(text));
        });
    }

    /** A box to the right of the cell, wide enough to read and high enough for all of its text. */
    private XSSFClientAnchor anchor(CellAddress at, String text) {
        int first = at.getColumn() + 1;
        int last = first;
        for (float width = 0; width < COMMENT_WIDTH_PIXELS; last++) {
            width += Math.max(sheet.getColumnWidthInPixels(last), 8);
        }
        int lines = text.lines()
                .mapToInt(line -> 1 + line.length() / CHARACTERS_A_LINE)
                .sum();
        int row = at.getRow();
        // A new comment first belongs to the corner of its box, where another may be already.
        while (sheet.getCellComment(new CellAddress(row, first)) != null) {
            row++;
        }
        return new XSSFClientAnchor(0, 0, 0, 0, first, row, last, row + Math.min(lines + 1, MAX_LINES));
    }
}
