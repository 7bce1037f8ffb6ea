package liandong.routing;

import liandong.incident.Term;

/** How far it goes what words of the context change (范围). */
public enum ContextScope implements Term {
    /** In one clause. */
    CLAUSE("分句"),
    /** What stands before them, and their own clause. */
    BEFORE("前文"),
    /** Anywhere in the text. */
    TEXT("全文");

    private final String label;

    ContextScope(String label) {
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
