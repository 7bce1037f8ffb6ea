package liandong.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liandong.digest.Sha256;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.store.AuditLog;
import liandong.store.AuditLog.Watched;
import liandong.store.Database;
import liandong.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * The keys that open the service. Safe for use by many threads.
 *
 * <p>Of a key's secret only its SHA-256 is kept. A slow hash would protect what can be guessed, such as a password; of 256
 * random bits none can be, whatever the hash, and a slow one would cost every request its time.
 *
 * <p>What the store says counts for at most two seconds, and nobody waits longer for it. While it does not answer, what it
 * said last goes on counting for some minutes, so that known callers learn what is wrong with the store instead of being
 * turned away; the log says so, because a key that is revoked meanwhile goes on counting too.
 */
public final class Keys {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration STALE = Duration.ofSeconds(2);
    /** Waited in any case: whoever asks has perhaps only just begun. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private static final Duration WITHOUT_STORE = Duration.ofMinutes(5);

    private static final System.Logger LOG = System.getLogger(Keys.class.getName());

    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}(/\\d{1,2})?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(/\\d{1,3})?");
    private static final Pattern SECRET = Pattern.compile("ld_([0-9a-f]{8})_([A-Za-z0-9_-]{43})");
    private static final int SECRET_BYTES = 32;

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;
    private final boolean tokens;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Known known;
    /** When somebody began to ask the store, by {@link System#nanoTime}; counts while {@link #asking} is held. */
    private volatile long askingSince;

    /**
     * The keys of a store.
     *
     * @param database the store
     * @param clock gives the times at which keys are made, revoked and expire
     */
    public Keys(Database database, Clock clock) {
        this(database, clock, false);
    }

    /**
     * The keys of a store, to a service that may take tokens beside them.
     *
     * @param tokens whether it does: then nobody gets in without showing something, though there be no keys
     */
    public Keys(Database database, Clock clock, boolean tokens) {
        this.database = database;
        this.audit = new AuditLog(database);
        this.clock = clock;
        this.tokens = tokens;
    }

    /**
     * A key with what is stored of its secret.
     *
     * @param from its addresses, ready to be compared
     */
    private record Stored(Key key, String hash, List<IpAddressMatcher> from) {}

    /**
     * What the store said.
     *
     * @param keys all keys by id, revoked ones too
     * @param read when it said so, by {@link System#nanoTime}
     * @param asked when it was asked last, by the same clock; later than {@code read} when it did not answer since
     */
    private record Known(Map<String, Stored> keys, long read, long asked) {
        boolean isReadWithin(Duration age, long now) {
            return now - read < age.toNanos();
        }

        boolean isAskedWithin(Duration age, long now) {
            return now - asked < age.toNanos();
        }

        boolean isAnswered() {
            return read == asked;
        }
    }

    /**
     * Until when, and from where, a key counts.
     *
     * @param expires from when on it counts no more; null when it does not expire
     * @param addresses where requests that show it may come from, each as {@link #isAddress} wants it; empty for everywhere
     */
    public record Terms(@Nullable Instant expires, List<String> addresses) {
        /** For ever, from everywhere. */
        public static final Terms ANY = new Terms(null, List.of());
    }

    /**
     * A key that has taken the place of another.
     *
     * @param secret the new one's, which is never shown again
     * @param end from when on the other one counts no more
     */
    public record Rotated(String secret, Instant end) {}

