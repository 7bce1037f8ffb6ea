package liandong.routing;

import liandong.incident.Term;

/** The way a matter takes to whoever settles it (路径). */
public enum RoutingPath implements Term {
    /** The community coordinates and settles it. */
    COMMUNITY("社区"),
    /** The sub-district, as the territory, leads. */
    SUB_DISTRICT("街道"),
    /** One department leads. */
    DEPARTMENT("部门"),
    /** One platform leads. */
    PLATFORM("平台"),
    /** One body leads and others assist. */
    LEAD_AND_ASSIST("牵头配合"),
    /** A joint conference takes it. */
    CONFERENCE("联席会议"),
    /** It goes to an emergency line at once. */
    RELAY("紧急转接");

    private final String label;

    RoutingPath(String label) {
        this.label = label;
    }

    @Override
    public String code() {
        return name();
    }

    @Override
    public String label() {
        return label;
    }
}
