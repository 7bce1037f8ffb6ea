package liandong.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.StreamSupport;
import liandong.Decide;
import liandong.District;
import liandong.decision.DecisionService;
import liandong.engine.DecisionFailedException;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.FalseReports;
import liandong.problem.Code;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was said to have been done on time counts for nothing once it was found that it was not done. */
class FalseReportsTest {
    private static final OffsetDateTime DAY = OffsetDateTime.parse("2026-09-21T09:00:00+08:00");

    private static CaseEvent onTime(int hour, String stage) {
        return event(CaseEventKind.STAGE_ON_TIME, hour, stage);
    }

    private static CaseEvent fraud(int hour, @Nullable String stage) {
        return event(CaseEventKind.FRAUD, hour, stage);
    }

    private static CaseEvent event(CaseEventKind kind, int hour, @Nullable String stage) {
        return new CaseEvent(kind, DAY.plusHours(hour), stage, null, false, null, null);
    }

    private static List<CaseEvent> falseOf(CaseEvent... events) {
        var falsely = new FalseReports(List.of(events));
        return List.of(events).stream().filter(falsely::have).toList();
    }

    @Test
    void a_fraud_without_a_stage_is_about_what_was_done_last_before_it() {
        assertThat(falseOf(onTime(1, "抢修"), onTime(2, "修复"), fraud(3, null))).containsExactly(onTime(2, "修复"));
        assertThat(falseOf(onTime(1, "抢修"), fraud(2, null), onTime(3, "修复"))).containsExactly(onTime(1, "抢修"));
        assertThat(falseOf(onTime(1, "抢修"), onTime(1, "修复"), fraud(2, null), fraud(3, null)))
                .containsExactly(onTime(1, "抢修"), onTime(1, "修复"));
    }

    @Test
    void a_fraud_is_not_about_what_had_to_be_done_again_before_it_was_found() {
        CaseEvent reopened = event(CaseEventKind.REOPENED, 2, "抢修");
        CaseEvent redone = event(CaseEventKind.REDO, 2, null);

        assertThat(falseOf(onTime(1, "抢修"), reopened, onTime(3, "抢修"), fraud(4, "抢修")))
                .containsExactly(onTime(3, "抢修"));
        assertThat(falseOf(onTime(1, "抢修"), reopened, fraud(4, "抢修"))).isEmpty();
        assertThat(falseOf(onTime(1, "抢修"), redone, fraud(4, null))).isEmpty();
        assertThat(falseOf(onTime(1, "抢修"), fraud(2, "抢修"), redone, fraud(4, "抢修")))
                .containsExactly(onTime(1, "抢修"));
        assertThat(falseOf(onTime(1, "修复"), reopened, fraud(4, "修复"))).containsExactly(onTime(1, "修复"));
    }

    @Test
    void a_fraud_that_names_a_stage_is_about_all_that_was_said_of_it_before() {
        assertThat(falseOf(onTime(1, "抢修"), onTime(2, "修复"), fraud(3, "抢修"))).containsExactly(onTime(1, "抢修"));
        assertThat(falseOf(onTime(1, "抢修"), onTime(4, "抢修"), fraud(3, "抢修"))).containsExactly(onTime(1, "抢修"));
    }

    @Test
    void what_was_found_in_the_very_minute_was_found_afterwards() {
        assertThat(falseOf(onTime(3, "抢修"), fraud(3, "抢修"))).containsExactly(onTime(3, "抢修"));
        assertThat(falseOf(onTime(1, "抢修"), onTime(3, "修复"), fraud(3, null))).containsExactly(onTime(3, "修复"));
    }

    @Test
    void what_was_done_after_fraud_was_found_and_what_was_late_is_no_false_report() {
        assertThat(falseOf(onTime(4, "抢修"), fraud(3, "抢修"))).isEmpty();
        assertThat(falseOf(onTime(4, "抢修"), fraud(3, null))).isEmpty();
        assertThat(falseOf(event(CaseEventKind.STAGE_LATE, 1, "抢修"), fraud(3, "抢修")))
                .isEmpty();
        assertThat(falseOf(onTime(1, "抢修"))).isEmpty();
    }

