package liandong.routing.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.cli.cases.CsvRows;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.Input;
import liandong.cli.terminal.Terminal;
import liandong.decision.Decisions;
import liandong.explain.Phrases;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How well the stock policy reads everyday reports: floors and ceilings that no edit of it, and no change of how texts are
 * read, may break. The reports are those of {@code src/test/resources/everyday}, each with labels; an example sentence of the
 * policy that is one of them is left out of it.
 */
@Tag("slow") // compiles the stock policy, and decides every report by it
class EverydayReportsTest {
    /** At least so many percent of the matters are decided without a person. */
    private static final double ANSWERED = 90.0;

    /** At least so many percent of the event types that are answered are right. */
    private static final double TYPE_RIGHT = 94.0;

    /** At least so many percent of the leads that are answered are right. */
    private static final double LEAD_RIGHT = 94.0;

    /** At most so many percent of the decisions without a person are wrong. */
    private static final double WRONG_AND_CONFIDENT = 7.0;

    /** At most so many percent of what needs no person is left to one. */
    private static final double NEEDLESS_TRIAGE = 10.0;

    /** At least so many percent of the dangers are treated as such. */
    private static final double DANGER_SEEN = 97.0;

    /** At least so many percent of the dangers that may be are looked at by a person at once. */
    private static final double POSSIBLE_DANGER_SEEN = 89.0;

    /** At least so many percent of the natures are right; two readers agree in 77 to 92 of a set. */
    private static final double NATURE_RIGHT = 80.0;

    /** At most so many percent of what is harmless is treated as danger in any way. */
    private static final double HARMLESS_LOOKS = 8.0;

    /** At most so many percent of what is harmless is passed to an emergency line. */
    private static final double HARMLESS_RELAYS = 1.0;

    /** At least so many percent of the letters in one sentence of which somebody is in danger now are treated as such. */
    private static final double DANGER_IN_LETTERS = 92.0;

    /** At most so many percent of harmless letters, half of them of frightening words, are treated as danger in any way. */
    private static final double HARMLESS_LETTERS = 25.0;

    /** At least so many percent of the dangers are treated as such with a sentence beside them that says nothing. */
    private static final double DANGER_BESIDE_COURTESY = 92.0;

    private static final Path COURTESIES = Path.of("src/test/resources/courtesies.csv");
    private static final Path LETTERS = Path.of("src/test/resources/letters.csv");
    private static final Path FOLDER = Path.of("src/test/resources/everyday");
    private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");
    private static final Phrases SAY = new Phrases(Locale.ENGLISH);
    private static final LabelReader.Names NAMES = new LabelReader.Names("text", "source", null, null, null);

    private static final Policy POLICY = stock();

