package liandong.closure;

import java.util.Collection;
import java.util.List;
import liandong.table.RowRef;

/**
 * A handling is accepted: every stage is done and every proof there (认可办结).
 *
 * @param rows the rows that asked for the proofs; empty when none did
 */
public record Accepted(@Override List<RowRef> rows) implements ClosureFinding {
    /** Accepted by the rows of the proof table that cover it. */
    public static Accepted by(Collection<?> proofRows) {
        return new Accepted(
                proofRows.stream().map(row -> ((ProofRow) row).ref()).toList());
    }
}
