package liandong.closure;

import java.util.List;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * What a body must be able to show before its handling is accepted (办结佐证).
 *
 * @param proofs the proofs, all of which are needed
 * @param ref the row
 */
@Sheet(
        value = "办结佐证",
        about = Closing.class,
        known = {"事项", "等级", "紧急程度"})
public record ProofRow(
        @Column("佐证 Proofs") List<Proof> proofs, @Override RowRef ref) implements ClosureRow {
    /** Whether a handling cannot show all of it. */
    public boolean lackedBy(Closing closing) {
        return !closing.handling().proofs().containsAll(proofs);
    }

    /** What of it a handling cannot show, in the order of the row. */
    public List<Proof> lacking(Closing closing) {
        return proofs.stream()
                .filter(proof -> !closing.handling().proofs().contains(proof))
                .toList();
    }
}
