package liandong.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import liandong.problem.Code;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of an {@link Issuer} that open the service: signed JWTs (RFC 7519) that are made out to it. Safe for use by many
 * threads.
 *
 * <p>Nothing is asked of the issuer before somebody shows a token. Its keys are kept for {@link #KEPT}, and while it is silent
 * for {@link #WITHOUT_ISSUER}; a token that names a key nobody knows has them read again, a few times a minute at most. What is
 * signed with a shared secret, or not at all, is none: else whoever knows the public key could sign.
 */
public final class Tokens {
    /** How far its clock and ours may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final Duration WITHOUT_ISSUER = Duration.ofHours(4);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Set<JWSAlgorithm> SIGNATURES = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);
    private static final JOSEObjectType ACCESS = new JOSEObjectType("at+jwt");
    private static final int LONGEST_QUOTE = 80;

    private final Issuer issuer;
    private final Clock clock;
    private final DefaultJWTProcessor<SecurityContext> signatures = new DefaultJWTProcessor<>();
    private final IssuerKeys told;

    /**
     * The tokens of an issuer.
     *
     * @param issuer who issues them, and what of them is believed
     * @param clock says which have expired
     */
    public Tokens(Issuer issuer, Clock clock) {
        this(issuer, clock, PATIENCE);
    }

    /** @param patience how long it is waited for an issuer that is asked for its keys */
    Tokens(Issuer issuer, Clock clock, Duration patience) {
        this.issuer = issuer;
        this.clock = clock;
        this.told = new IssuerKeys(issuer.uri(), patience);
        JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(told)
                // Who comes meanwhile waits as long as whoever is asking.
                .cache(KEPT.toMillis(), patience.toMillis())
                .refreshAheadCache(false)
                .rateLimited(Duration.ofSeconds(TokenException.SECONDS).toMillis())
                .outageTolerant(WITHOUT_ISSUER.toMillis())
                .build();
        signatures.setJWSKeySelector(new JWSVerificationKeySelector<>(SIGNATURES, keys));
        signatures.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS, null));
        // What they say is looked at below, in an order and in words of our own.
        signatures.setJWTClaimsSetVerifier((claims, context) -> {});
    }

    /** Whether what a request shows can only be a token: no key has a dot. */
    public static boolean isToken(String shown) {
        return shown.indexOf('.') >= 0;
    }

    /**
     * Whose token this is.
     *
     * @param token as the request shows it
     * @throws TokenException if it does not count, or its issuer does not tell its keys
     */
    public Caller caller(String token) throws TokenException {
        JWTClaimsSet claims = signed(token);
        if (!issuer.uri().toString().equals(claims.getIssuer())
                || !claims.getAudience().contains(issuer.audience())) {
            throw new TokenException(
                    Code.TOKEN_FOR_OTHERS,
                    quoted(String.valueOf(claims.getIssuer())),
                    quoted(String.join(", ", claims.getAudience())),
                    issuer.uri(),
                    issuer.audience());
        }
        Instant end = moment(claims.getExpirationTime());
        if (end == null) {
            throw new TokenException(Code.TOKEN_INCOMPLETE, "exp", Caller.LONGEST_NAME);
        }
        Instant begin = moment(claims.getNotBeforeTime());
        Instant now = clock.instant();
        if (!now.isBefore(end.plus(SKEW)) || (begin != null && now.isBefore(begin.minus(SKEW)))) {
            throw new TokenException(Code.TOKEN_NOT_NOW, begin == null ? "…" : begin, end, now);
        }
        if (!(claims.getClaim(issuer.nameClaim()) instanceof String name)
                || name.isBlank()
                || !name.equals(name.strip())
                || !Caller.isName(name)) {
            throw new TokenException(Code.TOKEN_INCOMPLETE, issuer.nameClaim(), Caller.LONGEST_NAME);
        }
        return new Caller(name, "token of " + name, roles(claims), end.plus(SKEW));
    }

    /** What a token says, if its issuer has signed it. */
    private JWTClaimsSet signed(String token) throws TokenException {
        try {
            return signatures.process(token, null);
        } catch (KeySourceException e) {
            if (e instanceof RateLimitReachedException && !told.isSilent()) {
                // Its keys were read a moment ago, and the one that was named was not among them.
                throw new TokenException(Code.UNKNOWN_TOKEN, issuer.uri());
            }
            throw new TokenException(Code.ISSUER_SILENT, issuer.uri(), TokenException.SECONDS);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new TokenException(Code.UNKNOWN_TOKEN, issuer.uri());
        }
    }

    private Set<Role> roles(JWTClaimsSet claims) {
        Object said = claims.getClaim(issuer.rolesClaim());
        if (said == null) {
            said = within(claims.getClaims(), List.of(issuer.rolesClaim().split("\\.", -1)));
        }
        Stream<?> words = said instanceof String text
                ? Arrays.stream(text.split(" ", -1))
                : said instanceof Collection<?> list ? list.stream() : Stream.empty();
        var roles = EnumSet.noneOf(Role.class);
        words.filter(String.class::isInstance)
                .forEach(word -> roles.addAll(issuer.roles().getOrDefault((String) word, Set.of())));
        return Set.copyOf(roles);
    }

    private static @Nullable Object within(@Nullable Object claims, List<String> path) {
        Object at = claims;
        for (String name : path) {
            at = at instanceof Map<?, ?> members ? members.get(name) : null;
        }
        return at;
    }

    private static @Nullable Instant moment(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private static String quoted(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
