package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import liandong.policy.Policy;
import liandong.policy.PolicyHistory;
import liandong.policy.TinyPolicy;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The words of a policy, and what the codes of outside systems mean in them, over a real socket. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(VocabularyWebTest.Given.class)
class VocabularyWebTest {
    private static final DocumentedHttp HTTP = new DocumentedHttp();

    private static final Policy POLICY = TinyPolicy.withOneRule()
            .ofFormat3()
            .sheet(
                    "vocabulary.xlsx",
                    "单位",
                    new String[] {"代码 Code", "名称 Label", "单位类别 Kind", "又名 Also known as", "上级 Parent"},
                    new String[] {"LEAD", "主办局", "部门", "区综合执法局、执法局", ""},
                    new String[] {"HELPER", "协办局", "部门", "", "主办局"},
                    new String[] {"PLATFORM", "水务公司", "平台", "", ""},
                    new String[] {"COMMUNITY", "属地社区", "社区", "", ""},
                    new String[] {"SUB_DISTRICT", "属地街道", "街道", "", ""},
                    new String[] {"MEETING", "道路联席会议", "联席会议", "", ""},
                    new String[] {"LINE", "急救专线", "紧急救援", "", ""})
            .sheet(
                    "vocabulary.xlsx",
                    "对照",
                    new String[] {"体系 Scheme", "外部代码 External code", "外部名称 External name", "对应 Set", "本区名称 Ours"},
                    new String[] {"GB/T 1", "'06001", "道路破损", "事项", "路面坑洞"},
                    new String[] {"热线", "D7", "", "单位", "执法局"})
            .load();

    @TestConfiguration(proxyBeanMethods = false)
    static class Given {
        @Bean
        PolicyHistory policy() {
            return new OnePolicy(() -> POLICY);
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        Database database() {
            return Stores.SQLITE.open();
        }
    }

    @LocalServerPort
    private int port;

    private HttpResponse<String> words(String query) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + "/v1/vocabulary" + query);
        return HTTP.send(
                HttpRequest.newBuilder(uri).header("Accept-Language", "en").build(), BodyHandlers.ofString());
    }

    private static String scheme(String name) {
        return "?scheme=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    @Test
    void a_body_comes_with_its_other_names_and_what_it_is_a_part_of() throws Exception {
        assertThat(words("").body())
                .contains(
                        "{\"code\":\"LEAD\",\"label\":\"主办局\",\"alsoKnownAs\":[\"区综合执法局\",\"执法局\"],\"kind\":\"DEPARTMENT\"},"
                                + "{\"code\":\"HELPER\",\"label\":\"协办局\",\"parent\":\"LEAD\",\"kind\":\"DEPARTMENT\"}")
                .contains("\"schemes\":[\"GB/T 1\",\"热线\"]")
                .doesNotContain("\"mapping\"");
    }

    @Test
    void the_codes_of_a_scheme_come_with_our_words() throws Exception {
        assertThat(words(scheme("GB/T 1")).body())
                .endsWith("\"mapping\":[{\"external\":\"06001\",\"externalName\":\"道路破损\",\"set\":\"eventTypes\","
                        + "\"code\":\"HOLE\",\"label\":\"路面坑洞\"}]}");
        assertThat(words(scheme("热线")).body())
                .endsWith("\"mapping\":[{\"external\":\"D7\",\"set\":\"bodies\","
                        + "\"code\":\"LEAD\",\"label\":\"主办局\"}]}");
    }

    @Test
    void a_scheme_that_is_not_there_is_not_found_and_the_known_ones_are_named() throws Exception {
        HttpResponse<String> answer = words(scheme("省标"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .contains("\"code\":\"UNKNOWN_SCHEME\"")
                .contains("There is no scheme \\\"省标\\\" of outside codes.")
                .contains("Known are: GB/T 1, 热线.");
    }

    @Test
    void the_words_are_tagged_with_the_version_whatever_scheme_is_asked_for() throws Exception {
        assertThat(words(scheme("热线")).headers().firstValue("ETag")).contains("\"" + POLICY.version() + "\"");
    }
}
