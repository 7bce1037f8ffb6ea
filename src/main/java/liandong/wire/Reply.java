package liandong.wire;

import tools.jackson.databind.node.ObjectNode;

/**
 * An answer, ready to leave once it is kept.
 *
 * @param json the answer as it leaves
 * @param kept to be waited for before it leaves
 */
public record Reply(String json, Kept kept) {
    /** An answer that nobody keeps. */
    public static Reply of(ObjectNode answer) {
        return new Reply(Json.write(answer), Kept.NOTHING);
    }
}
