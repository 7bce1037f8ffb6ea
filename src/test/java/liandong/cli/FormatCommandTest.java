package liandong.cli;

import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import liandong.cli.Commands.Run;
import liandong.policy.TinyPolicy;
import liandong.table.Workbooks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private Path routing() throws IOException {
        Path tables = Files.createDirectories(folder.resolve("my/decision-tables"));
        for (var file : TinyPolicy.complete().files().tables().entrySet()) {
            Files.write(tables.resolve(file.getKey()), file.getValue());
        }
        return tables.resolve("routing.xlsx");
    }

    @Test
    void a_file_is_changed_in_place_once_and_its_former_content_kept() throws IOException {
        Path file = routing();
        byte[] before = Files.readAllBytes(file);

        Run first = run("format", file, "--lang", "en");
        byte[] after = Files.readAllBytes(file);
        Run second = run("format", file, "--lang", "en");

        assertThat(first.err()).contains(file + ": ", "headers styled", "Written: " + file);
        assertThat(first.exitCode()).isZero();
        assertThat(after).isNotEqualTo(before);
        assertThat(Files.readAllBytes(file.resolveSibling("routing.xlsx.bak"))).isEqualTo(before);
        assertThat(second.err()).isEqualTo(file + ": nothing to change.\n");
        assertThat(Files.readAllBytes(file)).isEqualTo(after);
        assertThat(run("check", folder.resolve("my"), "--fail-on", "error", "--min-severity", "error")
                        .exitCode())
                .isZero();
        try (var left = Files.list(file.getParent())) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
    }

    @Test
    void check_only_and_output_leave_the_file_as_it_is() throws IOException {
        Path file = routing();
        byte[] before = Files.readAllBytes(file);

        Run would = run("format", file, "--check-only", "--lang", "en");
        Run elsewhere = run("format", file, "--output", folder.resolve("pretty.xlsx"));

        assertThat(would.exitCode()).isEqualTo(1);
        assertThat(would.err()).contains("would change: ", "drop-downs");
        assertThat(elsewhere.exitCode()).isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(run("format", folder.resolve("pretty.xlsx"), "--policy", folder.resolve("my"), "--check-only")
                        .exitCode())
                .isZero();
    }

    @Test
    void a_scenario_workbook_stays_itself_whether_or_not_a_table_has_its_name() throws IOException {
        Path tables = routing();
        Path scenarios = Files.createDirectories(tables.resolveSibling("scenarios"));
        for (String name : List.of("routing.xlsx", "mine.xlsx")) {
            byte[] before = Workbooks.xlsx(Map.of("研判交办", new String[][] {{"情景"}, {"编号", "时刻", "事项"}}));
            Path file = Files.write(scenarios.resolve(name), before);

            Run run = run("format", file, "--lang", "en");

            assertThat(run.err()).isEqualTo(file + ": nothing to change.\n");
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
        }
    }

    @Test
    void a_file_that_cannot_be_read_is_told_and_not_touched() throws IOException {
        Path file = Files.write(folder.resolve("routing.xlsx"), new byte[] {'P', 'K', 3, 4});

        Run run = run("format", file, "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("has not been touched", "routing.xlsx: UNREADABLE_WORKBOOK");
        assertThat(Files.readAllBytes(file)).hasSize(4);
        assertThat(Files.exists(folder.resolve("routing.xlsx.bak"))).isFalse();
    }

    @Test
    void wrong_calls_exit_with_2() throws IOException {
        Path file = routing();

        assertThat(run("format", folder.resolve("nowhere.xlsx")).exitCode()).isEqualTo(2);
        assertThat(run("format", folder).exitCode()).isEqualTo(2);
        assertThat(run("format", file, file, "--output", folder.resolve("x.xlsx"))
                        .exitCode())
                .isEqualTo(2);
    }
}
