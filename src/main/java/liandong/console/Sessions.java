package liandong.console;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import liandong.access.Caller;
import liandong.access.Keys;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who is signed in. Safe for use by many threads.
 *
 * <p>In the memory of this process alone: people sign in again after it was started again. A session ends
 * after {@link #IDLE} without a request, {@link #LONGEST} after it began, and with its key. Of those of one key, and of all,
 * only so many are kept; the one that has not been used for longest goes.
 */
@Component
class Sessions {
    /** So long a browser may be silent. */
    static final Duration IDLE = Duration.ofHours(1);

    /** A working day with its overtime. */
    static final Duration LONGEST = Duration.ofHours(12);

    private static final int MOST = 2_000;
    private static final int MOST_OF_A_KEY = 20;
    private static final int SECRET_BYTES = 32;

    private final Keys keys;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    /** By secret, the least recently used first; guarded by itself. */
    private final Map<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

    Sessions(Keys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Begins a session of somebody at an address. */
    Session begin(Caller caller, String address) {
        Instant now = clock.instant();
        var session = new Session(secret(), secret(), caller, address, now, now);
        synchronized (sessions) {
            sessions.values().removeIf(each -> isOver(each, now));
            List<String> own = sessions.values().stream()
                    .filter(each -> each.caller().keyId() != null
                            && each.caller().keyId().equals(caller.keyId()))
                    .map(Session::secret)
                    .toList();
            own.stream().limit(Math.max(0, own.size() - MOST_OF_A_KEY + 1)).forEach(sessions::remove);
            List<String> all = List.copyOf(sessions.keySet());
            all.stream().limit(Math.max(0, all.size() - MOST + 1)).forEach(sessions::remove);
            sessions.put(session.secret(), session);
        }
        return session;
    }

    /**
     * The session of a cookie that came from an address.
     *
     * @param person whether somebody asked, so that the session goes on; not a page by itself
     * @return null when there is none, or it is over
     */
    @Nullable
    Session of(@Nullable String secret, String address, boolean person) {
        if (secret == null) {
            return null;
        }
        Instant now = clock.instant();
        Session session;
        synchronized (sessions) {
            session = sessions.get(secret);
        }
        if (session == null || !session.address().equals(address)) {
            return null;
        }
        if (isOver(session, now) || !keys.isStillGood(session.caller())) {
            end(secret);
            return null;
        }
        if (!person) {
            return session;
        }
        synchronized (sessions) {
            sessions.computeIfPresent(secret, (same, each) -> each.usedAt(now));
        }
        return session;
    }

    void end(String secret) {
        synchronized (sessions) {
            sessions.remove(secret);
        }
    }

    private static boolean isOver(Session session, Instant now) {
        return !now.isBefore(session.used().plus(IDLE))
                || !now.isBefore(session.begun().plus(LONGEST));
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
