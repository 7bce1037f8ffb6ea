package liandong.closure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import liandong.table.RowRef;

/**
 * A handling is accepted: every stage is done and every proof there (认可办结).
 *
 * @param rows the rows that asked for the proofs, and those but for which more would have been needed; empty when there are
 *     none
 */
public record Accepted(@Override List<RowRef> rows) implements ClosureFinding {
    /** Accepted by the rows of the proof table that cover it. */
    public static Accepted by(Collection<?> proofRows) {
        return new Accepted(
                proofRows.stream().map(row -> ((ProofRow) row).ref()).toList());
    }

    /** Accepted by the rows of the proof table that cover it, as these rows waive what is not there. */
    public static Accepted by(Collection<?> proofRows, Collection<?> waivers, Closing closing) {
        var rows = new ArrayList<>(by(proofRows).rows());
        for (Object waiver : waivers) {
            if (proofRows.stream().anyMatch(row -> needs((ProofRow) row, (WaiverRow) waiver, closing))) {
                rows.add(((WaiverRow) waiver).ref());
            }
        }
        return new Accepted(List.copyOf(rows));
    }

    private static boolean needs(ProofRow row, WaiverRow waiver, Closing closing) {
        List<Proof> lacking = row.lacking(closing, List.of());
        return row.isChoice()
                ? !lacking.isEmpty() && waiver.proofs().containsAll(lacking)
                : lacking.stream().anyMatch(waiver.proofs()::contains);
    }
}
