package liandong.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import liandong.incident.Member;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import org.jspecify.annotations.Nullable;

/**
 * Problems as JSON (RFC 9457).
 *
 * @param title the code of the first of them
 * @param detail its message
 * @param line of a stream, the line that they are about; null when there is no stream
 */
public record ProblemJson(
        @Member(meaning = "always about:blank: the code tells problems apart", example = "\"about:blank\"")
        String type,

        @Member(meaning = "the code of the first problem") Code title,

        @Member(meaning = "the HTTP status, or the one it would get by itself", example = "422")
        int status,

        @Member(meaning = "the message of the first problem", example = "\"This is not JSON: 2:9\"")
        String detail,

        @Member(meaning = "everything that is wrong; never empty")
        List<Fault> problems,

        @Member(meaning = "of a stream, the line that was not answered, from 1") @Nullable
        Integer line) {

    /** How large the problems of one answer may be together, written out. */
    static final int MOST_BYTES = 1 << 16;

    /**
     * One problem.
     *
     * @param pointer where in the request; null when it is not in a request
     * @param at where else; null when it is in the request
     */
    public record Fault(
            @Member(
                    meaning = "where in the request, as a JSON pointer; empty for all of it",
                    example = "\"/incident/area\"")
            @Nullable
            String pointer,

            @Member(
                    meaning = "where, when it is not in the request's JSON: a file, cell, line or parameter",
                    example = "\"routing.xlsx 派单目录!D14\"")
            @Nullable
            String at,

            @Member(meaning = "what kind of problem") Code code,

            @Member(meaning = "what is wrong, in the language asked for", example = "\"This is not JSON: 2:9\"")
            String message,

            @Member(meaning = "how to mend it", example = "\"Allowed: brief, full\"") @Nullable
            String help) {}

    /**
     * Problems with one request.
     *
     * @param status the HTTP status it gets, or would get
     * @param problems everything that is wrong; at least one
     * @param locale the language of messages
     */
    public static ProblemJson of(int status, List<Problem> problems, Locale locale) {
        Problem first = problems.get(0);
        return new ProblemJson(
                "about:blank", first.code(), status, first.message(locale), bounded(problems, locale), null);
    }

    /** The same of one line of a stream. */
    ProblemJson inLine(int number) {
        return new ProblemJson(type, title, status, detail, problems, number);
    }

    /** Problems one by one. */
    public static List<Fault> list(List<Problem> problems, Locale locale) {
        return problems.stream().map(problem -> one(problem, locale)).toList();
    }

    /** As many as have room in {@value #MOST_BYTES} bytes, and last how many more there are. */
    private static List<Fault> bounded(List<Problem> problems, Locale locale) {
        var faults = new ArrayList<Fault>();
        int bytes = 0;
        int left = 0;
        for (Problem problem : problems) {
            Fault fault = one(problem, locale);
            bytes += left > 0 ? 0 : Json.write(fault).getBytes(StandardCharsets.UTF_8).length;
            if (left == 0 && (bytes <= MOST_BYTES || faults.isEmpty())) {
                faults.add(fault);
            } else {
                left += RequestProblems.count(problem);
            }
        }
        if (left > 0) {
            faults.add(one(RequestProblems.more(left), locale));
        }
        return List.copyOf(faults);
    }

    private static Fault one(Problem problem, Locale locale) {
        boolean inRequest = problem.at() instanceof RequestPointer;
        String help = problem.help(locale);
        return new Fault(
                problem.at() instanceof RequestPointer pointer ? pointer.pointer() : null,
                inRequest ? null : problem.at().toString(),
                problem.code(),
                problem.message(locale),
                help.isEmpty() ? null : help);
    }
}
