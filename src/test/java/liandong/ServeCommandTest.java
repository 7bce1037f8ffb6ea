package liandong;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import liandong.cli.RootCommand;
import liandong.policy.TinyPolicy;
import liandong.store.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeCommandTest {
    private final StringWriter said = new StringWriter();

    private int run(String... args) {
        var program = RootCommand.commandLine(new ServeCommand());
        program.setErr(new PrintWriter(said, true));
        program.getSubcommands().values().forEach(command -> command.setErr(new PrintWriter(said, true)));
        String[] withStore = Arrays.copyOf(args, args.length + 2);
        withStore[args.length] = "--store";
        withStore[args.length + 1] = Stores.SQLITE.fresh();
        return program.execute(withStore);
    }

    private static Path written(TinyPolicy policy, Path folder) throws IOException {
        for (var file : policy.files().files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return folder;
    }

    @Test
    void a_faulty_policy_is_not_served_and_every_fault_is_named_at_its_cell(@TempDir Path folder) throws IOException {
        Path bad = written(
                TinyPolicy.withOneRule().cell("routing.xlsx 派单目录!A3", "").cell("vocabulary.xlsx 来源!B3", ""), folder);

        int exitCode = run("serve", "--port", "0", "--policy", bad.toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(said.toString().lines())
                .anyMatch(line -> line.startsWith("routing.xlsx 派单目录!A3: MISSING_ID: "))
                .anyMatch(line -> line.startsWith("vocabulary.xlsx 来源!B3: MISSING_VALUE: "));
    }

    @Test
    void a_folder_that_is_not_there_is_a_wrong_call() {
        assertThat(run("serve", "--policy", "/no/such/folder")).isEqualTo(2);
        assertThat(said.toString()).isEqualTo("/no/such/folder: no such folder" + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({
        "--gate-days, soon, is no whole number from 0 to 36500",
        "--gate-days, -1, is no whole number from 0 to 36500",
        "--gate-days, 36501, is no whole number from 0 to 36500",
        "--retain-days, -5, is no whole number from 1 to 36500",
        "--retain-days, 0, is no whole number from 1 to 36500",
        "--retain-days, 36501, is no whole number from 1 to 36500",
        "--retain-days, 99999999999, is no whole number from 1 to 36500",
        "--port, -1, is no whole number from 0 to 65535",
        "--port, 65536, is no whole number from 0 to 65535",
        "--gate-percent, many, is no number from 0 to 100",
        "--gate-percent, -5, is no number from 0 to 100",
        "--gate-percent, 100.5, is no number from 0 to 100",
        "--gate-percent, NaN, is no number from 0 to 100",
    })
    void a_number_that_cannot_be_is_a_wrong_call(String option, String value, String why) {
        assertThat(run("serve", option, value)).isEqualTo(2);
        assertThat(said.toString())
                .startsWith(
                        "Invalid value for option '" + option + "': '" + value + "' " + why + System.lineSeparator());
    }

    @Test
    void others_are_not_let_in_without_keys(@TempDir Path folder) throws IOException {
        Path good = written(TinyPolicy.withOneRule(), folder);

        int exitCode = run("serve", "--port", "0", "--address", "0.0.0.0", "--policy", good.toString());

        assertThat(exitCode).isEqualTo(2);
        assertThat(said.toString())
                .isEqualTo("--address: OPEN_TO_OTHERS: Without keys the service does not listen on 0.0.0.0: whoever"
                        + " reaches it could change what it serves. Make a key first, with the command: keys add NAME"
                        + " --roles ROLES. Or leave --address out to serve this machine only."
                        + System.lineSeparator());
    }

    @Test
    void a_port_that_is_taken_is_named(@TempDir Path folder) throws IOException {
        Path good = written(TinyPolicy.withOneRule(), folder);
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            int exitCode = run("serve", "--port", String.valueOf(port), "--policy", good.toString());

            assertThat(exitCode).isEqualTo(2);
            assertThat(said.toString())
                    .contains(": 7 tables, ")
                    .endsWith("Port " + port + " is taken. Name another with --port." + System.lineSeparator());
        }
    }
}
