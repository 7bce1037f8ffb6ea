package liandong.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import liandong.Decide;
import liandong.District;
import liandong.decision.DecisionService;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import liandong.wire.PendingResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers of a real desk under the policy of the district, kept. */
class KeptAnswersTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:30:00.123456Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final DecisionService DESK = new DecisionService(District::policy, CLOCK);
    private static final byte[] KEY = new byte[32];

    private static final String REPORT = """
            {"incident":{"id":"SC-2026-000123","reportedAt":"2026-11-20T16:30:00+08:00","source":"GRID",
             "area":"330102001051","text":"三楼张先生 13800000000：楼上漏水","eventType":"HOUSING_QUALITY"}}
            """;

    private static Entry keep(Database database, Personal personal) throws BadRequestException {
        try (Journal journal = Journal.in(database, Keeping.REQUIRED, personal, CLOCK, "liandong test")) {
            PendingResponse reply = journal.keep(DESK.decide(Decide.ROUTING, Json.read(REPORT)), "grid system");
            reply.receipt().await();
            Entry entry = new Archive(database)
                    .oldest(DecisionQuery.ALL, null, 10)
                    .entries()
                    .get(0);
            assertThat(entry.answer()).isEqualTo(reply.json());
            return entry;
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_is_kept_byte_for_byte_with_all_that_it_takes_to_come_to_it_again(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            Entry entry = keep(database, Personal.kept());

            assertThat(entry.kind()).isEqualTo(Decide.ROUTING);
            assertThat(entry.subject()).isEqualTo("SC-2026-000123");
            assertThat(entry.outcome()).isEqualTo("ASSIGNED");
            assertThat(entry.policy()).isEqualTo(District.policy().version());
            assertThat(entry.caller()).isEqualTo("grid system");
            assertThat(entry.keptAt()).isEqualTo(Instant.parse("2026-11-20T08:30:00.123Z"));
            ObjectNode request = (ObjectNode) Json.read(entry.request());
            assertThat(request.path("now").stringValue()).isEqualTo("2026-11-20T16:30:00.123456+08:00");
            ObjectNode answer = (ObjectNode) Json.read(entry.answer());
            assertThat(entry.id()).isEqualTo(answer.path("decisionId").stringValue());
            assertThat(entry.marks())
                    .contains(
                            "kind ROUTING",
                            "outcome ASSIGNED",
                            "caller grid system",
                            "eventType HOUSING_QUALITY",
                            "eventType 房屋质量与漏水",
                            "policy " + District.policy().version().substring(0, 16),
                            "body "
                                    + answer.path("assignment")
                                            .path("lead")
                                            .path("code")
                                            .stringValue());
            answer.path("because").forEach(reason -> {
                assertThat(entry.marks()).contains("rule " + reason.path("rule").stringValue());
                if (reason.has("row")) {
                    assertThat(entry.marks())
                            .contains("row " + reason.path("row").stringValue());
                }
            });

            assertThat(Json.write(DESK.decide(Decide.ROUTING, District.policy(), request)
                            .answer()))
                    .isEqualTo(entry.answer());
        }
    }

    @ParameterizedTest
    @EnumSource
    void personal_words_that_are_masked_are_nowhere_in_the_store(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            Entry entry = keep(database, Personal.masked(Personal.FIELDS));

            assertThat(entry.personal()).isEqualTo(Personal.How.MASKED);
            ObjectNode request = (ObjectNode) Json.read(entry.request());
            assertThat(request.path("incident").path("text").stringValue()).isEqualTo("***");
            assertThat(entry.toString()).doesNotContain("13800000000").doesNotContain("张先生");
            assertThat(Personal.masked(Personal.FIELDS).shown(entry, request)).isNull();
            assertThat(Verification.of(database, Map.of(), read -> {}).faults()).isEmpty();
        }
    }

    @Test
    void personal_words_that_are_encrypted_are_read_with_the_key_only() throws Exception {
        Personal personal = Personal.encrypted(List.of("/incident/text", "/incident/id", "/not/there"), KEY);
        byte[] other = new byte[32];
        other[0] = 1;
        try (Database database = Stores.SQLITE.open()) {
            Entry entry = keep(database, personal);

            assertThat(entry.request()).doesNotContain("13800000000").doesNotContain("SC-2026-000123");
            ObjectNode request = (ObjectNode) Json.read(entry.request());
            ObjectNode shown = Objects.requireNonNull(personal.shown(entry, request));
            assertThat(shown.path("incident").path("text").stringValue()).isEqualTo("三楼张先生 13800000000：楼上漏水");
            assertThat(shown.path("incident").path("id").stringValue()).isEqualTo("SC-2026-000123");
            assertThat(Json.write(DESK.decide(Decide.ROUTING, District.policy(), shown)
                            .answer()))
                    .isEqualTo(entry.answer());
            assertThat(Personal.encrypted(Personal.FIELDS, other).shown(entry, request))
                    .isNull();
            assertThat(Personal.kept().shown(entry, request)).isNull();
        }
    }

    @Test
    void a_key_file_holds_32_bytes_in_base64_and_nothing_else(@TempDir Path folder) throws Exception {
        Path good =
                Files.writeString(folder.resolve("good"), Base64.getEncoder().encodeToString(KEY) + "\n");
        Path shorter =
                Files.writeString(folder.resolve("short"), Base64.getEncoder().encodeToString(new byte[16]));
        Path noKey = Files.write(folder.resolve("none"), "钥匙".getBytes(StandardCharsets.UTF_8));

        assertThat(Personal.key(good)).isEqualTo(KEY);
        assertThat(Personal.key(shorter)).isNull();
        assertThat(Personal.key(noKey)).isNull();
    }

    @Test
    void what_is_refused_is_not_kept() {
        try (Database database = Stores.SQLITE.open();
                Journal journal = Journal.in(database, Keeping.REQUIRED, Personal.kept(), CLOCK, "liandong test")) {
            assertThatThrownBy(
                            () -> journal.keep(DESK.decide(Decide.ROUTING, Json.read("{\"incident\":{}}")), "somebody"))
                    .isInstanceOf(BadRequestException.class);

            assertThat(new Archive(database).count(DecisionQuery.ALL)).isZero();
        }
    }

    @Test
    void what_is_known_at_once_not_to_be_kept_is_told_of_line_by_line() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            Journal journal = Journal.in(database, Keeping.REQUIRED, Personal.kept(), CLOCK, "liandong test");
            journal.close(); // it takes no more, as when too many wait
            String line = REPORT.replace("\n", "") + "\n";
            var out = new ByteArrayOutputStream();

            new Ndjson(
                            Locale.ENGLISH,
                            (text, number) -> journal.keep(DESK.decide(Decide.ROUTING, Json.read(text)), "somebody"))
                    .answer(
                            new ByteArrayInputStream((line + line).getBytes(StandardCharsets.UTF_8)),
                            out,
                            (bytes, good) -> assertThat(good).isFalse());

            assertThat(out.toString(StandardCharsets.UTF_8).lines().map(each -> new JsonMapper().readTree(each)))
                    .extracting(
                            each -> each.path("line").intValue(),
                            each -> each.path("status").intValue(),
                            each -> each.at("/problems/0/code").stringValue())
                    .containsExactly(tuple(1, 503, "JOURNAL_UNWRITABLE"), tuple(2, 503, "JOURNAL_UNWRITABLE"));
        }
    }

    @Test
    void the_same_asked_twice_is_one_decision_given_twice() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            Entry first = keep(database, Personal.kept());
            keep(database, Personal.kept());

            assertThat(new Archive(database).decision(first.id()))
                    .extracting(Entry::answer)
                    .containsExactly(first.answer(), first.answer());
        }
    }
}
