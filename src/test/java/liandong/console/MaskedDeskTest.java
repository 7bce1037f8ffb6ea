package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.journal.Personal;
import liandong.web.WebConfiguration;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** The duty desk and the archive where the reporters' words are masked. */
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({ReadingServer.class, MaskedDeskTest.Masking.class})
@DirtiesContext // keys stay for ever
class MaskedDeskTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    /** Texts are lost. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Masking {
        @Bean
        Personal personal() {
            return Personal.masked(Personal.FIELDS);
        }
    }

    @Test
    void what_cannot_be_read_is_not_decided_again_and_told_from_what_was_kept() throws Exception {
        String hotline = keys.add("热线平台", Set.of(Role.CALLER), "运维");
        String id = Json.read(ReadingServer.report(port, hotline, "A-1", ReadingServer.TIE)
                        .body())
                .path("decisionId")
                .stringValue("");
        Visitor both = Visitor.signedIn(port, keys.add("王芳", Set.of(Role.OFFICER, Role.AUDITOR), "运维"));

        assertThat(both.get("/console/desk").body()).contains("没有正文，或正文在此不可读").doesNotContain(ReadingServer.TIE);
        assertThat(both.post(
                                "/console/desk/" + id + "/preview",
                                Map.of("way", "CHOOSE", "eventType", "HOLE"),
                                "HX-Request",
                                "true")
                        .body())
                .contains("正文在此不可读（已掩码或加密），不能重新决定");
        assertThat(both.get("/console/archive/incident?id=A-1").body())
                .contains("照留存的答复显示")
                .doesNotContain(ReadingServer.TIE);
        assertThat(both.post("/console/archive/replay", Map.of("id", id), "HX-Request", "true")
                        .body())
                .contains("不能重算")
                .contains("个人信息已掩码");
    }
}
