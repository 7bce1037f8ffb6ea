package liandong.routing;

import liandong.incident.Outcome;

/** How a routing decision ends; there is always one. */
public enum RoutingOutcome implements Outcome {
    /** A body has it, with stages and limits. */
    ASSIGNED("交办"),
    /** Settled already; filed. */
    ARCHIVED("归档"),
    /** Joined to an incident that is open already. */
    MERGED("并单"),
    /** Passed to an emergency line at once. */
    RELAYED("紧急转接"),
    /** Answered at once; nothing is dispatched. */
    ANSWER("直接答复"),
    /** The reporter is told of the lawful way of its own that the matter has. */
    REFERRED("告知途径"),
    /** A person at the centre has to judge; the reason says why. */
    MANUAL_TRIAGE("人工研判");

    private final String label;

    RoutingOutcome(String label) {
        this.label = label;
    }

    @Override
    public boolean leftToPerson() {
        return this == MANUAL_TRIAGE;
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
