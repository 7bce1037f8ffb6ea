package liandong.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import liandong.problem.Code;
import liandong.wire.UnreadException;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * How the service stops without cutting a request: for a while it goes on answering, says that it is not ready, and tells
 * every caller with its answer that the connection ends there. Whoever keeps a connection open would else lose the request
 * that it sends in the very moment of the end. Then the server takes no more, and finishes what it has taken.
 */
@Component
final class Draining implements SmartLifecycle {
    private static final System.Logger LOG = System.getLogger(Draining.class.getName());

    private final Duration pause;
    private volatile boolean running;
    private volatile boolean draining;

    /**
     * Not draining.
     *
     * @param pause how long the service goes on answering after it was told to stop; {@link Duration#ZERO} not at all
     */
    Draining(@Value("${liandong.drain:0s}") Duration pause) {
        this.pause = pause;
    }

    @Override
    public void start() {
        draining = false;
        running = true;
    }

    @Override
    public void stop() {
        draining = true;
        running = false;
        if (pause.isZero()) {
            return;
        }
        LOG.log(
                System.Logger.Level.INFO,
                "the service stops: for " + pause.toSeconds()
                        + " s it goes on answering, closes connections with their answers, and says that it is not ready");
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stopped before everything else. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    /** Closes connections with the answers that are given while the service stops. */
    Valve valve() {
        return new ValveBase(true) {
            @Override
            public void invoke(Request request, Response response) throws IOException, ServletException {
                if (draining) {
                    response.setHeader(HttpHeaders.CONNECTION, "close");
                }
                getNext().invoke(request, response);
            }
        };
    }

    /**
     * A stream of requests that ends, once the service stops, behind a line of its own; what follows is not taken. Whoever
     * reads is told by an {@link UnreadException} of lines that are not taken, and of a stream that breaks off.
     */
    InputStream lines(HttpServletRequest request) throws IOException {
        return new Lines(request, request.getInputStream());
    }

    private final class Lines extends FilterInputStream {
        /** Whether what was read last ended a line. */
        private boolean between = true;

        private boolean ended;

        /** Whether something behind the last line was read and is not taken. */
        private boolean cut;

        private final HttpServletRequest request;
        private final ServletInputStream lines;

        Lines(HttpServletRequest request, ServletInputStream lines) {
            super(lines);
            this.request = request;
            this.lines = lines;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            if (ended || (draining && between)) {
                if (!cut && lines.isFinished()) {
                    return -1;
                }
                throw new UnreadException(Code.STREAM_STOPPED, HttpStatus.SERVICE_UNAVAILABLE.value());
            }
            int read = readOn(into, from, most);
            if (draining) {
                for (int last = from + read - 1; last >= from; last--) {
                    if (into[last] == '\n') {
                        ended = true;
                        // A body whose length is known may be read to its end by now, and would look whole.
                        cut = last < from + read - 1;
                        return last - from + 1;
                    }
                }
            }
            between = read > 0 && into[from + read - 1] == '\n';
            return read;
        }

        private int readOn(byte[] into, int from, int most) throws IOException {
            try {
                return in.read(into, from, most);
            } catch (IOException e) {
                if (SlowCallers.brokeOff(request)) {
                    throw new UnreadException(Code.STREAM_BROKEN_OFF, HttpStatus.BAD_REQUEST.value());
                }
                throw e;
            }
        }
    }
}
