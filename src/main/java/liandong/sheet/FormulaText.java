package liandong.sheet;

/** Texts that a spreadsheet program would compute. */
public final class FormulaText {
    /** What a formula begins with; the full-width and small forms count for programs that are set to Chinese. */
    private static final String SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫";

    private FormulaText() {}

    /**
     * Whether a spreadsheet program might take a text for a formula: it begins with one of the signs, also after blanks
     * and what cannot be seen, which some programs take away first, or with a tab or line end, by which others part cells.
     */
    public static boolean looksLikeOne(String text) {
        int first = text.codePoints().filter(c -> !isBlank(c)).findFirst().orElse(-1);
        return first >= 0 && (SIGNS.indexOf(first) >= 0 || isControl(text.codePointAt(0)));
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || isControl(c)
                || Character.getType(c) == Character.FORMAT;
    }

    private static boolean isControl(int c) {
        return Character.getType(c) == Character.CONTROL;
    }
}
