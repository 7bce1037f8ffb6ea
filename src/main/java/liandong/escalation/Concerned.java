package liandong.escalation;

import java.util.ArrayList;
import java.util.List;
import liandong.incident.Body;
import liandong.incident.Term;

/** Whom an action concerns (对象). */
public enum Concerned implements Term {
    /** The body that has the case in hand. */
    LEAD("牵头"),
    /** The bodies that assist. */
    ASSISTING("配合"),
    /** Both. */
    ALL("牵头和配合"),
    /** The command centre, which has to decide or to look after it. */
    CENTRE("指挥中心"),
    /** Who convenes the joint conference that has taken the case up. */
    CONVENER("召集单位");

    private final String label;

    Concerned(String label) {
        this.label = label;
    }

    /**
     * The bodies of a case that are meant, the lead first; empty when nobody assists and those are meant, and for the centre
     * and who convenes a conference, which are none of the case's.
     */
    public List<Body> of(OpenCase open) {
        if (this == CENTRE || this == CONVENER) {
            return List.of();
        }
        var bodies = new ArrayList<Body>();
        if (this != ASSISTING) {
            bodies.add(open.lead());
        }
        if (this != LEAD) {
            bodies.addAll(open.assisting());
        }
        return List.copyOf(bodies);
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
