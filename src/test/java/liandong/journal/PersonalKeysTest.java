package liandong.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liandong.journal.Personal.Quote;
import liandong.journal.PersonalKeys.Rekeyed;
import liandong.store.AuditLog;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

class PersonalKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String TEXT = "三楼张先生：楼上漏水";

    private static byte[] key(int n) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) n);
        return key;
    }

    private static Personal encrypting(int key) {
        return Personal.encrypted(Personal.FIELDS, key(key));
    }

    private static ObjectNode request() {
        ObjectNode request = Json.object();
        request.putObject("incident").put("text", TEXT);
        return request;
    }

    /** An entry whose request was hidden. */
    private static Entry kept(Personal personal, String id, Instant at) {
        Entry answer = Answers.answer(1);
        return new Entry(
                0,
                id,
                at,
                answer.kind(),
                answer.subject(),
                answer.outcome(),
                answer.policy(),
                answer.caller(),
                personal.how(),
                Json.write(personal.hidden(request(), Personal.identity(id, at))),
                answer.answer(),
                answer.marks());
    }

    private static void keep(Database database, Entry entry) {
        try (Journal journal = Journal.in(database, Keeping.REQUIRED, Personal.kept(), CLOCK, "liandong test")) {
            journal.keep(entry).await();
        }
    }

    private static Entry moved(Entry entry, String id, Instant at, String request) {
        return new Entry(
                entry.no(),
                id,
                at,
                entry.kind(),
                entry.subject(),
                entry.outcome(),
                entry.policy(),
                entry.caller(),
                entry.personal(),
                request,
                entry.answer(),
                entry.marks());
    }

    private static String text(Personal personal, Entry entry) throws Exception {
        ObjectNode shown = personal.shown(entry, (ObjectNode) Json.read(entry.request()));
        return shown == null ? "unreadable" : shown.at("/incident/text").stringValue();
    }

    @Test
    void a_text_that_is_moved_to_another_entry_is_not_read() throws Exception {
        Personal personal = encrypting(1);
        Entry entry = kept(personal, "a", NOW);

        assertThat(text(personal, entry)).isEqualTo(TEXT);
        assertThat(text(personal, moved(entry, "b", NOW, entry.request()))).isEqualTo("unreadable");
        assertThat(text(personal, moved(entry, "a", NOW.plusMillis(1), entry.request())))
                .isEqualTo("unreadable");
        var elsewhere = Personal.encrypted(List.of("/incident/name"), key(1));
        String name = entry.request().replace("\"text\"", "\"name\"");
        ObjectNode request = (ObjectNode) Json.read(name);
        assertThat(elsewhere.shown(moved(entry, "a", NOW, name), request)).isNull();
    }

    @Test
    void a_text_that_was_cut_or_is_no_text_of_ours_is_not_read_and_breaks_nothing() throws Exception {
        Personal personal = encrypting(1);
        Entry entry = kept(personal, "a", NOW);
        for (String broken :
                List.of("aes256gcm2:", "aes256gcm2:x", "aes256gcm2:x:y", "aes256gcm:AA==", "aes256gcm:*")) {
            String request = "{\"incident\":{\"text\":\"" + broken + "\"}}";
            assertThat(text(personal, moved(entry, "a", NOW, request)))
                    .as(broken)
                    .isEqualTo("unreadable");
        }
        String cut = entry.request().replaceFirst(".{9}\"}}$", "\"}}");
        assertThat(text(personal, moved(entry, "a", NOW, cut))).isEqualTo("unreadable");
    }

    @Test
    void a_text_of_an_earlier_release_which_was_bound_to_nothing_is_read_as_before() throws Exception {
        Entry entry = kept(encrypting(1), "a", NOW);
        String sealed = new PersonalKey(key(1)).sealed(TEXT.getBytes(StandardCharsets.UTF_8), "");
        String old = "{\"incident\":{\"text\":\"aes256gcm:" + sealed + "\"}}";

        assertThat(text(encrypting(1), moved(entry, "a", NOW, old))).isEqualTo(TEXT);
        assertThat(text(encrypting(2), moved(entry, "a", NOW, old))).isEqualTo("unreadable");
    }

    @ParameterizedTest
    @EnumSource
    void with_a_new_key_old_texts_are_read_and_the_chains_stay_as_they_are(Stores kind) throws Exception {
        try (Database database = kind.open()) {
            keep(database, kept(encrypting(1), "a", NOW));
            keep(database, kept(encrypting(1), "b", NOW));

            assertThat(PersonalKeys.rekey(database, key(1), key(2), CLOCK, "运维"))
                    .isEqualTo(Rekeyed.DONE);
            keep(database, kept(encrypting(2), "c", NOW));
            assertThat(PersonalKeys.rekey(database, key(2), key(3), CLOCK, "运维"))
                    .isEqualTo(Rekeyed.DONE);
            keep(database, kept(encrypting(3), "d", NOW));

            Personal now = encrypting(3).in(database);
            for (Entry entry :
                    new Archive(database).oldest(DecisionQuery.ALL, null, 9).entries()) {
                assertThat(text(now, entry)).isEqualTo(TEXT);
            }
            // Who has an old key only reads what was encrypted with it.
            Entry last = new Archive(database).decision("d").get(0);
            assertThat(text(encrypting(2).in(database), last)).isEqualTo("unreadable");
            assertThat(text(encrypting(3), new Archive(database).decision("a").get(0)))
                    .as("without the store's older keys")
                    .isEqualTo("unreadable");

            Verification verified = Verification.of(database, Map.of(), read -> {});
            assertThat(verified.good()).isTrue();
            assertThat(new AuditLog(database).since(1))
                    .extracting(AuditLog.Entry::person, AuditLog.Entry::what)
                    .containsExactly(tuple("运维", "REKEYED"), tuple("运维", "REKEYED"), tuple("运维", "REKEYED"));
            assertThat(encrypting(3).isPresentIn(database)).isTrue();
            assertThat(encrypting(2).isPresentIn(database)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_key_that_is_not_the_one_in_use_brings_in_no_other(Stores kind) {
        try (Database database = kind.open()) {
            keep(database, kept(encrypting(1), "a", NOW));

            assertThat(PersonalKeys.rekey(database, key(1), key(1), CLOCK, "运维"))
                    .isEqualTo(Rekeyed.SAME);
            assertThat(PersonalKeys.rekey(database, key(9), key(2), CLOCK, "运维"))
                    .isEqualTo(Rekeyed.NOT_THE_OLD_ONE);
            PersonalKeys.rekey(database, key(1), key(2), CLOCK, "运维");
            assertThat(PersonalKeys.rekey(database, key(1), key(3), CLOCK, "运维"))
                    .isEqualTo(Rekeyed.NOT_THE_OLD_ONE);
            assertThat(new AuditLog(database).since(0)).hasSize(2);
        }
    }

    @Test
    void what_an_answer_quotes_of_a_hidden_text_is_hidden_too_and_nothing_else() {
        String answer = "{\"outcome\":\"ASSIGNED\",\"matters\":[{\"text\":\"楼上漏水\",\"name\":\"楼上漏水\"},"
                + "{\"text\":\"别处的话\"}],\"amount\":1.50}";
        var quotes = Set.of(new Quote("text", "楼上漏水"), new Quote("text", "别处的话"), new Quote("x", ""));
        Entry entry = kept(encrypting(1), "a", NOW);

        assertThat(Personal.masked(Personal.FIELDS).hiddenAnswer(request(), answer, quotes, Set.of(), "i"))
                .isEqualTo(answer.replace("\"text\":\"楼上漏水\"", "\"text\":\"***\""));
        assertThat(Personal.kept().hiddenAnswer(request(), answer, quotes, Set.of("A-1"), "i"))
                .isEqualTo(answer);

        String hidden = encrypting(1)
                .hiddenAnswer(request(), answer, quotes, Set.of(), Personal.identity(entry.id(), entry.keptAt()));
        assertThat(hidden).doesNotContain("\"text\":\"楼上漏水\"").contains("\"name\":\"楼上漏水\"");
        Entry stored =
                new Entry(1, "a", NOW, entry.kind(), "", "", "", "", Personal.How.ENCRYPTED, "{}", hidden, List.of());
        assertThat(encrypting(1).answer(stored)).isEqualTo(answer);
        assertThat(encrypting(2).answer(stored)).isEqualTo(hidden);
    }

    @Test
    void rows_that_tell_words_of_a_hidden_text_are_hidden_with_what_they_say_and_other_rows_stay() {
        String answer =
                "{\"because\":[{\"rule\":\"R-1\",\"source\":\"x\",\"row\":\"A-1\",\"at\":\"t!A3\",\"says\":\"词语 漏水\"},"
                        + "{\"rule\":\"R-2\",\"source\":\"x\",\"row\":\"B-1\",\"at\":\"t!A4\",\"says\":\"其余\"}],"
                        + "\"candidates\":[{\"rows\":[\"A-1\",\"B-1\"]}],\"unconfirmed\":[\"A-1\",\"B-1\"]}";
        Entry entry = kept(encrypting(1), "a", NOW);
        String identity = Personal.identity(entry.id(), entry.keptAt());

        assertThat(Personal.masked(Personal.FIELDS).hiddenAnswer(request(), answer, Set.of(), Set.of("A-1"), "i"))
                .isEqualTo(
                        "{\"because\":[{\"rule\":\"R-1\",\"source\":\"***\",\"row\":\"***\",\"at\":\"***\",\"says\":\"***\"},"
                                + "{\"rule\":\"R-2\",\"source\":\"x\",\"row\":\"B-1\",\"at\":\"t!A4\",\"says\":\"其余\"}],"
                                + "\"candidates\":[{\"rows\":[\"***\",\"B-1\"]}],\"unconfirmed\":[\"***\",\"B-1\"]}");

        String hidden = encrypting(1).hiddenAnswer(request(), answer, Set.of(), Set.of("A-1"), identity);
        assertThat(hidden)
                .doesNotContain("A-1")
                .doesNotContain("漏水")
                .doesNotContain("t!A3")
                .contains("B-1");
        Entry stored =
                new Entry(1, "a", NOW, entry.kind(), "", "", "", "", Personal.How.ENCRYPTED, "{}", hidden, List.of());
        assertThat(encrypting(1).answer(stored)).isEqualTo(answer);
        assertThat(encrypting(2).answer(stored)).isEqualTo(hidden);
    }

    @Test
    void words_are_hidden_in_a_case_to_be_scored_and_in_what_a_person_wrote_of_them_too() throws Exception {
        var request = (ObjectNode) Json.read("""
                {"incident":{"id":"A","choice":{"by":"C","reason":"张三来电"}},
                 "handled":{"incident":{"id":"A","text":"张三说","choice":{"by":"C","reason":"张三来电"}}}}""");

        assertThat(Personal.masked(Personal.FIELDS).hidden(request, "i").toString())
                .isEqualTo(
                        "{\"incident\":{\"id\":\"A\",\"choice\":{\"by\":\"C\",\"reason\":\"***\"}},"
                                + "\"handled\":{\"incident\":{\"id\":\"A\",\"text\":\"***\",\"choice\":{\"by\":\"C\",\"reason\":\"***\"}}}}");
    }

    @Test
    void rows_stay_where_the_text_itself_stays() {
        var other = Personal.masked(List.of("/incident/phone"));

        assertThat(other.hidesText(request())).isFalse();
        assertThat(Personal.masked(Personal.FIELDS).hidesText(request())).isTrue();
        assertThat(Personal.kept().hidesText(request())).isFalse();
    }
}
