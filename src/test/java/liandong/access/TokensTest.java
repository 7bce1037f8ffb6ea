package liandong.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import liandong.access.TestIssuer.Mood;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token says and is worth; its issuer is the JDK's own HTTP server and signatures. */
@Timeout(60)
class TokensTest {
    private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
    private static final String OURS = "liandong";
    private static final Map<String, Object> RS256 = Map.of("alg", "RS256", "kid", "first");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static TestIssuer shared;

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static Tokens tokens;

    @BeforeAll
    static void an_issuer() {
        shared = new TestIssuer();
        tokens = new Tokens(shared.issuer(OURS), CLOCK);
    }

    @AfterAll
    static void ends() {
        shared.close();
    }

    private static Map<String, Object> claims() {
        return shared.claims("张三", OURS, NOON, Set.of(Role.EDITOR, Role.TESTER));
    }

    /** What the shared issuer's usual claims come to with one of them changed. */
    private static String said(String claim, Object value) {
        Map<String, Object> claims = claims();
        if (value.equals("")) {
            claims.remove(claim);
        } else {
            claims.put(claim, value);
        }
        return said(tokens, shared.token(claims));
    }

    /** Whose token it is, or the line that says why it is nobody's. */
    private static String said(Tokens tokens, String token) {
        try {
            return tokens.caller(token).name();
        } catch (TokenException e) {
            return e.problem().line(Locale.ENGLISH);
        }
    }

    private static String code(Tokens tokens, String token) {
        try {
            return tokens.caller(token).name();
        } catch (TokenException e) {
            return e.problem().code().name();
        }
    }

    @Test
    void a_signed_token_says_whose_it_is_what_they_are_and_until_when() throws TokenException {
        assertThat(tokens.caller(shared.token(claims())))
                .isEqualTo(new Caller("张三", "token of 张三", Set.of(Role.EDITOR, Role.TESTER), NOON.plusSeconds(3660)));
        assertThat(said("aud", List.of("another", OURS))).isEqualTo("张三");
    }

    @Test
    void elliptic_curves_sign_too_and_a_token_need_not_name_its_key() {
        try (var issuer = new TestIssuer()) {
            issuer.newKey("ec");
            var both = new Tokens(issuer.issuer(OURS), CLOCK);
            Map<String, Object> claims = issuer.claims("李四", OURS, NOON, Set.of());

            assertThat(said(
                            both,
                            TestIssuer.token(
                                    Map.of("alg", "ES256", "kid", "ec"),
                                    claims,
                                    issuer.key("ec").getPrivate())))
                    .isEqualTo("李四");
            assertThat(said(
                            both,
                            TestIssuer.token(
                                    Map.of("alg", "RS256"),
                                    claims,
                                    issuer.key("first").getPrivate())))
                    .isEqualTo("李四");
        }
    }

    @Test
    void what_the_issuer_has_not_signed_with_a_key_of_its_own_is_no_token() throws Exception {
        Map<String, Object> claims = claims();
        String good = shared.token(claims);
        String[] parts = good.split("\\.", -1);
        String otherClaims = TestIssuer.unsigned(RS256, shared.claims("李四", OURS, NOON, Role.ALL))
                .split("\\.", -1)[1];
        KeyPair own;
        try (var stranger = new TestIssuer()) {
            own = stranger.key("first");
        }
        Map<String, Object> withItsOwnKey = new HashMap<>(RS256);
        withItsOwnKey.put("jwk", TestIssuer.jwk(Map.entry("first", own)));
        byte[] publicKey = shared.key("first").getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey)
                + "\n-----END PUBLIC KEY-----\n";
        var bad = new LinkedHashMap<String, String>();
        bad.put("no signature", TestIssuer.unsigned(Map.of("alg", "none"), claims) + ".");
        bad.put("None", TestIssuer.unsigned(Map.of("alg", "None", "kid", "first"), claims) + ".");
        bad.put("the signature left out", parts[0] + "." + parts[1] + ".");
        bad.put("shared secret, the public key", shared(claims, publicKey));
        bad.put("shared secret, its PEM", shared(claims, pem.getBytes(StandardCharsets.US_ASCII)));
        bad.put("a stranger's key", TestIssuer.token(RS256, claims, own.getPrivate()));
        bad.put("a key that it brings", TestIssuer.token(withItsOwnKey, claims, own.getPrivate()));
        bad.put(
                "a key nobody knows",
                TestIssuer.token(Map.of("alg", "RS256", "kid", "other"), claims, own.getPrivate()));
        bad.put("other claims", parts[0] + "." + otherClaims + "." + parts[2]);
        bad.put(
                "another algorithm",
                TestIssuer.token(
                        Map.of("alg", "RS512", "kid", "first"),
                        claims,
                        shared.key("first").getPrivate()));
        bad.put(
                "a kind of its own",
                TestIssuer.token(
                        Map.of("alg", "RS256", "kid", "first", "typ", "logout+jwt"),
                        claims,
                        shared.key("first").getPrivate()));
        bad.put(
                "what must be understood",
                TestIssuer.token(
                        Map.of("alg", "RS256", "kid", "first", "crit", List.of("x"), "x", 1),
                        claims,
                        shared.key("first").getPrivate()));
        bad.put("encrypted", good + "." + parts[2] + "." + parts[2]);
        bad.put("two parts", parts[0] + "." + parts[1]);
        bad.put("dots", "..");
        bad.put(
                "nested",
                BASE64.encodeToString("[".repeat(5_000).getBytes(StandardCharsets.US_ASCII)) + "." + parts[1] + "."
                        + parts[2]);
        bad.put(
                "no JSON",
                TestIssuer.token(RS256, Map.of(), shared.key("first").getPrivate())
                        .replaceFirst("\\.[^.]*\\.", ".e30x."));
        bad.put("long", good + "A".repeat(1_000_000));

