package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import liandong.web.WebConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** The console while no key was ever made: for anybody on this machine, and for nobody else. */
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ConsoleServer.class)
class OpenConsoleTest {
    @LocalServerPort
    private int port;

    @Test
    void anybody_on_this_machine_sees_the_pages_and_is_told_that_there_are_no_keys() throws Exception {
        var visitor = new Visitor(port);

        assertThat(visitor.get("/").headers().firstValue("Location")).hasValue("/console");
        HttpResponse<String> page = visitor.get("/console");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("尚未设置密钥").contains("未署名");
    }

    @Test
    void who_changes_something_says_who_they_are_first() throws Exception {
        var visitor = new Visitor(port);
        visitor.get("/console");
        HttpResponse<String> nameless = visitor.post("/console/sign-in", Map.of("name", " "));
        HttpResponse<String> named = visitor.post("/console/sign-in", Map.of("name", " 王芳 "));

        assertThat(nameless.statusCode()).isEqualTo(401);
        assertThat(nameless.body()).contains("姓名须有");
        assertThat(named.statusCode()).isEqualTo(302);
        assertThat(visitor.get("/console").body()).contains("<b>王芳</b>").doesNotContain("未署名");
    }

    @Test
    void a_page_from_elsewhere_a_proxy_and_another_host_do_not_get_in() throws Exception {
        assertThat(new Visitor(port)
                        .get("/console", "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(new Visitor(port)
                        .get("/console", "X-Forwarded-For", "10.0.0.1")
                        .statusCode())
                .isEqualTo(403);
        assertThat(new Visitor(port)
                        .get("/console", "Origin", "http://elsewhere.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(new Visitor(port)
                        .post("/console/sign-in", Map.of("name", "甲"), "Sec-Fetch-Site", "same-site")
                        .statusCode())
                .isEqualTo(403);
    }
}
