package liandong.sheet;

import java.util.Locale;
import java.util.Set;
import liandong.problem.Code;
import org.jspecify.annotations.Nullable;

/** Looks at formulas, which are never computed here: a cell counts by the value that was stored with it. */
final class Formulas {
    /** Functions whose value changes with every opening of the workbook. */
    private static final Set<String> VOLATILE =
            Set.of("NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "OFFSET", "INDIRECT", "CELL", "INFO");

    /** Functions that start or ask something outside of the workbook. */
    private static final Set<String> CALLING = Set.of(
            "WEBSERVICE",
            "RTD",
            "CALL",
            "REGISTER.ID",
            "REGISTER",
            "EXEC",
            "DDE",
            "IMAGE",
            "SQL.REQUEST",
            "STOCKHISTORY",
            "PY");

    private Formulas() {}

    /**
     * What is to be said against a formula.
     *
     * @param code the worst that is
     * @param by the function or the reference it is said for
     */
    record Objection(Code code, String by) {}

    /** What is to be said against a formula, without its {@code =}; null when it only computes with this workbook. */
    static @Nullable Objection objection(String formula) {
        Objection worst = null;
        int length = formula.length();
        int word = -1;
        for (int i = 0; i < length; i++) {
            char c = formula.charAt(i);
            if (c == '"') {
                i = after(formula, i, '"') - 1;
            } else if (Character.isLetterOrDigit(c) || c == '.' || c == '_') {
                word = word < 0 ? i : word;
                continue;
            } else if (c == '|') {
                // Dynamic data exchange: program|'topic'!item
                return new Objection(Code.CALLING_FORMULA, formula.substring(Math.max(0, word), i + 1));
            } else if (c == '(' && word >= 0) {
                String function = function(formula.substring(word, i));
                if (CALLING.contains(function)) {
                    return new Objection(Code.CALLING_FORMULA, function);
                }
                if (worst == null && VOLATILE.contains(function)) {
                    worst = new Objection(Code.VOLATILE_FORMULA, function);
                }
            } else if (c == '\'') {
                int end = after(formula, i, '\'');
                String sheet = formula.substring(i, end);
                if (sheet.indexOf('[') >= 0 && end < length && formula.charAt(end) == '!') {
                    worst = new Objection(Code.EXTERNAL_FORMULA, sheet);
                }
                i = end - 1;
            } else if (c == '[') {
                // [1]Sheet!A1 is another workbook; Table[Column] is a column of this one.
                int end = formula.indexOf(']', i) + 1;
                int sheet = end;
                while (sheet > 0 && sheet < length && isPartOfName(formula.charAt(sheet))) {
                    sheet++;
                }
                if (end > 0 && word < 0 && sheet < length && formula.charAt(sheet) == '!') {
                    worst = new Objection(Code.EXTERNAL_FORMULA, formula.substring(i, sheet));
                }
                i = Math.max(i, sheet - 1);
            }
            word = -1;
        }
        return worst;
    }

    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }

    /** A function's name as people know it, without the prefixes that newer ones are stored with. */
    private static String function(String stored) {
        String name = stored.toUpperCase(Locale.ROOT);
        for (String prefix : new String[] {"_XLFN.", "_XLWS.", "_XLUDF.", "COM.MICROSOFT.", "ORG.LIBREOFFICE."}) {
            name = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
        }
        return name;
    }

    /** Where a quoted text is over; doubled quotes stand for themselves. */
    private static int after(String formula, int quote, char mark) {
        int i = quote + 1;
        while (i < formula.length()) {
            if (formula.charAt(i) == mark) {
                if (i + 1 >= formula.length() || formula.charAt(i + 1) != mark) {
                    return i + 1;
                }
                i++;
            }
            i++;
        }
        return formula.length();
    }
}
