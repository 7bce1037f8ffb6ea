package liandong.table;

import java.time.OffsetDateTime;
import java.util.List;

/** A fact that has become what it is step by step, so that it can be asked since when a row has covered it. */
public interface History {
    /** The moments at which something happened to it, in their order; never empty. */
    List<OffsetDateTime> moments();

    /** The fact as it stood at a moment. */
    History asOf(OffsetDateTime moment);
}
