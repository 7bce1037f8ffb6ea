package liandong.closure;

import liandong.incident.Term;

/** What a body can show for its handling (佐证). */
public enum Proof implements Term {
    /** Photographs of the place, before and after. */
    PHOTO("现场照片"),
    /** A record signed by those concerned, such as an agreement after mediation. */
    SIGNED_RECORD("签字记录"),
    /** A note that the citizen was contacted and told. */
    CITIZEN_CONTACT("联系群众"),
    /** A record of an inspection at the place. */
    INSPECTION("核查记录"),
    /** A written reply to whoever brought the matter. */
    WRITTEN_REPLY("书面答复");

    private final String label;

    Proof(String label) {
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
