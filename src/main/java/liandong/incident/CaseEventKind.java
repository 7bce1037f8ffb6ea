package liandong.incident;

/** What can happen to a case that its score may go by (情形). */
public enum CaseEventKind implements Term {
    /** The centre gave it to the body. */
    ASSIGNED("交办", Phase.ANY_TIME),
    /** The body took it. */
    ACCEPTED("接收", Phase.ONCE_ASSIGNED),
    /** A stage was done within its limit. */
    STAGE_ON_TIME("阶段按期", Phase.ONCE_ASSIGNED),
    /** A stage was done, or is still open, past its limit. */
    STAGE_LATE("阶段逾期", Phase.ONCE_ASSIGNED),
    /** Returned, and it was not the body's to handle. */
    RETURNED_RIGHTLY("退单属实", Phase.ONCE_ASSIGNED),
    /** Returned although it was the body's to handle. */
    RETURNED_WRONGLY("退单不当", Phase.ONCE_ASSIGNED),
    /** Reminded in writing. */
    REMINDED("催办", Phase.ONCE_ASSIGNED),
    /** Told to mend it within a period. */
    YELLOW_CARD("黄牌", Phase.ONCE_ASSIGNED),
    /** Named in public. */
    RED_CARD("红牌", Phase.ONCE_ASSIGNED),
    /** Had to be done again. */
    REDO("重办", Phase.ONCE_ASSIGNED),
    /** Reported as done when it was not. */
    FRAUD("弄虚作假", Phase.ONCE_ASSIGNED),
    /** Refused or passed on without cause. */
    SHIRKED("推诿", Phase.ONCE_ASSIGNED),
    /** The citizen is satisfied. */
    CITIZEN_SATISFIED("群众满意", Phase.ONCE_ASSIGNED),
    /** The citizen is dissatisfied. */
    CITIZEN_DISSATISFIED("群众不满意", Phase.ONCE_ASSIGNED),
    /** A leader has written on it. */
    LEADER_NOTED("领导批示", Phase.ANY_TIME),
    /** The media reported it. */
    MEDIA_REPORTED("媒体曝光", Phase.ANY_TIME);

    private enum Phase {
        ANY_TIME,
        ONCE_ASSIGNED
    }

    private final String label;
    private final Phase phase;

    CaseEventKind(String label, Phase phase) {
        this.label = label;
        this.phase = phase;
    }

    @Override
    public String code() {
        return name();
    }

    @Override
    public String label() {
        return label;
    }

    /** Whether it can only happen to a case that has been assigned. */
    public boolean needsAssignment() {
        return phase == Phase.ONCE_ASSIGNED;
    }

    /** Whether it is about one stage, and must name it. */
    public boolean isOfStage() {
        return this == STAGE_ON_TIME || this == STAGE_LATE;
    }

    /** Whether it makes the case one of leaders or media. */
    public boolean drawsLeadersOrMedia() {
        return this == LEADER_NOTED || this == MEDIA_REPORTED;
    }

    /** Whether of the same case, at the same time or for the same stage, only one of the two can be true. */
    public boolean contradicts(CaseEventKind other) {
        return switch (this) {
            case STAGE_ON_TIME -> other == STAGE_LATE;
            case STAGE_LATE -> other == STAGE_ON_TIME;
            case RETURNED_RIGHTLY -> other == RETURNED_WRONGLY;
            case RETURNED_WRONGLY -> other == RETURNED_RIGHTLY;
            case CITIZEN_SATISFIED -> other == CITIZEN_DISSATISFIED;
            case CITIZEN_DISSATISFIED -> other == CITIZEN_SATISFIED;
            default -> false;
        };
    }
}
