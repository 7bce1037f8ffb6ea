package liandong.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import liandong.access.Caller;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.console.RefusedController.Field;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.web.LocalRequests;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Signing in: a key is exchanged for a session. While there are no keys, somebody says who they are before they change
 * anything.
 */
@Controller
class SignInController {
    /** What stands before the name of a field that is kept while somebody signs in. */
    private static final String KEPT = "kept.";

    /** An address of the console as it is sent: nothing in it leads elsewhere, or ends a header. */
    private static final Pattern OWN = Pattern.compile("/console(?:[/?][!-~&&[^\\\\]]*)?");

    private final Keys keys;
    private final Sessions sessions;

    SignInController(Keys keys, Sessions sessions) {
        this.keys = keys;
        this.sessions = sessions;
    }

    /**
     * The form.
     *
     * @param to where to go on
     * @param sent whether something was sent there, which is sent again
     * @param wrong whether what was typed before was no key, or no name
     */
    record Form(String to, boolean sent, boolean wrong) {}

    @GetMapping("/")
    String begin() {
        return "redirect:" + ConsoleRoutes.HOME;
    }

    @GetMapping(ConsoleRoutes.SIGN_IN)
    ModelAndView form(@RequestParam(name = "to", required = false) @Nullable String to) {
        return form(new Form(own(to), false, false), List.of());
    }

    private static ModelAndView form(Form form, List<Field> kept) {
        var page = new ModelAndView("sign-in");
        page.addObject("form", form);
        page.addObject("kept", kept);
        return page;
    }

    @PostMapping(ConsoleRoutes.SIGN_IN)
    ModelAndView signIn(
            @RequestParam(name = "key", defaultValue = "") String key,
            @RequestParam(name = "name", defaultValue = "") String name,
            @RequestParam(name = "to", required = false) @Nullable String to,
            @RequestParam(name = "sent", defaultValue = "false") boolean sent,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Caller caller = caller(key, name, request);
        String target = own(to);
        List<Field> kept = kept(request);
        if (caller == null) {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            return form(new Form(target, sent, true), kept);
        }
        Session session = begin(caller, request, response);
        if (!sent) {
            return new ModelAndView("redirect:" + target);
        }
        var page = new ModelAndView("go-on");
        page.addObject("to", target);
        page.addObject("kept", kept);
        page.addObject("token", session.token());
        return page;
    }

    /** Signs in beneath a page, which goes on by the new token. */
    @PostMapping(ConsoleRoutes.SIGN_IN_AGAIN)
    ResponseEntity<Void> again(
            @RequestParam(name = "key", defaultValue = "") String key,
            @RequestParam(name = "name", defaultValue = "") String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Caller caller = caller(key, name, request);
        if (caller == null) {
            return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT).build();
        }
        return ResponseEntity.noContent()
                .header(
                        ConsoleInterceptor.TOKEN_HEADER,
                        begin(caller, request, response).token())
                .build();
    }

    /** Whose key it is, or who somebody says they are while there are no keys; null when nobody. */
    private @Nullable Caller caller(String key, String name, HttpServletRequest request) throws IOException {
        if (keys.configured()) {
            return keys.caller(key.strip(), request.getRemoteAddr());
        }
        String plain = name.strip();
        return plain.isEmpty() || !Caller.isName(plain) || !LocalRequests.isFromHere(request)
                ? null
                : new Caller(plain, null, Role.ALL);
    }

    /** Begins a session in place of the one there was. */
    private Session begin(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        String before = Cookies.read(request, Cookies.SESSION);
        if (before != null) {
            sessions.end(before);
        }
        Session session = sessions.begin(caller, request.getRemoteAddr());
        Cookies.signIn(request, response, session.secret());
        return session;
    }

    @PostMapping("/console/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        Session session = ConsoleFilter.session(request);
        if (session != null) {
            sessions.end(session.secret());
        }
        Cookies.signOut(request, response);
        return "redirect:" + ConsoleRoutes.SIGN_IN;
    }

    @GetMapping("/console/language/{language}")
    String language(
            @PathVariable("language") String language,
            @RequestParam(name = "to", required = false) @Nullable String to,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!Set.of("zh", "en").contains(language)) {
            throw new RefusedException(Refusal.of(
                    HttpStatus.NOT_FOUND, Problem.of(Code.NOT_FOUND, new RequestPointer(""), request.getRequestURI())));
        }
        Cookies.language(request, response, language);
        return "redirect:" + own(to);
    }

    /** An address of the console; its beginning in place of any other. */
    private static String own(@Nullable String to) {
        return to == null || !OWN.matcher(to).matches() || to.startsWith(ConsoleRoutes.SIGN_IN)
                ? ConsoleRoutes.HOME
                : to;
    }

    /** The fields that were kept, by their own names. */
    private static List<Field> kept(HttpServletRequest request) {
        var kept = new ArrayList<Field>();
        for (Map.Entry<String, String[]> field : request.getParameterMap().entrySet()) {
            if (field.getKey().startsWith(KEPT)) {
                for (String value : field.getValue()) {
                    kept.add(new Field(field.getKey().substring(KEPT.length()), value));
                }
            }
        }
        return kept;
    }
}
