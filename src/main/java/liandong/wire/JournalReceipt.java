package liandong.wire;

/** An answer on its way into the journal. */
@FunctionalInterface
public interface JournalReceipt {
    /** Nothing to wait for. */
    JournalReceipt NOTHING = () -> {};

    /**
     * Waits until the answer may leave.
     *
     * @throws NotKeptException if it must not, as it could not be kept
     */
    void await();
}
