package liandong.workbook;

import org.apache.poi.ss.usermodel.Footer;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/** How a sheet is printed: on A4, lengthwise, as wide as the paper, with its head and the number of the page on each. */
public final class Printing {
    private Printing() {}

    /**
     * Sets a sheet up.
     *
     * @param head the last row that is repeated on each page, from 0; −1 for none
     * @return whether anything had to be changed: what somebody has chosen stays
     */
    public static boolean setUp(XSSFSheet sheet, int head) {
        boolean changed = false;
        if (!sheet.getFitToPage()) {
            sheet.setFitToPage(true);
            PrintSetup setup = sheet.getPrintSetup();
            setup.setPaperSize(PrintSetup.A4_PAPERSIZE);
            setup.setLandscape(true);
            setup.setFitWidth((short) 1);
            setup.setFitHeight((short) 0);
            changed = true;
        }
        if (head >= 0 && sheet.getRepeatingRows() == null) {
            sheet.setRepeatingRows(new CellRangeAddress(0, head, -1, -1));
            changed = true;
        }
        Footer footer = sheet.getFooter();
        if ((footer.getLeft() + footer.getCenter() + footer.getRight()).isEmpty()) {
            footer.setCenter("&A  &P / &N");
            changed = true;
        }
        return changed;
    }
}
