package liandong.incident;

import org.jspecify.annotations.Nullable;

/** What can happen to a case (情形); which of it counts for what is for the tables to say. */
public enum CaseEventKind implements Term {
    /** The centre gave it to the body. */
    ASSIGNED("交办", Phase.ANY_TIME),
    /** The body took it. */
    ACCEPTED("接收", Phase.ONCE_ASSIGNED),
    /** The body has been in touch with the citizen. */
    CONTACTED("联系群众", Phase.ONCE_ASSIGNED),
    /** The body was not in touch with the citizen in time. */
    CONTACT_LATE("逾期联系", Phase.ONCE_ASSIGNED),
    /** A stage was done. */
    STAGE_DONE("阶段办结", Phase.ONCE_ASSIGNED),
    /** A stage was done within its limit. */
    STAGE_ON_TIME("阶段按期", Phase.ONCE_ASSIGNED),
    /** A stage was done, or is still open, past its limit. */
    STAGE_LATE("阶段逾期", Phase.ONCE_ASSIGNED),
    /** The body sent it back, saying why; nobody has judged yet whether rightly. */
    RETURNED("退单", Phase.ONCE_ASSIGNED),
    /** The centre kept the body to it. */
    RETURN_REFUSED("退单未受理", Phase.ONCE_ASSIGNED),
    /** Returned, and it was not the body's to handle. */
    RETURNED_RIGHTLY("退单属实", Phase.ONCE_ASSIGNED),
    /** Returned although it was the body's to handle. */
    RETURNED_WRONGLY("退单不当", Phase.ONCE_ASSIGNED),
    /** Returned after the time in which it could have been, whoever's it was to handle. */
    RETURNED_LATE("逾期退单", Phase.ONCE_ASSIGNED),
    /** The centre gave it to another body, the one it concerns. */
    REASSIGNED("改派", Phase.ONCE_ASSIGNED),
    /** The body asked for more time for a stage. */
    EXTENSION_REQUESTED("申请延期", Phase.ONCE_ASSIGNED),
    /** It got it. */
    EXTENSION_GRANTED("同意延期", Phase.ONCE_ASSIGNED),
    /** It did not get it. */
    EXTENSION_REFUSED("不同意延期", Phase.ONCE_ASSIGNED),
    /** The limits stopped running. */
    PAUSED("暂停", Phase.ONCE_ASSIGNED),
    /** The limits run again. */
    RESUMED("恢复", Phase.ONCE_ASSIGNED),
    /** The body has given its reasons in writing for being late. */
    EXPLAINED("说明原因", Phase.ONCE_ASSIGNED),
    /** The body has explained in writing that it cannot be solved for now. */
    UNSOLVABLE("难以解决", Phase.ONCE_ASSIGNED),
    /** Reminded. */
    REMINDED("提醒", Phase.ONCE_ASSIGNED),
    /** Urged in writing, with a copy. */
    SUPERVISED("催办", Phase.ONCE_ASSIGNED),
    /** Warned that time runs out. */
    BLUE_CARD("蓝牌", Phase.ONCE_ASSIGNED),
    /** Told to mend it within a period. */
    YELLOW_CARD("黄牌", Phase.ONCE_ASSIGNED),
    /** Named in public. */
    RED_CARD("红牌", Phase.ONCE_ASSIGNED),
    /** Taken up by the level above. */
    LEVEL_RAISED("提级办理", Phase.ONCE_ASSIGNED),
    /** Given back to the level below, which has it in hand from then on. */
    LEVEL_LOWERED("降级办理", Phase.ONCE_ASSIGNED),
    /** People were hurt, or came into danger, after it had been assigned. */
    HARM("发生伤亡险情", Phase.ONCE_ASSIGNED),
    /** What was dangerous is so no longer, as somebody has measured or seen on the spot. */
    DANGER_OVER("险情解除", Phase.ONCE_ASSIGNED),
    /** Routing was asked again, as what is told has become graver. */
    ROUTED_AGAIN("重新研判", Phase.ONCE_ASSIGNED),
    /** The centre has decided whose it is. */
    CENTRE_DECIDED("指挥中心裁定", Phase.ONCE_ASSIGNED),
    /** A joint conference has taken it up. */
    CONFERENCE_ACTIVATED("启动联席会议", Phase.ONCE_ASSIGNED),
    /** The joint conference has decided whose it is and what is to be done. */
    CONFERENCE_DECIDED("联席会议议定", Phase.ONCE_ASSIGNED),
    /** Put on the ledger of pending matters. */
    LEDGERED("挂账", Phase.ONCE_ASSIGNED),
    /** Proof that was missing had to be handed in; the work itself was done. */
    SUPPLEMENT("补正", Phase.ONCE_ASSIGNED),
    /** Had to be done again. */
    REDO("重办", Phase.ONCE_ASSIGNED),
    /** Opened again after it had been closed. */
    REOPENED("重开", Phase.ONCE_ASSIGNED),
    /** Reported as done when it was not. */
    FRAUD("弄虚作假", Phase.ONCE_ASSIGNED),
    /** Refused or passed on without cause. */
    SHIRKED("推诿", Phase.ONCE_ASSIGNED),
    /** The citizen is satisfied. */
    CITIZEN_SATISFIED("群众满意", Phase.ONCE_ASSIGNED),
    /** The citizen is dissatisfied. */
    CITIZEN_DISSATISFIED("群众不满意", Phase.ONCE_ASSIGNED),
    /** The citizen has complained about how it is handled. */
    CITIZEN_COMPLAINED("群众投诉", Phase.ONCE_ASSIGNED),
    /** Assessment has brought it up. */
    RAISED_IN_ASSESSMENT("考核提出", Phase.ANY_TIME),
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
        return switch (this) {
            case STAGE_DONE, STAGE_ON_TIME, STAGE_LATE, EXTENSION_REQUESTED, EXTENSION_GRANTED, EXTENSION_REFUSED ->
                true;
            default -> false;
        };
    }

    /** Whether it says how one stage ended, once and for all. */
    public boolean isStageVerdict() {
        return this == STAGE_ON_TIME || this == STAGE_LATE;
    }

    /** Whether it makes the case one of leaders or media. */
    public boolean drawsLeadersOrMedia() {
        return this == LEADER_NOTED || this == MEDIA_REPORTED;
    }

    /**
     * What contradicts it: of the same case, at the same time or for the same stage, only one of the two can be true; null
     * when nothing does.
     */
    public @Nullable CaseEventKind opposite() {
        return switch (this) {
            case STAGE_ON_TIME -> STAGE_LATE;
            case STAGE_LATE -> STAGE_ON_TIME;
            case RETURNED_RIGHTLY -> RETURNED_WRONGLY;
            case RETURNED_WRONGLY -> RETURNED_RIGHTLY;
            case EXTENSION_GRANTED -> EXTENSION_REFUSED;
            case EXTENSION_REFUSED -> EXTENSION_GRANTED;
            case ACCEPTED -> RETURNED;
            case RETURNED -> ACCEPTED;
            case CITIZEN_SATISFIED -> CITIZEN_DISSATISFIED;
            case CITIZEN_DISSATISFIED -> CITIZEN_SATISFIED;
            default -> null;
        };
    }
}
