package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import liandong.keyed.IdempotencyKey;
import liandong.store.RequestKey;
import liandong.wire.BadRequestException;
import org.jspecify.annotations.Nullable;

/** The {@link IdempotencyKey} that came with a request of HTTP. */
final class SentKey {
    private SentKey() {}

    /**
     * The key of a request; null when it has none.
     *
     * @throws BadRequestException if what stands there is none
     */
    static @Nullable IdempotencyKey of(HttpServletRequest request) throws BadRequestException {
        if (request.getHeader(IdempotencyKey.HEADER) == null) {
            return null;
        }
        return IdempotencyKey.ofHeader(
                Callers.of(request).name(), Collections.list(request.getHeaders(IdempotencyKey.HEADER)));
    }

    /**
     * A key with what is asked under it, as it is kept.
     *
     * @param line of a stream, from 1; 0 for a request of its own
     * @param text the request, or line
     */
    static RequestKey asking(IdempotencyKey key, HttpServletRequest request, int line, String text) {
        return asking(key, request, line, List.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same of a request that is not a text; see {@link IdempotencyKey#asking}. */
    static RequestKey asking(IdempotencyKey key, HttpServletRequest request, int line, List<byte[]> said) {
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        return key.asking(request.getMethod(), request.getRequestURI(), query, line, said);
    }

    /** The same of a request of which all that its query says is said besides. */
    static RequestKey asking(IdempotencyKey key, HttpServletRequest request, List<byte[]> said) {
        return key.asking(request.getMethod(), request.getRequestURI(), "", 0, said);
    }
}
