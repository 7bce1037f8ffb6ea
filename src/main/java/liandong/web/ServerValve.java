package liandong.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import liandong.problem.BusyException;
import liandong.problem.Code;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What the server does around every request: what it refuses by itself, before anybody here sees it, is answered as a
 * problem like everything else; and a body that nobody wants does not hold a thread.
 */
final class ServerValve extends ErrorReportValve {
    /**
     * So many callers are listened to for a moment after they were refused. Were the connection closed while they still
     * send, the answer could be lost on its way, and they would not learn why.
     */
    private static final int LISTENED_TO = 16;

    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofMillis(500);
    private static final Duration GLANCE = Duration.ofMillis(10);

    private final Semaphore listening = new Semaphore(LISTENED_TO);

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        super.invoke(request, response);
        if (request.getContext() != null && !request.isAsync() && !Bodies.isRead(request)) {
            response.finishResponse();
            if (!listen(request)) {
                // What is still to come is not waited for: the connection is closed.
                request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            }
        }
    }

    /** Whether the whole body has come, so that the connection can go on: a caller that was not told sends on it again. */
    private boolean listen(Request request) {
        if (!listening.tryAcquire()) {
            return false;
        }
        try {
            // Not by the request's own stream, which whoever answered may have closed.
            org.apache.coyote.Request wire = request.getCoyoteRequest();
            var unwanted = new Unwanted();
            long begun = System.nanoTime();
            long heard = begun;
            for (long now = begun;
                    now - begun < LONGEST.toNanos() && now - heard < SILENCE.toNanos() && !request.isFinished();
                    now = System.nanoTime()) {
                wire.action(ActionCode.AVAILABLE, true);
                if (wire.getAvailable() <= 0) {
                    Thread.sleep(GLANCE.toMillis());
                } else if (wire.doRead(unwanted) < 0) {
                    return true;
                } else {
                    heard = now;
                }
            }
            return request.isFinished();
        } catch (IOException | IllegalStateException e) {
            return false; // the caller hung up
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            listening.release();
        }
    }

    /** Where bytes are put that nobody looks at. */
    private static final class Unwanted implements ApplicationBufferHandler {
        private ByteBuffer bytes = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            bytes = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return bytes;
        }

        @Override
        public void expand(int size) {
            // It holds no more than it is given.
        }
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int code = response.getStatus();
        if (code < HttpStatus.BAD_REQUEST.value() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus known = SlowCallers.wereMet(request) ? HttpStatus.REQUEST_TIMEOUT : HttpStatus.resolve(code);
        HttpStatus status = known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
        try {
            if (SlowCallers.wereMet(request)) {
                response.reset(); // a page may have begun
            }
            switch (status) {
                case NOT_FOUND -> answer(request, response, status, Code.NOT_FOUND, request.getRequestURI());
                case METHOD_NOT_ALLOWED ->
                    answer(
                            request,
                            response,
                            status,
                            Code.METHOD_NOT_ALLOWED,
                            request.getMethod(),
                            String.join(", ", Routes.methodsOf(request)));
                case REQUEST_TIMEOUT -> answer(request, response, status, Code.TOO_SLOW, SlowCallers.seconds(request));
                case SERVICE_UNAVAILABLE -> answer(request, response, status, Code.BUSY, BusyException.SECONDS);
                default ->
                    answer(
                            request,
                            response,
                            status,
                            status == HttpStatus.INTERNAL_SERVER_ERROR ? Code.INTERNAL : unreadable(request));
            }
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // The caller hung up, or has begun to be answered.
        }
    }

    /** What of a request could not be read: its body, once its head was. */
    static Code unreadable(ServletRequest request) {
        return SlowCallers.brokeOff(request) ? Code.BODY_BROKEN_OFF : Code.BAD_REQUEST;
    }

    private static void answer(Request request, Response response, HttpStatus status, Code code, Object... args)
            throws IOException {
        ErrorResponses.write(request, response, status, code, args);
    }
}
