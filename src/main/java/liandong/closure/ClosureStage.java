package liandong.closure;

import liandong.incident.Term;

/** What has happened when closure is asked about. */
public enum ClosureStage implements Term {
    /** The body says it is done. */
    CONCLUDING("办结"),
    /** The citizen has been asked, or could not be reached. */
    FOLLOWED_UP("回访");

    private final String label;

    ClosureStage(String label) {
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
