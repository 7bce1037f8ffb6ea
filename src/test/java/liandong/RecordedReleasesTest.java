package liandong;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What earlier releases answered: their policies, each with the requests that were asked of it and the answers that were
 * given, byte for byte. A fault that is mended may change an answer: then the recorded one is renewed in the same commit
 * and the changelog marks it with a star.
 */
@Tag("slow") // compiles the rules and tables of every earlier release
class RecordedReleasesTest {
    private static final Path RELEASES = Path.of("src/test/resources/policies");
    private static final String RECORDED = "recorded.ndjson";
    private static final int MOST_SHOWN = 5;

    static List<Path> releases() throws IOException {
        try (Stream<Path> folders = Files.list(RELEASES)) {
            return folders.filter(folder -> Files.exists(folder.resolve(RECORDED)))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void a_policy_of_an_earlier_release_loads_and_answers_the_same_byte_for_byte(Path release)
            throws IOException, BadPolicyException, BadRequestException {
        // The label is part of an answer; the version that every answer carries is made from the content alone.
        var files = new PolicyFiles("stock", PolicyFiles.onlyFolder(release).files());
        Policy policy = Decisions.policy(files, LocalDate.of(2026, 11, 20));
        List<String> recorded = Files.readAllLines(release.resolve(RECORDED));

        var different = new ArrayList<String>();
        for (int i = 0; i < recorded.size(); i++) {
            JsonNode record = Json.read(recorded.get(i));
            String now = answered(policy, record);
            if (!now.equals(recorded.get(i)) && different.size() < MOST_SHOWN) {
                different.add("line " + (i + 1) + "\nwas " + recorded.get(i) + "\nis  " + now);
            }
        }

        assertThat(different).isEmpty();
        assertThat(recorded).hasSizeGreaterThanOrEqualTo(500);
    }

    private static String answered(Policy policy, JsonNode record) {
        Decision<?, ?> decision = Decisions.named(record.path("decision").stringValue());
        ObjectNode json = Json.object().put("decision", decision.code());
        json.set("request", record.path("request"));
        try {
            json.set(
                    "answer",
                    Json.raw(new DecisionService(() -> policy, Clock.systemUTC())
                            .decide(decision, record.path("request"))
                            .json()));
        } catch (BadRequestException e) {
            var refused = json.putArray("refused");
            e.problems().forEach(problem -> refused.add(problem.code() + " " + problem.at()));
        }
        return Json.write(json);
    }
}
