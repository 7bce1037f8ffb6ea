package liandong.journal;

import static liandong.journal.Answers.MORNING;
import static liandong.journal.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import liandong.Seeds;
import liandong.journal.Archive.Cursor;
import liandong.journal.Archive.Found;
import liandong.journal.Archive.Told;
import liandong.problem.Code;
import liandong.store.Database;
import liandong.store.StoreException;
import liandong.store.Stores;
import liandong.wire.JournalReceipt;
import liandong.wire.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@Tag("slow") // writes thousands of entries to both stores
class ArchiveTest {
    static final int ALL = 200;

    /**
     * A store that two journals have written to, now one entry at a time and now many: ten in each second.
     */
    static Database kept(Stores kind) {
        return kept(kind.fresh());
    }

    static Database kept(String at) {
        Database database = Database.open(at, null, null);
        Clock clock = Clock.fixed(MORNING, ZoneOffset.UTC);
        var random = Seeds.random();
        try (Journal one = Journal.in(database, Keeping.REQUIRED, Personal.kept(), clock, "liandong test");
                Journal other = Journal.in(database, Keeping.REQUIRED, Personal.kept(), clock, "liandong test")) {
            var waiting = new ArrayList<JournalReceipt>();
            for (int n = 0; n < ALL; n++) {
                Instant keptAt = MORNING.plusSeconds(n / 10).plusMillis(n % 10 * 30L);
                waiting.add((random.nextBoolean() ? one : other).keep(answer(n, keptAt)));
                if (random.nextInt(20) == 0) {
                    waiting.forEach(JournalReceipt::await);
                }
            }
            waiting.forEach(JournalReceipt::await);
        }
        return database;
    }

    @ParameterizedTest
    @EnumSource
    void any_search_page_by_page_gives_what_going_through_everything_gives(Stores kind) {
        try (Database database = kept(kind)) {
            assertThat(new Archive(database).count(DecisionQuery.ALL)).isEqualTo(ALL);
            searches(database);

            Retention.prune(database, MORNING.plusSeconds(7), Clock.fixed(MORNING, ZoneOffset.UTC), "运维", count -> {});
            assertThat(new Archive(database).count(DecisionQuery.ALL)).isEqualTo(ALL - 70);
            searches(database);
        }
    }

    /** Searches at random, each of which must give what going through everything gives. */
    static void searches(Database database) {
        long seed = Seeds.SEED;
        var random = new Random(seed);
        var archive = new Archive(database);
        List<Entry> all = archive.oldest(DecisionQuery.ALL, null, 1_000).entries();
        for (int round = 0; round < 100; round++) {
            DecisionQuery search = search(random);
            List<Entry> expected = new ArrayList<>(
                    all.stream().filter(entry -> meets(entry, search)).toList());
            boolean oldest = random.nextBoolean();
            if (!oldest) {
                expected.sort(Comparator.comparing(Entry::keptAt)
                        .thenComparingLong(Entry::no)
                        .reversed());
            }
            int size = 1 + random.nextInt(40);

            assertThat(pages(archive, search, oldest, size))
                    .as("seed " + seed + ", round " + round + ": " + search)
                    .isEqualTo(expected);
            assertThat(archive.count(search)).isEqualTo(expected.size());
        }
    }

    private static DecisionQuery search(Random random) {
        var marks = new ArrayList<String>();
        if (random.nextBoolean()) {
            marks.add("rule RTE-0" + random.nextInt(8));
        }
        if (random.nextBoolean()) {
            marks.add("row DUTY-" + random.nextInt(6));
        }
        Instant from = random.nextBoolean() ? null : MORNING.plusSeconds(random.nextInt(25) - 2);
        Instant to = random.nextBoolean() ? null : MORNING.plusSeconds(random.nextInt(25) - 2);
        return new DecisionQuery(from, to, random.nextInt(4) == 0 ? "SC-" + random.nextInt(70) : null, marks);
    }

    private static boolean meets(Entry entry, DecisionQuery search) {
        return (search.from() == null || !entry.keptAt().isBefore(search.from()))
                && (search.to() == null || entry.keptAt().isBefore(search.to()))
                && (search.subject() == null || entry.subject().equals(search.subject()))
                && entry.marks().containsAll(search.marks());
    }

    private static List<Entry> pages(Archive archive, DecisionQuery search, boolean oldest, int size) {
        var found = new ArrayList<Entry>();
        Cursor cursor = null;
        do {
            Found page = oldest ? archive.oldest(search, cursor, size) : archive.newest(search, cursor, size);
            found.addAll(page.entries());
            assertThat(page.entries().size()).isLessThanOrEqualTo(size);
            cursor = page.next() == null ? null : Cursor.parse(page.next().text());
        } while (cursor != null);
        return found;
    }