        var taken = new ArrayList<String>();
        bad.forEach((what, token) -> {
            if (!code(tokens, token).equals("UNKNOWN_TOKEN")) {
                taken.add(what + ": " + said(tokens, token));
            }
        });
        assertThat(taken).isEmpty();
        assertThat(code(tokens, good)).isEqualTo("张三");
    }

    private static String shared(Map<String, Object> claims, byte[] secret) throws Exception {
        String signed = TestIssuer.unsigned(Map.of("alg", "HS256", "kid", "first"), claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void a_token_of_or_for_others_says_whose_it_is() {
        assertThat(said("iss", "https://another.example"))
                .contains("was issued by https://another.example and is made out to: liandong.")
                .contains("Ask " + shared.uri() + " for an access token that is made out to liandong (claim aud).");
        assertThat(said("aud", "another")).contains("is made out to: another.");
        assertThat(said("aud", "")).contains(": TOKEN_FOR_OTHERS: ");
        assertThat(said("aud", "x".repeat(2_000))).contains("made out to: " + "x".repeat(80) + "….");
        assertThat(said("iss", "")).contains(": TOKEN_FOR_OTHERS: ");
    }

    @Test
    void a_token_counts_in_its_time_give_or_take_a_minute() {
        long now = NOON.getEpochSecond();

        assertThat(said("exp", now - 59)).isEqualTo("张三");
        assertThat(said("exp", now - 60))
                .contains("counts from … to 2026-11-20T03:59:00Z; it is 2026-11-20T04:00:00Z.");
        assertThat(said("nbf", now + 60)).isEqualTo("张三");
        assertThat(said("nbf", now + 61)).contains("counts from 2026-11-20T04:01:01Z to 2026-11-20T05:00:00Z;");
        assertThat(said("exp", "")).contains("lacks the claim exp");
        assertThat(said("exp", "tomorrow")).contains(": UNKNOWN_TOKEN: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " 张三", "a\u0000b", "a\u202eb"})
    void a_token_without_a_name_that_can_be_seen_is_nobodys(String name) {
        assertThat(said("sub", name)).contains("lacks the claim sub, or it cannot be used.");
    }

    @Test
    void a_name_is_a_text_of_64_characters_at_most() {
        assertThat(said("sub", "a".repeat(64))).isEqualTo("a".repeat(64));
        assertThat(said("sub", "a".repeat(65))).contains(": TOKEN_INCOMPLETE: ");
        assertThat(said("sub", List.of("张三"))).doesNotContain("张三");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "groups             | /lead,/desk       | approver,auditor,officer",
                "groups             | /others           | ''",
                "scope              | openid desk /lead | approver,auditor",
                "realm_access.roles | /desk             | officer",
                "a.b                | /desk             | officer",
                "realm_access       | /desk             | ''",
                "nothing            | /desk             | ''",
            })
    void words_of_a_claim_are_roles_as_the_operator_says(String claim, String words, String roles)
            throws TokenException {
        Map<String, Object> claims = claims();
        List<String> list = List.of(words.split(",", -1));
        claims.put("groups", list);
        claims.put("scope", words);
        claims.put("realm_access", Map.of("roles", list));
        claims.put("a.b", list);
        var issuer = new Issuer(
                shared.uri(),
                OURS,
                "sub",
                claim,
                Map.of("/lead", Set.of(Role.APPROVER, Role.AUDITOR), "/desk", Set.of(Role.OFFICER)));

        assertThat(Role.typed(
                        new Tokens(issuer, CLOCK).caller(shared.token(claims)).roles()))
                .isEqualTo(roles);
    }

    @Test
    void the_issuer_is_asked_when_a_token_comes_once_for_all_and_anew_for_a_new_key() {
        try (var issuer = new TestIssuer()) {
            var asking = new Tokens(issuer.issuer(OURS), CLOCK);
            assertThat(issuer.asked()).isZero();
            Map<String, Object> claims = issuer.claims("李四", OURS, NOON, Set.of());
            for (int i = 0; i < 50; i++) {
                assertThat(said(asking, issuer.token(claims))).isEqualTo("李四");
            }
            assertThat(code(asking, shared(issuer))).isEqualTo("UNKNOWN_TOKEN");
            assertThat(issuer.asked()).isEqualTo(1);

            issuer.newKey("second");
            Map<String, Object> second = Map.of("alg", "RS256", "kid", "second");
            assertThat(said(
                            asking,
                            TestIssuer.token(
                                    second, claims, issuer.key("second").getPrivate())))
                    .isEqualTo("李四");
            assertThat(issuer.asked()).isEqualTo(2);

            // Whoever makes up keys does not have it asked without end, nor is anybody else kept out.
            for (int i = 0; i < 50; i++) {
                Map<String, Object> made = Map.of("alg", "RS256", "kid", "made-up-" + i);
                assertThat(code(
                                asking,
                                TestIssuer.token(
                                        made, claims, issuer.key("first").getPrivate())))
                        .isEqualTo("UNKNOWN_TOKEN");
                assertThat(said(asking, issuer.token(claims))).isEqualTo("李四");
            }
            assertThat(issuer.asked()).isLessThanOrEqualTo(4);
        }
    }

    /** A token that is signed with a shared secret: nobody is asked about it. */
    private static String shared(TestIssuer issuer) {
        return TestIssuer.unsigned(Map.of("alg", "HS256", "kid", "x"), issuer.claims("李四", OURS, NOON, Set.of()))
                + ".AAAA";
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TELLS")
    void an_issuer_that_does_not_tell_its_keys_keeps_nobody_waiting_and_comes_back(Mood mood) {
        try (var issuer = new TestIssuer()) {
            var asking = new Tokens(issuer.issuer(OURS), CLOCK, Duration.ofMillis(500));
            String token = issuer.token(issuer.claims("李四", OURS, NOON, Set.of()));
            issuer.is(mood);

            assertThat(said(asking, token))
                    .contains(
                            "The issuer of tokens, " + issuer.uri() + ", does not tell by which keys they are signed.")
                    .contains("in 10 seconds");
            issuer.is(Mood.TELLS);
            assertThat(said(asking, token)).isEqualTo("李四");
            issuer.is(mood);
            assertThat(said(asking, token)).as("its keys are kept").isEqualTo("李四");
        }
    }

    @Test
    void an_issuer_that_is_not_there_is_asked_a_few_times_a_minute() {
        URI nowhere;
        String token;
        try (var gone = new TestIssuer()) {
            nowhere = gone.uri();
            token = gone.token(gone.claims("李四", OURS, NOON, Set.of()));
        }
        var asking = new Tokens(new Issuer(nowhere, OURS, "sub", "roles", Issuer.OWN_WORDS), CLOCK);
        for (int i = 0; i < 20; i++) {
            assertThat(code(asking, token)).isEqualTo("ISSUER_SILENT");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://id.example.org/realms/district, true",
        "http://localhost:8081/realm, true",
        "http://127.0.0.1, true",
        "http://[::1]:80/x, true",
        "http://id.example.org/, false",
        "http://127.0.0.1.example.org/, false",
        "https://user@id.example.org/, false",
        "https://id.example.org/?a=b, false",
        "https://id.example.org/#a, false",
        "file:///etc/passwd, false",
        "nonsense, false",
    })
    void keys_are_read_where_nobody_else_can_put_his_own(String address, boolean good) {
        assertThat(Issuer.isAddress(URI.create(address))).isEqualTo(good);
    }
}
