package liandong.closure;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import liandong.digest.Sha256;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.incident.Presented;
import liandong.table.RowRef;

/**
 * Whether a case is among those that are followed up (回访抽样).
 *
 * <p>The lot is the case's own and never changes: the first 8 bytes of the SHA-256 of its id (UTF-8), as an unsigned
 * number, modulo 10,000. Asked again, or by somebody else, the same case gets the same answer.
 *
 * @param lot 0–9,999
 * @param row the row that says which share is taken
 */
public record Sampling(int lot, SamplingRow row) implements ClosureFinding, Presented {
    /** How it was drawn whether the citizen is asked, as callers get it. */
    record Drawn(
            @Member(
                    label = "抽样比例 Rate",
                    meaning = "which share of such cases is followed up",
                    unit = "percent",
                    trace = true)
            int rate,

            @Member(
                    label = "抽样号 Lot",
                    formerly = "签号",
                    meaning = "the case's own lot, 0 to 9999, which never changes",
                    trace = true)
            int lot,

            @Member(label = "抽中 Taken", meaning = "whether it is among those that are followed up")
            boolean taken,

            @Member(label = "抽样行 Sampling row", meaning = "id of the row that says which share", role = Role.ROW)
            String row) {}

    @Override
    public Drawn presented() {
        return new Drawn(row.rate(), lot, taken(), row.ref().id());
    }

    private static final int LOTS = 10_000;
    private static final int LOTS_PER_PERCENT = LOTS / 100;

    /** The lot of a case by a row's rate. */
    public static Sampling of(String id, SamplingRow row) {
        return new Sampling(lot(id), row);
    }

    /** The lot of a case. */
    static int lot(String id) {
        byte[] hash = Sha256.of(id.getBytes(StandardCharsets.UTF_8));
        return (int) Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), LOTS);
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