    @ParameterizedTest
    @EnumSource
    void a_decision_is_found_by_its_id_and_a_case_whole_in_the_order_of_time(Stores kind) {
        try (Database database = kept(kind)) {
            var archive = new Archive(database);

            assertThat(archive.decision(answer(57).id()))
                    .extracting(Entry::request)
                    .containsExactly(answer(57).request());
            assertThat(archive.trail("SC-12").entries())
                    .extracting(Entry::id)
                    .containsExactly(
                            answer(36).id(), answer(37).id(), answer(38).id());
            assertThat(archive.decision("no such id")).isEmpty();
            assertThat(archive.trail("SC-999").entries()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_trail_that_is_longer_than_is_returned_says_so(Stores kind) {
        try (Database database = kept(kind)) {
            var archive = new Archive(database);

            Found one = archive.trail("SC-12", null, null, 1);
            Found two = archive.trail("SC-12", null, null, 1_300);
            JsonNode cut = Json.of(DecisionJson.trail("SC-12", two, Personal.kept()));
            JsonNode whole = Json.of(DecisionJson.trail("SC-12", archive.trail("SC-12", null, null), Personal.kept()));

            assertThat(one.entries())
                    .extracting(Entry::id)
                    .containsExactly(answer(36).id());
            assertThat(archive.trail("SC-12", null, one.next(), 1).entries())
                    .extracting(Entry::id)
                    .containsExactly(answer(37).id());
            assertThat(archive.trail("SC-12", null, two.next()))
                    .extracting(Found::next, rest -> rest.entries().get(0).id())
                    .containsExactly(null, answer(38).id());
            assertThat(archive.countTrail("SC-12", null)).isEqualTo(3);
            assertThat(cut.propertyNames()).containsExactly("incidentId", "truncated", "next", "warnings", "decisions");
            assertThat(cut.get("truncated").booleanValue()).isTrue();
            assertThat(cut.get("decisions")
                            .valueStream()
                            .map(each -> each.get("decisionId").stringValue()))
                    .containsExactly(answer(36).id(), answer(37).id());
            assertThat(whole.propertyNames()).containsExactly("incidentId", "warnings", "decisions");
            assertThat(whole.get("decisions")).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_warnings_of_a_page_are_those_of_the_whole_trail(Stores kind) {
        try (Database database = kept(kind)) {
            var archive = new Archive(database);
            Found first = archive.trail("SC-12", null, null, 1);
            Told told = archive.told("SC-12", null, first.next());
            Found second = archive.trail("SC-12", null, first.next());
            JsonNode page = Json.of(DecisionJson.trail("SC-12", told, second, "trail", Personal.kept()));

            assertThat(told.number()).isEqualTo(1);
            assertThat(told.last())
                    .extracting(Entry::id)
                    .containsExactly(answer(36).id());
            assertThat(archive.told("SC-12", "c1", Cursor.of(second.entries().get(0)))
                            .number())
                    .as("another's are not counted")
                    .isEqualTo(1);
            assertThat(page.get("warnings")
                            .valueStream()
                            .map(each -> each.get("pointer").stringValue() + " "
                                    + each.get("messageEn").stringValue()))
                    .containsExactly(
                            "/decisions/0 Decision 2 was asked for with another text than before under the same id.",
                            "/decisions/1 Decision 3 was asked for with another text than before under the same id.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_that_says_what_no_journal_writes_is_told_of_at_its_place(Stores kind) {
        try (Database database = kept(kind)) {
            database.sql()
                    .sql("UPDATE decision SET kind = 'BRIBE' WHERE no = ?")
                    .param(Entry.no(1, 37))
                    .update();

            StoreException thrown = catchThrowableOfType(
                    StoreException.class, () -> new Archive(database).oldest(DecisionQuery.ALL, null, 1_000));

            assertThat(thrown.problem().code()).isEqualTo(Code.DECISION_TAMPERED);
            assertThat(thrown.problem().at()).hasToString("decision " + Entry.no(1, 37));
        }
    }

    @ParameterizedTest
    @EnumSource
    void text_that_would_be_sql_is_only_text(Stores kind) {
        try (Database database = kept(kind)) {
            var archive = new Archive(database);
            String hostile = "' OR 1=1; DROP TABLE decision; --";

            assertThat(archive.decision(hostile)).isEmpty();
            assertThat(archive.trail(hostile).entries()).isEmpty();
            assertThat(archive.count(new DecisionQuery(null, null, hostile, List.of(hostile))))
                    .isZero();
            assertThat(archive.count(DecisionQuery.ALL)).isEqualTo(ALL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void moments_beyond_all_time_are_before_or_after_everything(Stores kind) {
        try (Database database = kept(kind)) {
            var archive = new Archive(database);

            assertThat(archive.count(new DecisionQuery(Instant.MIN, Instant.MAX, null, List.of())))
                    .isEqualTo(ALL);
            assertThat(archive.count(new DecisionQuery(Instant.MAX, null, null, List.of())))
                    .isZero();
        }
    }

    @org.junit.jupiter.api.Test
    void a_cursor_that_nobody_was_given_is_none() {
        for (String text :
                List.of("", "x", "!!!", "MTIz", "LTEuLTE", "MS4yLjM", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTkuMQ")) {
            assertThat(Cursor.parse(text)).as(text).isNull();
        }
        assertThat(Cursor.parse(new Cursor(1_763_000_000_123L, Entry.no(7, 12)).text()))
                .isEqualTo(new Cursor(1_763_000_000_123L, Entry.no(7, 12)));
    }

    @org.junit.jupiter.api.Test
    void a_cursor_is_good_whole_and_for_the_search_that_it_was_given_for() {
        var cursor = new Cursor(1_763_000_000_123L, Entry.no(7, 12));
        String text = cursor.text("of a");

        assertThat(Cursor.parse(text, "of a")).isEqualTo(cursor);
        assertThat(Cursor.parse(text, "of b")).isNull();
        assertThat(Cursor.parse(text.substring(0, text.length() - 1), "of a")).isNull();
        for (String other : List.of(cursor.text(), "", "x", "!!!", "MTIz", "MS4yLjM")) {
            assertThat(Cursor.parse(other, "of a")).as(other).isNull();
        }
    }
}
