package liandong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liandong.Docs;
import liandong.cli.terminal.Terminal;
import liandong.decision.Decisions;
import liandong.policy.Policy;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands in documents that say how they exit exit so, and print what the document prints. */
class DocsCommandTest {
    private static final Policy POLICY = Docs.policy();
    private static final Clock CLOCK =
            Clock.fixed(OffsetDateTime.parse("2026-11-20T16:30:00+08:00").toInstant(), ZoneOffset.UTC);
    /** What documents call the reader's copy of the policy. */
    private static final String COPY = "my";

    /** A file that a command reads or writes: those of the document, in a folder of their own. */
    private static final Pattern FILE = Pattern.compile("[\\w-]+\\.(?:json|ndjson|csv|xlsx)");

    private static final String PROGRAM = "java -jar target/liandong.jar ";

    static List<Path> documents() {
        return Docs.all().stream()
                .filter(document -> Docs.blocks(document).stream()
                        .anyMatch(block -> block.role().equals("exits")))
                .toList();
    }

    private record Run(int exitCode, String out, String err) {}

    @ParameterizedTest
    @MethodSource("documents")
    void commands_exit_and_print_as_documented(Path document, @TempDir Path folder) throws IOException {
        String printed = "";
        for (Docs.Block block : Docs.blocks(document)) {
            switch (block.role()) {
                case "file" -> Files.writeString(folder.resolve(block.detail()), block.text() + "\n");
                case "exits" -> {
                    List<String> commands = Docs.commands(block).stream()
                            .filter(command -> command.startsWith(PROGRAM))
                            .toList();
                    assertThat(commands).as(block.toString()).isNotEmpty();
                    for (String command : commands) {
                        Run run = run(command, folder);
                        assertThat(run.exitCode())
                                .as("%s: %s%n%s", document, command, run.err())
                                .isEqualTo(Integer.parseInt(block.detail()));
                        printed = run.out();
                    }
                }
                case "prints" -> {
                    if (Docs.RENEW) {
                        Docs.renew(block, printed.strip());
                    } else {
                        assertThat(printed.strip()).as(block.toString()).isEqualTo(block.text());
                    }
                }
                default -> {
                    // not for commands
                }
            }
        }
    }

    /** Runs a command inside the test, with the files of its document. */
    private static Run run(String command, Path folder) {
        String[] words = Stream.of(command.substring(PROGRAM.length())
                        .replaceAll(" > .*", "")
                        .split(" +", -1))
                .map(word -> word.equals(COPY) ? Docs.policyFolder().toString() : word)
                .map(word -> FILE.matcher(word).matches() ? folder.resolve(word).toString() : word)
                .toArray(String[]::new);
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var shell = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                out,
                Terminal.writer(err),
                CLOCK,
                files -> files.label().equals("stock") ? POLICY : Decisions.policy(files, LocalDate.of(2026, 11, 20)),
                false,
                false);
        int exitCode = RootCommand.commandLine(shell).execute(words);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
