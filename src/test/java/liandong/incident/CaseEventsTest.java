package liandong.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of what happened, as far as times to the minute tell it. */
class CaseEventsTest {
    private static CaseEvent event(char kind, int minute) {
        return new CaseEvent(
                switch (kind) {
                    case 'P' -> CaseEventKind.PAUSED;
                    case 'R' -> CaseEventKind.RESUMED;
                    default -> CaseEventKind.REMINDED;
                },
                OffsetDateTime.parse("2026-11-20T10:0" + minute + ":00+08:00"),
                null,
                null,
                false,
                null,
                null);
    }

    /** P a pause, R a resumption, x something else; the digit is the minute. */
    @ParameterizedTest
    @CsvSource({
        "P1 R1, P1 R1",
        "R1 P1, P1 R1",
        "P0 P1 R1, P0 R1 P1",
        "R1 P1 P0, P0 R1 P1",
        "P0 R1 P1 R2, P0 R1 P1 R2",
        "R2 x1 P1 R1 P0, P0 x1 R1 P1 R2",
        "x1 R1 x1 P1, x1 P1 x1 R1",
        "P1 P1, P1 P1",
        "R1, R1",
        "P0 R1 R1, P0 R1 R1"
    })
    void pauses_and_resumptions_of_one_minute_stand_as_they_can_have_happened(String told, String ordered) {
        List<CaseEvent> events = new ArrayList<>();
        for (String each : told.split(" ", -1)) {
            events.add(event(each.charAt(0), each.charAt(1) - '0'));
        }
        var found = new ArrayList<String>();
        for (CaseEvent each : CaseEvents.inOrder(events)) {
            char kind = each.kind() == CaseEventKind.REMINDED
                    ? 'x'
                    : each.kind().name().charAt(0);
            found.add(kind + "" + each.at().getMinute());
        }

        assertThat(String.join(" ", found)).isEqualTo(ordered);
    }
}
