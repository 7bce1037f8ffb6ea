package liandong.scoring;

import liandong.incident.Term;

/** How good a score is (等次). */
public enum Grade implements Term {
    /** Among the best. */
    EXCELLENT("优秀"),
    /** Better than asked. */
    GOOD("良好"),
    /** As asked. */
    PASS("合格"),
    /** Less than asked. */
    FAIL("不合格");

    private final String label;

    Grade(String label) {
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
