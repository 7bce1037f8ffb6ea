package liandong.routing;

import static liandong.table.Facts.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import liandong.Decide;
import liandong.engine.Reason;
import liandong.incident.EventType;
import liandong.incident.Report;
import liandong.policy.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports that are only a record, and reports that are like nothing in particular. */
class FilingTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:30:00Z");
    private static final Policy FILING = TextPolicy.words()
            .sheet(
                    TextPolicy.READING,
                    "归档",
                    cells("编号", "事项", "正文含", "紧急程度", "归档事由", "依据", "状态"),
                    cells("FL-1", "井盖破损", "非 请", "普通", "只是记录", "办法", "已确认"))
            .ofFormat3()
            .load();

    private static String[] cells(String... cells) {
        return cells;
    }

    private static RoutingDecision routed(Policy policy, Report report) {
        return Decide.route(policy, report, NOW, false).decision();
    }

    private static String ended(Policy policy, String text) {
        RoutingDecision decision = routed(policy, report().saying(text).done());
        return decision.outcome() + (decision.reason() == null ? "" : " " + decision.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"井盖完好", "井盖看过。无事。井盖完好"})
    void what_is_only_a_record_is_filed_and_says_by_which_row(String text) {
        RoutingDecision decision = routed(FILING, report().saying(text).done());

        assertThat(decision.outcome()).isEqualTo(RoutingOutcome.ARCHIVED);
        assertThat(decision.assignment()).isNull();
        assertThat(decision.because())
                .filteredOn(reason -> reason.rule().equals("RTE-394"))
                .extracting(Reason::row)
                .containsExactly("FL-1");
    }

    @ParameterizedTest
    @CsvSource({
        "井盖完好。路上有坑洞,MANUAL_TRIAGE TIE",
        "井盖完好，后面那幢要有人去,ASSIGNED",
        "请看井盖,ASSIGNED",
        "井盖旁有燃气味,ASSIGNED",
        "井盖旁有人落水,RELAYED",
        "外省的井盖,MANUAL_TRIAGE OUT_OF_AREA"
    })
    void it_is_not_where_anything_may_be_asked_of_somebody(String text, String ended) {
        assertThat(ended(FILING, text)).isEqualTo(ended);
    }

    @Test
    void nor_where_the_caller_says_what_it_is_about() {
        EventType cover = FILING.vocabulary().find(EventType.class, "井盖破损");

        assertThat(routed(FILING, report().about(cover).saying("井盖完好").done()).outcome())
                .isEqualTo(RoutingOutcome.ASSIGNED);
    }

    @ParameterizedTest
    @CsvSource({"'',ASSIGNED", "99,ASSIGNED", "101,MANUAL_TRIAGE TIE"})
    void what_is_like_a_general_event_type_is_left_to_a_person_unless_it_leads_by_as_much_as_the_row_asks(
            String lead, String ended) {
        Policy policy = TextPolicy.general(lead).ofFormat3().load();

        assertThat(ended(policy, "坑洞修补")).isEqualTo(ended);
        assertThat(ended(policy, "坑洞")).as("an event type that is not general").isEqualTo("ASSIGNED");
    }
}