    private static Policy stock() {
        try {
            return Decisions.policy(PolicyFiles.stock(), LocalDate.of(2026, 11, 20));
        } catch (BadPolicyException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
    }

    private static List<LabelledText> texts(
            List<Path> files, LabelReader.Names names, List<PartColumns> parts, Evaluation result)
            throws IOException, CommandFailure {
        var texts = new ArrayList<LabelledText>();
        for (Path file : files) {
            var terminal = new Terminal(
                    new ByteArrayInputStream(new byte[0]),
                    new ByteArrayOutputStream(),
                    Terminal.writer(new ByteArrayOutputStream()),
                    Clock.fixed(NOW, ZoneOffset.UTC),
                    any -> POLICY,
                    false,
                    false);
            String name = String.valueOf(file.getFileName());
            try (Input input = Input.open(file.toString(), terminal, SAY)) {
                var reader = new LabelReader(
                        name, new CsvRows(input, null, SAY), names, parts, POLICY.vocabulary(), result::problem, SAY);
                for (LabelledText row = reader.next(result::unusable);
                        row != null;
                        row = reader.next(result::unusable)) {
                    texts.add(row.in(name));
                }
            }
        }
        return texts;
    }

    @Test
    void everyday_reports_are_read_no_worse_than_they_were() throws Exception {
        List<PartColumns> parts = PartColumns.of(
                List.of(
                        "eventType=event_type,acceptable_types",
                        "lead=lead,acceptable_leads",
                        "urgency=urgency,nature=nature,outcome=outcome,danger=danger"),
                null);
        var result = new Evaluation(parts, row -> {});
        List<LabelledText> texts = texts(files(), NAMES, parts, result);
        Set<String> keys =
                texts.stream().map(each -> ExampleText.key(each.text())).collect(Collectors.toSet());
        var heldOut = new HeldOut(POLICY, keys);
        var decider = new Decider("everyday", heldOut.without(keys), NOW, SAY);
        texts.forEach(row -> decider.take(row, result));

        var about = new EvaluationReport.About(
                FOLDER.toString(), parts, POLICY.label(), POLICY.version(), "file", 0, 0, false, 0);
        System.out.println(new EvaluationReport(about, result).text(SAY));
        System.out.println("rows of the policy that are among the reports, and were left out: " + heldOut.rows());
        result.problems().forEach(problem -> System.out.println(problem.line(Locale.ENGLISH)));
        Counts all = result.all();
        var hold = new SoftAssertions();
        hold.assertThat(result.unusable()).as("rows that cannot be used").isZero();
        hold.assertThat(percent(all.of(Figure.ANSWERED))).as("answered").isGreaterThanOrEqualTo(ANSWERED);
        hold.assertThat(percent(all.rightOfAnswered(Part.EVENT_TYPE)))
                .as("event types right")
                .isGreaterThanOrEqualTo(TYPE_RIGHT);
        hold.assertThat(percent(all.rightOfAnswered(Part.LEAD)))
                .as("leads right")
                .isGreaterThanOrEqualTo(LEAD_RIGHT);
        hold.assertThat(percent(all.of(Figure.WRONG_AND_CONFIDENT)))
                .as("wrong and confident")
                .isLessThanOrEqualTo(WRONG_AND_CONFIDENT);
        hold.assertThat(percent(all.of(Figure.NEEDLESS_TRIAGE)))
                .as("needlessly left to a person")
                .isLessThanOrEqualTo(NEEDLESS_TRIAGE);
        hold.assertThat(percent(all.rightOfLabelled(Part.NATURE)))
                .as("natures right")
                .isGreaterThanOrEqualTo(NATURE_RIGHT);
        hold.assertThat(percent(all.of(Figure.DANGER_SEEN))).as("dangers seen").isGreaterThanOrEqualTo(DANGER_SEEN);
        hold.assertThat(percent(all.of(Figure.POSSIBLE_DANGER_SEEN)))
                .as("possible dangers looked at")
                .isGreaterThanOrEqualTo(POSSIBLE_DANGER_SEEN);
        hold.assertThat(percent(all.of(Figure.NO_DANGER_SEEN)))
                .as("harmless reports treated as danger")
                .isLessThanOrEqualTo(HARMLESS_LOOKS);
        hold.assertThat(percent(all.of(Figure.NO_DANGER_RELAYED)))
                .as("harmless reports passed to an emergency line")
                .isLessThanOrEqualTo(HARMLESS_RELAYS);
        hold.assertAll();
    }

    @Test
    void somebody_in_danger_is_seen_in_one_sentence_of_a_long_letter() throws Exception {
        List<PartColumns> parts = PartColumns.of(List.of("danger=danger"), null);
        var result = new Evaluation(parts, row -> {});
        var names = new LabelReader.Names("text", null, null, null, null);
        List<LabelledText> texts = texts(List.of(LETTERS), names, parts, result);
        var decider = new Decider("letters", POLICY, NOW, SAY);
        texts.forEach(row -> decider.take(row, result));

        Counts all = result.all();
        var hold = new SoftAssertions();
        hold.assertThat(result.unusable()).as("rows that cannot be used").isZero();
        hold.assertThat(percent(all.of(Figure.DANGER_SEEN)))
                .as("dangers seen")
                .isGreaterThanOrEqualTo(DANGER_IN_LETTERS);
        hold.assertThat(percent(all.of(Figure.NO_DANGER_SEEN)))
                .as("harmless letters treated as danger")
                .isLessThanOrEqualTo(HARMLESS_LETTERS);
        hold.assertAll();
    }

    @Test
    void a_sentence_that_says_nothing_takes_no_danger_away_and_makes_none() throws Exception {
        List<PartColumns> parts = PartColumns.of(List.of("danger=danger"), null);
        var result = new Evaluation(parts, row -> {});
        List<String[]> courtesies = Files.readAllLines(COURTESIES).stream()
                .skip(1)
                .map(line -> line.split(",", 2))
                .toList();
        var decider = new Decider("courtesies", POLICY, NOW, SAY);
        List<LabelledText> reports = texts(files(), NAMES, parts, result);
        for (int i = 0; i < reports.size(); i += 3) {
            LabelledText row = reports.get(i);
            String[] beside = courtesies.get(i / 3 % courtesies.size());
            String text = beside[0].equals("before") ? beside[1] + row.text() : row.text() + "。" + beside[1];
            decider.take(
                    new LabelledText(
                            row.line(), row.number(), text, row.facts(), row.group(), row.matter(), row.wanted()),
                    result);
        }

        Counts all = result.all();
        var hold = new SoftAssertions();
        hold.assertThat(percent(all.of(Figure.DANGER_SEEN)))
                .as("dangers seen")
                .isGreaterThanOrEqualTo(DANGER_BESIDE_COURTESY);
        hold.assertThat(percent(all.of(Figure.NO_DANGER_SEEN)))
                .as("harmless reports treated as danger")
                .isLessThanOrEqualTo(HARMLESS_LOOKS);
        hold.assertAll();
    }

    private static double percent(Share share) {
        assertThat(share.of()).isPositive();
        return 100.0 * share.count() / share.of();
    }
}
