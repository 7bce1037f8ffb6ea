package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import liandong.access.Caller;

/** Who makes a request, for the controllers. */
public final class Callers {
    private static final String ATTRIBUTE = Callers.class.getName();

    private Callers() {}

    /**
     * Who makes a request.
     *
     * @throws IllegalStateException if the request was let in without anybody having asked
     */
    public static Caller of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("nobody knows who calls " + request.getRequestURI());
    }

    /** Whether it is known who makes a request. */
    static boolean isKnown(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller;
    }

    public static void put(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }
}
