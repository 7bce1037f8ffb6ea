package liandong.table;

/**
 * A row of a table as a reason: where it stands, what it says and what it rests on.
 *
 * @param id the row's id (编号), unique in the policy and never reused
 * @param file the workbook
 * @param sheet the sheet
 * @param row the row as the spreadsheet program numbers it, from 1
 * @param says its conditions and conclusions in one line, e.g. {@code "正文含 漏水 → 事项 邻里纠纷，分值 6"}
 * @param source what it rests on (依据)
 * @param status what its source is worth (状态)
 */
public record RowRef(String id, String file, String sheet, int row, String says, String source, RowStatus status) {
    /** Whether a source says so; whether the district has approved the row, its status tells. */
    public boolean confirmed() {
        return status.hasSource();
    }

    /** Its place, e.g. {@code "routing.xlsx 派单目录!A88"}. */
    public String at() {
        return file + " " + sheet + "!A" + row;
    }
}
