package liandong.outbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What sender and receiver share, so that the receiver knows who has sent (Standard Webhooks 1.0.0, symmetric). */
public final class WebhookKey {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private final SecretKeySpec secret;

    private WebhookKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /** A key of its text: Base64 of 24 to 64 bytes, with {@code whsec_} before it or not; null when it is none. */
    public static @Nullable WebhookKey of(String text) {
        try {
            byte[] secret =
                    Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
            return secret.length < LEAST_BYTES || secret.length > MOST_BYTES ? null : new WebhookKey(secret);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * The header that signs an event.
     *
     * @param id of the event
     * @param seconds when it is sent, since 1970
     * @param body byte for byte as it is sent
     */
    static String signature(List<WebhookKey> keys, String id, long seconds, byte[] body) {
        return keys.stream().map(key -> key.signature(id, seconds, body)).collect(Collectors.joining(" "));
    }

    private String signature(String id, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
