package liandong.decision;

import java.util.List;
import liandong.incident.Body;
import org.jspecify.annotations.Nullable;

/** A row that calls for an action once its conditions are met. */
public sealed interface Calls permits LimitRow, RaiseRow, WaitRow {
    /** What it calls for. */
    Step step();

    /** Whom it concerns. */
    Concerned concerned();

    /** Who gets a copy; empty for nobody. */
    List<Body> copied();

    /** How soon the body must have answered it; null when not said. */
    @Nullable
    Limit within();

    /** The row as a reason. */
    RowRef ref();
}
