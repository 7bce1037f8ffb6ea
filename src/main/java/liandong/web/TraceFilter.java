package liandong.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import liandong.trace.Traces;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/** Has each request traced, but for those of whoever watches the service, and says in the log which trace it is of. */
final class TraceFilter extends OncePerRequestFilter {
    /** As the Elastic Common Schema names it. */
    static final String FIELD = "trace.id";

    private final Traces traces;

    TraceFilter(Traces traces) {
        this.traces = traces;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (Traces.Request traced = traces.begin(request.getMethod(), request::getHeader)) {
            MDC.put(FIELD, traced.trace());
            chain.doFilter(request, response);
            Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
            traced.answered(response.getStatus(), route == null ? "" : String.valueOf(route));
        } finally {
            MDC.remove(FIELD);
        }
    }
}
