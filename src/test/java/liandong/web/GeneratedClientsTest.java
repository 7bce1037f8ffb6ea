package liandong.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.annotation.Nonnull;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients that openapi-generator makes of the document, compiled and used: what a caller gets through them is what the
 * service answers.
 *
 * <p>{@code mvn -Pclients verify} brings the generator; TypeScript's compiler is brought by {@code npm install --prefix
 * target/clients typescript@5.9.3}. Without them this is skipped, and says so.
 */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(WebTest.Given.class)
@Tag("slow")
class GeneratedClientsTest {
    /** For programs that run for seconds: the best code does not pay. */
    private static final String BRIEFLY = "-XX:TieredStopAtLevel=1";

    private static final Path TOOLS = Path.of("target", "clients");
    private static final Path TYPESCRIPT = TOOLS.resolve("node_modules/typescript/bin/tsc");
    private static final String REPORT = "'reportedAt':'2026-11-12T16:30:00+08:00','source':{'code':'GRID'},"
            + "'area':{'code':'330102001051'},'residentsOnly':true,'eventType':{'code':'NEIGHBOUR_DISPUTE'}";
    private static final String ASSIGNED = "'severity':{'code':'GENERAL'},'urgency':{'code':'NORMAL'},"
            + "'lead':{'code':'330102001051'},'stages':[{'order':1,'name':'调解','limit':'7 工作日',"
            + "'start':'2026-11-12T16:30:00+08:00','due':'2026-11-23T17:30:00+08:00'";

    /**
     * A request of each decision, by the last part of its route. Words are objects: TypeScript's clients know no member that
     * is an object or a text.
     */
    private static final Map<String, String> REQUESTS = requests();

    @LocalServerPort
    private int port;

    @TempDir
    private Path folder;

    private static Map<String, String> requests() {
        var requests = new LinkedHashMap<String, String>();
        requests.put("routing", "{'incident':{'id':'A-1'," + REPORT + "},'options':{'explain':'full'}}");
        requests.put(
                "escalation",
                "{'incident':{'id':'A-1'," + REPORT + "}," + ASSIGNED + "}],'assignedAt':'2026-11-12T16:30:00+08:00',"
                        + "'events':[{'kind':'ACCEPTED','at':'2026-11-12T17:00:00+08:00'}]}");
        requests.put(
                "closure",
                "{'incident':{'id':'A-1'," + REPORT + "}," + ASSIGNED + ",'doneAt':'2026-11-18T11:00:00+08:00'}],"
                        + "'handling':{'concludedAt':'2026-11-18T15:00:00+08:00','proofs':['SIGNED_RECORD'],'redos':0}}");
        requests.put(
                "scoring",
                "{'incident':{'id':'A-1','reportedAt':'2026-11-02T09:00:00+08:00','body':{'code':'JUSTICE'},'events':["
                        + "{'kind':'ASSIGNED','at':'2026-11-02T09:00:00+08:00'},"
                        + "{'kind':'SHIRKED','at':'2026-11-05T09:00:00+08:00','contested':true}]}}");
        requests.put(
                "scoring/period",
                "{'periods':[{'body':{'code':'JUSTICE'},'counts':{'due':972,'closed':911,'onTime':737}}]}");
        requests.replaceAll((route, request) -> request.replace('\'', '"'));
        return requests;
    }

    private static void assumeThere(Path tool, String how) {
        boolean there = Files.exists(tool);
        if (!there) {
            System.err.println("SKIPPED, generated clients: " + tool + " is missing; " + how);
        }
        assumeTrue(there, tool + " is missing; " + how);
    }

    private static Path generator() {
        Path generator = TOOLS.resolve("openapi-generator-cli.jar");
        assumeThere(generator, "mvn -Pclients verify brings it");
        return generator.toAbsolutePath();
    }

    private void generate(String language, String... options) throws Exception {
        var command =
                new ArrayList<>(List.of("java", BRIEFLY, "-jar", generator().toString(), "generate", "-g", language));
        command.addAll(
                List.of("-i", Path.of("docs", "openapi.yaml").toAbsolutePath().toString(), "-o", "."));
        command.addAll(List.of(
                "--global-property",
                "apis,models,supportingFiles,apiDocs=false,modelDocs=false," + "apiTests=false,modelTests=false"));
        command.addAll(List.of(options));
        run(command, "");
    }

