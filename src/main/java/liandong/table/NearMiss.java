package liandong.table;

import java.util.List;
import liandong.incident.Member;

/**
 * A row that nearly covered a fact.
 *
 * @param row its id
 * @param at where it stands
 * @param failed the conditions that did not hold; never empty
 */
public record NearMiss(
        @Member(meaning = "id of the row", example = "\"DUTY-0087\"")
        String row,

        @Member(meaning = "where it stands", example = "\"routing.xlsx 派单目录!A89\"")
        String at,

        @Member(meaning = "the conditions that did not hold; never empty")
        List<Failed> failed) {
    /**
     * A condition that did not hold.
     *
     * @param column the column's Chinese name
     * @param expected the cell as staff wrote it
     * @param actual what the fact has; empty when it is not known, or for texts
     */
    public record Failed(
            @Member(meaning = "the column's Chinese name", example = "\"人数\"")
            String column,

            @Member(meaning = "the cell as staff wrote it", example = "\"≥10\"")
            String expected,

            @Member(meaning = "what the fact has; empty when it is not known, or for texts", example = "\"2\"")
            String actual) {}
}
