package liandong.escalation;

import liandong.incident.Term;

/** Why there is nothing to do for now (暂不督办). */
public enum NoActionReason implements Term {
    /** No limit has been reached that calls for anything, and nobody waits for an answer. */
    ON_TRACK("按时限办理中"),
    /** A stage is late, or what was said to be done was not, and all that is called for has been done: the body has to act. */
    PRESSED("已督办，待承办单位办理"),
    /** Every stage is done: closure decides next. */
    DONE("各阶段已办结"),
    /** Its limits are stopped. */
    PAUSED("暂停计时"),
    /** It is on the ledger of pending matters. */
    ON_LEDGER("已挂账");

    private final String label;

    NoActionReason(String label) {
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
