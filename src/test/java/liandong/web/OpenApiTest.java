package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.openapi.OpenApiDocument;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.scenario.Wanted;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document itself. */
class OpenApiTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path COMMITTED = Path.of("docs", "openapi.yaml");

    /** Those of the program: a decision that only tests have has no place in what is committed. */
    private static List<Decision<?, ?>> decisions() {
        return Decisions.all().stream()
                .filter(decision -> decision.getClass()
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .equals(Decisions.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()))
                .toList();
    }

    private static JsonNode document() {
        return Routes.document(decisions());
    }

    /** What a reader of YAML takes a text for, as JSON. */
    private static String read(String yaml) {
        return JSON.writeValueAsString(new Yaml().<Object>load(yaml));
    }

    private static void walk(String path, JsonNode node, BiConsumer<String, JsonNode> visitor) {
        visitor.accept(path, node);
        node.properties().forEach(each -> walk(path + "/" + each.getKey(), each.getValue(), visitor));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            walk(path + "/" + i, node.get(i), visitor);
        }
    }

    @Test
    void the_committed_document_is_the_one_that_is_served() throws IOException {
        String generated = OpenApiDocument.yaml(document());
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(COMMITTED, generated);
        }

        assertThat(Files.readString(COMMITTED))
                .as("docs/openapi.yaml is not what the program says of itself; renew it with"
                        + " mvn test -Dtest=OpenApiTest -Dopenapi.write=true, and read what has changed")
                .isEqualTo(generated);
    }

    @Test
    void what_may_be_wanted_of_each_decision_is_understood_under_any_policy() {
        Policy policy = TinyPolicy.withOneRule().load();
        for (Decision<?, ?> decision : decisions()) {
            var problems = new ArrayList<Problem>();
            assertThat(Wanted.of(
                            decision, policy, WhyNotEndpoints.example(decision), new FileRef("want"), problems::add))
                    .as(decision.path() + ": " + problems)
                    .isNotNull();
        }
    }

    @Test
    void the_same_program_gives_the_same_document() {
        assertThat(OpenApiDocument.yaml(document())).isEqualTo(OpenApiDocument.yaml(document()));
    }

    @Test
    void it_says_in_yaml_what_it_says_in_json() {
        JsonNode document = document();

        assertThat(read(OpenApiDocument.yaml(document)))
                .isEqualTo(JSON.readTree(document.toString()).toString());
    }

    @Test
    void another_reader_of_openapi_finds_nothing_wrong_with_it() {
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(OpenApiDocument.yaml(document()), null, null);

        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getPaths()).hasSameSizeAs(document().get("paths"));
    }

    @Test
    void every_schema_in_it_is_a_schema_of_json_schema_2020_12() {
        Schema schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        var wrong = new ArrayList<String>();
        var seen = new ArrayList<String>();
        walk("", document(), (path, node) -> {
            if (path.endsWith("/schema") || path.matches("/components/schemas/[^/]+")) {
                seen.add(path);
                schemas.validate(node).forEach(error -> wrong.add(path + ": " + error));
            }
        });

        assertThat(seen).hasSizeGreaterThan(100);
        assertThat(wrong).isEmpty();
    }

    @Test
    void everything_it_refers_to_is_there_and_everything_there_is_referred_to() {
        JsonNode document = document();
        var there = new TreeSet<String>();
        for (String kind : List.of("schemas", "responses")) {
            document.path("components")
                    .path(kind)
                    .propertyNames()
                    .forEach(name -> there.add("#/components/" + kind + "/" + name));
        }
        var referred = new TreeSet<String>();
        walk("", document, (path, node) -> {
            if (path.endsWith("/$ref")) {
                referred.add(node.stringValue());
            }
        });

        assertThat(referred).isEqualTo(there);
    }

    @Test
    void every_member_has_a_meaning_and_every_value_an_example() {
        var lacking = new ArrayList<String>();
        walk("", document(), (path, node) -> {
            boolean member = path.matches(".*/properties/[^/]+");
            if (member && node.path("description").asString("").isEmpty()) {
                lacking.add(path + " has no description");
            }
            String type = node.path("type").asString("");
            boolean leaf = List.of("string", "integer", "number", "boolean").contains(type);
            boolean bytes =
                    node.has("contentMediaType") || path.contains("/content/text~1") || path.contains("/content/");
            // What an object of free names holds is shown by the object's own examples.
            boolean ofObject = path.endsWith("/additionalProperties");
            if (leaf && !bytes && !ofObject && node.path("examples").isEmpty() && !path.contains("/headers/")) {
                lacking.add(path + " has no example");
            }
        });

        assertThat(lacking).isEmpty();
    }

    @Test
    void every_example_is_one_of_what_it_is_an_example_of() {
        SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        var wrong = new ArrayList<String>();
        walk("", document(), (path, node) -> {
            if (node.path("examples").isArray() && node.has("type")) {
                node.get("examples")
                        .forEach(example -> schemas.getSchema(node)
                                .validate(example)
                                .forEach(error -> wrong.add(path + ": " + error)));
            }
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void every_operation_says_who_may_and_what_may_go_wrong() {
        var ids = new ArrayList<String>();
        var wrong = new ArrayList<String>();
        document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode operation = method.getValue();
                    String name = method.getKey() + " " + path.getKey();
                    ids.add(operation.path("operationId").stringValue());
                    if (operation.path("tags").size() != 1
                            || operation.path("summary").asString("").isEmpty()
                            || !operation.has("security")) {
                        wrong.add(name);
                    }
                    // Whether it is alive, anybody may ask, whatever they show.
                    boolean free = path.getKey().equals("/actuator/health");
                    boolean geoReport = path.getKey().startsWith(GeoReport.PATH); // in it, 401 is 403
                    List<String> needed = geoReport ? List.of("403", "503") : List.of("401", "403", "503");
                    for (String status : free ? List.of("503") : needed) {
                        if (!operation.path("responses").has(status)) {
                            wrong.add(name + " lacks " + status);
                        }
                    }
                    java.util.regex.Pattern.compile("\\{(\\w+)}")
                            .matcher(path.getKey())
                            .results()
                            .forEach(parameter -> {
                                boolean described = false;
                                for (JsonNode each : operation.path("parameters")) {
                                    described |= each.path("name").asString("").equals(parameter.group(1))
                                            && each.path("in").asString("").equals("path");
                                }
                                if (!described) {
                                    wrong.add(name + " does not describe " + parameter.group());
                                }
                            });
                }));

        assertThat(wrong).isEmpty();
        assertThat(ids)
                .doesNotHaveDuplicates()
                .hasSize(Routes.ALL.size()
                        - 2 * Decisions.all().size()
                        + 2 * decisions().size());
    }

    @Test
    void yaml_that_a_reader_could_take_for_something_else_is_quoted() {
        String odd =
                "{\"no\":\"yes\",\"at\":\"12:30\",\"list\":[\"on\",\"1.0\",\"null\",\"a, b\",\"2026-11-20\",\"\"]}";

        String yaml = OpenApiDocument.yaml(JSON.readTree(odd));

        assertThat(read(yaml)).isEqualTo(odd);
        assertThat(yaml).startsWith("'no': 'yes'\n");
    }
}
