package liandong.decision;

import java.time.LocalDate;
import java.util.List;
import liandong.incident.Member;
import org.jspecify.annotations.Nullable;

/**
 * What a person ruled in a request, made a row of a table of the policy (裁定成行).
 *
 * @param file the workbook that has the table
 * @param workbook a copy of it with the row
 * @param told what the row is, and which ones it competes with
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record RuledRow(String file, byte[] workbook, Told told) {
    /**
     * The row as callers get it.
     *
     * @param file the workbook
     * @param sheet the table
     * @param row the id of the new row
     * @param area the area that the row is for; null for every area that the row above is about
     * @param from the first day on which it counts: the day on which it is made
     * @param above the id of the row whose place it takes; null for none
     * @param ends whether that row ends: it says nothing about other matters or areas
     * @param competing the ids of further rows that cover the same matter, in the order of the sheet
     */
    public record Told(
            @Member(meaning = "the workbook", example = "\"routing.xlsx\"")
            String file,

            @Member(meaning = "the table", example = "\"派单目录\"")
            String sheet,

            @Member(meaning = "the id of the new row", example = "\"DUTY-0231\"")
            String row,

            @Member(
                    meaning = "the area that the row is for; absent for every area that the row above is about",
                    example = "\"东华门街道\"")
            @Nullable
            String area,

            @Member(
                    meaning = "the first day on which it counts: the day on which it is made",
                    example = "\"2026-11-20\"")
            LocalDate from,

            @Member(
                    meaning = "the id of the row that decided so far and above which it stands; absent for none",
                    example = "\"DUTY-0017\"")
            @Nullable
            String above,

            @Member(
                    meaning =
                            "whether that row ends on the day on which this one begins; it stays where it is about other event types or areas too")
            boolean ends,

            @Member(
                    meaning = "further rows that cover the same matter, in the order of the sheet; absent for none",
                    example = "\"DUTY-0190\"",
                    leftOutWhenEmpty = true)
            List<String> competing) {}
}
