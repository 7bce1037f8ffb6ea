package liandong.routing;

import liandong.incident.Term;

/** How far apart two words may stand to belong together (范围). */
public enum TextScope implements Term {
    /** In one clause. */
    CLAUSE("分句"),
    /** Anywhere in the text. */
    TEXT("全文");

    private final String label;

    TextScope(String label) {
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
