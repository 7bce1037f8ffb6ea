package liandong.wire;

/** An answer on its way into the journal. */
@FunctionalInterface
public interface JournalReceipt {
    /** Nothing to wait for. */
    JournalReceipt NOTHING = () -> {};

    /**
     * Waits until the answer is in the journal.
     *
     * @throws NotKeptException if it could not be written there, so that it must not be returned
     */
    void await();
}
