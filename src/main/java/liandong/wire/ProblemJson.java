package liandong.wire;

import java.util.List;
import java.util.Locale;
import liandong.problem.Location;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Problems as JSON (RFC 9457). */
public final class ProblemJson {
    private ProblemJson() {}

    /**
     * Problems with one request.
     *
     * @param status the HTTP status it gets, or would get
     * @param problems everything that is wrong; at least one
     * @param locale the language of messages
     */
    public static ObjectNode of(int status, List<Problem> problems, Locale locale) {
        ObjectNode json = Json.object();
        json.put("type", "about:blank");
        json.put("title", problems.get(0).code().name());
        json.put("status", status);
        json.put("detail", problems.get(0).message(locale));
        json.set("problems", list(problems, locale));
        return json;
    }

    /** Problems one by one. */
    public static ArrayNode list(List<Problem> problems, Locale locale) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Problem problem : problems) {
            ObjectNode json = list.addObject();
            Location at = problem.at();
            json.put(
                    at instanceof RequestPointer ? "pointer" : "at",
                    at instanceof RequestPointer pointer ? pointer.pointer() : at.toString());
            json.put("code", problem.code().name());
            json.put("message", problem.message(locale));
            String help = problem.help(locale);
            if (!help.isEmpty()) {
                json.put("help", help);
            }
        }
        return list;
    }
}
