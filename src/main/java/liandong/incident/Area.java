package liandong.incident;

import org.jspecify.annotations.Nullable;

/**
 * An administrative area: district, sub-district or community (区域).
 *
 * @param code administrative code: district 6, sub-district 9, community 12 digits (GB/T 2260)
 * @param label name for people
 * @param level the grid level it stands on
 * @param parent the area it lies in; null for the widest
 */
public record Area(
        @Override @Member(meaning = "stable name for programs", example = "\"110101001\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"东华门街道\"") @Column("名称 Label")
        String label,

        @Column("层级 Level") Level level,

        @Column(value = "上级 Parent", optional = true) @Nullable
        Area parent)
        implements Term, Nested {

    /** This area or the wider one around it that stands on the given grid level; null when there is none. */
    public @Nullable Area at(String levelCode) {
        for (Area area = this; area != null; area = area.parent) {
            if (area.level.code().equals(levelCode)) {
                return area;
            }
        }
        return null;
    }
}
