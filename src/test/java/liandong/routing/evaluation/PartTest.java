package liandong.routing.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;

/** What an answer says of its parts. */
class PartTest {
    @Test
    void whom_a_relayed_report_was_passed_to_takes_it_as_well_as_who_leads_afterwards() throws BadRequestException {
        String answer = """
                {"outcome": "%s", "assignment": {"lead": {"code": "A", "label": "甲"}}, "relayTo": [{"code": "B", "label": "乙"}]}
                """;

        assertThat(Part.LEAD.in(Json.read(answer.formatted("RELAYED"))))
                .extracting(Word::label)
                .containsExactly("甲", "乙");
        assertThat(Part.LEAD.in(Json.read(answer.formatted("ASSIGNED"))))
                .extracting(Word::label)
                .containsExactly("甲");
        assertThat(Part.LEAD.in(Json.read("""
                        {"outcome": "RELAYED", "relayTo": [{"code": "B", "label": "乙"}]}
                        """))).extracting(Word::label).containsExactly("乙");
    }
}