    /** The definition, word for word. */
    private static boolean isFalse(CaseEvent event, List<CaseEvent> own) {
        return event.kind() == CaseEventKind.STAGE_ON_TIME
                && own.stream()
                        .filter(fraud -> fraud.kind() == CaseEventKind.FRAUD
                                && !fraud.at().isBefore(event.at()))
                        .filter(fraud -> own.stream()
                                .noneMatch(again -> again.kind() == CaseEventKind.REDO
                                        && (again.stage() == null || Objects.equals(again.stage(), event.stage()))
                                        && again.at().isAfter(event.at())
                                        && again.at().isBefore(fraud.at())))
                        .anyMatch(fraud -> fraud.stage() == null
                                ? own.stream()
                                        .noneMatch(other -> other.kind() == CaseEventKind.STAGE_ON_TIME
                                                && other.at().isAfter(event.at())
                                                && !other.at().isAfter(fraud.at()))
                                : Objects.equals(fraud.stage(), event.stage()));
    }

    @Test
    void any_events_are_told_apart_as_the_definition_does() {
        var random = new Random(7);
        List<CaseEventKind> kinds = List.of(
                CaseEventKind.STAGE_ON_TIME,
                CaseEventKind.STAGE_ON_TIME,
                CaseEventKind.FRAUD,
                CaseEventKind.REDO,
                CaseEventKind.STAGE_LATE);
        for (int round = 0; round < 2000; round++) {
            var events = new ArrayList<CaseEvent>();
            for (int i = random.nextInt(9); i > 0; i--) {
                CaseEventKind kind = kinds.get(random.nextInt(kinds.size()));
                String stage = List.of("抢修", "修复").get(random.nextInt(2));
                boolean none = (kind == CaseEventKind.FRAUD || kind == CaseEventKind.REDO) && random.nextBoolean();
                events.add(event(kind, random.nextInt(6), none ? null : stage));
            }
            List<CaseEvent> own = events.subList(0, events.size() - random.nextInt(events.size() + 1));
            var falsely = new FalseReports(own);
            assertThat(events)
                    .as("of %s", own)
                    .allSatisfy(event -> assertThat(falsely.have(event)).isEqualTo(isFalse(event, own)));
        }
    }

    /** A case of which a body reported one thing thousands of times over, and was found out as often. */
    private static ObjectNode crowded(int times) throws BadRequestException {
        ObjectNode request = Json.object().put("now", DAY.plusDays(9).toString());
        ObjectNode incident = request.putObject("incident")
                .put("id", "L-1")
                .put("reportedAt", DAY.toString())
                .put("body", "区住房和城建局");
        ArrayNode events = incident.putArray("events");
        for (int i = 0; i < times; i++) {
            events.addObject()
                    .put("kind", "STAGE_ON_TIME")
                    .put("at", DAY.plusHours(1).toString())
                    .put("stage", "修复" + i);
            events.addObject()
                    .put("kind", "FRAUD")
                    .put("at", DAY.plusHours(3).plusSeconds(i).toString());
        }
        events.addObject()
                .put("kind", "STAGE_ON_TIME")
                .put("at", DAY.plusHours(2).toString())
                .put("stage", "修复");
        return request;
    }

    @Test
    void thousands_of_reports_and_of_frauds_do_not_hold_the_service() throws Exception {
        var service = new DecisionService(District::policy, Clock.systemUTC());
        ObjectNode request = crowded(2000);

        DecisionFailedException refused = assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> catchThrowableOfType(
                        DecisionFailedException.class, () -> service.decide(Decide.SCORING, request)));

        assertThat(refused.problem().code()).isIn(Code.RUNAWAY_RULES, Code.TIME_LIMIT); // as fast as the machine is
    }

    @Test
    void of_some_reports_and_frauds_the_last_report_alone_is_false() throws Exception {
        var service = new DecisionService(District::policy, Clock.systemUTC());

        JsonNode answer = service.decide(Decide.SCORING, crowded(3)).answer();

        assertThat(StreamSupport.stream(answer.path("lines").spliterator(), false)
                        .map(line -> line.path("event").stringValue("-") + " " + line.path("points")))
                .containsExactly(
                        "- 90.00",
                        "STAGE_ON_TIME 2.00",
                        "STAGE_ON_TIME 2.00",
                        "STAGE_ON_TIME 2.00",
                        "FRAUD -20.00",
                        "FRAUD -20.00",
                        "FRAUD -20.00");
    }
}
