package liandong.escalation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import liandong.incident.Area;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Level;
import liandong.incident.Member;
import org.jspecify.annotations.Nullable;

/**
 * Open incidents about the like matter, as the calling system counts them (同类事件).
 *
 * @param count how many, this one included
 * @param days over how many days
 * @param area the area they all lie in
 * @param usual how many the area usually has in as many days; null when nobody has counted
 */
public record Similar(
        @Member(meaning = "how many, this one included") @Column("同类件数 Similar") @Bounds(max = 1_000_000)
        int count,

        @Member(meaning = "over how many days") @Column("同类天数 Similar days") @Bounds(max = 3_660)
        int days,

        @Member(label = "同类区域 Similar in", meaning = "the area they all lie in")
        Area area,

        @Member(
                label = "同类常年 Similar usual",
                meaning = "how many the area usually has in as many days, such as the mean of the last twelve months;"
                        + " absent when nobody has counted",
                example = "3.5")
        @Bounds(max = 1_000_000)
        @Nullable
        BigDecimal usual) {
    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);
    private static final int MOST = 1_000_000;

    /** Of an area of which nobody knows how many it usually has. */
    public Similar(int count, int days, Area area) {
        this(count, days, area, null);
    }

    /**
     * How many there are for each hundred that are usual: 300 for three times as many.
     *
     * @return at most 1,000,000, also where none is usual; null when nobody has counted
     */
    @Column("同类比常年 Of usual")
    @Bounds(max = MOST)
    public @Nullable Integer ofUsual() {
        if (usual == null) {
            return null;
        }
        BigDecimal times = usual.signum() == 0
                ? BigDecimal.valueOf(MOST)
                : PERCENT.multiply(BigDecimal.valueOf(count)).divide(usual, 0, RoundingMode.FLOOR);
        return times.min(BigDecimal.valueOf(MOST)).intValueExact();
    }

    /** How wide the area is they all lie in. */
    @Column("同类范围 Similar within")
    public Level within() {
        return area.level();
    }
}
