package liandong.journal;

import java.time.Instant;
import java.util.List;
import liandong.decision.Decision;

/**
 * An answer that was given, as it is kept.
 *
 * @param no its place among all: greater for later ones of the same chain; 0 until it has one
 * @param id the decision's id; two entries have the same one when the same was asked twice
 * @param keptAt when it was answered
 * @param kind the decision
 * @param subject the incident; for a period, its bodies
 * @param outcome what came of it, in a word
 * @param policy the version of the policy it was decided by
 * @param caller who asked
 * @param personal what was done to the personal fields of the request
 * @param request what was asked, as JSON
 * @param answer what was answered, as JSON, byte for byte
 * @param marks what it can be found by besides, see {@link SearchTerms}
 */
public record Entry(
        long no,
        String id,
        Instant keptAt,
        Decision<?, ?> kind,
        String subject,
        String outcome,
        String policy,
        String caller,
        Personal.How personal,
        String request,
        String answer,
        List<String> marks) {
    /** How many entries a chain has room for. */
    static final int CHAIN_BITS = 40;

    /** The chain it is in. */
    public long chain() {
        return no >> CHAIN_BITS;
    }

    /** Its place in its chain, from 1. */
    public long place() {
        return no & ((1L << CHAIN_BITS) - 1);
    }

    static long no(long chain, long place) {
        return (chain << CHAIN_BITS) | place;
    }
}
