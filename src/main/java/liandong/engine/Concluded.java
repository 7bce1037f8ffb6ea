package liandong.engine;

import java.util.List;

/** A decision with its reasons. What they are called is the same in every answer, so no decision describes them. */
public interface Concluded {
    /** Every reason, by rule code and row id; never empty. */
    List<Reason> because();

    /** Ids of the rows among the reasons whose source is not confirmed. */
    List<String> unconfirmed();
}
