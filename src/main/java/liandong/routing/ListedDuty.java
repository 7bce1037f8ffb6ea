package liandong.routing;

import liandong.incident.Term;

/** How the list of duties of a sub-district has a matter (清单类别). */
public enum ListedDuty implements Term {
    /** A duty of its own: it, or its communities, may lead. */
    BASIC("基本"),
    /** A department's duty in which it helps. */
    SUPPORTING("配合"),
    /** A duty that departments have taken back. */
    TAKEN_BACK("收回");

    private final String label;

    ListedDuty(String label) {
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
