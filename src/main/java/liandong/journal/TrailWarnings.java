package liandong.journal;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import liandong.decision.AnswerWarning;
import liandong.decision.Decision;
import liandong.journal.Archive.Told;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a trail alone shows: that two reports seem to have one id, and that one question was asked twice.
 *
 * <p>A report's text and time are the reporter's and do not change on its way; who sends others under the same id sends
 * another report, whose decisions would stand in the same trail without a word.
 */
final class TrailWarnings {
    /** How many are told one by one. */
    private static final int MOST = 100;

    /** Who asks the same again within this time tries again; later, the case is looked at again. */
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private static final String INCIDENT = "incident";
    private static final String NOW = "now";

    private final List<Problem> found = new ArrayList<>();
    private final Map<Decision<?, ?>, Asked> last = new HashMap<>();
    private String text = "";
    private @Nullable OffsetDateTime reportedAt;

    private TrailWarnings() {}

    /**
     * What was asked.
     *
     * @param number the how manieth decision of the incident it was
     * @param request without the moment
     * @param now the moment
     */
    private record Asked(long number, ObjectNode request, OffsetDateTime now) {}

    /**
     * The warnings of a page of a trail.
     *
     * @param before what was told before, with which it is compared, too
     * @param trail its decisions, the oldest first
     */
    static List<AnswerWarning> of(Told before, List<Entry> trail, Personal personal) {
        var warnings = new TrailWarnings();
        warnings.read(before.last(), before.number() - before.last().size(), personal);
        warnings.found.clear(); // told with the pages that they are about
        warnings.read(trail, before.number(), personal);
        List<AnswerWarning> told = new ArrayList<>();
        warnings.found.stream().limit(MOST).map(AnswerWarning::of).forEach(told::add);
        if (warnings.found.size() > MOST) {
            told.add(AnswerWarning.of(Problem.of(Code.AND_MORE, new RequestPointer(""), warnings.found.size() - MOST)));
        }
        return List.copyOf(told);
    }

    /** What was asked, as far as it can be read; null when its personal fields cannot. */
    private static @Nullable ObjectNode request(Entry entry, Personal personal) {
        try {
            return Json.read(entry.request()) instanceof ObjectNode request ? personal.shown(entry, request) : null;
        } catch (BadRequestException e) {
            return null; // verify tells of it
        }
    }

    /**
     * Reads decisions.
     *
     * @param before how many the incident has had before them
     */
    private void read(List<Entry> entries, long before, Personal personal) {
        for (int i = 0; i < entries.size(); i++) {
            ObjectNode request = request(entries.get(i), personal);
            if (request != null) {
                read(before + i + 1, new RequestPointer("/decisions/" + i), entries.get(i), request);
            }
        }
    }

    private void read(long number, RequestPointer at, Entry entry, ObjectNode request) {
        JsonNode incident = request.path(INCIDENT);
        String said = incident.path("text").stringValue("");
        if (!said.isEmpty()) {
            if (!text.isEmpty() && !text.equals(said)) {
                found.add(Problem.of(Code.OTHER_TEXT, at, number));
            }
            text = said;
        }
        OffsetDateTime reported = time(incident.path("reportedAt"));
        if (reported != null) {
            if (reportedAt != null && !reportedAt.isEqual(reported)) {
                found.add(Problem.of(Code.OTHER_REPORT_TIME, at, number, reported, reportedAt));
            }
            reportedAt = reported;
        }
        OffsetDateTime now = time(request.path(NOW));
        if (now == null) {
            return;
        }
        ObjectNode timeless = request.deepCopy();
        timeless.remove(NOW);
        Asked before = last.put(entry.kind(), new Asked(number, timeless, now));
        if (before != null
                && before.request().equals(timeless)
                && !before.now().isEqual(now) // else it is the same decision, given again
                && Duration.between(before.now(), now).abs().compareTo(AGAIN) <= 0) {
            found.add(Problem.of(Code.ASKED_AGAIN, at, number, before.number()));
        }
    }

    private static @Nullable OffsetDateTime time(JsonNode node) {
        try {
            return node.isString() ? OffsetDateTime.parse(node.stringValue()) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
