package liandong.incident;

/** Whether somebody is in danger (危险). */
public enum Danger implements Term {
    /** Somebody is in danger of life now. */
    NOW("现在"),
    /** Somebody may be; a person has to look at once. */
    POSSIBLE("可能"),
    /** Nobody is, as far as the words go. */
    NO("无");

    private final String label;

    Danger(String label) {
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
