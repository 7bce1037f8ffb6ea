package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a linter of OpenAPI documents has to say of ours: nothing. {@code src/test/resources/redocly.yaml} says by which rules. */
class ContractLintTest {
    private static final Path LINTER = NodeTools.FOLDER.resolve("@redocly/cli/bin/cli.js");

    @Test
    void a_linter_finds_nothing_in_the_document() throws Exception {
        NodeTools.assumeThere(LINTER, "@redocly/cli@2.77.0");
        Process linter = new ProcessBuilder(List.of(
                        "node",
                        LINTER.toString(),
                        "lint",
                        "docs/openapi.yaml",
                        "--config",
                        "src/test/resources/redocly.yaml",
                        "--max-problems=20"))
                .redirectErrorStream(true)
                .start();
        String said = new String(linter.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(linter.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(linter.exitValue()).as(said).isZero();
        assertThat(said).contains("Your API description is valid.").doesNotContain("You have"); // so many warnings
    }
}
