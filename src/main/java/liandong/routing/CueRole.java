package liandong.routing;

import liandong.incident.Term;

/** What a word says of a matter (作用). */
public enum CueRole implements Term {
    /** It names the matter. */
    DECIDES("决定"),
    /** It speaks for the matter and needs more beside it. */
    SUPPORTS("佐证"),
    /** A place, a person, a time, a courtesy: never evidence, however many there are. */
    CONTEXT("语境");

    private final String label;

    CueRole(String label) {
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
