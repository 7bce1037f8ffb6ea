package liandong.routing;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import liandong.decision.CaseCourse;
import liandong.decision.Standing;
import liandong.explain.Phrases;
import liandong.explain.ReasonsSection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a routing answer tells whoever brought the report. */
final class RoutingStanding {
    private final JsonNode incident;
    private final JsonNode answer;
    private final JsonNode assignment;
    private final Phrases say;

    private RoutingStanding(JsonNode request, JsonNode answer, Phrases say) {
        this.incident = request.path("incident");
        this.answer = answer;
        this.assignment = answer.path("assignment");
        this.say = say;
    }

    static Standing of(JsonNode request, JsonNode answer, Phrases say) {
        RoutingOutcome outcome = CaseCourse.word(RoutingOutcome.values(), answer.path("outcome"));
        return outcome == null ? Standing.NOTHING : new RoutingStanding(request, answer, say).standing(outcome);
    }

    private Standing standing(RoutingOutcome outcome) {
        String lead = CaseCourse.text(assignment.path("lead"));
        return switch (outcome) {
            case ASSIGNED -> standing(false, lead, due(), warned(assigned(lead)));
            case RELAYED -> {
                String lines = say.list(texts(answer.path("relayTo")));
                String call = say.of("standing.relayed", lines);
                yield standing(
                        false,
                        lead.isEmpty() ? lines : lead,
                        due(),
                        lead.isEmpty() ? call : say.join(call, assigned(lead)));
            }
            case MERGED ->
                standing(
                        true,
                        "",
                        null,
                        say.of("standing.merged", answer.path("mergedInto").stringValue("")));
            case ARCHIVED -> standing(true, "", null, say.of("standing.settled"));
            case REFERRED -> {
                JsonNode way = answer.path("referral");
                String said = way.path("say").stringValue("");
                yield standing(true, "", null, say.of("standing.referred", CaseCourse.text(way.path("channel")), said));
            }
            case ANSWER -> {
                JsonNode direct = answer.path("directAnswer");
                String by = CaseCourse.text(direct.path("by"));
                OffsetDateTime due = CaseCourse.time(direct.path("due"));
                yield standing(false, by, due, warned(until(say.of("standing.answer", by), "standing.answerDue", due)));
            }
            case MANUAL_TRIAGE ->
                standing(
                        false,
                        CaseCourse.text(answer.path("triage").path("by")),
                        null,
                        warned(say.of("standing.triage")));
        };
    }

    private Standing standing(boolean closed, String by, @Nullable OffsetDateTime due, String notice) {
        JsonNode about = assignment.isObject() ? assignment : answer.path("classification");
        return new Standing(closed, by, about.path("eventType").path("code").stringValue(""), due, notice);
    }

    private String assigned(String lead) {
        return until(say.of("standing.assigned", lead), "standing.due", due());
    }

    private String until(String sentence, String key, @Nullable OffsetDateTime due) {
        return due == null ? sentence : say.join(sentence, say.of(key, ReasonsSection.time(due)));
    }

    /** The same, first of all what to do where somebody may be in danger: who reports it is perhaps the only one there. */
    private String warned(String notice) {
        return answer.hasNonNull("danger") || somebodyIsHurt() ? say.join(say.of("standing.danger"), notice) : notice;
    }

    /** Whether the report tells, besides its words, of somebody who needs help at once. */
    private boolean somebodyIsHurt() {
        return incident.path("lifeInDanger").asBoolean(false)
                || incident.path("injured").asInt(0) > 0
                || incident.path("deaths").asInt(0) > 0;
    }

    /** When the last stage is due; null when none is. */
    private @Nullable OffsetDateTime due() {
        return StreamSupport.stream(assignment.path("stages").spliterator(), false)
                .map(stage -> CaseCourse.time(stage.path("due")))
                .filter(Objects::nonNull)
                .max(Comparator.<OffsetDateTime, Instant>comparing(OffsetDateTime::toInstant))
                .orElse(null);
    }

    private static List<String> texts(JsonNode terms) {
        var texts = new ArrayList<String>();
        terms.forEach(term -> texts.add(CaseCourse.text(term)));
        return texts;
    }
}
