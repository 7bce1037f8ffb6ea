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
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP as Tomcat speaks it, with connections that are looked at as bytes come and go. Tomcat itself counts from one byte to the
 * next only, so that whoever sends, or takes, one byte at a time holds a thread for as long as they like.
 *
 * <p>Public because Tomcat makes it by its name. Encrypted connections are Tomcat's own: they are looked at by nobody here.
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
            return socket != null && socket.getSocket() instanceof Channel channel
                    ? new Connection(socket, channel)
                    : null;
        }
    }

    /** The connection of one request, as long as that is answered. */
    static final class Connection {
        private final SocketWrapperBase<?> socket;
        private final Channel channel;

        private Connection(SocketWrapperBase<?> socket, Channel channel) {
            this.socket = socket;
            this.channel = channel;
        }

        /** Has whoever reads from now on wait no longer than that in all, however many bytes come one by one. */
        void readWithin(Duration most) {
            socket.setReadTimeout(Math.max(1, most.toMillis()));
            channel.readUntil = System.nanoTime() + most.toNanos();
            channel.hurries = true;
        }

        /** Has nobody hurry any more. */
        void readEver() {
            channel.hurries = false;
        }
    }

    private static final class Endpoint extends NioEndpoint {
        private Duration patience = Duration.ofMinutes(1);

        @Override
        protected NioChannel createChannel(SocketBufferHandler buffer) {
            return isSSLEnabled() ? super.createChannel(buffer) : new Channel(buffer, patience);
        }
    }

    private static final class Channel extends NioChannel {
        private boolean hurries;
        private long readUntil;
        private boolean waits;
        private long waitedSince;
        private long behind;
        private final Duration patience;

        Channel(SocketBufferHandler buffer, Duration patience) {
            super(buffer);
            this.patience = patience;
        }

        /** It is used for one connection after the other. */
        @Override
        public void reset(SocketChannel channel, NioEndpoint.NioSocketWrapper wrapper) throws IOException {
            hurries = false;
            waits = false;
            behind = 0;
            super.reset(channel, wrapper);
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            if (hurries && System.nanoTime() - readUntil > 0) {
                throw new SocketTimeoutException();
            }
            return super.read(into);
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int written = super.write(bytes);
            if (written > 0) {
                // What goes out without waiting counts too: the system takes much at once after each wait.
                behind = behind(behind, waits ? System.nanoTime() - waitedSince : 0, written);
                waits = false;
                if (behind > patience.toNanos()) {
                    throw new SocketTimeoutException();
                }
            }
            if (!waits && bytes.hasRemaining()) {
                waits = true;
                waitedSince = System.nanoTime();
            }
            return written;
        }
    }
}
