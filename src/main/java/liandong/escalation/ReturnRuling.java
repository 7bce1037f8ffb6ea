package liandong.escalation;

import liandong.incident.Term;

/** What becomes of a return (退单处理). */
public enum ReturnRuling implements Term {
    /** Another body takes it. */
    REASSIGN("改派"),
    /** The body keeps it. */
    REFUSE("不予受理"),
    /** A person at the centre decides whose it is. */
    CENTRE_DECIDES("指挥中心裁定"),
    /** A joint conference takes it up. */
    ACTIVATE_CONFERENCE("启动联席会议");

    private final String label;

    ReturnRuling(String label) {
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
