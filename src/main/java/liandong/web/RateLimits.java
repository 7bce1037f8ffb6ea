package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import liandong.access.Caller;
import liandong.problem.Code;
import liandong.problem.RateLimitedException;
import liandong.web.Buckets.Taken;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * How many requests a minute one caller may make, so that no caller takes what is there for all
 * (draft-ietf-httpapi-ratelimit-headers). A caller is a key; without one, an address, of IPv6 the network of 64 bits.
 *
 * <p>No limit unless one is set. Each process counts by itself.
 */
@Component
final class RateLimits {
    static final String POLICY = "RateLimit-Policy";
    static final String LIMIT = "RateLimit";

    /** So many keys and so many addresses: some megabytes. */
    private static final int MOST = 10_000;

    private static final int NETWORK_BYTES = 8;

    private final int perMinute;
    /** Those of keys, of which there are as many as were made. */
    private final Buckets keys;
    /** Those of addresses, of which anybody may have many: they must not take the room of keys. */
    private final Buckets addresses;

    private final AtomicLong refused = new AtomicLong();

    /** @param perMinute how many requests a minute; 0 for no limit */
    RateLimits(@Value("${liandong.rate-limit:0}") int perMinute) {
        this.perMinute = perMinute;
        this.keys = new Buckets(Math.max(1, perMinute), MOST, System::nanoTime);
        this.addresses = new Buckets(Math.max(1, perMinute), MOST, System::nanoTime);
    }

    /**
     * Whether a request may go on; one that may not is answered.
     *
     * @param caller who makes it; null when nobody is known
     */
    boolean admit(HttpServletRequest request, HttpServletResponse response, @Nullable Caller caller)
            throws IOException {
        if (perMinute == 0) {
            return true;
        }
        Taken taken = take(request, caller);
        response.setHeader(POLICY, "\"caller\";q=" + perMinute + ";w=60");
        response.setHeader(LIMIT, "\"caller\";r=" + taken.left() + ";t=" + taken.full());
        if (!taken.granted()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(taken.retry()));
            ErrorResponses.write(
                    request, response, HttpStatus.TOO_MANY_REQUESTS, Code.RATE_LIMITED, perMinute, taken.retry());
        }
        return taken.granted();
    }

    /**
     * Counts a line of a stream as a request of its own.
     *
     * @throws RateLimitedException if that is one too many
     */
    void countLine(HttpServletRequest request, Caller caller) {
        if (perMinute > 0) {
            Taken taken = take(request, caller);
            if (!taken.granted()) {
                throw new RateLimitedException(perMinute, taken.retry());
            }
        }
    }

    private Taken take(HttpServletRequest request, @Nullable Caller caller) {
        String key = caller == null ? null : caller.keyId();
        Taken taken = key == null ? addresses.take(network(request.getRemoteAddr())) : keys.take(key);
        if (!taken.granted()) {
            refused.incrementAndGet();
        }
        return taken;
    }

    /** How many requests, and lines of streams, were one too many. */
    long refused() {
        return refused.get();
    }

    /** Where somebody is: whoever has one address of IPv6 has its whole network. */
    static String network(String address) {
        try {
            return InetAddress.getByName(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
