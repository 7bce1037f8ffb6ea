package liandong.routing;

import liandong.decision.AnswersFor;
import liandong.decision.Trouble;
import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * What is filed instead of being dispatched when its text tells of nothing else (归档).
 *
 * @param onlyIfBare whether only a text counts that is about as much like what is no matter, such as thanks that say not for
 *     what; null as no
 * @param ref the row
 */
@AnswersFor(Trouble.OVERRULED)
@Sheet(value = "归档", about = Matter.class, since = 3, optional = true, known = "事项")
public record FilingRow(
        @Column(value = "仅空泛的 Only if bare", optional = true) @Nullable
        Boolean onlyIfBare,

        @Override RowRef ref) implements RoutingRow {
    /** Whether a reading that the row applies to is filed by it. */
    public boolean files(Reading reading) {
        return !Boolean.TRUE.equals(onlyIfBare) || reading.isBare();
    }
}
