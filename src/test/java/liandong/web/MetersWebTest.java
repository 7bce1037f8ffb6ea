package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import liandong.Decide;
import liandong.District;
import liandong.policy.PolicyHistory;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** What the service counts of its decisions and its limits. */
@SpringBootTest(
        classes = WebConfiguration.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "liandong.rate-limit=60")
@Import(MetersWebTest.Given.class)
@DirtiesContext
class MetersWebTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:30:00Z");

    @TestConfiguration(proxyBeanMethods = false)
    static class Given {
        @Bean
        PolicyHistory policy() {
            return new OnePolicy(District::policy);
        }

        @Bean
        Clock clock() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }

        @Bean
        Database database() {
            return Stores.SQLITE.open();
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry registry;

    private int status(String path, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private List<String> counted(String name) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                                .build(),
                        BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .toList();
    }

    private static String report(String id, String type) {
        return "{\"incident\":{\"id\":\"" + id
                + "\",\"reportedAt\":\"2026-11-20T16:00:00+08:00\",\"source\":\"GRID\",\"area\":\"330102001051\","
                + "\"text\":\"路灯坏了\"" + type + "}}";
    }

    @Test
    void decisions_are_counted_by_what_came_of_them_and_timed_part_by_part_and_refusals_by_their_limit()
            throws Exception {
        String policy = District.policy().version().substring(0, 16);
        assertThat(status("/v1/routing", report("A-1", ",\"eventType\":\"STREET_LIGHT\"")))
                .isEqualTo(200);
        assertThat(status("/v1/routing", report("A-2", ",\"eventType\":\"STREET_LIGHT\"")))
                .isEqualTo(200);
        assertThat(status("/v1/routing", report("A-3", "").replace("路灯坏了", "？")))
                .isEqualTo(200);
        assertThat(status("/v1/routing", "{}")).isEqualTo(422);
        // What is only tried takes no part, though hundreds of reports are decided for it.
        assertThat(status(
                        "/v1/routing/why-not?want=outcome%3DANSWER", report("A-4", ",\"eventType\":\"STREET_LIGHT\"")))
                .isEqualTo(200);

        assertThat(counted("liandong_decisions_total"))
                .containsExactlyInAnyOrder(
                        "liandong_decisions_total{kind=\"ROUTING\",outcome=\"ASSIGNED\",policy=\"" + policy + "\"} 2.0",
                        "liandong_decisions_total{kind=\"ROUTING\",outcome=\"MANUAL_TRIAGE\",policy=\"" + policy
                                + "\"} 1.0");
        assertThat(counted("liandong_decisions_left_total"))
                .containsExactlyInAnyOrder(
                        "liandong_decisions_left_total{danger=\"false\",kind=\"ROUTING\"} 1.0",
                        "liandong_decisions_left_total{danger=\"true\",kind=\"ROUTING\"} 0.0");
        assertThat(counted("liandong_decision_part_seconds_count{kind=\"ROUTING\""))
                .containsExactlyInAnyOrder(
                        "liandong_decision_part_seconds_count{kind=\"ROUTING\",part=\"decide\"} 3",
                        "liandong_decision_part_seconds_count{kind=\"ROUTING\",part=\"keep\"} 3",
                        "liandong_decision_part_seconds_count{kind=\"ROUTING\",part=\"read\"} 4");
        assertThat(counted("liandong_heavy"))
                .containsExactlyInAnyOrder("liandong_heavy_running 0.0", "liandong_heavy_waiting 0.0");
        assertThat(counted("liandong_journal_lag_seconds")).hasSize(1);
        assertThat(counted("liandong_refused_total"))
                .containsExactlyInAnyOrder(
                        "liandong_refused_total{limit=\"heavy\"} 0.0",
                        "liandong_refused_total{limit=\"places\"} 0.0",
                        "liandong_refused_total{limit=\"rate\"} 0.0");
        while (status("/v1/routing", "{}") != 429) {
            // until it is one too many
        }
        assertThat(registry.get("liandong.refused")
                        .tag("limit", "rate")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void of_policies_the_live_one_is_told_apart_however_many_are_asked_for_beside_it() {
        var own = new SimpleMeterRegistry();
        var meters = new DecisionMeters(own);
        for (int i = 0; i < 20; i++) {
            meters.count(Decide.ROUTING, "ASSIGNED", "live");
            meters.count(Decide.ROUTING, "ASSIGNED", "v" + i);
        }
        assertThat(own.find("liandong.decisions").tag("policy", "live").counters())
                .extracting(each -> each.count())
                .containsExactly(20.0);
        assertThat(own.find("liandong.decisions").counters()).hasSize(DecisionMeters.POLICIES);
    }

    @Test
    void of_policies_only_the_last_are_told_apart() {
        var own = new SimpleMeterRegistry();
        var meters = new DecisionMeters(own);
        for (int i = 0; i < 20; i++) {
            meters.count(Decide.ROUTING, "ASSIGNED", "v" + i);
        }
        assertThat(own.find("liandong.decisions").counters())
                .extracting(each -> each.getId().getTag("policy"))
                .containsExactlyInAnyOrder(
                        IntStream.range(12, 20).mapToObj(i -> "v" + i).toArray(String[]::new));
    }
}
