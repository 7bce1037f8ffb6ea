package liandong.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import liandong.incident.Nearest;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.web.Routes.Route;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.UriUtils;

/**
 * Refuses what stands behind the question mark of an address, or in a part of a form, and is no parameter of its route, or is
 * one twice: passed over, a condition that was mistyped would be answered as if it had been met, and of two files one lost.
 *
 * <p>What a route takes is what its operation says it takes. Pages of the console take what they like.
 */
@Component
final class QueryInterceptor implements HandlerInterceptor, WebMvcConfigurer {
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws BadRequestException {
        String query = request.getQueryString();
        Route route = query == null ? null : Routes.of(request);
        if (query != null && route != null) {
            demand(
                    GeoReport.isFor(request) ? GeoReport.names(request) : names(query, request),
                    route.operation().queryNames());
        }
        return true;
    }

    /**
     * The same of the parts of a form. Asked for by whoever takes the form, which is not read before its turn has come.
     *
     * @throws BadRequestException if there is one that is not known, or is there twice
     */
    static void demandParts(HttpServletRequest request) throws BadRequestException, IOException {
        Route route = Routes.of(request);
        if (route != null) {
            try {
                demand(
                        request.getParts().stream().map(Part::getName).toList(),
                        route.operation().partNames());
            } catch (ServletException e) {
                throw new IOException(e); // it was read before, so it is a form
            }
        }
    }

    private static void demand(List<String> names, List<String> known) throws BadRequestException {
        var problems = new ArrayList<Problem>();
        var seen = new HashSet<String>();
        for (String name : names) {
            if (!seen.add(name)) {
                problems.add(Problem.of(
                        Code.DUPLICATE_FIELD, new FileRef(FactReader.shortened(name)), FactReader.shortened(name)));
            } else if (!known.contains(name)) {
                problems.add(unknown(name, known));
            }
        }
        if (!problems.isEmpty()) {
            throw new BadRequestException(true, problems);
        }
    }

    private static List<String> names(String query, HttpServletRequest request) throws BadRequestException {
        var names = new ArrayList<String>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            try {
                // The sign as it was sent: one that is encoded belongs to the name, or to what it says.
                int sign = pair.indexOf('=');
                String decoded = decoded(pair);
                names.add(sign < 0 ? decoded : decoded(pair.substring(0, sign)));
            } catch (IllegalArgumentException e) {
                throw new BadRequestException(
                        false, List.of(Problem.of(ServerValve.unreadable(request), new RequestPointer(""))));
            }
        }
        return names;
    }

    private static String decoded(String encoded) {
        return UriUtils.decode(encoded.replace('+', ' '), StandardCharsets.UTF_8);
    }

    /** That there is nothing of a name; told at that name, as everything that is wrong with a query. */
    private static Problem unknown(String name, List<String> known) {
        String near = Nearest.of(name, known);
        return Problem.of(
                Code.UNKNOWN_FIELD,
                new FileRef(FactReader.shortened(name)),
                FactReader.shortened(name),
                known.isEmpty() ? "–" : (near == null ? "" : near + "? ") + String.join(", ", known));
    }
}
