package liandong.incident;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who can take a matter: a department, platform, community, sub-district, joint conference… (单位).
 *
 * @param code stable name for programs; of a territory, its administrative code
 * @param label name for people
 * @param kind what kind of body
 * @param aliases other names of the same body, such as the second signboard of a bureau; empty for none
 * @param parent the body it is a part of; null when it is part of none
 */
public record Body(
        @Override @Member(meaning = "stable name for programs", example = "\"URBAN_MANAGEMENT\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"区城管局\"") @Column("名称 Label")
        String label,

        @Column("单位类别 Kind") BodyKind kind,

        @Override @Column(value = "又名 Also known as", optional = true, mayBeAbsent = true)
        List<String> aliases,

        @Override @Column(value = "上级 Parent", optional = true, mayBeAbsent = true) @Nullable
        Body parent)
        implements Term, Nested {

    /** A body with one name that is part of no other. */
    public Body(String code, String label, BodyKind kind) {
        this(code, label, kind, List.of(), null);
    }

    /** Whether it stands for whichever community or sub-district a matter lies in. */
    public boolean standsForTerritory() {
        return kind == BodyKind.COMMUNITY || kind == BodyKind.SUB_DISTRICT;
    }

    /** This body where it stands for whichever community or sub-district the area lies in; itself otherwise or when unknown. */
    public Body in(Area area) {
        if (!standsForTerritory()) {
            return this;
        }
        Area territory = area.at(kind.name());
        return territory == null ? this : new Body(territory.code(), territory.label(), kind);
    }

    /** Whether it is this other body, or a part of it, or a part of a part. */
    public boolean isPartOf(@Nullable Body other) {
        for (Body body = this; body != null; body = body.parent) {
            if (body.equals(other)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the two are one body to whoever hands a matter on: the same, or one a part of the other. */
    public boolean isOneWith(@Nullable Body other) {
        return isPartOf(other) || (other != null && other.isPartOf(this));
    }
}