    /** What a program said; it has to end well. */
    private String run(List<String> command, String input) throws Exception {
        Path in = Files.writeString(folder.resolve("in"), input);
        Path out = folder.resolve("out.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err.log").toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES))
                    .as(command + " ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(out);
        assertThat(process.exitValue())
                .as(() -> command.subList(0, 3) + "\n" + said + "\n" + read(folder.resolve("err.log")))
                .isZero();
        return said;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String place(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream from = requireNonNull(GeneratedClientsTest.class.getResourceAsStream("clients/" + name))) {
            Files.copy(from, file);
        }
        return file.toString();
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }

    private static String input() {
        return REQUESTS.entrySet().stream()
                .map(request -> request.getKey() + "\n" + request.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** The answers that the client got are those of the service. */
    private void areAnswers(String said) throws Exception {
        var client = HttpClient.newHttpClient();
        var expected = new ArrayList<Object>();
        for (Map.Entry<String, String> request : REQUESTS.entrySet()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(address() + "/v1/" + request.getKey()))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(request.getValue()))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            expected.add(plain(answer.body()));
        }
        assertThat(said.lines().map(GeneratedClientsTest::plain).toList()).isEqualTo(expected);
    }

    private static Object plain(String json) {
        return requireNonNull(plain(JsonMapper.shared().readTree(json)));
    }

    /** A value in which the same moment in other zones, the same number with other zeros, and an empty list left out are the same. */
    private static Object plain(JsonNode node) {
        if (node.isObject()) {
            var members = new TreeMap<String, Object>();
            node.properties().stream()
                    .filter(member -> !member.getKey().equals("decisionId")) // each answer has its own
                    .filter(member -> !member.getValue().isNull()
                            && !(member.getValue().isArray()
                                    && member.getValue().isEmpty()))
                    .forEach(member -> members.put(member.getKey(), plain(member.getValue())));
            return members;
        }
        if (node.isArray()) {
            return node.valueStream().map(GeneratedClientsTest::plain).toList();
        }
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }
        String text = node.asString();
        return text.matches("\\d{4}-\\d\\d-\\d\\dT.*[Z0-9]")
                ? OffsetDateTime.parse(text).toInstant()
                : text;
    }

    @Test
    void a_generated_java_client_compiles_and_gets_every_decision() throws Exception {
        generate(
                "java",
                "--library",
                "native",
                "-p",
                "openApiNullable=false,useJakartaEe=true,containerDefaultToNull=true");
        String libraries;
        try (Stream<Path> jars = Files.list(TOOLS)) {
            libraries = Stream.concat(
                            jars.filter(jar -> jar.toString().endsWith(".jar"))
                                    .map(jar -> jar.toAbsolutePath().toString()),
                            Stream.of(Path.of(Nonnull.class
                                            .getProtectionDomain()
                                            .getCodeSource()
                                            .getLocation()
                                            .toURI())
                                    .toString()))
                    .collect(Collectors.joining(":"));
        }
        place("Calls.java");
        try (Stream<Path> sources = Files.walk(folder)) {
            String list = sources.map(Path::toString)
                    .filter(source -> source.endsWith(".java"))
                    .collect(Collectors.joining("\n"));
            Files.writeString(folder.resolve("sources"), list, StandardCharsets.UTF_8);
        }
        run(
                List.of(
                        "javac",
                        "-J" + BRIEFLY,
                        "-nowarn",
                        "--release",
                        "17",
                        "-cp",
                        libraries,
                        "-d",
                        "classes",
                        "@sources"),
                "");

        areAnswers(run(List.of("java", BRIEFLY, "-cp", "classes:" + libraries, "Calls", address()), input()));
    }

    @Test
    void a_generated_typescript_client_compiles_strictly_and_gets_every_decision() throws Exception {
        assumeThere(TYPESCRIPT, "npm install --prefix target/clients typescript@5.9.3 brings it");
        generate("typescript-fetch");
        place("calls.ts");
        String compiler = TYPESCRIPT.toAbsolutePath().toString();
        run(
                List.of(
                        "node",
                        compiler,
                        "--strict",
                        "--target",
                        "es2022",
                        "--module",
                        "commonjs",
                        "--lib",
                        "es2022,dom",
                        "--outDir",
                        "js",
                        "calls.ts"),
                "");

        areAnswers(run(List.of("node", "js/calls.js", address()), input()));
    }
}
