package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liandong.journal.Personal;
import liandong.kafka.DecisionStream;
import liandong.kafka.KafkaSettings;
import liandong.keyed.KeyedDecisions;
import liandong.outbox.Receiver;
import liandong.outbox.Webhooks;
import liandong.policy.PolicyHistory;
import liandong.publication.LivePolicy;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the alerts and the dashboard of {@code docs/deploy} ask for, and what the documents name, the service gives. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(WatchedMetricsTest.Given.class)
class WatchedMetricsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    /** Words of PromQL that stand where a name could. */
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "by", "on", "offset", "bool");

    /** What Prometheus itself adds. */
    private static final Set<String> ADDED = Set.of("job", "instance");

    @TestConfiguration(proxyBeanMethods = false)
    static class Given {
        @Bean
        PolicyHistory policy(Database database) {
            return LivePolicy.open(database, Clock.systemUTC());
        }

        @Bean
        Database database() {
            return Stores.SQLITE.open();
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private KeyedDecisions keyed;

    @Autowired
    private Database database;

    private String sent(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** The labels of each metric there is, by its name: of a service that has decided something, with Kafka and webhooks. */
    private Map<String, Set<String>> given() throws Exception {
        String answer = sent(HttpRequest.newBuilder(at("/v1/routing"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"incident\":{\"id\":\"A-1\",\"reportedAt\":\"2026-11-20T16:00:00+08:00\","
                                + "\"source\":\"GRID\",\"area\":\"330102\",\"settled\":true},"
                                + "\"now\":\"2026-11-20T16:30:00+08:00\"}")));
        assertThat(answer).contains("decisionId");
        var others = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var settings = new KafkaSettings("127.0.0.1:1", "in", "out", "dead", "group", "kafka", 1, Map.of());
        String text;
        var receiver = new Receiver("platform", URI.create("http://127.0.0.1:1/"), List.of());
        var webhooks = new Webhooks(List.of(receiver), database, Personal.kept(), Clock.systemUTC(), others);
        try (var stream = new DecisionStream(settings, keyed, others, Locale.ENGLISH)) {
            assertThat(stream.isRunning()).isFalse();
            assertThat(webhooks).isNotNull();
            text = sent(HttpRequest.newBuilder(at("/actuator/prometheus"))) + others.scrape();
        } finally {
            webhooks.close();
        }
        var given = new TreeMap<String, Set<String>>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String name = line.replaceFirst("[{ ].*", "");
            Set<String> labels = given.computeIfAbsent(name, each -> new TreeSet<>());
            if (line.contains("{")) {
                Pattern.compile("(\\w+)=\"")
                        .matcher(line)
                        .results()
                        .map(label -> label.group(1))
                        .forEach(labels::add);
            }
        });
        return given;
    }

    private static List<String> expressions() throws IOException {
        var expressions = new ArrayList<String>();
        JsonNode rules =
                JSON.valueToTree(new Yaml().<Object>load(Files.readString(Path.of("docs/deploy/alerts.yaml"))));
        rules.at("/groups")
                .forEach(group -> group.get("rules")
                        .forEach(rule -> expressions.add(rule.get("expr").stringValue())));
        JsonNode dashboard = JSON.readTree(Files.readString(Path.of("docs/deploy/dashboard.json")));
        dashboard
                .get("panels")
                .forEach(panel -> panel.get("targets")
                        .forEach(target -> expressions.add(target.get("expr").stringValue())));
        dashboard.at("/templating/list").forEach(each -> {
            String query = each.path("definition").asString("");
            if (!query.isEmpty()) {
                expressions.add(query.replaceFirst("label_values\\((\\w+), .*", "$1"));
            }
        });
        return expressions;
    }

    private static Stream<String> names(String expression) {
        String bare = expression
                .replaceAll("\\{[^}]*}", "")
                .replaceAll("\\[[^]]*]", "")
                .replaceAll("\\bby \\([^)]*\\)", "")
                .replaceAll("\\b\\w+\\s*\\(", "(");
        return NAME.matcher(bare).results().map(MatchResult::group).filter(name -> !WORDS.contains(name));
    }

    @Test
    void every_metric_and_label_that_is_asked_for_is_there() throws Exception {
        Map<String, Set<String>> given = given();
        var wrong = new ArrayList<String>();
        var asked = new TreeSet<String>();
        for (String expression : expressions()) {
            names(expression).filter(name -> !name.equals("up")).forEach(name -> {
                asked.add(name);
                if (!given.containsKey(name)) {
                    wrong.add(name + " in " + expression);
                }
            });
            Pattern.compile("(\\w+)\\{([^}]*)}").matcher(expression).results().forEach(selected -> {
                for (String label : selected.group(2).split(",", -1)) {
                    String name = label.replaceFirst("[=!].*", "");
                    if (!ADDED.contains(name)
                            && !given.getOrDefault(selected.group(1), Set.of()).contains(name)) {
                        wrong.add(label + " of " + selected.group(1));
                    }
                }
            });
        }

        assertThat(wrong).isEmpty();
        assertThat(asked).hasSizeGreaterThan(15);
    }

    @Test
    void every_metric_that_the_documents_name_is_there() throws Exception {
        Set<String> given = given().keySet();
        for (String document :
                List.of("docs/operators.md", "docs/operators.zh-CN.md", "docs/runbook.md", "docs/runbook.zh-CN.md")) {
            assertThat(Pattern.compile("`(liandong_\\w+)")
                            .matcher(Files.readString(Path.of(document)))
                            .results()
                            .map(name -> name.group(1)))
                    .as(document)
                    .isNotEmpty()
                    .allMatch(name -> given.contains(name) || given.contains(name + "_count"));
        }
    }

    @Test
    void our_metrics_are_all_in_the_table_for_operators() throws Exception {
        String english = Files.readString(Path.of("docs/operators.md"));
        String chinese = Files.readString(Path.of("docs/operators.zh-CN.md"));

        assertThat(given().keySet().stream()
                        .filter(name -> name.startsWith("liandong_"))
                        .map(name -> name.replaceFirst("_(bucket|count|sum|max)$", "")))
                .allMatch(name -> english.contains("`" + name + "`") && chinese.contains("`" + name + "`"));
    }
}
