package liandong.console;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Map;
import liandong.policy.PolicyHistory;
import liandong.policy.TinyPolicy;
import liandong.publication.LivePolicies;
import liandong.routing.TextPolicy;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.table.Workbooks;
import liandong.wire.Json;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.node.ObjectNode;

/** What the console is given in tests about decisions: a tiny policy that reads texts, and leaves some to a person. */
@TestConfiguration(proxyBeanMethods = false)
class ReadingServer {
    /** Of two matters none is the likelier. */
    static final String TIE = "坑洞和井盖";

    /** Somebody may be in danger. */
    static final String DANGER = "楼道里有燃气味";

    /** It tells of nothing. */
    static final String THANKS = "谢谢你们辛苦了";

    /** It is assigned. */
    static final String HOLE = "路上有坑洞";

    /** One that passes, one that does not, one that nobody confirmed, one that cannot be run. */
    private static final String[][] SCENARIOS = {
        {"情景"},
        {"编号 Id", "标题 Title", "时刻 Now", "来源 Source", "区域 Area", "正文 Text", "预期牵头 Lead", "状态 Status"},
        {"T-1", "坑洞归主办局", "2026-11-20 16:30", "网格员", "东市社区", HOLE, "主办局", "已确认"},
        {"T-2", "坑洞归水务", "2026-11-20 16:30", "网格员", "东市社区", HOLE, "水务公司", "已确认"},
        {"T-3", "井盖归水务", "2026-11-20 16:30", "网格员", "西湖社区", "路上的井盖", "水务公司", "待确认"},
        {"T-4", "哪一天", "昨天", "网格员", "西湖社区", "路上的井盖", "水务公司", "已确认"}
    };

    /** One that fails at its second step. */
    private static final String[][] STORIES = {
        {"故事"},
        {"故事 Story", "标题 Title", "时刻 Now", "决策 Decision", "来源 Source", "区域 Area", "正文 Text", "预期牵头 Lead", "状态 Status"},
        {"S-1", "坑洞又来一次", "2026-11-20 16:30", "研判交办", "网格员", "东市社区", HOLE, "主办局", "已确认"},
        {"", "第二次", "+1 小时", "研判交办", "", "", "", "水务公司", "已确认"},
        {"", "没有运行", "+1 小时", "研判交办", "", "", "", "", "已确认"}
    };

    @Bean
    Database database() {
        return Stores.SQLITE.open();
    }

    @Bean
    PolicyHistory policy(Database database) {
        return LivePolicies.beginning(tiny().files().labelled("tiny"), database);
    }

    /** The policy that is live, to be changed. */
    static TinyPolicy tiny() {
        return TextPolicy.words()
                .ofFormat3()
                .cell("routing.xlsx 派单目录!H3", "推定")
                .file("decision-tables/scenarios/day.xlsx", Workbooks.xlsx(Map.of("研判交办", SCENARIOS)))
                .file("decision-tables/scenarios/stories.xlsx", Workbooks.xlsx(Map.of("故事", STORIES)));
    }

    @Bean
    MovingClock clock() {
        return new MovingClock(Clock.systemUTC());
    }

    /** Every decision is gone, so that each test begins with none. */
    static void forget(Database database) {
        database.transact(() -> database.sql().sql("DELETE FROM decision").update()
                + database.sql().sql("DELETE FROM decision_term").update()
                + database.sql()
                        .sql("UPDATE indexed SET place = (SELECT length FROM chain WHERE no = indexed.chain)")
                        .update());
    }

    /** A report as another system sends it; gives the answer. */
    static HttpResponse<String> report(int port, String key, String id, String text)
            throws IOException, InterruptedException {
        ObjectNode request = Json.object();
        ObjectNode incident = request.putObject("incident");
        incident.put("id", id)
                .put("reportedAt", "2026-03-02T09:00:00+08:00")
                .put("source", "GRID")
                .put("area", "330102001")
                .put("text", text);
        return rest(port, key, "POST", "/v1/routing", Json.write(request));
    }

    /** A request of another system. */
    static HttpResponse<String> rest(int port, String key, String method, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
