package liandong.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.HandledStage;
import liandong.policy.Policy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was told of the stages before routing was asked again is theirs, whatever those are called that it gave anew. */
class RoutedAgainTest {
    private static final Policy POLICY = TinyEscalation.fair().load();
    private static final String DAY = "2026-03-";
    private static final String MORE_TIME = at(20, "17:30");
    private static final String STAGE = "修复";

    private static String at(int day, String time) {
        return DAY + "%02dT%s:00+08:00".formatted(day, time);
    }

    private static CaseEvent event(
            CaseEventKind kind, String at, @Nullable String stage, @Nullable String until, @Nullable String excluded) {
        return new CaseEvent(
                kind,
                OffsetDateTime.parse(at),
                stage,
                null,
                false,
                null,
                until == null ? null : OffsetDateTime.parse(until),
                null,
                null,
                null,
                excluded);
    }

    private static OpenCase with(CaseEvent... events) {
        return new CaseFile(POLICY, "路面坑洞", "热线", "东市社区", at(2, "09:00")).open().with(List.of(events));
    }

    private static List<String> stages(OpenCase open) {
        return open.stages().stream().map(HandledStage::name).toList();
    }

    @Test
    void what_was_late_before_routing_was_asked_again_is_passed_over_where_that_was_taken_out() {
        String again = at(4, "09:00");
        CaseEvent told = event(CaseEventKind.ROUTED_AGAIN, again, "抢修", at(3, "17:30"), null);
        CaseEvent out = event(CaseEventKind.ROUTED_AGAIN, again, "抢修", at(3, "17:30"), "误报");
        List<String> now = stages(with());

        assertThat(stages(with(told).withLateBefore())).hasSize(now.size() + 1).contains("抢修");
        assertThat(stages(with(out).withLateBefore())).isEqualTo(now);
    }

    /** The case with its stages as routing gave them anew at a moment. */
    private static OpenCase anew(OpenCase open, @Nullable String start) {
        OffsetDateTime from = start == null ? null : OffsetDateTime.parse(start);
        List<HandledStage> stages = open.stages().stream()
                .map(stage -> new HandledStage(
                        stage.order(),
                        stage.name(),
                        stage.limit(),
                        from,
                        OffsetDateTime.parse(at(30, "17:30")),
                        stage.row(),
                        null))
                .toList();
        return new OpenCase(
                open.matter(),
                open.lead(),
                open.assisting(),
                open.conference(),
                open.assignedAt(),
                stages,
                open.events(),
                open.similar(),
                open.noClearLaw());
    }

    private static List<String> told(OpenCase open) {
        return open.withLateBefore().events().stream()
                .map(event -> event.kind() + " " + event.stage())
                .toList();
    }

    @Test
    void what_was_told_before_the_stages_were_given_anew_is_of_those_before() {
        String again = at(5, "09:00");
        OpenCase open = with(
                event(CaseEventKind.EXTENSION_GRANTED, at(3, "09:00"), STAGE, MORE_TIME, null),
                event(CaseEventKind.YELLOW_CARD, at(4, "09:00"), STAGE, null, null),
                event(CaseEventKind.ROUTED_AGAIN, again, STAGE, at(3, "17:30"), null),
                event(CaseEventKind.BLUE_CARD, at(6, "09:00"), STAGE, null, null));
        String before = STAGE + "（重新研判前）";

        assertThat(told(anew(open, again)))
                .containsExactly(
                        "EXTENSION_GRANTED " + before,
                        "YELLOW_CARD " + before,
                        "ROUTED_AGAIN " + before,
                        "BLUE_CARD " + STAGE);
        assertThat(stages(anew(open, again).withLateBefore()))
                .startsWith(before)
                .contains(STAGE);
        assertThat(told(anew(open, null))).contains("EXTENSION_GRANTED " + STAGE);
        assertThat(told(anew(open, at(2, "09:00")))).contains("EXTENSION_GRANTED " + STAGE);
    }

    @Test
    void stages_that_begin_anew_because_another_body_has_the_case_keep_what_was_told_of_them() {
        String moved = at(5, "09:00");
        OpenCase open = with(
                event(CaseEventKind.EXTENSION_GRANTED, at(3, "09:00"), STAGE, MORE_TIME, null),
                event(CaseEventKind.REASSIGNED, moved, null, null, null),
                event(CaseEventKind.ROUTED_AGAIN, at(6, "09:00"), null, null, null));

        assertThat(told(anew(open, moved)))
                .containsExactly("EXTENSION_GRANTED " + STAGE, "REASSIGNED null", "ROUTED_AGAIN null");
    }

    @Test
    void what_was_told_between_two_times_that_routing_was_asked_again_moves_no_due_time_of_the_first() {
        OpenCase open = with(
                event(CaseEventKind.ROUTED_AGAIN, at(5, "09:00"), STAGE, at(3, "17:30"), null),
                event(CaseEventKind.EXTENSION_GRANTED, at(6, "09:00"), STAGE, MORE_TIME, null),
                event(CaseEventKind.ROUTED_AGAIN, at(23, "09:00"), STAGE, MORE_TIME, null));
        String before = STAGE + "（重新研判前）";

        assertThat(told(anew(open, at(23, "09:00"))))
                .containsExactly(
                        "ROUTED_AGAIN " + before, "EXTENSION_GRANTED " + before + "（重新研判前）", "ROUTED_AGAIN " + before);
    }
}
