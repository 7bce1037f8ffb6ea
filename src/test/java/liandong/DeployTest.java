package liandong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liandong.cli.RootCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The files in {@code docs/deploy}: each is read by what will read it, or by its published schema. */
class DeployTest {
    private static final Path DEPLOY = Path.of("docs/deploy");
    private static final Path SCHEMAS = Path.of("src/test/resources/deploy");
    private static final JsonMapper JSON = new JsonMapper();

    /** Variables that no option says; the launcher's own is read by the shell. */
    private static final Set<String> VARIABLES = Set.of(
            "LIANDONG_STORE_USER",
            "LIANDONG_STORE_PASSWORD",
            "LIANDONG_STORE_PASSWORD_FILE",
            "LIANDONG_PUBLIC_ADDRESS",
            "LIANDONG_JAVA_OPTIONS");

    @TempDir
    private Path folder;

    private static List<JsonNode> yaml(String file) throws IOException {
        var documents = new ArrayList<JsonNode>();
        new Yaml()
                .loadAll(Files.readString(DEPLOY.resolve(file)))
                .forEach(each -> documents.add(JSON.valueToTree(each)));
        return documents;
    }

    private static List<String> faults(JsonNode document, String schema) throws IOException {
        ObjectNode read = (ObjectNode) JSON.readTree(Files.readString(SCHEMAS.resolve(schema)));
        read.remove("$id"); // that of Compose is no address
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(JSON.writeValueAsString(read), InputFormat.JSON)
                .validate(JSON.writeValueAsString(document), InputFormat.JSON)
                .stream()
                .map(String::valueOf)
                .toList();
    }

    @Test
    void the_compose_file_is_as_the_specification_of_compose_has_it() throws IOException {
        JsonNode compose = yaml("compose.yaml").get(0);

        assertThat(faults(compose, "compose.schema.json")).isEmpty();
        // What it mounts beside the secrets, which are the reader's own, is there.
        assertThat(DEPLOY.resolve("haproxy.cfg")).exists();
        assertThat(DEPLOY.resolve("Dockerfile")).exists();
        JsonNode wrong = compose.deepCopy();
        ((ObjectNode) wrong.at("/services/store")).put("imaeg", "postgres");
        assertThat(faults(wrong, "compose.schema.json")).hasSize(1);
    }

    @Test
    void the_manifests_are_as_the_interface_of_kubernetes_has_them() throws IOException {
        List<JsonNode> manifests = yaml("kubernetes.yaml");

        assertThat(manifests)
                .extracting(each -> each.get("kind").stringValue())
                .containsExactly("Deployment", "Service", "PodDisruptionBudget");
        for (JsonNode each : manifests) {
            assertThat(faults(each, "kubernetes.schema.json")).isEmpty();
        }
        JsonNode wrong = manifests.get(0).deepCopy();
        ((ObjectNode) wrong.at("/spec/template/spec/containers/0/securityContext")).put("readOnlyRootFileSystem", true);
        assertThat(faults(wrong, "kubernetes.schema.json")).hasSize(1);
    }

    @Test
    void a_container_may_do_nothing_but_answer_and_gets_the_time_that_draining_takes() throws IOException {
        JsonNode compose = yaml("compose.yaml").get(0).at("/services/service-1");
        JsonNode pod = yaml("kubernetes.yaml").get(0).at("/spec/template/spec");

        assertThat(compose.at("/read_only").booleanValue()).isTrue();
        assertThat(compose.at("/user").stringValue()).isEqualTo("10001:10001");
        assertThat(compose.at("/stop_grace_period").stringValue()).isEqualTo("30s");
        assertThat(pod.at("/securityContext/runAsNonRoot").booleanValue()).isTrue();
        assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem")
                        .booleanValue())
                .isTrue();
        // Five seconds and twenty, as docs/operators.md has it, behind the preStop.
        assertThat(pod.at("/terminationGracePeriodSeconds").intValue())
                .isGreaterThan(25
                        + pod.at("/containers/0/lifecycle/preStop/sleep/seconds")
                                .intValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"compose.yaml", "kubernetes.yaml", "liandong.service", "Dockerfile", "haproxy.cfg", "alerts.yaml"
            })
    void every_option_that_is_set_is_one_that_the_program_has(String file) throws IOException {
        String text = Files.readString(DEPLOY.resolve(file));
        CommandLine program = RootCommand.commandLine(
                Liandong.commands().values().stream().map(Supplier::get).toArray());
        Set<String> known =
                Objects.requireNonNull(program.getSubcommands().get("serve")).getCommandSpec().options().stream()
                        .map(option -> "LIANDONG_"
                                + option.longestName()
                                        .substring(2)
                                        .replace('-', '_')
                                        .toUpperCase(Locale.ROOT))
                        .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(VARIABLES);

        assertThat(Pattern.compile("LIANDONG_[A-Z_]+").matcher(text).results().map(MatchResult::group))
                .isSubsetOf(known);
        Pattern.compile("(?m)^ExecStart=\\S+ (.*)$")
                .matcher(text)
                .results()
                .forEach(line -> assertThatCode(
                                () -> program.parseArgs(line.group(1).split(" ")))
                        .doesNotThrowAnyException());
    }

    /** What a program says to a file, when it is on this machine; else the test says that it is skipped. */
    private static String said(String... command) throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin", command[0]))
                        || Files.isExecutable(Path.of("/usr/sbin", command[0])),
                command[0] + " is not on this machine");
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SERVICE_1", "127.0.0.1:1");
        builder.environment().put("SERVICE_2", "127.0.0.1:2");
        builder.environment().put("LISTEN", "127.0.0.1:8443");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue() == 0 ? said : process.exitValue() + ": " + said;
    }

    @Test
    void systemd_understands_the_unit() throws Exception {
        Path unit = Files.writeString(
                folder.resolve("liandong.service"),
                Files.readString(DEPLOY.resolve("liandong.service")).replace("/opt/liandong/liandong", "/bin/true"));

        assertThat(said("systemd-analyze", "verify", unit.toString())).isEmpty();
    }

    @Test
    void prometheus_understands_the_rules() throws Exception {
        assertThat(said(
                        "promtool",
                        "check",
                        "rules",
                        DEPLOY.resolve("alerts.yaml").toString()))
                .contains("SUCCESS");
    }

    @Test
    void every_alert_says_how_bad_it_is_and_has_its_page_in_both_languages() throws IOException {
        var names = new ArrayList<String>();
        for (JsonNode rule : yaml("alerts.yaml").get(0).at("/groups/0/rules")) {
            names.add(rule.get("alert").stringValue());
            assertThat(rule.at("/labels/severity").stringValue()).isIn("critical", "warning", "info");
            assertThat(rule.at("/annotations/summary").stringValue()).isNotBlank();
        }

        for (String runbook : List.of("docs/runbook.md", "docs/runbook.zh-CN.md")) {
            assertThat(Pattern.compile("(?m)^## (Liandong\\w+)$")
                            .matcher(Files.readString(Path.of(runbook)))
                            .results()
                            .map(heading -> heading.group(1)))
                    .as(runbook)
                    .containsExactlyElementsOf(names);
        }
    }
}
