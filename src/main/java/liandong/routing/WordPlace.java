package liandong.routing;

import liandong.incident.Term;

/** Where in a text words must stand (位置). */
public enum WordPlace implements Term {
    /** Anywhere. */
    ANYWHERE("任意"),
    /** At its beginning. */
    START("句首"),
    /** At its end. */
    END("句末");

    private final String label;

    WordPlace(String label) {
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
