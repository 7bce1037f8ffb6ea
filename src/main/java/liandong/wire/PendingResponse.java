package liandong.wire;

import tools.jackson.databind.node.ObjectNode;

/**
 * An answer that is returned once it is in the journal.
 *
 * @param json the answer as it is returned
 * @param receipt to be waited for before it is returned
 */
public record PendingResponse(String json, JournalReceipt receipt) {
    /** An answer that no journal keeps. */
    public static PendingResponse of(ObjectNode answer) {
        return new PendingResponse(Json.write(answer), JournalReceipt.NOTHING);
    }
}
