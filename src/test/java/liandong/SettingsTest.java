package liandong;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import liandong.cli.RootCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code serve} is set to, and by whom: {@code serve --print-config} starts nothing. */
class SettingsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before the test
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Path file = Path.of("");

    @BeforeEach
    void a_file() {
        file = folder.resolve("liandong.conf");
    }

    /** The lines that are printed, the spaces between their columns as one bar. */
    private List<String> printed(Map<String, String> environment, String... args) {
        assertThat(run(environment, args)).as(err.toString()).isZero();
        return out.toString().lines().map(line -> line.replaceAll(" {2,}", "|")).toList();
    }

    private int run(Map<String, String> environment, String... args) {
        CommandLine program = RootCommand.commandLine(new ServeCommand());
        CommandLine serve = Objects.requireNonNull(program.getSubcommands().get("serve"));
        serve.setDefaultValueProvider(new Settings(environment));
        serve.setOut(new PrintWriter(out, true));
        serve.setErr(new PrintWriter(err, true));
        var words = new ArrayList<>(List.of("serve", "--print-config", "--lang", "en"));
        words.addAll(List.of(args));
        return program.execute(words.toArray(String[]::new));
    }

    @Test
    void the_command_line_counts_before_the_environment_and_that_before_the_file() throws IOException {
        Files.writeString(file, """
            # the hall's own
            port = 9001
            rate-limit=600
              drain = 7

            rules-over-http = true
            oidc-role = 坐席=caller
            oidc-role = 审批=approver,tester
            policy = /srv/政策
            """);

        assertThat(printed(
                        Map.of(
                                "LIANDONG_CONFIG", file.toString(),
                                "LIANDONG_PORT", "9002",
                                "LIANDONG_RATE_LIMIT", "700",
                                "LIANDONG_PERSONAL_FIELD", "/incident/text\n/incident/contact"),
                        "--port",
                        "9003"))
                .contains(
                        "config|environment, LIANDONG_CONFIG|" + file,
                        "port|command line|9003",
                        "rate-limit|environment, LIANDONG_RATE_LIMIT|700",
                        "drain|file, " + file + ":4|7",
                        "rules-over-http|file, " + file + ":6|true",
                        "oidc-role|file, " + file + ":8|坐席=caller, 审批=approver,tester",
                        "policy|file, " + file + ":9|/srv/政策",
                        "personal-field|environment, LIANDONG_PERSONAL_FIELD|/incident/text, /incident/contact",
                        "warm-up|unless given|3",
                        "address|unless given|127.0.0.1",
                        "journal|unless given|required",
                        "personal|unless given|keep");
    }

    @Test
    void every_option_is_printed_and_no_secret_is() {
        List<String> lines = printed(Map.of(
                "LIANDONG_STORE", "jdbc:postgresql://db/liandong?user=u1&password=p1",
                "LIANDONG_STORE_USER", "u2",
                "LIANDONG_STORE_PASSWORD", "p2",
                "LIANDONG_PUBLIC_ADDRESS", "https://311.example.org",
                "LIANDONG_WEBHOOK", "a=https://a.example/in?token=t1&x=1\nb=https://b.example/in?t2",
                "LIANDONG_OTLP", "https://otlp.example/v1/traces?api-key=t3"));

        assertThat(lines)
                .contains(
                        "store|environment, LIANDONG_STORE|jdbc:postgresql://db/liandong?***",
                        "LIANDONG_STORE_USER|environment, LIANDONG_STORE_USER|***",
                        "LIANDONG_STORE_PASSWORD|environment, LIANDONG_STORE_PASSWORD|***",
                        "webhook|environment, LIANDONG_WEBHOOK|a=https://a.example/in?***, b=https://b.example/in?***",
                        "otlp|environment, LIANDONG_OTLP|https://otlp.example/v1/traces?***",
                        "LIANDONG_PUBLIC_ADDRESS|environment, LIANDONG_PUBLIC_ADDRESS|https://311.example.org");
        assertThat(String.join("\n", lines)).doesNotContain("u1", "p1", "u2", "p2", "t1", "t2", "t3");
        assertThat(lines.stream()
                        .map(line -> "--" + line.replaceFirst("\\|.*", ""))
                        .collect(Collectors.toSet()))
                .containsAll(Objects.requireNonNull(RootCommand.commandLine(new ServeCommand())
                                .getSubcommands()
                                .get("serve"))
                        .getCommandSpec()
                        .options()
                        .stream()
                        .filter(option -> !option.usageHelp() && !option.versionHelp())
                        .map(option -> option.longestName())
                        .filter(name -> !name.equals("--print-config"))
                        .toList());
    }

    @Test
    void no_part_of_a_password_in_an_address_is_printed() {
        Map.of(
                        "jdbc:postgresql://u1:p1@db/liandong", "jdbc:postgresql://***@db/liandong",
                        "jdbc:postgresql://u1:p1/p2@db/liandong?a=u2", "jdbc:postgresql://***@db/liandong?***",
                        "jdbc:postgresql://u1:p1@p2@db/liandong", "jdbc:postgresql://***@db/liandong",
                        "jdbc:postgresql://u1:p1?p2@db/liandong", "jdbc:postgresql://***",
                        "jdbc:postgresql://db/liandong?password=p1@p2", "jdbc:postgresql://***",
                        "jdbc:postgresql://db/liandong", "jdbc:postgresql://db/liandong")
                .forEach((given, shown) -> assertThat(printed(Map.of("LIANDONG_STORE", given)))
                        .contains("store|environment, LIANDONG_STORE|" + shown));
    }

    @Test
    void what_kubernetes_says_of_a_service_of_our_name_is_no_port() {
        assertThat(printed(Map.of("LIANDONG_PORT", "tcp://10.0.0.1:8080"))).contains("port|unless given|8080");
    }

    @Test
    void a_value_that_cannot_be_is_refused_wherever_it_stands() throws IOException {
        Files.writeString(file, "port = many\n");

        assertThat(run(Map.of("LIANDONG_RATE_LIMIT", "-1"))).isEqualTo(2);
        assertThat(err.toString()).startsWith("Invalid value for option '--rate-limit': '-1'");
        assertThat(run(Map.of(), "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("Invalid value for option '--port': 'many'");
    }

    @Test
    void every_fault_of_a_file_is_named_at_its_line() throws IOException {
        Files.writeString(file, "rate-limt = 1\nport = 9001\nport = 9002\njust words\n");

        assertThat(run(Map.of(), "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()
                        .lines()
                        .map(line -> line.replace(file.toString(), "FILE").replaceFirst("\\. .*", ".")))
                .containsExactly(
                        "FILE:1: UNKNOWN_SETTING: \"rate-limt\" is no setting.",
                        "FILE:3: SETTING_TWICE: port stands in line 2 already.",
                        "FILE:4: UNKNOWN_SETTING: \"just words\" is no setting.");
        assertThat(err.toString()).contains("before: rate-limit? address, ");
    }

    @Test
    void a_file_that_cannot_be_read_is_said() throws IOException {
        assertThat(run(Map.of("LIANDONG_CONFIG", folder.resolve("none").toString())))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none: UNREADABLE_SETTINGS: The file of --config cannot be read.");
        Files.write(file, "port = 80 # 端口".getBytes(Charset.forName("GB18030")));
        assertThat(run(Map.of(), "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("liandong.conf: UNREADABLE_SETTINGS");
    }
}
