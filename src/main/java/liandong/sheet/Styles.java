package liandong.sheet;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.problem.Code;
import liandong.problem.FileRef;
import org.jspecify.annotations.Nullable;

/**
 * The cell formats of a workbook, as far as they decide what a cell means: whether its number is a date, or a percentage,
 * and whether it is struck through.
 */
final class Styles {
    /** Cell formats of one workbook: spreadsheet programs allow about as many. */
    static final int MOST = 65_536;

    /** Ids of the date formats every spreadsheet program has, the East Asian ones included (ECMA-376, 18.8.30). */
    private static final Set<String> BUILT_IN_DATES = Set.of(
            "14", "15", "16", "17", "22", "27", "28", "29", "30", "31", "36", "50", "51", "52", "53", "54", "57", "58");

    /** Ids of the formats 0% and 0.00%. */
    private static final Set<String> BUILT_IN_PERCENTS = Set.of("9", "10");

    private static final Pattern LITERAL = Pattern.compile("\"[^\"]*\"|\\[[^]]*]|\\\\.");
    /** What takes the width of a character, or fills a cell with it. */
    private static final Pattern SPACING = Pattern.compile("[_*].");
    /** What a format with any of these shows is no plain number: times, fractions, powers, texts. */
    private static final Pattern NOT_PLAIN = Pattern.compile("[A-Za-z/@]");

    private static final Pattern DIGITS = Pattern.compile("[0#?]");
    /** Commas behind the last digit: each shows a thousandth. */
    private static final Pattern THOUSANDTHS = Pattern.compile("[0#?](,+)[^0#?,]*$");

    /** Formats of plain numbers that every spreadsheet program has, by their ids. */
    private static final Map<String, String> BUILT_IN_NUMBERS = Map.of(
            "1",
            "0",
            "2",
            "0.00",
            "3",
            "#,##0",
            "4",
            "#,##0.00",
            "9",
            "0",
            "10",
            "0.00",
            "37",
            "#,##0",
            "38",
            "#,##0",
            "39",
            "#,##0.00",
            "40",
            "#,##0.00");

    /** Characters of one format, as spreadsheet programs have it. */
    private static final int LONGEST_FORMAT = 255;

    private final BitSet dates = new BitSet();
    private final BitSet percents = new BitSet();
    private final BitSet struck = new BitSet();
    /** The formats of plain numbers, by cell format. */
    private final Map<Integer, String> numbers = new HashMap<>();

    /** The formats of a workbook that has none. */
    Styles() {}

    Styles(String file, String part, Xml xml) throws IOException {
        Map<String, String> formats = new HashMap<>();
        var struckFonts = new BitSet();
        boolean ofCells = false;
        boolean ofFonts = false;
        int fonts = 0;
        int count = 0;
        while (xml.next()) {
            if (xml.starts("numFmt")) {
                String format = String.valueOf(xml.attribute("formatCode"));
                if (format.length() <= LONGEST_FORMAT) {
                    formats.put(String.valueOf(xml.attribute("numFmtId")), format);
                }
            } else if (xml.starts("fonts")) {
                ofFonts = true;
            } else if (xml.ends("fonts")) {
                ofFonts = false;
            } else if (ofFonts && xml.starts("font")) {
                fonts++;
            } else if (ofFonts && fonts > 0 && xml.starts("strike")) {
                struckFonts.set(fonts - 1, xml.attribute("val") == null || xml.says("val"));
            } else if (xml.starts("cellXfs")) {
                ofCells = true;
            } else if (xml.ends("cellXfs")) {
                ofCells = false;
            } else if (ofCells && xml.starts("xf")) {
                String id = String.valueOf(xml.attribute("numFmtId"));
                String format = formats.getOrDefault(id, "");
                dates.set(count, BUILT_IN_DATES.contains(id) || isDate(format));
                percents.set(count, BUILT_IN_PERCENTS.contains(id) || isPercent(format));
                String number = formats.getOrDefault(id, BUILT_IN_NUMBERS.getOrDefault(id, ""));
                if (!number.isEmpty()) {
                    numbers.put(count, number);
                }
                struck.set(count, isAmong(struckFonts, xml.attribute("fontId")));
                count++;
            }
            if (count > MOST || fonts > MOST || formats.size() > MOST) {
                throw new UnreadableWorkbookException(Code.TOO_LARGE, new FileRef(file), part, MOST);
            }
        }
    }

    private static boolean isAmong(BitSet fonts, @Nullable String id) {
        return id != null && id.matches("\\d{1,5}") && fonts.get(Integer.parseInt(id));
    }

    /** Whether what stands there is struck through. */
    boolean isStruck(int style) {
        return style >= 0 && struck.get(style);
    }

    boolean isDate(int style) {
        return dates.get(style);
    }

    /** Whether a number is shown a hundred times as large, with a percent sign. */
    boolean isPercent(int style) {
        return percents.get(style);
    }

    /**
     * What is shown of a number, where that is another number, or nothing: rounded off, or in thousands. Null when it is shown
     * as it is, or by a format that is none of plain numbers.
     *
     * @param number of a percentage the number before the sign
     */
    @Nullable
    String shownOtherwise(int style, BigDecimal number) {
        String format = numbers.get(style);
        if (format == null || format.contains("[<") || format.contains("[>") || format.contains("[=")) {
            return null;
        }
        String[] sections = SPACING.matcher(LITERAL.matcher(format).replaceAll("\""))
                .replaceAll("")
                .split(";", -1);
        int sign = number.signum();
        int section = sign > 0 ? 0 : sign < 0 ? 1 : 2;
        String plain = sections[section < sections.length ? section : 0];
        if (plain.isBlank() && sections.length > 1) {
            return "";
        }
        if (NOT_PLAIN.matcher(plain).find() || !DIGITS.matcher(plain).find()) {
            return null;
        }
        int point = plain.indexOf('.');
        int decimals = point < 0
                ? 0
                : (int) DIGITS.matcher(plain.substring(point)).results().count();
        String whole = point < 0 ? plain : plain.substring(0, point);
        BigDecimal scaled = number.movePointLeft(3 * thousands(whole));
        if (point >= 0) { // the commas may stand behind the decimals, too
            scaled = scaled.movePointLeft(3 * thousands(plain.substring(point)));
        }
        BigDecimal shown = scaled.setScale(decimals, RoundingMode.HALF_UP);
        return shown.compareTo(number) == 0 ? null : shown.toPlainString();
    }

    /** How many times a number is shown in thousands, by the commas at the end of its digits. */
    private static int thousands(String digits) {
        Matcher thousandths = THOUSANDTHS.matcher(digits);
        return thousandths.find() ? thousandths.group(1).length() : 0;
    }

    private static boolean isPercent(String format) {
        return LITERAL.matcher(format).replaceAll("").contains("%");
    }

    private static boolean isDate(String format) {
        String letters = LITERAL.matcher(format.toLowerCase(Locale.ROOT)).replaceAll("");
        return letters.contains("y") || (letters.contains("d") && letters.contains("m"));
    }
}
