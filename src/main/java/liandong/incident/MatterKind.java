package liandong.incident;

/** Whether a matter is something that happens or a thing that is damaged (性质); decides who is asked first. */
public enum MatterKind implements Term {
    /** Something that happens: the territory is asked before the owner. */
    EVENT("事件"),
    /** A thing such as a manhole cover: its owner is asked before the territory. */
    COMPONENT("部件");

    private final String label;

    MatterKind(String label) {
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
