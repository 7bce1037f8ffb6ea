package liandong.incident;

/**
 * Who can take a matter: a department, platform, community, sub-district, joint conference… (单位).
 *
 * @param code stable name for programs; of a territory, its administrative code
 * @param label name for people
 * @param kind what kind of body
 */
public record Body(
        @Override @Member(meaning = "stable name for programs", example = "\"URBAN_MANAGEMENT\"") @Column("代码 Code")
        String code,

        @Override @Member(meaning = "name for people", example = "\"区城管局\"") @Column("名称 Label")
        String label,

        @Column("单位类别 Kind") BodyKind kind)
        implements Term {

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
}
