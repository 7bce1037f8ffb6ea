package liandong.sheet;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
    /** Characters of one format, as spreadsheet programs have it. */
    private static final int LONGEST_FORMAT = 255;

    private final BitSet dates = new BitSet();
    private final BitSet percents = new BitSet();
    private final BitSet struck = new BitSet();

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

    private static boolean isPercent(String format) {
        return LITERAL.matcher(format).replaceAll("").contains("%");
    }

    private static boolean isDate(String format) {
        String letters = LITERAL.matcher(format.toLowerCase(Locale.ROOT)).replaceAll("");
        return letters.contains("y") || (letters.contains("d") && letters.contains("m"));
    }
}
