package liandong.table;

import java.util.List;
import liandong.incident.Term;
import org.jspecify.annotations.Nullable;

/**
 * What a row's source is worth (状态).
 *
 * <p>Policies of formats 1 and 2 know two words, of which 已确认 meant no more than that some rule had been found that says
 * so, be it another city's. Since format 3 there are three.
 */
public enum RowStatus implements Term {
    /** The district has approved the row. */
    APPROVED("本区核准"),
    /** A document and its article say so; the district has not approved the row. */
    SOURCED("有出处"),
    /** Our own reading or starting value; every answer that rests on it says so. */
    ASSUMED("推定"),
    /** In a policy of format 1 or 2: somebody has checked that the source says so. */
    CONFIRMED("已确认"),
    /** In a policy of format 1 or 2: our own reading or starting value. */
    UNCONFIRMED("待确认");

    /** The format since which rows have the three words. */
    public static final int THREE_WORDS_SINCE = 3;

    private final String label;

    RowStatus(String label) {
        this.label = label;
    }

    /** The words that rows of a policy may have, by its format. */
    public static List<RowStatus> of(int format) {
        return format < THREE_WORDS_SINCE ? List.of(CONFIRMED, UNCONFIRMED) : List.of(APPROVED, SOURCED, ASSUMED);
    }

    /** The word for what nobody's source says yet, by a policy's format. */
    public static RowStatus ofOwn(int format) {
        return format < THREE_WORDS_SINCE ? UNCONFIRMED : ASSUMED;
    }

    /** Whether a source says so, be the row approved or not. */
    public boolean hasSource() {
        return this != ASSUMED && this != UNCONFIRMED;
    }

    /** Whether it is a word of formats 1 and 2. */
    public boolean isFormer() {
        return this == CONFIRMED || this == UNCONFIRMED;
    }

    /** The word that takes its place since format 3; itself when it is one of the three. */
    public RowStatus today() {
        return switch (this) {
            case CONFIRMED -> SOURCED;
            case UNCONFIRMED -> ASSUMED;
            default -> this;
        };
    }

    /** The word as answers give it; null for the former ones, of which answers say no more than whether there is a source. */
    public @Nullable RowStatus told() {
        return isFormer() ? null : this;
    }

    @Override
    public String code() {
        return name();
    }

    @Override
    public String label() {
        return label;
    }
}
