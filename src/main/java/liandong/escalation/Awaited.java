package liandong.escalation;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.incident.Body;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.incident.Presented;
import liandong.incident.Term;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's decision that a case waits for, and by when it must be there (等候决定).
 *
 * @param what whose decision
 * @param by who decides
 * @param since since when it has been called for
 * @param due by when it must be there
 * @param late whether that moment is over
 * @param answerBy by when it is asked for now: {@code due} or, once that is over, what counts from now; null when that lies
 *     beyond the calendar
 * @param rows the row that says so
 */
public record Awaited(
        Kind what,
        List<Body> by,
        OffsetDateTime since,
        OffsetDateTime due,
        boolean late,
        @Nullable OffsetDateTime answerBy,
        @Override List<RowRef> rows)
        implements EscalationFinding, Presented {
    /** Whose decision a case waits for. */
    public enum Kind implements Term {
        /** The centre has to say whose it is, or what is to be done. */
        RULING("等待裁定"),
        /** A joint conference has taken it up and not decided yet. */
        CONFERENCE("等待议定");

        private final String label;

        Kind(String label) {
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

    /** As callers get it. */
    record Told(
            @Member(label = "等候 Awaiting", meaning = "whose decision it waits for")
            Kind what,

            @Member(meaning = "the same for people", role = Role.NAME, example = "\"等待裁定\"")
            String label,

            @Member(label = "等候单位 Awaited from", meaning = "who decides; empty when the policy names nobody")
            List<Body> by,

            @Member(label = "等候起 Awaited since", meaning = "since when it has been called for")
            OffsetDateTime since,

            @Member(
                    label = "等候限期 Awaited by",
                    meaning = "by when the decision must be there; it does not move when it is late",
                    role = Role.DUE)
            OffsetDateTime due,

            @Member(meaning = "whether that moment is over", leftOutWhenEmpty = true)
            boolean late,

            @Member(meaning = "id of the row that says so", role = Role.ROW)
            String row) {}

    @Override
    public Told presented() {
        return new Told(what, what.label(), by, since, due, late, rows.get(0).id());
    }
}
