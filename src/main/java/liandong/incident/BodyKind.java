package liandong.incident;

/** What kind of body it is (单位类别); rules on who may take a matter go by it. */
public enum BodyKind implements Term {
    /** The command centre. */
    CENTRE("指挥中心"),
    /** A basic unit of the grid. */
    GRID("网格"),
    /** A residents' committee and its service station. */
    COMMUNITY("社区"),
    /** A sub-district office. */
    SUB_DISTRICT("街道"),
    /** A department of government or party. */
    DEPARTMENT("部门"),
    /** A utility or other platform that serves the public. */
    PLATFORM("平台"),
    /** A joint conference. */
    CONFERENCE("联席会议"),
    /** An emergency line. */
    EMERGENCY("紧急救援"),
    /** A company or association that answers for its own premises. */
    SOCIAL("社会单位");

    private final String label;

    BodyKind(String label) {
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
