package liandong.keyed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import liandong.digest.HashChain;
import liandong.digest.Sha256;
import liandong.journal.PersonalKey;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.store.RequestKey;
import liandong.wire.BadRequestException;

/**
 * The key that a caller sends so that a request that is sent again is not done again
 * (draft-ietf-httpapi-idempotency-key-header).
 *
 * @param caller who sent it: keys of two callers have nothing to do with each other
 * @param value the key: 1 to {@value #LONGEST} printable ASCII characters
 */
public record IdempotencyKey(String caller, String value) {
    /** The header that it is sent in. */
    public static final String HEADER = "Idempotency-Key";

    /** The header of an answer that was given before. */
    public static final String REPLAYED = "Idempotent-Replayed";

    /** So many characters it may have. */
    public static final int LONGEST = 255;

    private static final Pattern BARE = Pattern.compile("[!#-~][ -~]*");
    private static final RequestPointer ROOT = new RequestPointer("");

    /**
     * The key of a request.
     *
     * @param headers every header of this name that it has, one or more
     * @throws BadRequestException if what stands there is none
     */
    public static IdempotencyKey ofHeader(String caller, List<String> headers) throws BadRequestException {
        String value = headers.size() == 1 ? value(headers.get(0).strip()) : "";
        if (value.isBlank() || value.length() > LONGEST) {
            throw new BadRequestException(false, List.of(Problem.of(Code.BAD_REQUEST_KEY, ROOT, HEADER, LONGEST)));
        }
        return new IdempotencyKey(caller, value);
    }

    /**
     * That of an event, which is known again by its id and source, at one address. No key that is sent can be the same: none
     * has line ends.
     */
    static IdempotencyKey ofEvent(String caller, String path, String source, String id) {
        return new IdempotencyKey(caller, String.join("\n", "event", path, source, id));
    }

    /** As the draft has it, a string of RFC 9651; or, as most send it, bare. Empty if it is neither. */
    private static String value(String sent) {
        if (sent.startsWith("\"")) {
            return unquoted(sent);
        }
        return BARE.matcher(sent).matches() ? sent : "";
    }

    /** Read letter by letter: a pattern would take stack for each, and a header may have thousands. */
    private static String unquoted(String sent) {
        var value = new StringBuilder();
        int end = sent.length() - 1;
        for (int at = 1; at < end; at++) {
            char letter = sent.charAt(at);
            if (letter == '\\') {
                at++;
                letter = at < end ? sent.charAt(at) : 0;
                if (letter != '"' && letter != '\\') {
                    return "";
                }
            } else if (letter < ' ' || letter > '~' || letter == '"') {
                return "";
            }
            value.append(letter);
        }
        return end > 0 && sent.charAt(end) == '"' ? value.toString() : "";
    }

    /**
     * The key with what is asked under it, as it is kept.
     *
     * @param method the method of HTTP
     * @param uri what is asked, without its query
     * @param query as it was sent; empty without one, or when all that it says is said besides
     * @param line of a stream, from 1; 0 for a request of its own
     * @param said all that the answer depends on besides the address
     */
    public RequestKey asking(String method, String uri, String query, int line, List<byte[]> said) {
        var asked = new ArrayList<>(List.of(method, uri, query));
        said.forEach(each -> asked.add(Sha256.hex(each)));
        return new RequestKey(
                HashChain.next("request key", List.of(caller, value, String.valueOf(line))),
                // With the key in it, which is random: else who knows all of a request but a few words could guess
                // those.
                HashChain.next(value, asked));
    }

    /** What seals an answer that is kept: only who sends the key again, or guesses it, can have it opened. */
    public PersonalKey seal() {
        return new PersonalKey(Sha256.of(("answer\n" + caller + "\n" + value).getBytes(StandardCharsets.UTF_8)));
    }

    /** A key under which something else was asked before. */
    public static BadRequestException reused() {
        return new BadRequestException(true, List.of(Problem.of(Code.KEY_REUSED, ROOT, HEADER)));
    }
}
