package liandong.scoring;

import liandong.incident.Term;

/** What a period's score is made up of (考核项目). */
public enum PeriodItem implements Term {
    /** Closing on time. */
    ON_TIME("按期结案", false),
    /** Closing at all. */
    CLOSURE("结案", false),
    /** Urgent cases. */
    URGENT("紧急问题", false),
    /** Rework, fraud and shirking. */
    REWORK("返工弄虚推诿", false),
    /** Cases of leaders and media. */
    LEADER_MEDIA("领导交办与媒体", false),
    /** Organisation; a person gives the points. */
    ORGANISATION("组织保障", true),
    /** Supervision; a person gives the points. */
    SUPERVISION("督办", true);

    private final String label;
    private final boolean givenByHand;

    PeriodItem(String label, boolean givenByHand) {
        this.label = label;
        this.givenByHand = givenByHand;
    }

    @Override
    public String code() {
        return name();
    }

    @Override
    public String label() {
        return label;
    }

    /** Whether a person gives its points. */
    public boolean isGivenByHand() {
        return givenByHand;
    }
}
