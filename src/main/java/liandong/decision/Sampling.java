package liandong.decision;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Whether a case is among those that are followed up (回访抽样).
 *
 * <p>The lot is the case's own and never changes: the first 8 bytes of the SHA-256 of its id (UTF-8), as an unsigned
 * number, modulo 10,000. Asked again, or by somebody else, the same case gets the same answer.
 *
 * @param lot 0–9,999
 * @param row the row that says which share is taken
 */
public record Sampling(int lot, SamplingRow row) implements ClosureFinding {
    private static final int LOTS = 10_000;
    private static final int LOTS_PER_PERCENT = LOTS / 100;

    /** The lot of a case by a row's rate. */
    public static Sampling of(String id, SamplingRow row) {
        return new Sampling(lot(id), row);
    }

    /** The lot of a case. */
    static int lot(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return (int) Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), LOTS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether it is followed up: 100 percent takes every case, 0 percent none. */
    public boolean taken() {
        return lot < row.rate() * LOTS_PER_PERCENT;
    }

    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
