package liandong.table;

import liandong.incident.Term;

/** Whether a row's source has been confirmed (状态). */
enum RowStatus implements Term {
    /** Somebody has checked that the source says so. */
    CONFIRMED("已确认"),
    /** Our own reading or starting value; every answer that rests on it says so. */
    UNCONFIRMED("待确认");

    private final String label;

    RowStatus(String label) {
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
