package liandong.stock;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import liandong.Decide;
import liandong.incident.Area;
import liandong.incident.Report;
import liandong.incident.Source;
import liandong.policy.Policy;
import liandong.routing.RoutingDecision;
import org.junit.jupiter.api.Test;

/** The same code and rules under another city's policy: nothing of Shangcheng is in either. */
class NewYorkPolicyTest {
    private static RoutingDecision route(Policy policy, String id, String text) {
        var at = OffsetDateTime.parse("2013-10-31T09:00:00-04:00");
        Report report = Report.of(
                id,
                at,
                policy.vocabulary().all(Source.class).get(0),
                policy.vocabulary().all(Area.class).get(0),
                text,
                null);
        return Decide.route(policy, report, at.toInstant(), false).decision();
    }

    @Test
    void at_least_95_of_100_requests_reach_the_agency_that_took_them() throws IOException {
        Policy policy = Stock.newYork();
        int rows = 0;
        int right = 0;
        Map<String, Integer> wrong = new TreeMap<>();
        try (var requests =
                CsvReader.builder().ofNamedCsvRecord(Path.of("src/test/resources/policies/nyc311/requests.csv"))) {
            for (NamedCsvRecord request : requests) {
                rows++;
                RoutingDecision decision = route(policy, "R-" + rows, request.getField("text"));
                String agency = decision.assignment() == null
                        ? decision.outcome().code()
                        : decision.assignment().lead().code();
                if (agency.equals(request.getField("agency"))) {
                    right++;
                } else {
                    wrong.merge(request.getField("complaintType") + " → " + agency, 1, Integer::sum);
                }
            }
        }
        System.out.printf("nyc311: %d of %d requests reached their agency; others: %s%n", right, rows, wrong);
        assertThat(rows).isEqualTo(2_386);
        assertThat(right).as(wrong.toString()).isGreaterThanOrEqualTo(rows * 95 / 100);
    }

    @Test
    void due_times_are_in_new_yorks_zone_and_skip_its_holidays() {
        RoutingDecision decision = route(Stock.newYork(), "R-1", "Street Light Condition Street Light Out");

        // 10 working days from Thursday 31 October; 4 November is after the clocks go back, 11 November is Veterans
        // Day.
        assertThat(decision.assignment().stages().get(0).limit().label()).isEqualTo("10 工作日");
        assertThat(decision.assignment().stages().get(0).due())
                .isEqualTo(OffsetDateTime.parse("2013-11-15T17:00:00-05:00"));
    }
}
