package liandong.web;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Token buckets, one for each caller: a bucket holds as many tokens as a minute brings, and is full at first. Safe for use by
 * many threads.
 *
 * <p>A bucket that is full again is the same as none, so it may be forgotten. When there are too many that are not, newcomers
 * share one: however many addresses somebody has, they take neither memory nor more than one more caller's share.
 */
final class Buckets {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** What newcomers share when there is no room; no caller is called so. */
    private static final String SHARED = "";

    private final int perMinute;
    private final long interval;
    private final int most;
    private final LongSupplier nanos;

    /** When each bucket is full again, by {@link #nanos}; who was seen last is last (generic cell rate algorithm). */
    private final Map<String, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Buckets.
     *
     * @param perMinute how many tokens a minute brings, and a bucket holds; from 1
     * @param most of how many callers at once the buckets are kept
     * @param nanos a clock, as {@link System#nanoTime}
     */
    Buckets(int perMinute, int most, LongSupplier nanos) {
        this.perMinute = perMinute;
        this.interval = MINUTE / perMinute;
        this.most = most;
        this.nanos = nanos;
    }

    /**
     * What came of asking for a token.
     *
     * @param granted whether there was one
     * @param left how many there are still
     * @param full in how many seconds the bucket is full again, rounded up
     * @param retry after how many seconds there is one, rounded up; 0 when there was one
     */
    record Taken(boolean granted, int left, int full, int retry) {}

    /** Takes a token from somebody's bucket. */
    synchronized Taken take(String caller) {
        long now = nanos.getAsLong();
        String bucket = fullAt.containsKey(caller) || hasRoom(now) ? caller : SHARED;
        long before = fullAt.getOrDefault(bucket, now);
        long full = (before - now > 0 ? before : now) + interval;
        long over = full - now - perMinute * interval;
        boolean granted = over <= 0;
        if (granted) {
            fullAt.put(bucket, full);
        } else {
            full -= interval;
        }
        return new Taken(
                granted,
                (int) ((perMinute * interval - (full - now)) / interval),
                seconds(full - now),
                granted ? 0 : seconds(over));
    }

    /** Whether another bucket may be kept; forgets one that is full again for it. */
    private boolean hasRoom(long now) {
        if (fullAt.size() < most) {
            return true;
        }
        Iterator<Long> eldest = fullAt.values().iterator();
        if (eldest.next() - now > 0) {
            return false;
        }
        eldest.remove();
        return true;
    }

    private static int seconds(long nanos) {
        return (int) ((nanos + SECOND - 1) / SECOND);
    }

    /** How many buckets are kept. */
    synchronized int size() {
        return fullAt.size();
    }
}
