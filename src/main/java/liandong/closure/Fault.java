package liandong.closure;

import java.util.Collection;
import java.util.List;
import liandong.table.RowRef;

/**
 * Something keeps a handling from being accepted (不予认可).
 *
 * @param reason what
 * @param stages stages that are not done, in their order; empty for none
 * @param proofs proofs that are missing; empty for none
 * @param choices proofs that are missing, any one of which is enough; empty for none
 * @param rows the rows that asked for them
 */
public record Fault(
        ClosureReason reason,
        List<String> stages,
        List<Proof> proofs,
        List<Proof> choices,
        @Override List<RowRef> rows) implements ClosureFinding {
    /** Some stages are not done. */
    public static Fault undone(List<String> stages) {
        return new Fault(ClosureReason.INCOMPLETE, stages, List.of(), List.of(), List.of());
    }

    /** Some of the proofs a row asks for are missing. */
    public static Fault lacking(ProofRow row, Closing closing) {
        return lacking(row, closing, List.of());
    }

    /** Some of the proofs a row asks for are missing, and these rows do not waive them. */
    public static Fault lacking(ProofRow row, Closing closing, Collection<?> waivers) {
        List<Proof> missing = row.lacking(closing, waivers);
        return new Fault(
                ClosureReason.INCOMPLETE,
                List.of(),
                row.isChoice() ? List.of() : missing,
                row.isChoice() ? missing : List.of(),
                List.of(row.ref()));
    }

    /** The citizen is dissatisfied with what the body did or left undone. */
    public static Fault subjective() {
        return new Fault(ClosureReason.SUBJECTIVE_CAUSE, List.of(), List.of(), List.of(), List.of());
    }
}
