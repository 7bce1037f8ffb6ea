package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import liandong.journal.Archive;
import liandong.journal.DecisionQuery;
import liandong.journal.Verification;
import liandong.policy.Policy;
import liandong.policy.PolicyHistory;
import liandong.policy.TinyPolicy;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers that cannot be kept, over a real socket: the disk of the PostgreSQL server is full. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(JournalWebTest.Given.class)
@DirtiesContext
class JournalWebTest {
    private static final DocumentedHttp HTTP = new DocumentedHttp();
    private static final JsonMapper JSON = new JsonMapper();

    @TestConfiguration(proxyBeanMethods = false)
    static class Given {
        @Bean
        Database database() {
            return Stores.POSTGRES.open();
        }

        @Bean
        PolicyHistory policy() {
            Policy policy = TinyPolicy.withOneRule().load();
            return new OnePolicy(() -> policy);
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private Database database;

    private static String report(int number) {
        return "{\"incident\":{\"id\":\"A-" + number + "\",\"reportedAt\":\"2026-03-02T10:00:00+08:00\","
                + "\"source\":\"GRID\",\"area\":\"330102001001\",\"text\":\"路面有坑洞\"},"
                + "\"now\":\"2026-03-02T10:00:00+08:00\"}";
    }

    private HttpResponse<String> post(String type, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/routing"))
                        .header("Content-Type", type)
                        .header("Accept-Language", "en")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Makes the server say what it says when its disk is full. */
    private void fill() {
        database.sql().sql("""
                        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN
                            RAISE EXCEPTION 'could not extend file "base/5/16397": No space left on device'
                                USING ERRCODE = '53100'; -- disk_full
                        END $$
                        """).update();
        database.sql()
                .sql("CREATE TRIGGER full_disk BEFORE INSERT ON decision FOR EACH ROW EXECUTE FUNCTION full_disk()")
                .update();
    }

    private void makeRoom() {
        database.sql().sql("DROP TRIGGER full_disk ON decision").update();
    }

    @Test
    void while_the_disk_is_full_nobody_is_answered_and_afterwards_everybody_is() throws Exception {
        HttpResponse<String> before = post("application/json", report(1));
        assertThat(before.statusCode()).isEqualTo(200);
        fill();

        HttpResponse<String> refused = post("application/json", report(2));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(JSON.readTree(refused.body()).get("problems").toString())
                .isEqualTo("[{\"pointer\":\"\",\"code\":\"JOURNAL_UNWRITABLE\","
                        + "\"message\":\"The decision could not be kept, so it is not given.\","
                        + "\"help\":\"Nothing has been decided for good: send the same request again in a moment."
                        + " If it goes on, the operator of the service must see to its store.\"}]");
        List<JsonNode> lines = post("application/x-ndjson", report(3) + "\n" + report(4) + "\n")
                .body()
                .lines()
                .map(JSON::readTree)
                .toList();
        assertThat(lines)
                .extracting(
                        line -> line.get("line").intValue(),
                        line -> line.get("status").intValue(),
                        line -> line.at("/problems/0/code").stringValue())
                .containsExactly(tuple(1, 503, "JOURNAL_UNWRITABLE"), tuple(2, 503, "JOURNAL_UNWRITABLE"));
        HttpResponse<String> health = get("/actuator/health");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(health.body()).get("status").stringValue()).isEqualTo("DOWN");
        assertThat(get("/actuator/prometheus").body().lines())
                .contains("liandong_journal_kept_total 1.0", "liandong_journal_not_kept_total 3.0");
        assertThat(new Archive(database).count(DecisionQuery.ALL)).isEqualTo(1);

        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);

        makeRoom();
        // Nobody asks for a decision, and yet it finds out.
        while (get("/actuator/health").statusCode() != 200) {
            Thread.sleep(50);
        }
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(post("application/json", report(2)).statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health").statusCode()).isEqualTo(200);
        assertThat(new Archive(database).count(DecisionQuery.ALL)).isEqualTo(2);
        String id = JSON.readTree(before.body()).get("decisionId").stringValue();
        assertThat(JSON.readTree(get("/v1/decisions/" + id).body()).get("answer"))
                .isEqualTo(JSON.readTree(before.body()));
        Verification verification = Verification.of(database, Map.of(), read -> {});
        assertThat(verification.faults()).isEmpty();
        assertThat(verification.entries()).isEqualTo(2);
    }
}
