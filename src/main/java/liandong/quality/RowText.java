package liandong.quality;

/**
 * A row or a rule as it said something once: mended, it is another.
 *
 * @param kind whether it is a row or a rule
 * @param id its id, or the rule's code
 * @param at where the row stood; empty of a rule
 * @param says what it said; of a rule its title
 */
record RowText(Kind kind, String id, String at, String says) {
    enum Kind {
        ROW,
        RULE
    }

    /** The same wherever it stands: a row inserted above it does not make it another. */
    RowText anywhere() {
        return new RowText(kind, id, "", says);
    }

    /** The name of the sheet it stood in; empty of a rule. */
    String sheet() {
        int mark = at.lastIndexOf('!');
        int file = at.indexOf(".xlsx ");
        return mark < 0 || file < 0 ? "" : at.substring(file + ".xlsx ".length(), mark);
    }
}
