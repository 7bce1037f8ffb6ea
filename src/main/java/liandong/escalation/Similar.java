package liandong.escalation;

import liandong.incident.Area;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Level;
import liandong.incident.Member;

/**
 * Open incidents about the like matter, as the calling system counts them (同类事件).
 *
 * @param count how many, this one included
 * @param days over how many days
 * @param area the area they all lie in
 */
public record Similar(
        @Member(meaning = "how many, this one included") @Column("同类件数 Similar") @Bounds(max = 1_000_000)
        int count,

        @Member(meaning = "over how many days") @Column("同类天数 Similar days") @Bounds(max = 3_660)
        int days,

        @Member(label = "同类区域 Similar in", meaning = "the area they all lie in")
        Area area) {
    /** How wide the area is they all lie in. */
    @Column("同类范围 Similar within")
    public Level within() {
        return area.level();
    }
}
