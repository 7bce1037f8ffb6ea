package liandong.decision;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Consumer;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;

/**
 * The moment that a request is decided for, as its facts are held against it.
 *
 * @param now the moment
 * @param tolerance how far a time may lie after it, because clocks differ; not negative
 */
public record DecisionMoment(Instant now, Duration tolerance) {
    /** The tolerance that a service has unless it is told another. */
    public static final Duration USUAL_TOLERANCE = Duration.ofMinutes(5);

    /** The most tolerance that a service can have, and what was decided already is taken with. */
    public static final Duration MOST_TOLERANCE = Duration.ofDays(1);

    /** Tells of a time after now: what lies within the tolerance is warned of, and taken as it is. */
    public void notInFuture(RequestPointer at, OffsetDateTime time, Consumer<Problem> problems) {
        if (time.toInstant().isAfter(now)) {
            boolean clocksDiffer = !time.toInstant().isAfter(now.plus(tolerance));
            problems.accept(Problem.of(
                    clocksDiffer ? Code.AHEAD_OF_CLOCK : Code.IN_FUTURE,
                    at,
                    time,
                    now.atZone(time.getOffset()).toOffsetDateTime()));
        }
    }
}
