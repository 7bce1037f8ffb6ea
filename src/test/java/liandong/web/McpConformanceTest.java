package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/**
 * The conformance suite of the Model Context Protocol. Most of its scenarios ask for tools, prompts and resources that only a
 * server made for them has; {@code not-offered.yaml} names those, and what is not named there must pass.
 */
@SpringBootTest(
        classes = WebConfiguration.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "liandong.mcp=true")
@Import(WebTest.Given.class)
@Tag("slow")
class McpConformanceTest {
    private static final Path SUITE = NodeTools.FOLDER.resolve("@modelcontextprotocol/conformance/dist/index.js");

    @LocalServerPort
    private int port;

    @Test
    void what_is_offered_is_as_the_protocol_has_it() throws Exception {
        NodeTools.assumeThere(SUITE, "@modelcontextprotocol/conformance@0.1.13");
        Process suite = new ProcessBuilder(List.of(
                        "node",
                        SUITE.toString(),
                        "server",
                        "--url",
                        "http://127.0.0.1:" + port + "/mcp",
                        "--expected-failures",
                        Path.of("src/test/resources/mcp/not-offered.yaml").toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(suite.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(suite.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(suite.exitValue()).as(said).isZero();
        assertThat(said)
                .contains(
                        "✓ server-initialize: 1 passed, 0 failed",
                        "✓ ping: 1 passed, 0 failed",
                        "✓ tools-list: 1 passed, 0 failed",
                        "✓ dns-rebinding-protection: 2 passed, 0 failed");
    }
}
