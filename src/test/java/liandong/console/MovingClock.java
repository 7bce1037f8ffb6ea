package liandong.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that a test can put forward. */
final class MovingClock extends Clock {
    private final Clock clock;
    private volatile Duration ahead = Duration.ZERO;

    MovingClock(Clock clock) {
        this.clock = clock;
    }

    void putForward(Duration time) {
        ahead = ahead.plus(time);
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return clock.withZone(zone);
    }

    @Override
    public Instant instant() {
        return clock.instant().plus(ahead);
    }
}
