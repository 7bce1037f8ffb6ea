package liandong.web;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP as Tomcat speaks it, with connections that are looked at as bytes come and go. Tomcat itself counts from one byte to the
 * next only, so that whoever sends, or takes, one byte at a time holds a thread for as long as they like.
 *
 * <p>Public because Tomcat makes it by its name. Of encrypted connections what is looked at is what they hold, not what it is
 * wrapped into.
 */
public final class PacedProtocol extends Http11NioProtocol {
    /** How many bytes a second a caller must send or take, in the long run. */
    static final int LEAST_RATE = 1 << 14;

    /** Where a request holds its connection; the places below are Tomcat's own. */
    private static final int NOTE = org.apache.coyote.Constants.MAX_NOTES - 1;

    private final Endpoint endpoint;

    /** Made by Tomcat. */
    public PacedProtocol() {
        this(new Endpoint());
    }

    private PacedProtocol(Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** Ends connections whose callers are behind that rate by more than so long when they take an answer. */
    void setPatience(Duration patience) {
        endpoint.patience = patience;
    }

    @Override
    protected Processor createProcessor() {
        return new NotingProcessor(this);
    }

    /** The connection of a request; null when it is none of ours. */
    static @Nullable Connection connection(Request request) {
        return request.getNote(NOTE) instanceof NotingProcessor processor ? processor.connection() : null;
    }

    /** By how much somebody is behind who was waited for, and then sent or took some bytes. */
    static long behind(long before, long waited, long bytes) {
        return Math.max(0, before + waited - bytes * (Duration.ofSeconds(1).toNanos() / LEAST_RATE));
    }

    /** One that its requests lead to. */
    private static final class NotingProcessor extends Http11Processor {
        NotingProcessor(PacedProtocol protocol) {
            super(protocol, protocol.getAdapter());
            getRequest().setNote(NOTE, this);
        }

        private @Nullable Connection connection() {
            SocketWrapperBase<?> socket = getSocketWrapper();
            return socket != null && socket.getSocket() instanceof Paced channel
                    ? new Connection(socket, channel.pace())
                    : null;
        }
    }

    /** The connection of one request, as long as that is answered. */
    static final class Connection {
        private final SocketWrapperBase<?> socket;
        private final Pace pace;

        private Connection(SocketWrapperBase<?> socket, Pace pace) {
            this.socket = socket;
            this.pace = pace;
        }

        /** Has whoever reads from now on wait no longer than that in all, however many bytes come one by one. */
        void readWithin(Duration most) {
            socket.setReadTimeout(Math.max(1, most.toMillis()));
            pace.readUntil = System.nanoTime() + most.toNanos();
            pace.hurries = true;
        }

        /** Has nobody hurry any more. */
        void readEver() {
            pace.hurries = false;
        }
    }

    private static final class Endpoint extends NioEndpoint {
        private Duration patience = Duration.ofMinutes(1);

        @Override
        protected NioChannel createChannel(SocketBufferHandler buffer) {
            return isSSLEnabled() ? new SecureChannel(buffer, this, patience) : new Channel(buffer, patience);
        }
    }

    /** A connection that is looked at. */
    private interface Paced {
        Pace pace();
    }

    /** How fast a connection goes. */
    private static final class Pace {
        private boolean hurries;
        private long readUntil;
        private boolean waits;
        private long waitedSince;
        private long behind;
        private final Duration patience;

        Pace(Duration patience) {
            this.patience = patience;
        }

        /** It is used for one connection after the other. */
        void begin() {
            hurries = false;
            waits = false;
            behind = 0;
        }

        void reads() throws SocketTimeoutException {
            if (hurries && System.nanoTime() - readUntil > 0) {
                throw new SocketTimeoutException();
            }
        }

        void wrote(int written, boolean more) throws SocketTimeoutException {
            if (written > 0) {
                // What goes out without waiting counts too: the system takes much at once after each wait.
                behind = behind(behind, waits ? System.nanoTime() - waitedSince : 0, written);
                waits = false;
                if (behind > patience.toNanos()) {
                    throw new SocketTimeoutException();
                }
            }
            if (!waits && more) {
                waits = true;
                waitedSince = System.nanoTime();
            }
        }
    }

    private static final class Channel extends NioChannel implements Paced {
        private final Pace pace;

        Channel(SocketBufferHandler buffer, Duration patience) {
            super(buffer);
            this.pace = new Pace(patience);
        }

        @Override
        public Pace pace() {
            return pace;
        }

        @Override
        public void reset(SocketChannel channel, NioEndpoint.NioSocketWrapper wrapper) throws IOException {
            pace.begin();
            super.reset(channel, wrapper);
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            pace.reads();
            return super.read(into);
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int written = super.write(bytes);
            pace.wrote(written, bytes.hasRemaining());
            return written;
        }
    }

    private static final class SecureChannel extends SecureNioChannel implements Paced {
        private final Pace pace;

        SecureChannel(SocketBufferHandler buffer, NioEndpoint endpoint, Duration patience) {
            super(buffer, endpoint);
            this.pace = new Pace(patience);
        }

        @Override
        public Pace pace() {
            return pace;
        }

        @Override
        public void reset(SocketChannel channel, NioEndpoint.NioSocketWrapper wrapper) throws IOException {
            pace.begin();
            super.reset(channel, wrapper);
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            pace.reads();
            return super.read(into);
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int written = super.write(bytes);
            pace.wrote(written, bytes.hasRemaining());
            return written;
        }
    }
}
