package liandong.decision;

import java.util.List;

/**
 * Where a closed case is filed (归档).
 *
 * @param row the row that says so
 */
public record Filing(ArchiveRow row) implements ClosureFinding {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
