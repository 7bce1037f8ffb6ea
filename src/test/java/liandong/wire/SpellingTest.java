package liandong.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.problem.Code;
import liandong.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SpellingTest {
    private static final Policy POLICY = TinyPolicy.complete().load();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T01:00:00Z"), ZoneOffset.UTC);
    private static final DecisionService DESK = new DecisionService(() -> POLICY, CLOCK);

    private static String spelled(String incident) throws Exception {
        return Spelling.of(DESK.parse(Decide.ROUTING, POLICY, Json.read("{\"incident\":" + incident + "}"))
                .facts());
    }

    private static String id(String request) throws Exception {
        return DESK.decide(Decide.ROUTING, Json.read(request))
                .answer()
                .path("decisionId")
                .stringValue();
    }

    @Test
    void facts_are_spelled_by_their_codes_without_what_was_not_said() throws Exception {
        // Held letter by letter: decisions of other years must get the same id when they are run again.
        assertThat(spelled("{\"id\":\"A-1\",\"reportedAt\":\"2026-03-02T00:30:00Z\",\"source\":\"GRID\","
                        + "\"area\":\"330102001001\",\"text\":\"路面坑洞\",\"eventType\":\"HOLE\",\"deaths\":2,"
                        + "\"loss\":1.50,\"lifeInDanger\":true,\"settled\":false}"))
                .isEqualTo("{incident{id3:A-1reportedAt22:2026-03-02T08:30+08:00source4:GRIDarea12:330102001001"
                        + "text4:路面坑洞eventType4:HOLElifeInDanger4:truedeaths1:2loss3:1.5}}");
    }

    @Test
    void the_same_facts_in_other_words_are_the_same_decision() throws Exception {
        String said = "{\"now\":\"2026-03-02T09:00:00+08:00\",\"incident\":{\"id\":\"A-1\",\"reportedAt\":"
                + "\"2026-03-02T08:30:00+08:00\",\"source\":\"GRID\",\"area\":\"330102001001\",\"eventType\":\"HOLE\"}}";
        String saidOtherwise = "{\"incident\":{\"eventType\":{\"code\":\"HOLE\"},\"deaths\":0,\"text\":null,"
                + "\"area\":\"330102001001\",\"source\":\"GRID\",\"reportedAt\":\"2026-03-02T00:30:00Z\","
                + "\"id\":\"A-1\"},\"now\":\"2026-03-02T01:00:00Z\",\"options\":{\"explain\":\"brief\"}}";

        assertThat(id(saidOtherwise)).isEqualTo(id(said));
        assertThat(id(said.replace("\"A-1\"", "\"A-2\""))).isNotEqualTo(id(said));
        assertThat(id(said.replace("09:00:00", "09:00:01"))).isNotEqualTo(id(said));
        assertThat(id(said.replace("}}", "},\"options\":{\"explain\":\"full\"}}")))
                .isNotEqualTo(id(said));
    }

    @Test
    void no_text_passes_for_the_end_of_one_fact_and_the_beginning_of_the_next() throws Exception {
        String head = "{\"reportedAt\":\"2026-03-02T00:30:00Z\",\"source\":\"GRID\",\"area\":\"330102001001\",";

        assertThat(spelled(head + "\"id\":\"A\",\"text\":\"x}{deaths1:2\"}"))
                .isNotEqualTo(spelled(head + "\"id\":\"A\",\"text\":\"x\",\"deaths\":2}"))
                .contains("text12:x}{deaths1:2");
    }

    @Test
    @Timeout(10)
    void a_number_of_a_billion_digits_is_refused_before_anybody_writes_it_out() {
        assertThatThrownBy(() -> spelled("{\"id\":\"A\",\"reportedAt\":\"2026-03-02T00:30:00Z\",\"source\":\"GRID\","
                        + "\"area\":\"330102001001\",\"eventType\":\"HOLE\",\"loss\":1E-900000000}"))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.line(Locale.ENGLISH))
                                .containsExactly(
                                        "/incident/loss: OUT_OF_RANGE: 1E-900000000 is not between 1E-100 and 1E+100. Write a number within that."));
    }

    @Test
    void a_time_beyond_all_calendars_is_refused() {
        assertThatThrownBy(
                        () -> spelled("{\"id\":\"A\",\"reportedAt\":\"+300000000-01-01T00:00:00Z\",\"source\":\"GRID\","
                                + "\"area\":\"330102001001\",\"eventType\":\"HOLE\"}"))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        e -> assertThat(e.problems()).extracting(Problem::code).containsExactly(Code.OUT_OF_RANGE));
    }
}
