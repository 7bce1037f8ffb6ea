package liandong.access;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** An issuer of tokens on this machine, by nothing but the JDK: what signs here shares no code with what verifies. */
public final class TestIssuer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** What it does when it is asked. */
    enum Mood {
        TELLS,
        FAILS,
        HANGS,
        /** Begins to answer and goes on one byte at a time. */
        DRIPS,
        FLOODS,
        SPEAKS_OF_ANOTHER,
        SENDS_ELSEWHERE
    }

    private final HttpServer server;
    private final Map<String, KeyPair> keys = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Mood mood = Mood.TELLS;

    public TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            newKey("first");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "issuer");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/realm/.well-known/openid-configuration", this::describe);
        server.createContext(
                "/realm/keys",
                exchange -> answer(
                        exchange,
                        JSON.writeValueAsString(Map.of(
                                "keys",
                                keys.entrySet().stream().map(TestIssuer::jwk).toList()))));
        server.start();
    }

    /** What it calls itself. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/realm");
    }

    /** An issuer whose claim roles has our own words. */
    public Issuer issuer(String audience) {
        return new Issuer(uri(), audience, "sub", "roles", Issuer.OWN_WORDS);
    }

    int asked() {
        return asked.get();
    }

    void is(Mood now) {
        mood = now;
    }

    /** Makes a key that is told from now on; the former ones are, too. */
    void newKey(String id) {
        try {
            KeyPairGenerator made;
            if (id.startsWith("ec")) {
                made = KeyPairGenerator.getInstance("EC");
                made.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                made = KeyPairGenerator.getInstance("RSA");
                made.initialize(2048);
            }
            keys.put(id, made.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    KeyPair key(String id) {
        KeyPair key = keys.get(id);
        if (key == null) {
            throw new AssertionError(id);
        }
        return key;
    }

    /** What a token for an hour says. */
    public Map<String, Object> claims(String name, String audience, Instant now, Set<Role> roles) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", uri().toString());
        claims.put("aud", audience);
        claims.put("sub", name);
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plusSeconds(3600).getEpochSecond());
        claims.put("roles", roles.stream().map(Role::typed).toList());
        return claims;
    }

    /** A token as this issuer signs it. */
    public String token(Map<String, Object> claims) {
        return token(
                Map.of("alg", "RS256", "typ", "at+jwt", "kid", "first"),
                claims,
                key("first").getPrivate());
    }

    static String token(Map<String, Object> header, Map<String, Object> claims, PrivateKey key) {
        String signed = unsigned(header, claims);
        try {
            var signature = Signature.getInstance(
                    key.getAlgorithm().equals("EC") ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The part of a token that is signed. */
    static String unsigned(Map<String, Object> header, Map<String, Object> claims) {
        return BASE64.encodeToString(JSON.writeValueAsBytes(header)) + "."
                + BASE64.encodeToString(JSON.writeValueAsBytes(claims));
    }

    static Map<String, Object> jwk(Map.Entry<String, KeyPair> key) {
        var told = new LinkedHashMap<String, Object>();
        told.put("kid", key.getKey());
        told.put("use", "sig");
        if (key.getValue().getPublic() instanceof RSAPublicKey rsa) {
            told.put("kty", "RSA");
            told.put("n", number(rsa.getModulus()));
            told.put("e", number(rsa.getPublicExponent()));
        } else if (key.getValue().getPublic() instanceof ECPublicKey ec) {
            told.put("kty", "EC");
            told.put("crv", "P-256");
            told.put("x", number(ec.getW().getAffineX()));
            told.put("y", number(ec.getW().getAffineY()));
        }
        return told;
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int length = bytes.length > 33 ? 256 : bytes.length > 4 ? 32 : bytes.length;
        var padded = new byte[length];
        int more = Math.min(length, bytes.length);
        System.arraycopy(bytes, bytes.length - more, padded, length - more, more);
        return BASE64.encodeToString(padded);
    }

    private void describe(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("issuer", mood == Mood.SPEAKS_OF_ANOTHER ? "https://another.example" : uri().toString());
        said.put("jwks_uri", mood == Mood.SENDS_ELSEWHERE ? "http://elsewhere.example/keys" : uri() + "/keys");
        switch (mood) {
            case FAILS -> exchange.sendResponseHeaders(500, -1);
            case HANGS -> await(3600);
            case DRIPS -> {
                exchange.sendResponseHeaders(200, 0);
                do {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                } while (!await(1));
            }
            case FLOODS -> {
                exchange.sendResponseHeaders(200, 0);
                var spaces = new byte[1 << 16];
                Arrays.fill(spaces, (byte) ' ');
                for (int i = 0; i < 1 << 14; i++) {
                    exchange.getResponseBody().write(spaces);
                }
            }
            default -> answer(exchange, JSON.writeValueAsString(said));
        }
        exchange.close();
    }

    private boolean await(int seconds) {
        try {
            return closed.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
