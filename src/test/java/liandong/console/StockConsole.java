package liandong.console;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import liandong.decision.DecisionService;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyHistory;
import liandong.publication.LivePolicies;
import liandong.scenario.Scenario;
import liandong.scenario.ScenarioReader;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.BadRequestException;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;

/** What the console is given in tests that look at pages as a district has them: the stock policy, of thousands of rows. */
@TestConfiguration(proxyBeanMethods = false)
class StockConsole {
    @Bean
    Database database() {
        return Stores.SQLITE.open();
    }

    @Bean
    PolicyHistory policy(Database database) {
        return LivePolicies.beginning(PolicyFiles.stock(), database);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** A report of the policy's own scenarios, found by its text, that is given several stages: by the fields of its form. */
    static Map<String, String> report(Policy policy) {
        var service = new DecisionService(() -> policy, Clock.systemUTC());
        Stream<Scenario> scenarios = ScenarioReader.read(policy, policy.files().scenarios()).cases().stream();
        Scenario found = scenarios
                .filter(each -> each.request().at("/incident/text").asString("").length() > 15
                        && !each.request().path("incident").has("eventType")
                        && !each.request().path("incident").has("sameAs"))
                .filter(each -> {
                    try {
                        return service.decide(each.kind(), policy, each.request())
                                        .answer()
                                        .at("/assignment/stages")
                                        .size()
                                > 1;
                    } catch (BadRequestException e) {
                        return false;
                    }
                })
                .findFirst()
                .orElseThrow();
        var fields = new LinkedHashMap<String, String>();
        for (Map.Entry<String, JsonNode> member :
                found.request().path("incident").properties()) {
            String value = member.getValue().asString("");
            fields.put("incident." + member.getKey(), member.getKey().endsWith("At") ? local(value) : value);
        }
        fields.put("now", local(found.request().path("now").asString("")));
        return fields;
    }

    /** A moment as a browser's field takes it. */
    private static String local(String moment) {
        LocalDateTime time = OffsetDateTime.parse(moment).toLocalDateTime();
        return time.withSecond(0).withNano(0).toString();
    }
}
