package liandong;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import liandong.cli.RootCommand;
import liandong.cli.terminal.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The preparing itself takes the jar, which tests run without; what it refuses is tested. */
class InstallCommandTest {
    private final StringWriter said = new StringWriter();

    private int install(Path folder) {
        Terminal system = Terminal.system();
        var terminal = new Terminal(
                system.in(),
                system.out(),
                new PrintWriter(said, true),
                system.clock(),
                system.policies(),
                false,
                false);
        return RootCommand.commandLine(terminal, new InstallCommand(terminal))
                .execute("install", folder.toString(), "--lang", "en");
    }

    @Test
    void what_does_not_run_from_its_jar_cannot_be_unpacked(@TempDir Path temp) throws IOException {
        assertThat(install(temp.resolve("new"))).isEqualTo(2);
        assertThat(said).hasToString("This program does not run from its jar: java -jar liandong.jar install DIR\n");
        assertThat(Files.exists(temp.resolve("new"))).isFalse();
    }

    @Test
    void its_help_names_the_folder() {
        CommandLine install = Objects.requireNonNull(RootCommand.commandLine(new InstallCommand(Terminal.system()))
                .getSubcommands()
                .get("install"));

        assertThat(install.getUsageMessage()).contains("DIR", "class-data sharing");
    }
}
