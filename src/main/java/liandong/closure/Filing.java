package liandong.closure;

import java.util.List;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.incident.Presented;
import liandong.table.RowRef;

/**
 * Where a closed case is filed (归档).
 *
 * @param row the row that says so
 */
public record Filing(ArchiveRow row) implements ClosureFinding, Presented {
    /** Where a closed case is filed, as callers get it. */
    record Filed(
            @Member(
                    name = "class",
                    label = "归档类别 Archive class",
                    meaning = "the class of the archive",
                    example = "\"公共服务信息库\"")
            String archiveClass,

            @Member(label = "归档行 Archive row", meaning = "id of the row", role = Role.ROW)
            String row) {}

    @Override
    public Filed presented() {
        return new Filed(row.archiveClass(), row.ref().id());
    }

    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
