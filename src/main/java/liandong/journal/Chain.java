package liandong.journal;

import java.util.List;
import liandong.digest.HashChain;

/** The hashes of a chain of decisions. */
final class Chain {
    private Chain() {}

    /** What a chain begins with. */
    static String start(String before, String host, String program, long startedAt) {
        return HashChain.next(before, List.of(host, program, String.valueOf(startedAt)));
    }

    /**
     * What ties an entry to the one before it.
     *
     * @param fields see {@link Entries#fields}
     */
    static String next(String before, List<String> fields) {
        return HashChain.next(before, fields);
    }
}
