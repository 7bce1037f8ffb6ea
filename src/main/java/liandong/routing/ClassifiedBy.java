package liandong.routing;

import liandong.incident.Term;

/** Who settled what a report is about. */
public enum ClassifiedBy implements Term {
    /** The calling system said so. */
    CALLER("报送人"),
    /** The keywords in the text. */
    KEYWORDS("关键词"),
    /** The text, by words and by examples like it. */
    TEXT("正文"),
    /** A person who judged it. */
    PERSON("人工研判");

    private final String label;

    ClassifiedBy(String label) {
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
