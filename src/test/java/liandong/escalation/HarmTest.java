package liandong.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.policy.Policy;
import org.junit.jupiter.api.Test;

/** Harm goes before the question whose a case is, until it is settled. */
class HarmTest {
    private static final Policy POLICY = TinyEscalation.fair().load();
    private static final OffsetDateTime DAY = OffsetDateTime.parse("2026-03-02T09:00:00+08:00");

    private static OpenCase told(CaseEventKind... kinds) {
        var events = new ArrayList<CaseEvent>();
        for (CaseEventKind kind : kinds) {
            events.add(new CaseEvent(kind, DAY.plusHours(events.size() + 1), null, null, false, null, null));
        }
        return new CaseFile(POLICY, "路面坑洞", "热线", "东市社区", DAY.toString()).open().with(events);
    }

    @Test
    void harm_is_unsettled_until_somebody_decides_or_has_it_done_again() {
        assertThat(told().harmUnsettled()).isFalse();
        assertThat(told(CaseEventKind.HARM).harmUnsettled()).isTrue();
        assertThat(told(CaseEventKind.HARM, CaseEventKind.LEVEL_RAISED, CaseEventKind.SUPERVISED)
                        .harmUnsettled())
                .isTrue();
        for (CaseEventKind kind : List.of(
                CaseEventKind.CENTRE_DECIDED,
                CaseEventKind.CONFERENCE_DECIDED,
                CaseEventKind.REDO,
                CaseEventKind.REOPENED)) {
            assertThat(told(CaseEventKind.HARM, kind).harmUnsettled())
                    .as("%s", kind)
                    .isFalse();
            assertThat(told(CaseEventKind.HARM, kind, CaseEventKind.HARM).harmUnsettled())
                    .as("%s", kind)
                    .isTrue();
        }
    }

    @Test
    void a_level_that_was_raised_for_harm_answers_no_return_and_one_that_was_raised_after_it_was_settled_does() {
        OpenCase harmed = told(CaseEventKind.HARM, CaseEventKind.RETURNED, CaseEventKind.LEVEL_RAISED);
        OpenCase settled = told(
                CaseEventKind.HARM, CaseEventKind.CENTRE_DECIDED, CaseEventKind.RETURNED, CaseEventKind.LEVEL_RAISED);

        assertThat(harmed.pendingReturn()).isEqualTo(harmed.events().get(1));
        assertThat(settled.pendingReturn()).isNull();
    }

    @Test
    void policies_of_earlier_formats_do_not_set_harm_apart() {
        OpenCase before = told(CaseEventKind.HARM, CaseEventKind.RETURNED, CaseEventKind.LEVEL_RAISED)
                .ofEarlierFormat();

        assertThat(before.harmUnsettled()).isFalse();
        assertThat(before.pendingReturn()).isNull();
        assertThat(before.with(before.events()).asOf(DAY.plusDays(1)).pendingReturn())
                .isNull();
    }
}
