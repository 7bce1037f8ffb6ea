package liandong.escalation;

import java.time.OffsetDateTime;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.Term;
import org.jspecify.annotations.Nullable;

/** What a wait counts from (起点). */
public enum Waiting implements Term {
    /** When it came into the hands it is in. */
    ASSIGNMENT("交办"),
    /** When its limits were stopped, while they are. */
    PAUSE("暂停"),
    /** When it was put on the ledger, while it is there. */
    LEDGER("挂账"),
    /** When a joint conference took it up, until that has decided. */
    CONFERENCE("联席会议");

    private final String label;

    Waiting(String label) {
        this.label = label;
    }

    /** When the wait began; null when nobody waits for it. */
    public @Nullable OffsetDateTime began(OpenCase open) {
        CaseEvent event = switch (this) {
            case ASSIGNMENT -> null;
            case PAUSE -> open.paused() ? open.last(CaseEventKind.PAUSED) : null;
            case LEDGER -> open.onLedger() ? open.last(CaseEventKind.LEDGERED) : null;
            case CONFERENCE ->
                open.awaitsConference() && !open.done() && !open.onLedger()
                        ? open.last(CaseEventKind.CONFERENCE_ACTIVATED)
                        : null;
        };
        if (this == ASSIGNMENT) {
            return open.done() || open.paused() || open.onLedger() ? null : open.inHandSince();
        }
        return event == null ? null : event.at();
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
