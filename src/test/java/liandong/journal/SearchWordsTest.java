package liandong.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.Vocabulary;
import liandong.problem.Problem;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.Test;

/** What decisions may be looked for by when a word has been renamed, or is not known. */
class SearchWordsTest {
    private static final Vocabulary WORDS = Vocabulary.empty()
            .with(
                    Body.class,
                    List.of(
                            new Body("LAW", "区综合行政执法局", BodyKind.DEPARTMENT, List.of("区城管局"), null),
                            new Body("JUSTICE", "区司法局", BodyKind.DEPARTMENT)));

    private static List<String> marks(String body, List<Problem> problems) {
        try (Database database = Stores.SQLITE.open()) {
            return new DecisionQueryParser(ZoneOffset.UTC, new SearchWords(new Archive(database), WORDS), problems::add)
                    .read(Map.of("body", body))
                    .marks();
        }
    }

    @Test
    void a_former_name_finds_what_was_decided_before_and_after_the_word_was_renamed() {
        var problems = new ArrayList<Problem>();

        assertThat(marks("区城管局", problems)).containsExactly("body LAW");
        assertThat(marks("区综合行政执法局", problems)).containsExactly("body 区综合行政执法局");
        assertThat(marks("LAW", problems)).containsExactly("body LAW");
        assertThat(problems).isEmpty();
    }

    @Test
    void a_former_name_also_finds_what_was_decided_while_it_was_a_body_of_its_own() {
        var problems = new ArrayList<Problem>();
        Clock clock = Clock.fixed(Answers.MORNING, ZoneOffset.UTC);
        try (Database database = Stores.SQLITE.open();
                Journal journal = Journal.in(database, Keeping.REQUIRED, Personal.kept(), clock, "liandong test")) {
            Answers.keepMarked(journal, 1, "body CITY", "body 区城管局"); // before LAW took CITY over
            Answers.keepMarked(journal, 2, "body LAW", "body 区城管局"); // LAW, before it was renamed
            Answers.keepMarked(journal, 3, "body LAW", "body 区综合行政执法局");
            Answers.keepMarked(journal, 4, "body JUSTICE", "body 区司法局");
            var archive = new Archive(database);
            var parser = new DecisionQueryParser(ZoneOffset.UTC, new SearchWords(archive, WORDS), problems::add);

            DecisionQuery former = parser.read(Map.of("body", "区城管局"));
            assertThat(subjects(archive, former)).containsExactly("SC-0", "SC-0", "SC-1");
            assertThat(archive.count(former)).isEqualTo(3);
            assertThat(archive.count(former.askedBy("c1"))).isEqualTo(2);
            assertThat(archive.count(parser.read(Map.of("body", "区城管局", "incident", "SC-0"))))
                    .isEqualTo(2);
            assertThat(archive.count(parser.read(Map.of("body", "区综合行政执法局")))).isEqualTo(1);
            assertThat(archive.count(parser.read(Map.of("body", "CITY")))).isEqualTo(1);
            assertThat(problems).isEmpty();
        }
    }

    private static List<String> subjects(Archive archive, DecisionQuery search) {
        return archive.oldest(search, null, 10).entries().stream()
                .map(Entry::subject)
                .toList();
    }

    @Test
    void a_mistyped_code_is_told_with_the_code_that_is_meant() {
        var problems = new ArrayList<Problem>();

        marks("JUSTCE", problems);

        assertThat(problems)
                .extracting(problem -> problem.line(Locale.ENGLISH))
                .containsExactly("body: UNKNOWN_CODE: \"JUSTCE\" is neither a code nor a label in \"bodies\" of the"
                        + " vocabulary. Allowed: JUSTICE? LAW 区综合行政执法局, JUSTICE 区司法局");
    }
}
