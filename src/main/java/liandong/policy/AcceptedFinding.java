package liandong.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import liandong.incident.Column;
import liandong.incident.Vocabulary;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.sheet.SheetData;
import liandong.table.SheetReader;
import liandong.table.SheetReader.Placed;
import org.jspecify.annotations.Nullable;

/**
 * A finding of a check that is meant, as the sheet 认可 of a workbook says; it is not told again (认可).
 *
 * @param code what kind of finding; never one that keeps a policy from being served
 * @param sheet the sheet it is about
 * @param row the id of the row it is about; null for the sheet's header, and for rows without an id
 * @param until the last day on which it is accepted; null for no end
 * @param at where that is said
 */
public record AcceptedFinding(
        Code code,
        String sheet,
        @Nullable String row,
        @Nullable LocalDate until,
        CellRef at) {
    /** The sheet. */
    static final String SHEET = "认可";

    private static final String CODE = "问题";

    /**
     * A row of 认可.
     *
     * @param code what kind of finding, e.g. {@code "NEVER_CONCLUDED"}
     * @param sheet the sheet it is about
     * @param row the id of the row; null for the sheet as a whole
     * @param reason why it is meant, for people
     * @param by who says so, for people
     * @param until the last day; null for no end
     */
    record AcceptedRow(
            @Column("问题 Finding") String code,
            @Column("工作表 Sheet") String sheet,

            @Column(value = "行 Row", optional = true) @Nullable
            String row,

            @Column("理由 Reason") String reason,
            @Column("认可人 By") String by,

            @Column(value = "失效 Until", optional = true, mayBeAbsent = true) @Nullable
            LocalDate until) {}

    static List<AcceptedFinding> read(SheetData sheet, Vocabulary vocabulary, Consumer<Problem> problems) {
        var all = new ArrayList<AcceptedFinding>();
        // A row that has ended accepts nothing, and the finding tells that better than a note would.
        var reader = new SheetReader(vocabulary, LocalDate.EPOCH, problems);
        for (Placed<AcceptedRow> placed : reader.records(sheet, AcceptedRow.class)) {
            AcceptedRow row = placed.record();
            Code code = Stream.of(Code.values())
                    .filter(each -> each.name().equals(row.code()))
                    .findFirst()
                    .orElse(null);
            if (code == null || code.isError()) {
                problems.accept(Problem.of(Code.NOT_ACCEPTABLE, placed.at(CODE), row.code()));
            } else {
                all.add(new AcceptedFinding(code, row.sheet(), row.row(), row.until(), placed.at(CODE)));
            }
        }
        return List.copyOf(all);
    }

    /** Whether it says so of a finding on a day. */
    public boolean accepts(Problem finding, @Nullable String id, LocalDate on) {
        return finding.code() == code
                && finding.at() instanceof CellRef cell
                && cell.sheet().equals(sheet)
                && (until == null || !until.isBefore(on))
                && (row == null ? id == null : row.equals(id));
    }
}
