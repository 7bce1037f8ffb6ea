package liandong.table;

import java.util.List;

/**
 * A row that nearly covered a fact.
 *
 * @param row its id
 * @param at where it stands
 * @param failed the conditions that did not hold; never empty
 */
public record NearMiss(String row, String at, List<Failed> failed) {
    /**
     * A condition that did not hold.
     *
     * @param column the column's Chinese name
     * @param expected the cell as staff wrote it
     * @param actual what the fact has; empty when it is not known, or for texts
     */
    public record Failed(String column, String expected, String actual) {}
}
