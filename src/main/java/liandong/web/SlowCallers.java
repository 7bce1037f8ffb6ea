package liandong.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.http.MediaType;

/**
 * Has the bodies of requests come in good time, whoever reads them: the service, or the server, which takes forms and files
 * apart by itself.
 *
 * <p>A body may be waited for as long as is said here, and longer by what {@link PacedProtocol#LEAST_RATE} gives it for its
 * length. The lines of a stream may come when they like, as long as something comes; one that has begun has that long to end.
 * Only what was waited for counts, not how long answers take. Whoever reads learns it by an exception that a {@link
 * SocketTimeoutException} is the cause of; {@link ServerValve} says it to the caller.
 */
final class SlowCallers extends ValveBase {
    private static final String TOO_SLOW = SlowCallers.class.getName();
    private static final String HURRIED = TOO_SLOW + ".HURRIED";
    private static final String BROKEN_OFF = TOO_SLOW + ".BROKEN_OFF";

    private final Duration patience;

    /**
     * Not waiting yet.
     *
     * @param patience how long a body, the rest of a line, or the next line is waited for
     */
    SlowCallers(Duration patience) {
        super(true);
        this.patience = patience;
    }

    /** Has the body of a request come sooner than others must, as far as this is not more patient. */
    static void hurry(ServletRequest request, Duration patience) {
        request.setAttribute(HURRIED, patience);
    }

    private Duration patience(Request request) {
        return request.getAttribute(HURRIED) instanceof Duration hurried && hurried.compareTo(patience) < 0
                ? hurried
                : patience;
    }

    /** Whether the body of a request came too slowly. */
    static boolean wereMet(Request request) {
        return request.getAttribute(TOO_SLOW) != null;
    }

    /** Whether the body of a request broke off, or was not as HTTP has bodies. */
    static boolean brokeOff(ServletRequest request) {
        return request.getAttribute(BROKEN_OFF) != null;
    }

    /** For how many seconds it was waited for. */
    static long seconds(Request request) {
        return request.getAttribute(TOO_SLOW) instanceof Duration waited ? waited.toSeconds() : 0;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        org.apache.coyote.Request wire = request.getCoyoteRequest();
        PacedProtocol.Connection connection = PacedProtocol.connection(wire);
        if (connection == null) {
            getNext().invoke(request, response);
            return;
        }
        InputBuffer straight = wire.getInputBuffer();
        wire.setInputBuffer(new Body(straight, connection, request));
        try {
            getNext().invoke(request, response);
        } finally {
            connection.readEver();
            wire.setInputBuffer(straight);
        }
    }

    /** A body as it comes. */
    private final class Body implements InputBuffer {
        private final InputBuffer in;
        private final PacedProtocol.Connection connection;
        private final Request request;
        private final boolean lines;
        private long behind;

        Body(InputBuffer in, PacedProtocol.Connection connection, Request request) {
            this.in = in;
            this.connection = connection;
            this.request = request;
            String type = request.getContentType();
            lines = type != null && type.startsWith(MediaType.APPLICATION_NDJSON_VALUE);
        }

        @Override
        public int doRead(ApplicationBufferHandler into) throws IOException {
            Duration left = patience(request).minusNanos(behind);
            if (left.isNegative()) {
                throw tooSlow();
            }
            connection.readWithin(left);
            long begun = System.nanoTime();
            int bytes;
            try {
                bytes = in.doRead(into);
            } catch (SocketTimeoutException e) {
                throw tooSlow();
            } catch (IOException e) {
                request.setAttribute(BROKEN_OFF, true);
                throw e;
            }
            behind = PacedProtocol.behind(behind, System.nanoTime() - begun, Math.max(0, bytes));
            if (lines && holdsLineEnd(into.getByteBuffer())) {
                behind = 0;
            }
            return bytes;
        }

        /** Not the exception itself: of a form the server would take that for a caller who is gone, and hang up. */
        private BadRequestException tooSlow() {
            request.setAttribute(TOO_SLOW, patience(request));
            return new BadRequestException(new SocketTimeoutException());
        }

        @Override
        public int available() {
            return in.available();
        }
    }

    /** The last lines of a piece are where one ends, if at all. */
    private static boolean holdsLineEnd(ByteBuffer piece) {
        for (int i = piece.limit() - 1; i >= piece.position(); i--) {
            if (piece.get(i) == '\n') {
                return true;
            }
        }
        return false;
    }
}
