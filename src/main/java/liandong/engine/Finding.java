package liandong.engine;

import java.util.List;
import liandong.table.RowRef;

/** One conclusion of one rule. Sealed, so that folding findings into a decision is exhaustive. */
public interface Finding {
    /** The rows it rests on; empty when the rule alone says so. */
    List<RowRef> rows();
}
