package liandong.incident;

import java.util.List;

/**
 * A word of a vocabulary: what cells and messages call by its label, and programs by its code.
 *
 * <p>Open sets (event types, bodies, areas…) are rows of {@code vocabulary.xlsx}; closed sets that the code branches on
 * are enums.
 */
public interface Term {
    /** Stable name for programs, e.g. {@code "SOCIAL_AFFAIRS"}. */
    String code();

    /** Name for people, e.g. {@code "社会事务"}; unique within its set. */
    String label();

    /** Other names that people know it by, none of which is a name of another term of its set; empty for none. */
    default List<String> aliases() {
        return List.of();
    }
}
