package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import liandong.open311.GeoReportError;
import liandong.open311.Given;
import liandong.open311.ServiceRequests;
import liandong.open311.Spark;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.BadRequestException;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/** How requests of Open311 GeoReport v2 are read and answered: their forms, formats and errors are not those of the rest. */
final class GeoReport {
    /** Before all of its addresses. */
    static final String PATH = "/open311/v2/";

    static final String XML = "text/xml";

    /** With the charset, as GeoReport has both of them. */
    private static final String XML_UTF_8 = XML + ";charset=utf-8";

    private static final String JSON_UTF_8 = MediaType.APPLICATION_JSON_VALUE + ";charset=utf-8";

    /** The longest form that is read, in bytes: 4,000 Chinese characters, percent-encoded, take 36,000. */
    private static final int LONGEST_FORM = 1 << 16;

    private static final String GIVEN = GeoReport.class.getName();

    private GeoReport() {}

    /**
     * An answer.
     *
     * @param body XML or JSON, as was asked for
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, String mediaType, byte[] body) {}

    /** Whether a request is one of these. */
    static boolean isFor(HttpServletRequest request) {
        return String.valueOf(request.getRequestURI()).startsWith(PATH);
    }

    /** A document in the format that the end of the address names; XML, which is the one there must be, if it names none. */
    static Answer answer(HttpServletRequest request, int status, Spark document) {
        return String.valueOf(request.getRequestURI()).toLowerCase(Locale.ROOT).endsWith(".json")
                ? new Answer(status, JSON_UTF_8, document.json())
                : new Answer(status, XML_UTF_8, document.xml());
    }

    /**
     * Problems, as GeoReport tells them.
     *
     * @param http the status that they have elsewhere
     */
    static Answer refusal(HttpServletRequest request, int http, List<Problem> problems) {
        int status = GeoReportError.status(http);
        return answer(request, status, Spark.of("errors", GeoReportError.of(status, problems, Locales.of(request))));
    }

    /**
     * What a request says behind the question mark.
     *
     * @throws BadRequestException if it cannot be decoded
     */
    static Given query(HttpServletRequest request) throws BadRequestException {
        return Given.read(request.getQueryString());
    }

    /**
     * The names of what stands behind the question mark, each as often as it stands there, but that of a list once: a list may
     * be given with commas, or one by one.
     *
     * @throws BadRequestException if it cannot be decoded
     */
    static List<String> names(HttpServletRequest request) throws BadRequestException {
        return query(request).fields().entrySet().stream()
                .flatMap(each -> Collections.nCopies(
                        ServiceRequests.LISTS.contains(each.getKey())
                                ? 1
                                : each.getValue().size(),
                        each.getKey())
                        .stream())
                .toList();
    }

    /** Whether a request sends a form where one is taken. Elsewhere a body is not read. */
    static boolean takesForm(HttpServletRequest request) {
        return HttpMethod.POST.matches(request.getMethod())
                && isFor(request)
                && isForm(request)
                && Routes.of(request) != null;
    }

    /**
     * What a request says behind the question mark, and in its form. Read once: the key may stand there, so it may be read
     * before anybody knows who asks.
     *
     * @throws BadRequestException if it cannot be decoded, or is too long
     */
    static Given given(HttpServletRequest request) throws IOException, BadRequestException {
        if (request.getAttribute(GIVEN) instanceof Given before) {
            return before;
        }
        Given given = query(request);
        if (takesForm(request)) {
            byte[] body = Bodies.read(request, LONGEST_FORM, (LONGEST_FORM >> 10) + " KiB");
            given = given.and(Given.read(decoded(body)));
        }
        request.setAttribute(GIVEN, given);
        return given;
    }

    /** Whether a form is sent. */
    static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null
                && type.strip().toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
    }

    private static String decoded(byte[] body) throws BadRequestException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadRequestException(false, List.of(Problem.of(Code.NOT_UTF_8, new RequestPointer(""), 1)));
        }
    }
}
