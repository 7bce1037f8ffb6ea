package liandong.open311;

import java.util.List;
import java.util.Locale;
import liandong.incident.Member;
import liandong.problem.Problem;
import liandong.wire.ProblemJson;

/** What is wrong with a request, as GeoReport tells it: one of a list. */
public record GeoReportError(
        @Member(meaning = "the HTTP status", example = "404")
        int code,

        @Member(
                meaning = "what is wrong, how to mend it, and the code of the problem in brackets",
                example = "\"There is no service \\\"X\\\". [UNKNOWN_SERVICE]\"")
        String description) {
    private static final int NOT_FOUND = 404;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;
    private static final int BAD = 400;

    /**
     * The status that GeoReport wants: 403 for a missing or wrong key, 404 for what is not there, 400 for whatever else is
     * wrong with a request. What may be asked again as it is (409, 429, 503) and what is our own fault (500) stay as HTTP has
     * them: a 400 would say that asking again is of no use.
     */
    public static int status(int http) {
        return switch (http) {
            case UNAUTHORIZED -> FORBIDDEN;
            case FORBIDDEN, NOT_FOUND, CONFLICT, TOO_MANY -> http;
            default -> http >= BAD && http < SERVER ? BAD : http;
        };
    }

    /** Problems, each as an error. */
    public static List<GeoReportError> of(int status, List<Problem> problems, Locale locale) {
        return ProblemJson.of(status, problems, locale).problems().stream()
                .map(fault -> new GeoReportError(status, told(fault)))
                .toList();
    }

    private static String told(ProblemJson.Fault fault) {
        String at = fault.at() == null ? fault.pointer() : fault.at();
        return (at == null || at.isEmpty() ? "" : at + ": ")
                + fault.message()
                + (fault.help() == null ? "" : " " + fault.help())
                + " ["
                + fault.code()
                + "]";
    }
}
