package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.BadRequestException;
import org.springframework.http.HttpHeaders;

/** The bodies of requests, read by hand: up to some length; within some time is what {@link SlowCallers} has them come. */
final class Bodies {
    private static final RequestPointer ROOT = new RequestPointer("");

    private Bodies() {}

    /**
     * The whole body of a request.
     *
     * @param most how many bytes it may have
     * @param called the same, for people
     * @throws BadRequestException if it has more
     */
    static byte[] read(HttpServletRequest request, int most, String called) throws IOException, BadRequestException {
        InputStream in = request.getInputStream();
        var body = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 13];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            body.write(piece, 0, n);
            if (body.size() > most) {
                throw new BadRequestException(false, List.of(Problem.of(Code.TOO_LARGE, ROOT, "> " + called, called)));
            }
        }
        return body.toByteArray();
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
