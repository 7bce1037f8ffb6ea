package liandong.closure;

import java.util.Collection;
import java.util.List;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * What a body must be able to show before its handling is accepted (办结佐证).
 *
 * @param proofs the proofs
 * @param anyOne whether any one of them is enough; null, as when no, for all of them
 * @param ref the row
 */
@Sheet(
        value = "办结佐证",
        about = Closing.class,
        known = {"事项", "等级", "紧急程度"})
public record ProofRow(
        @Column("佐证 Proofs") List<Proof> proofs,

        @Column(value = "任一 Any one", optional = true, mayBeAbsent = true) @Nullable
        Boolean anyOne,

        @Override RowRef ref)
        implements ClosureRow {
    /** Whether any one of the proofs is enough. */
    public boolean isChoice() {
        return Boolean.TRUE.equals(anyOne);
    }

    /** Whether a handling cannot show what it must, where nothing is waived. */
    public boolean lackedBy(Closing closing) {
        return lackedBy(closing, List.of());
    }

    /** Whether a handling cannot show what it must, where these rows waive proofs. */
    public boolean lackedBy(Closing closing, Collection<?> waivers) {
        return !lacking(closing, waivers).isEmpty();
    }

    /** What a handling cannot show and must, in the order of the row; of a choice all that is not waived. */
    List<Proof> lacking(Closing closing, Collection<?> waivers) {
        List<Proof> shown = closing.handling().proofs();
        List<Proof> wanted = proofs.stream()
                .filter(proof -> waivers.stream()
                        .noneMatch(waiver -> ((WaiverRow) waiver).proofs().contains(proof)))
                .toList();
        if (isChoice()) {
            return proofs.stream().anyMatch(shown::contains) ? List.of() : wanted;
        }
        return wanted.stream().filter(proof -> !shown.contains(proof)).toList();
    }
}
