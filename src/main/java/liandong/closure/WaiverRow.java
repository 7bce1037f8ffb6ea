package liandong.closure;

import java.util.List;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * Proofs that a body need not show in a case of a kind, whatever else asks for them (免交佐证), e.g. a photo of a place where
 * the matter has none.
 *
 * <p>Of proofs any one of which is enough, what is waived is no longer asked for; none is when all of them are.
 *
 * @param proofs the proofs
 * @param ref the row
 */
@Sheet(
        value = "免交佐证",
        about = Closing.class,
        since = 3,
        optional = true,
        known = {"事项", "等级", "紧急程度"})
public record WaiverRow(
        @Column("免交 Waived") List<Proof> proofs, @Override RowRef ref) implements ClosureRow {}
