package liandong.closure;

import java.util.ArrayList;
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
 * @param rows the rows that asked for them, and those but for which they would have asked for more
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
        List<Proof> all = row.lacking(closing, List.of());
        var rows = new ArrayList<RowRef>(List.of(row.ref()));
        for (Object each : waivers) {
            var waiver = (WaiverRow) each;
            if (all.stream().anyMatch(waiver.proofs()::contains)) {
                rows.add(waiver.ref());
            }
        }
        return new Fault(
                ClosureReason.INCOMPLETE,
                List.of(),
                row.isChoice() ? List.of() : missing,
                row.isChoice() ? missing : List.of(),
                List.copyOf(rows));
    }

    /** Something was reported as done that was not. */
    public static Fault fraud() {
        return new Fault(ClosureReason.FRAUD, List.of(), List.of(), List.of(), List.of());
    }

    /** The citizen is dissatisfied with what the body did or left undone. */
    public static Fault subjective() {
        return new Fault(ClosureReason.SUBJECTIVE_CAUSE, List.of(), List.of(), List.of(), List.of());
    }
}
