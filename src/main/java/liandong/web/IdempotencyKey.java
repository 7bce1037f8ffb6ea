package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
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
import org.jspecify.annotations.Nullable;

/**
 * The key that a caller sends so that a request that is sent again is not done again
 * (draft-ietf-httpapi-idempotency-key-header).
 *
 * @param caller who sent it: keys of two callers have nothing to do with each other
 * @param value the key: 1 to {@value #LONGEST} printable ASCII characters
 */
record IdempotencyKey(String caller, String value) {
    /** The header that it is sent in. */
    static final String HEADER = "Idempotency-Key";

    /** The header of an answer that was given before. */
    static final String REPLAYED = "Idempotent-Replayed";

    static final int LONGEST = 255;

    private static final Pattern BARE = Pattern.compile("[!#-~][ -~]*");
    private static final RequestPointer ROOT = new RequestPointer("");

    /**
     * The key of a request; null when it has none.
     *
     * @throws BadRequestException if what stands there is none
     */
    static @Nullable IdempotencyKey of(HttpServletRequest request) throws BadRequestException {
        if (request.getHeader(HEADER) == null) {
            return null;
        }
        List<String> sent = Collections.list(request.getHeaders(HEADER));
        String value = sent.size() == 1 ? value(sent.get(0).strip()) : "";
        if (value.isBlank() || value.length() > LONGEST) {
            throw new BadRequestException(false, List.of(Problem.of(Code.BAD_REQUEST_KEY, ROOT, HEADER, LONGEST)));
        }
        return new IdempotencyKey(Callers.of(request).name(), value);
    }

    /**
     * That of an event, which is known again by its id and source, at one address. No key that is sent can be the same: none
     * has line ends.
     */
    static IdempotencyKey of(String caller, String path, String source, String id) {
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
     * @param line of a stream, from 1; 0 for a request of its own
     * @param said all that the answer depends on besides the address
     */
    RequestKey asking(HttpServletRequest request, int line, List<byte[]> said) {
        return asking(request, line, request.getQueryString() == null ? "" : request.getQueryString(), said);
    }

    /** The same of a request of which all that its query says is said besides. */
    RequestKey asking(HttpServletRequest request, List<byte[]> said) {
        return asking(request, 0, "", said);
    }

    private RequestKey asking(HttpServletRequest request, int line, String query, List<byte[]> said) {
        var asked = new ArrayList<>(List.of(request.getMethod(), request.getRequestURI(), query));
        said.forEach(each -> asked.add(Sha256.hex(each)));
        return new RequestKey(
                HashChain.next("request key", List.of(caller, value, String.valueOf(line))),
                // With the key in it, which is random: else who knows all of a request but a few words could guess
                // those.
                HashChain.next(value, asked));
    }

    /** The same of a request, or line, that is a text. */
    RequestKey asking(HttpServletRequest request, int line, String text) {
        return asking(request, line, List.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** What seals an answer that is kept: only who sends the key again, or guesses it, can have it opened. */
    PersonalKey seal() {
        return new PersonalKey(Sha256.of(("answer\n" + caller + "\n" + value).getBytes(StandardCharsets.UTF_8)));
    }

    /** A key under which something else was asked before. */
    static BadRequestException reused() {
        return new BadRequestException(true, List.of(Problem.of(Code.KEY_REUSED, ROOT, HEADER)));
    }
}
