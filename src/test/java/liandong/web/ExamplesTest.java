package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import liandong.access.Keys;
import liandong.access.Role;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** The examples with a key, in four languages, run as they would be copied. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(DocsWebTest.Given.class)
@DirtiesContext // keys stay for ever
@Tag("slow") // starts programs
class ExamplesTest {
    private static final Path FOLDER = Path.of("docs", "examples");
    private static final int LONGEST = 45;
    private static final List<String> SAID = List.of(
            "routing UNKNOWN_CODE /incident/area",
            "routing ASSIGNED",
            "escalation WAIT",
            "closure ACCEPT",
            "closure CLOSE");

    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    private static void assumeThere(String program) {
        boolean there = Files.isExecutable(Path.of(program))
                || Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!there) {
            System.err.println("SKIPPED, an example: there is no " + program);
        }
        assumeTrue(there, "there is no " + program);
    }

    private List<String> run(List<String> command, String example, int at) throws IOException, InterruptedException {
        var words = new ArrayList<>(command);
        words.add(FOLDER.resolve(example).toString());
        words.add("http://127.0.0.1:" + at);
        var builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
        // As on a desktop: whatever else the build's own machine is set to.
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("LIANDONG_KEY", keys.add("示例", Set.of(Role.CALLER), "运维"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said.lines().filter(line -> !line.startsWith("{")).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "curl, sh, with_key.sh",
        "python3, python3, with_key.py",
        "node, node, with_key.mjs",
        "java, java, WithKey.java"
    })
    void an_answer_that_was_lost_on_its_way_is_asked_for_again_under_the_same_key(
            String needed, String program, String example) throws Exception {
        assumeThere(needed);

        try (var dropping = new Dropping(port)) {
            assertThat(run(List.of(program), example, dropping.port())).containsExactlyElementsOf(SAID);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "curl, sh, with_key.sh",
        "python3, python3, with_key.py",
        "node, node, with_key.mjs",
        "java, java, WithKey.java"
    })
    void a_case_is_routed_escalated_and_closed_and_a_problem_is_read(String needed, String program, String example)
            throws Exception {
        assumeThere(needed);

        assertThat(run(List.of(program), example, port)).containsExactlyElementsOf(SAID);
        assertThat(Files.readAllLines(FOLDER.resolve(example))).hasSizeLessThanOrEqualTo(LONGEST);
    }
}