    /** Whether a text is an address, or a range of addresses: {@code 10.3.0.7}, {@code 10.2.0.0/16}, {@code 2001:db8::/32}. */
    public static boolean isAddress(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return false; // a name would be looked up
        }
        try {
            return new IpAddressMatcher(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Makes a key that counts for ever, from everywhere; see {@link #add(String, Set, Terms, String)}. */
    public String add(String name, Set<Role> roles, String person) {
        return add(name, roles, Terms.ANY, person);
    }

    /**
     * Makes a key.
     *
     * @param name the person or system that gets it, not empty
     * @param roles what they may do, at least one
     * @param terms until when, and from where, it counts
     * @param person who makes it, for the audit log
     * @return the secret, which is never shown again
     */
    public String add(String name, Set<Role> roles, Terms terms, String person) {
        if (name.isBlank() || roles.isEmpty()) {
            throw new IllegalArgumentException("a key needs a name and a role");
        }
        if (!terms.addresses().stream().allMatch(Keys::isAddress)) {
            throw new IllegalArgumentException("no addresses: " + terms.addresses());
        }
        return audit.transact(() -> made(name, roles, terms, person));
    }

    /**
     * Makes a key that takes the place of another: of the same name, with the same roles, from the same addresses. The other
     * one goes on counting for some time, so that its owner can change over without an interruption.
     *
     * @param id the other one
     * @param overlap how long both count; that one never counts longer than it would have
     * @param expires from when on the new one counts no more; null for as long after now as the other one was to count after it
     * was made
     * @param person who does, for the audit log
     * @return null when there is no such key, or it counts no more
     */
    public @Nullable Rotated rotate(String id, Duration overlap, @Nullable Instant expires, String person) {
        Instant now = clock.instant();
        return audit.<@Nullable Rotated>transact(() -> {
            Key former = stored().stream()
                    .map(Stored::key)
                    .filter(key -> key.id().equals(id) && key.counts(now))
                    .findFirst()
                    .orElse(null);
            if (former == null) {
                return null;
            }
            Instant until = former.expires();
            Instant end = now.plus(overlap);
            if (until == null || end.isBefore(until)) {
                database.sql()
                        .sql("DELETE FROM key_terms WHERE id = ?")
                        .param(id)
                        .update();
                terms(id, new Terms(end, former.addresses()), now, person, "KEY_EXPIRES");
            }
            Instant next =
                    expires != null || until == null ? expires : now.plus(Duration.between(former.created(), until));
            return new Rotated(
                    made(former.name(), former.roles(), new Terms(next, former.addresses()), person),
                    until == null || end.isBefore(until) ? end : until);
        });
    }

    private String made(String name, Set<Role> roles, Terms terms, String person) {
        byte[] idBytes = new byte[4];
        byte[] secretBytes = new byte[SECRET_BYTES];
        random.nextBytes(idBytes);
        random.nextBytes(secretBytes);
        String id = HexFormat.of().formatHex(idBytes);
        String secret =
                "ld_" + id + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secretBytes);
        Instant now = clock.instant();
        database.sql()
                .sql("INSERT INTO access_key (id, name, roles, hash, created_at) VALUES (?, ?, ?, ?, ?)")
                .params(id, name.strip(), Role.typed(roles), hash(secret), now.toEpochMilli())
                .update();
        audit.enter(Watched.KEY, "key " + id, now, person, "KEY_MADE");
        if (!terms.equals(Terms.ANY)) {
            terms(id, terms, now, person, "KEY_BOUND");
        }
        known = null;
        return secret;
    }

    private void terms(String id, Terms terms, Instant now, String person, String what) {
        Instant end = terms.expires();
        database.sql()
                .sql("INSERT INTO key_terms (id, expires_at, addresses) VALUES (:id, :expires, :addresses)")
                .param("id", id)
                .param("expires", end == null ? null : end.toEpochMilli(), Types.BIGINT)
                .param("addresses", String.join(",", terms.addresses()))
                .update();
        audit.enter(Watched.KEY_TERMS, "terms of key " + id, now, person, what);
    }

    /**
     * Revokes a key, within two seconds everywhere.
     *
     * @param person who does, for the audit log
     * @return whether it counted until now
     */
    public boolean revoke(String id, String person) {
        Instant now = clock.instant();
        boolean revoked = audit.transact(() -> {
            int changed = database.sql()
                    .sql("UPDATE access_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL")
                    .params(now.toEpochMilli(), id)
                    .update();
            if (changed > 0) {
                audit.enter(Watched.KEY, "key " + id, now, person, "KEY_REVOKED");
            }
            return changed > 0;
        });
        known = null;
        return revoked;
    }

    /** All keys there ever were, the oldest first. */
    public List<Key> list() {
        return stored().stream().map(Stored::key).toList();
    }

    /**
     * Whether any key was ever made, or tokens are taken. From then on every request needs one, even when all are revoked: a
     * service that opened itself again would do so at the worst moment.
     */
    public boolean configured() {
        return tokens || !known().keys().isEmpty();
    }

    /**
     * Whose key this is.
     *
     * @param secret as the request shows it
     * @param address where the request comes from, an IP address
     * @return null when there is no such key, it is revoked or expired, or does not count from there
     */
    public @Nullable Caller caller(String secret, String address) {
        Matcher parts = SECRET.matcher(secret);
        if (!parts.matches()) {
            return null;
        }
        Stored stored = known().keys().get(parts.group(1));
        if (stored == null || !stored.key().counts(clock.instant()) || !isSame(stored.hash(), hash(secret))) {
            return null;
        }
        if (!stored.from().isEmpty() && stored.from().stream().noneMatch(range -> range.matches(address))) {
            return null;
        }
        return new Caller(stored.key().name(), stored.key().id(), stored.key().roles());
    }

    /** Whether what a caller showed still counts; of one who showed none, because there were no keys, whether there are none yet. */
    public boolean isStillGood(Caller caller) {
        if (caller.until() != null) {
            return clock.instant().isBefore(caller.until());
        }
        if (caller.keyId() == null) {
            return !configured();
        }
        Stored stored = known().keys().get(caller.keyId());
        return stored != null && stored.key().counts(clock.instant());
    }

    private Known known() {
        long now = System.nanoTime();
        Known last = known;
        if (last != null && last.isAskedWithin(FRESH, now)) {
            return last;
        }
        if (last != null && (last.isReadWithin(STALE, now) || !last.isAnswered())) {
            // One request reads again; the others do not wait for it.
            if (!asking.tryLock()) {
                return last;
            }
        } else if (!isTurn(now)) {
            return stillCounting(last, null);
        }
        try {
            Known since = known;
            if (since != null && since.isAskedWithin(FRESH, now)) {
                return since;
            }
            askingSince = System.nanoTime();
            return asked(last);
        } finally {
            asking.unlock();
        }
    }

    /** Whether it is this thread's turn to ask: whoever is asking now may have got no answer, and not know it yet. */
    private boolean isTurn(long now) {
        if (asking.tryLock()) {
            return true;
        }
        long left = Math.min(STALE.toNanos(), STALE.toNanos() - (now - askingSince));
        try {
            return asking.tryLock(Math.max(MOMENT.toNanos(), left), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What the store said last, as long as that counts while it does not answer. */
    private Known stillCounting(@Nullable Known last, @Nullable StoreException silence) {
        if (last != null && last.isReadWithin(WITHOUT_STORE, System.nanoTime())) {
            return last;
        }
        throw silence != null
                ? silence
                : new StoreException(
                        Problem.of(
                                Code.STORE_UNREACHABLE,
                                new FileRef(database.name()),
                                "no answer within " + STALE.toSeconds() + " s"),
                        null);
    }

    private Known asked(@Nullable Known last) {
        Known next;
        try {
            long now = System.nanoTime();
            next = new Known(
                    stored().stream()
                            .collect(Collectors.toMap(each -> each.key().id(), Function.identity())),
                    now,
                    now);
        } catch (StoreException e) {
            Known before = stillCounting(last, e);
            if (before.isAnswered()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the store does not say which keys count: those that counted go on for at most "
                                + WITHOUT_STORE.toMinutes() + " minutes, also if they are revoked meanwhile: "
                                + e.problem().line(Locale.ENGLISH));
            }
            next = new Known(before.keys(), before.read(), System.nanoTime());
        }
        if (last != null && !last.isAnswered() && next.isAnswered()) {
            LOG.log(System.Logger.Level.INFO, "the store says again which keys count");
        }
        known = next;
        return next;
    }

    private List<Stored> stored() {
        return database.ask(() -> database.sql()
                .sql("SELECT k.id, name, roles, hash, created_at, revoked_at, expires_at, addresses FROM access_key k"
                        + " LEFT JOIN key_terms t ON t.id = k.id ORDER BY created_at, k.id")
                .query((row, n) -> stored(row))
                .list());
    }

    private static Stored stored(ResultSet row) throws SQLException {
        var roles = EnumSet.noneOf(Role.class);
        Arrays.stream(row.getString("roles").split(",", -1))
                .forEach(role -> roles.add(Role.valueOf(role.toUpperCase(Locale.ROOT))));
        String ranges = row.getString("addresses");
        List<String> addresses = ranges == null || ranges.isEmpty() ? List.of() : List.of(ranges.split(",", -1));
        return new Stored(
                new Key(
                        row.getString("id"),
                        row.getString("name"),
                        Set.copyOf(roles),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        moment(row, "expires_at"),
                        addresses,
                        moment(row, "revoked_at")),
                row.getString("hash"),
                addresses.stream().map(IpAddressMatcher::new).toList());
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** Takes as long whether they differ early or late. */
    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hash(String secret) {
        return Sha256.hex(secret.getBytes(StandardCharsets.US_ASCII));
    }
}
