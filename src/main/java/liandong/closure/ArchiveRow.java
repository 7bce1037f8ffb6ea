package liandong.closure;

import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * Where a closed case is filed (归档类别).
 *
 * @param archiveClass the class of the archive (信息库)
 * @param ref the row
 */
@Sheet(
        value = "归档类别",
        about = Closing.class,
        known = {"事项", "等级", "紧急程度"})
public record ArchiveRow(
        @Column("归档类别 Archive class") String archiveClass,
        @Override RowRef ref) implements ClosureRow {}
