package liandong.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import liandong.CallingSystem;
import liandong.closure.Proof;
import liandong.incident.Area;
import liandong.incident.EventType;
import liandong.wire.BadRequestException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Whole cases under the stock policy, from the report to the score, that differ by who reported and what they want: laws of it,
 * whatever its rows are called.
 */
class StoriesOfSourcesTest {
    private static final String REPORTED = "2026-09-21T09:00:00+08:00";
    private static final int STEP = 9;
    /** One of the smallest areas. */
    private static final String AREA = Stock.shangcheng().vocabulary().all(Area.class).stream()
            .max(Comparator.comparingInt((Area each) -> each.level().rank()).thenComparing(Area::code))
            .orElseThrow()
            .code();

    /** What a caller was told of one case. */
    private static final class Story {
        private final List<JsonNode> answers = new ArrayList<>();
        private final CallingSystem caller;
        private OffsetDateTime now = OffsetDateTime.parse(REPORTED);

        Story(String source, String nature, EventType type) throws BadRequestException {
            String wants = nature.isEmpty() ? "" : ", \"nature\": \"" + nature + "\"";
            caller = new CallingSystem(
                    Stock.shangcheng(),
                    """
                    {"id": "Y-%s", "reportedAt": "%s", "source": "%s", "area": "%s", "text": "", "eventType": "%s"%s}
                    """.formatted(type.code(), REPORTED, source, AREA, type.code(), wants),
                    record -> answers.add(record.answer()));
            caller.reported();
        }

        JsonNode last() {
            return answers.get(answers.size() - 1);
        }

        boolean isAssigned() {
            return last().path("outcome").stringValue("").equals("ASSIGNED");
        }

        /** Each stage is done an hour before it is due, and nobody has to be pressed for another one by then. */
        Story handled() {
            caller.event("ACCEPTED", now.plusMinutes(5).toString());
            caller.event("CONTACTED", now.plusMinutes(10).toString());
            caller.stages().entrySet().stream()
                    .sorted(Map.Entry.comparingByValue())
                    .forEach(stage -> {
                        OffsetDateTime due = OffsetDateTime.parse(stage.getValue());
                        OffsetDateTime early = due.minusMinutes(1);
                        now = early.isAfter(now) ? early : now;
                        caller.stageDone(stage.getKey(), now.toString());
                    });
            caller.reviewed(now.plusSeconds(1).toString());
            return this;
        }

        Story concluded(Proof... proofs) {
            now = now.plusMinutes(5);
            caller.concluded(
                    now.toString(), List.of(proofs).stream().map(Proof::code).toArray(String[]::new));
            return this;
        }

        List<String> missing(String which) {
            var missing = new ArrayList<String>();
            last().path("missing").path(which).forEach(proof -> missing.add(proof.stringValue("")));
            return missing;
        }
    }

    private static Map<EventType, Story> assigned(String source, String nature) throws BadRequestException {
        List<EventType> all = Stock.shangcheng().vocabulary().all(EventType.class);
        var stories = new LinkedHashMap<EventType, Story>();
        for (int i = 0; i < all.size(); i += STEP) {
            var story = new Story(source, nature, all.get(i));
            if (story.isAssigned()) {
                stories.put(all.get(i), story);
            }
        }
        assertThat(stories).as("cases that somebody takes").hasSizeGreaterThan(5);
        return stories;
    }

    @Test
    void what_the_police_hand_over_is_done_once_they_or_who_called_them_have_an_answer() throws BadRequestException {
        for (Story story : assigned("POLICE", "").values()) {
            story.handled();
            assertThat(story.last().path("reason").stringValue("")).isEqualTo("DONE");

            story.concluded(Proof.PHOTO, Proof.SIGNED_RECORD, Proof.INSPECTION);
            assertThat(story.last().path("outcome").stringValue("")).isEqualTo("SUPPLEMENT");
            // Who informs against somebody is not contacted: then it is the written reply alone.
            assertThat(story.missing("choices")).contains(Proof.WRITTEN_REPLY.code());
            assertThat(story.missing("choices")).isSubsetOf(Proof.CITIZEN_CONTACT.code(), Proof.WRITTEN_REPLY.code());

            story.concluded(Proof.values());
            assertThat(story.last().path("outcome").stringValue("")).isEqualTo("ACCEPT");

            story.caller.scored(story.now.plusDays(1).toString());
            assertThat(story.last().path("outcome").stringValue("")).isEqualTo("SCORED");
            assertThat(story.last().path("lines").toString())
                    .doesNotContain("STAGE_LATE")
                    .doesNotContain("\"REDO\"");
        }
    }

    @Test
    void a_question_is_answered_by_somebody_by_a_time_and_sends_nobody_out() throws BadRequestException {
        List<EventType> all = Stock.shangcheng().vocabulary().all(EventType.class);
        int answered = 0;
        for (int i = 0; i < all.size(); i += STEP) {
            var story = new Story("PUBLIC", "CONSULTATION", all.get(i));
            assertThat(story.isAssigned()).as("%s", all.get(i)).isFalse();
            JsonNode answer = story.last().path("directAnswer");
            if (answer.isObject()) {
                answered++;
                assertThat(OffsetDateTime.parse(answer.path("due").stringValue()))
                        .isAfter(story.now);
                assertThat(answer.path("by").isObject()).as("%s", answer).isTrue();
            }
        }
        assertThat(answered).isGreaterThan(15);
    }
}
