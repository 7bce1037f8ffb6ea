package liandong.cli;

import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.journal.PlainEntries;
import liandong.store.Database;
import liandong.wire.Json;
import liandong.wire.PendingResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The commands {@code decisions} and {@code journal}, on a store that a service has written. */
class DecisionsCommandTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:30:00Z");

    @TempDir
    private Path folder;

    private Path store;
    private List<String> answers;

    @BeforeEach
    void keep() throws Exception {
        store = folder.resolve("liandong.db");
        answers = keep(Personal.kept(), 3);
    }

    private List<String> keep(Personal personal, int count) throws Exception {
        var replies = new ArrayList<String>();
        try (Database database = Database.open(store.toString(), null, null)) {
            for (int n = 0; n < count; n++) {
                Clock clock = Clock.fixed(NOW.plusSeconds(n), ZoneOffset.UTC);
                try (Journal journal = Journal.in(database, Keeping.REQUIRED, personal, clock, "liandong test")) {
                    var desk = new DecisionService(() -> Commands.DISTRICT, clock);
                    PendingResponse reply = journal.keep(
                            desk.decide(
                                    Decide.ROUTING,
                                    Json.read(
                                            "{\"incident\":{\"id\":\"SC-" + n
                                                    + "\",\"reportedAt\":\"2026-11-20T16:00:00+08:00\",\"source\":\"GRID\","
                                                    + "\"area\":\"330102001051\",\"text\":\"路灯坏了\",\"eventType\":\"STREET_LIGHT\"}}")),
                            "grid");
                    reply.receipt().await();
                    replies.add(reply.json());
                }
            }
        }
        return replies;
    }

    private static String id(String answer) throws Exception {
        return Json.read(answer).path("decisionId").stringValue();
    }

    @Test
    void the_newest_are_listed_first() throws Exception {
        var run = run("decisions", "--store", store, "--lang", "en");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .hasSize(3)
                .allMatch(line -> line.contains("ROUTING") && line.contains("ASSIGNED"));
        assertThat(run.out().lines().toList().get(0)).contains("SC-2").endsWith(id(answers.get(2)));
        assertThat(run("decisions", "--store", store, "--most", "1", "--lang", "en")
                        .err())
                .contains("More of them: --most N");
    }

    @ParameterizedTest
    @CsvSource({
        "decisions, --most, 0, is no whole number from 1 to 1000",
        "decisions, --most, -3, is no whole number from 1 to 1000",
        "decisions, --most, 1001, is no whole number from 1 to 1000",
        "journal prune, --older-than, 0, is no whole number from 1 to 36500",
        "journal prune, --older-than, -30, is no whole number from 1 to 36500",
        "journal prune, --older-than, 1e3, is no whole number from 1 to 36500",
    })
    void a_number_that_is_none_is_a_wrong_call(String command, String option, String value, String why) {
        var arguments = new ArrayList<Object>(List.of(command.split(" ")));
        arguments.addAll(List.of(option, value, "--store", store));

        var run = run(arguments.toArray());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(option).contains("'" + value + "' " + why);
    }

    @Test
    void one_is_shown_whole_by_its_id() throws Exception {
        var run = run("decisions", id(answers.get(1)), "--store", store);

        assertThat(run.exitCode()).isZero();
        JsonNode json = Json.read(run.out());
        assertThat(json.path("request").path("incident").path("id").stringValue())
                .isEqualTo("SC-1");
        assertThat(Json.write(json.path("answer"))).isEqualTo(answers.get(1));
    }

    @Test
    void all_that_meet_the_conditions_are_written_as_lines() throws Exception {
        var run = run(
                "decisions",
                "--store",
                store,
                "--format",
                "ndjson",
                "--event-type",
                "STREET_LIGHT",
                "--from",
                "2026-11-20T08:30:01Z",
                "--lang",
                "en");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).hasSize(2);
        assertThat(run.err()).isEqualTo("Decisions: 2.\n");
    }

    @Test
    void nothing_found_is_said() {
        var run = run("decisions", "--store", store, "--outcome", "MERGED", "--lang", "zh");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("没有符合条件的决定。\n");
        assertThat(run("decisions", "no-such-id", "--store", store, "--lang", "zh")
                        .err())
                .isEqualTo("没有编号为“no-such-id”的决定。\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --outcome    | ASIGNED      | outcome: UNKNOWN_CHOICE: 这里不能写“ASIGNED”。 可以写：ASSIGNED?
            --kind       | ROUTE        | kind: UNKNOWN_CHOICE: 这里不能写“ROUTE”。 可以写：ROUTING
            --body       | 区城管       | body: UNKNOWN_CODE:
            --event-type | STREET_LIHGT | eventType: UNKNOWN_CODE:
            """)
    void a_word_that_nobody_knows_is_refused_as_over_http_and_not_answered_with_nothing(
            String option, String word, String told) {
        var run = run("decisions", "--store", store, option, word, "--lang", "zh");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith(told).contains(word);
    }

    @Test
    void a_store_that_is_not_there_is_not_made() {
        Path other = folder.resolve("other.db");

        assertThat(run("decisions", "--store", other).exitCode()).isEqualTo(2);
        assertThat(run("journal", "verify", "--store", other).exitCode()).isEqualTo(2);
        assertThat(other).doesNotExist();
    }

    @Test
    void what_was_encrypted_is_shown_with_the_key() throws Exception {
        byte[] bytes = new byte[32];
        Path key = Files.writeString(folder.resolve("key"), Base64.getEncoder().encodeToString(bytes));
        String id = id(keep(Personal.encrypted(Personal.FIELDS, bytes), 4).get(3));

        assertThat(run("decisions", id, "--store", store).out()).doesNotContain("路灯坏了");
        assertThat(run("decisions", id, "--store", store, "--personal-key", key).out())
                .contains("路灯坏了");
    }

    @Test
    void a_store_as_it_was_written_is_verified_and_its_heads_kept() throws Exception {
        Path heads = folder.resolve("heads.json");

        var run = run("journal", "verify", "--store", store, "--keep-heads", heads, "--lang", "en");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .isEqualTo("3 entries in 3 chains and 1 in the audit log: nothing was changed or taken away.\n");
        assertThat(Json.read(Files.readString(heads)).path("chains")).hasSize(3);
        assertThat(run("journal", "verify", "--store", store, "--heads", heads).exitCode())
                .isZero();
    }

    @Test
    void what_people_did_since_the_heads_were_kept_is_listed_and_what_was_changed_is_named() throws Exception {
        Path heads = folder.resolve("heads.json");
        run("journal", "verify", "--store", store, "--keep-heads", heads);
        String key = run("keys", "add", "热线平台", "--roles", "caller", "--as", "运维", "--store", store)
                .out()
                .strip()
                .substring(3, 11);

        var listed = run("journal", "verify", "--store", store, "--heads", heads, "--lang", "en");

        assertThat(listed.exitCode()).isZero();
        assertThat(listed.out().lines().map(line -> line.replaceFirst("  \\S+Z  ", "  TIME  ")))
                .containsExactly(
                        "Done since the heads were kept, according to the audit log (1):",
                        "  2  TIME  运维  KEY_MADE  key " + key,
                        "3 entries in 3 chains and 2 in the audit log: nothing was changed or taken away.");
        assertThat(run("journal", "audit", "--store", store, "--after", "1").out())
                .endsWith("  运维  KEY_MADE  key " + key + "\n");

        try (Database database = Database.open(store.toString(), null, null)) {
            database.sql().sql("UPDATE access_key SET roles = 'approver'").update();
        }
        var changed = run("journal", "verify", "--store", store, "--lang", "zh");
        assertThat(changed.exitCode()).isEqualTo(1);
        assertThat(changed.out().lines().map(line -> line.replaceFirst("  \\S+Z  ", "  TIME  ")))
                .containsExactly(
                        "key " + key + ": 与记入审计日志时不同 (2  TIME  运维  KEY_MADE  key " + key + ")",
                        "3 条链共 3 条记录，审计日志 2 条：发现 1 处问题。");
    }

    @Test
    void what_was_changed_is_told_of_by_its_place() throws Exception {
        try (Database database = Database.open(store.toString(), null, null)) {
            PlainEntries.of(database);
            database.sql()
                    .sql("UPDATE decision SET answer = replace(answer, 'ASSIGNED', 'ARCHIVED') WHERE subject = 'SC-1'")
                    .update();
        }

        var run = run("journal", "verify", "--store", store, "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines())
                .containsExactly(
                        "chain 2, entry 1: is not what was written, or the one before it is another ("
                                + id(answers.get(1)) + ")",
                        "3 entries in 3 chains and 1 in the audit log: 1 faults.");
    }

    @Test
    void a_decision_hidden_from_searches_is_told_of_and_found_again_when_the_index_is_made_anew() throws Exception {
        try (Database database = Database.open(store.toString(), null, null)) {
            database.sql()
                    .sql(
                            "DELETE FROM decision_term WHERE term = (SELECT no FROM term WHERE name = 'eventType STREET_LIGHT')"
                                    + " AND no IN"
                                    + " (SELECT no FROM decision WHERE subject = 'SC-1')")
                    .update();
            database.sql().sql("INSERT INTO term (name) VALUES ('body nobody')").update();
            database.sql()
                    .sql("UPDATE decision_term SET term = (SELECT no FROM term WHERE name = 'body nobody')"
                            + " WHERE term = (SELECT no FROM term WHERE name = 'eventType STREET_LIGHT') AND no IN"
                            + " (SELECT no FROM decision WHERE subject = 'SC-2')")
                    .update();
        }

        var run = run("journal", "verify", "--store", store, "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines())
                .containsExactly(
                        "chain 2: the index by which its entries are found is not what they say",
                        "chain 3: the index by which its entries are found is not what they say",
                        "A changed index means that searches may miss decisions or show wrong ones; the decisions"
                                + " themselves are judged apart. journal reindex rebuilds it from the decisions.",
                        "3 entries in 3 chains and 1 in the audit log: 2 faults.");
        assertThat(run("journal", "verify", "--store", store, "--lang", "zh").out())
                .startsWith("第 2 链：查找其记录所用的索引与记录不符\n")
                .contains("用 journal reindex 可按决定重建索引。\n");

        var mended = run("journal", "reindex", "--store", store, "--lang", "en");
        assertThat(mended.exitCode()).isZero();
        assertThat(mended.out()).isEmpty();
        assertThat(mended.err())
                .isEqualTo(
                        "The index of 3 decisions was rebuilt; 1 rows that belong to none of them were taken away.\n");
        assertThat(run("journal", "verify", "--store", store, "--lang", "en").exitCode())
                .isZero();
        assertThat(run("decisions", "--store", store, "--event-type", "STREET_LIGHT")
                        .out()
                        .lines())
                .hasSize(3);
        assertThat(run("decisions", "--store", store, "--body", "TAX_BUREAU").exitCode())
                .isEqualTo(1);
        assertThat(run("journal", "reindex", "--store", folder.resolve("other.db"))
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void old_ones_are_taken_away_only_when_that_is_said() {
        var dry = run("journal", "prune", "--store", store, "--before", "2026-11-21", "--lang", "en");
        assertThat(dry.exitCode()).isZero();
        assertThat(dry.err()).startsWith("3 decisions are older than ");

        var wet = run("journal", "prune", "--store", store, "--before", "2026-11-21", "--yes", "--lang", "en");
        assertThat(wet.err()).startsWith("3 decisions older than ");
        assertThat(run("decisions", "--store", store).exitCode()).isEqualTo(1);
        assertThat(run("journal", "verify", "--store", store).exitCode()).isZero();
        assertThat(run("journal", "prune", "--store", store).exitCode()).isEqualTo(2);
    }
}
