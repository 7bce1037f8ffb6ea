package liandong.escalation;

import liandong.incident.Term;

/** What a limit, a wait or a number can call for: every action but those that answer a body's return or request. */
public enum TriggerableAction implements Term {
    /** See {@link ActionKind#REMIND}. */
    REMIND(ActionKind.REMIND),
    /** See {@link ActionKind#SUPERVISE}. */
    SUPERVISE(ActionKind.SUPERVISE),
    /** See {@link ActionKind#BLUE_CARD}. */
    BLUE_CARD(ActionKind.BLUE_CARD),
    /** See {@link ActionKind#YELLOW_CARD}. */
    YELLOW_CARD(ActionKind.YELLOW_CARD),
    /** See {@link ActionKind#RED_CARD}. */
    RED_CARD(ActionKind.RED_CARD),
    /** See {@link ActionKind#RAISE_LEVEL}. */
    RAISE_LEVEL(ActionKind.RAISE_LEVEL),
    /** See {@link ActionKind#LOWER_LEVEL}. */
    LOWER_LEVEL(ActionKind.LOWER_LEVEL),
    /** See {@link ActionKind#LEDGER}. */
    LEDGER(ActionKind.LEDGER),
    /** See {@link ActionKind#CENTRE_DECIDES}. */
    CENTRE_DECIDES(ActionKind.CENTRE_DECIDES),
    /** See {@link ActionKind#ACTIVATE_CONFERENCE}. */
    ACTIVATE_CONFERENCE(ActionKind.ACTIVATE_CONFERENCE),
    /** See {@link ActionKind#ROUTE_AGAIN}. */
    ROUTE_AGAIN(ActionKind.ROUTE_AGAIN),
    /** See {@link ActionKind#TELL_CITIZEN}. */
    TELL_CITIZEN(ActionKind.TELL_CITIZEN);

    private final ActionKind action;

    TriggerableAction(ActionKind action) {
        this.action = action;
    }

    /** The action. */
    public ActionKind action() {
        return action;
    }

    @Override
    public String code() {
        return name();
    }

    @Override
    public String label() {
        return action.label();
    }
}
