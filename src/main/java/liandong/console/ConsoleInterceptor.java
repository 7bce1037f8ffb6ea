package liandong.console;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Demands the token of everybody who changes something.
 *
 * <p>It is looked at here and not before: only by now does a body of files have a place to be read.
 */
@Component
class ConsoleInterceptor implements HandlerInterceptor {
    /** The field of a form, and the header of a request by script, that hold the token. */
    static final String TOKEN_FIELD = "token";

    static final String TOKEN_HEADER = "Liandong-Token";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        boolean again = request.getDispatcherType() != DispatcherType.REQUEST;
        if (again || ConsoleFilter.isSafe(request) || request.getRequestURI().startsWith(ConsoleRoutes.SIGN_IN)) {
            return true;
        }
        Session session = ConsoleFilter.session(request);
        String header = request.getHeader(TOKEN_HEADER);
        String token = header == null ? request.getParameter(TOKEN_FIELD) : header;
        if (session == null || token == null || !isSame(token, session.token())) {
            throw new RefusedException(new Refusal(HttpStatus.FORBIDDEN, List.of(), true));
        }
        return true;
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
