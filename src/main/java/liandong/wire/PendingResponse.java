package liandong.wire;

import tools.jackson.databind.node.ObjectNode;

/**
 * An answer, ready to leave once it is kept.
 *
 * @param json the answer as it leaves
 * @param kept to be waited for before it leaves
 */
public record PendingResponse(String json, JournalReceipt kept) {
    /** An answer that nobody keeps. */
    public static PendingResponse of(ObjectNode answer) {
        return new PendingResponse(Json.write(answer), JournalReceipt.NOTHING);
    }
}
