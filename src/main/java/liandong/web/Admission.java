package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import liandong.problem.BusyException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets in no more requests at once than leave threads free: a process whose every thread waits for a slow caller could not
 * even say that it is alive. Health and metrics do not come this way.
 */
@Component
class Admission implements HandlerInterceptor {
    private static final String HELD = Admission.class.getName();

    private final Semaphore places;
    private final HeavyWork heavyWork;
    private final AtomicLong refused = new AtomicLong();

    Admission(HeavyWork heavyWork, @Value("${server.tomcat.threads.max:200}") int threads) {
        this.heavyWork = heavyWork;
        // A fifth of the threads is for health, and for saying no.
        this.places = new Semaphore(Math.max(1, threads * 4 / 5));
    }

    /** How many requests found no place. */
    long refused() {
        return refused.get();
    }

    /** What a request holds until it is answered. */
    private enum Held {
        PLACE,
        HEAVY
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        boolean heavy = handler instanceof HandlerMethod method && method.hasMethodAnnotation(Heavy.class);
        if (!places.tryAcquire()) {
            refused.incrementAndGet();
            throw new BusyException();
        }
        if (heavy && !heavyWork.enter()) {
            places.release();
            throw new BusyException();
        }
        request.setAttribute(HELD, heavy ? Held.HEAVY : Held.PLACE);
        return true;
    }

    /**
     * Lets the place that a request has among heavy work outlast it; whoever takes it over gives it back by
     * {@link HeavyWork#leave}.
     *
     * @return whether it has one
     */
    static boolean handOver(HttpServletRequest request) {
        boolean heavy = request.getAttribute(HELD) == Held.HEAVY;
        if (heavy) {
            request.setAttribute(HELD, Held.PLACE);
        }
        return heavy;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception e) {
        if (request.getAttribute(HELD) instanceof Held held) {
            request.removeAttribute(HELD);
            places.release();
            if (held == Held.HEAVY) {
                heavyWork.leave();
            }
        }
    }
}
