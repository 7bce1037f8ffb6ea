package liandong.console;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liandong.problem.Problem;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** The pages that say no: {@link ConsoleFilter} and {@link ConsoleAdvice} send people here. */
@Controller
class RefusedController {
    /** What a form brings along that is no part of what somebody typed. */
    private static final Set<String> OWN_FIELDS = Set.of(ConsoleInterceptor.TOKEN_FIELD);

    private static final int MOST_KEPT = 200;

    @RequestMapping(ConsoleRoutes.REFUSED)
    ModelAndView refused(HttpServletRequest request, HttpServletResponse response) {
        Refusal refusal = Refusal.in(request);
        return page(refusal == null ? new Refusal(HttpStatus.NOT_FOUND, List.of(), false) : refusal, request, response);
    }

    /**
     * A problem as a page tells it.
     *
     * @param place where it is; empty when nowhere in particular
     * @param message what is wrong
     * @param help how to mend it; empty when nobody can
     * @param error whether it is one, and not only worth knowing
     */
    record Told(String place, String message, String help, boolean error) {
        static Told of(Problem problem) {
            var locale = LocaleContextHolder.getLocale();
            return new Told(
                    problem.at().toString(),
                    problem.message(locale),
                    problem.help(locale),
                    problem.code().isError());
        }
    }

    /** A field of a form, kept while somebody signs in again. */
    record Field(String name, String value) {}

    static ModelAndView page(Refusal refusal, HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(refusal.status().value());
        boolean script = request.getHeader("HX-Request") != null;
        var page = new ModelAndView(
                refusal.signIn() ? "sign-in" + (script ? " :: notice" : "") : "refused" + (script ? " :: notice" : ""));
        page.addObject("status", refusal.status().value());
        page.addObject("problems", refusal.problems().stream().map(Told::of).toList());
        if (refusal.signIn()) {
            String type = request.getContentType();
            boolean files = type != null && type.startsWith(MediaType.MULTIPART_FORM_DATA_VALUE);
            boolean again = !ConsoleFilter.isSafe(request) && !files;
            page.addObject("form", new SignInController.Form(files ? before(request) : asked(request), again, false));
            page.addObject("kept", again ? kept(request) : List.of());
            page.addObject("files", files);
        }
        return page;
    }

    /** The address that was asked for. */
    private static String asked(HttpServletRequest request) {
        Object forwarded = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI);
        Object query = forwarded == null
                ? request.getQueryString()
                : request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING);
        String uri = forwarded == null ? request.getRequestURI() : forwarded.toString();
        return ConsoleFilter.isSafe(request) && query != null ? uri + "?" + query : uri;
    }

    /** The page on which files were chosen, where they must be chosen again; what was typed there the browser has kept. */
    private static String before(HttpServletRequest request) {
        String referer = request.getHeader(HttpHeaders.REFERER);
        int path = referer == null ? -1 : referer.indexOf(ConsoleRoutes.HOME);
        return referer == null || path < 0 ? ConsoleRoutes.HOME : referer.substring(path);
    }

    /** What somebody typed. */
    private static List<Field> kept(HttpServletRequest request) {
        var kept = new ArrayList<Field>();
        for (Map.Entry<String, String[]> field : request.getParameterMap().entrySet()) {
            for (String value : field.getValue()) {
                if (!OWN_FIELDS.contains(field.getKey()) && kept.size() < MOST_KEPT) {
                    kept.add(new Field(field.getKey(), value));
                }
            }
        }
        return kept;
    }
}
