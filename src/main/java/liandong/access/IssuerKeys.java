package liandong.access;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The keys that an issuer tells now (OpenID Connect Discovery, RFC 7517). Asked anew each time: whoever uses it keeps them.
 *
 * <p>Nobody waits for it longer than is said, however slowly it sends, and nothing of it is followed elsewhere.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {
    private static final int MOST_BYTES = 256 * 1024;
    private static final int OK = 200;
    private static final System.Logger LOG = System.getLogger(IssuerKeys.class.getName());

    private final URI issuer;
    private final Duration patience;
    private final HttpClient http;
    private volatile boolean silent;

    /** @param patience for what it says of itself and for its keys together */
    IssuerKeys(URI issuer, Duration patience) {
        this.issuer = issuer;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .connectTimeout(patience)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Whether it did not tell them when it was last asked. */
    boolean isSilent() {
        return silent;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long currentTime, @Nullable SecurityContext context)
            throws JWKSetRetrievalException {
        try {
            long end = System.nanoTime() + patience.toNanos();
            JWKSet keys = JWKSet.parse(text(address(end), end));
            if (silent) {
                silent = false;
                LOG.log(System.Logger.Level.INFO, "the issuer of tokens " + issuer + " tells its keys again");
            }
            return keys;
        } catch (IOException | ParseException e) {
            if (!silent) {
                silent = true;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the issuer of tokens " + issuer + " does not tell its keys: " + e.getMessage());
            }
            throw new JWKSetRetrievalException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Where it says that its keys are. */
    private URI address(long end) throws IOException, ParseException {
        String base = issuer.toString().replaceFirst("/$", "");
        URI place = URI.create(base + "/.well-known/openid-configuration");
        var said = JSONObjectUtils.parse(text(place, end), MOST_BYTES);
        if (!issuer.toString().equals(said.get("issuer"))) {
            throw new IOException(place + " is about another issuer: " + said.get("issuer"));
        }
        try {
            URI keys = URI.create(String.valueOf(said.get("jwks_uri")));
            if (Issuer.isAddress(keys)) {
                return keys;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new IOException(place + " has no jwks_uri of HTTPS: " + said.get("jwks_uri"));
    }

    private String text(URI place, long end) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(
                HttpRequest.newBuilder(place)
                        .header("Accept", "application/json")
                        .build(),
                head -> bounded());
        try {
            HttpResponse<byte[]> said = answer.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (said.statusCode() != OK) {
                throw new IOException(place + " answers " + said.statusCode());
            }
            return new String(said.body(), StandardCharsets.UTF_8);
        } catch (TimeoutException e) {
            throw new IOException(place + " does not answer within " + patience.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(place + " cannot be read: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(place + " was not waited for", e);
        } finally {
            answer.cancel(true);
        }
    }

    /** A body that is no larger than such documents are. */
    private static BodySubscriber<byte[]> bounded() {
        var all = new ByteArrayOutputStream();
        return BodySubscribers.mapping(
                BodySubscribers.ofByteArrayConsumer(piece -> piece.ifPresent(bytes -> {
                    if (all.size() + bytes.length > MOST_BYTES) {
                        throw new UncheckedIOException(new IOException("more than " + MOST_BYTES + " bytes"));
                    }
                    all.writeBytes(bytes);
                })),
                none -> all.toByteArray());
    }

    @Override
    public void close() {
        // The client ends with those who use it.
    }
}
