package liandong.scoring;

import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * In which band a rate lies (分档): how good it is, without saying who is before whom.
 *
 * @param band the band, 1–16 characters, e.g. {@code "第一档"}
 * @param ref the row
 */
@Sheet(value = "分档", about = Measured.class, since = 3, optional = true)
public record BandRow(
        @Column("档次 Band") @Bounds(min = 1, max = 16) String band,
        @Override RowRef ref) implements ScoringRow {}
