package liandong.table;

import liandong.incident.Term;

/** Which of the rows that cover a fact count (命中方式); stated in the workbook's 说明 sheet. */
public enum HitPolicy implements Term {
    /** The first, from the top. */
    FIRST("首行命中"),
    /** All of them. */
    ALL("全部适用"),
    /** Exactly one may cover it; several are a clash and none of them counts. */
    UNIQUE("唯一命中");

    private final String label;

    HitPolicy(String label) {
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
