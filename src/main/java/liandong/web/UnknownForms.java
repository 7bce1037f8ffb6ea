package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import liandong.open311.Given;
import liandong.problem.BusyException;
import liandong.wire.BadRequestException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Reads the forms of callers of whom nothing is known yet, because their key stands in there: only a few at once, and not for
 * long, as anybody may begin to send one and not go on.
 */
@Component
final class UnknownForms {
    private static final int MOST = 8;

    /** How long one is waited for, and longer by what its length gives it: see {@link SlowCallers}. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Semaphore places;

    UnknownForms(@Value("${server.tomcat.threads.max:200}") int threads) {
        // Half of the threads that Admission leaves, which are for health, and for saying no.
        this.places = new Semaphore(Math.max(1, Math.min(MOST, threads / 10)));
    }

    /**
     * What the query and the form say.
     *
     * @throws BusyException if as many are being read as may be
     * @throws BadRequestException if it cannot be decoded, or is too long
     */
    Given read(HttpServletRequest request) throws IOException, BadRequestException {
        if (!places.tryAcquire()) {
            throw new BusyException();
        }
        SlowCallers.hurry(request, PATIENCE);
        try {
            return GeoReport.given(request);
        } finally {
            places.release();
        }
    }
}
