package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.BadRequestException;
import org.springframework.http.HttpHeaders;

/** The bodies of requests, read by hand: up to some length, and within some time. */
final class Bodies {
    /** Whoever sends a letter a minute would else hold a thread for ever. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final RequestPointer ROOT = new RequestPointer("");

    private Bodies() {}

    /**
     * The whole body of a request.
     *
     * @param most how many bytes it may have
     * @param called the same, for people
     * @throws BadRequestException if it has more, or takes too long to come
     */
    static byte[] read(HttpServletRequest request, int most, String called) throws IOException, BadRequestException {
        long begun = System.nanoTime();
        InputStream in = request.getInputStream();
        var body = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 13];
        try {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                body.write(piece, 0, n);
                if (body.size() > most) {
                    throw refused(Code.TOO_LARGE, "> " + called, called);
                }
                if (System.nanoTime() - begun > LONGEST.toNanos()) {
                    throw refused(Code.TOO_SLOW, LONGEST.toSeconds());
                }
            }
        } catch (SocketTimeoutException e) {
            throw refused(Code.TOO_SLOW, LONGEST.toSeconds());
        }
        return body.toByteArray();
    }

    private static BadRequestException refused(Code code, Object... args) {
        return new BadRequestException(false, List.of(Problem.of(code, ROOT, args)));
    }

    /** Whether nothing more of the body is to come; a request without one has none that could. */
    static boolean isRead(HttpServletRequest request) {
        try {
            if (request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
                return true;
            }
            return request.getInputStream().isFinished();
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            return false; // it has a length that is none
        }
    }
}
