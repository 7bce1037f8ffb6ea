package liandong.cli;

import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.Liandong;
import liandong.cli.Commands.Run;
import liandong.cli.journal.ResultFile;
import liandong.cli.terminal.CommandFailure;
import liandong.journal.Archive;
import liandong.journal.Personal;
import liandong.policy.TinyPolicy;
import liandong.replay.Checkpoint;
import liandong.store.Database;
import liandong.wire.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("slow") // answers a whole journal again
class ReplayCommandTest {
    private static final Pattern STOPPED =
            Pattern.compile("Stopped after (\\d+) decisions\\. The same command goes on from there: (.+)");

    @TempDir
    private Path folder;

    private Path kept(Personal personal, int count) {
        return KeptStore.write(folder, TinyPolicy.withOneRule().files(), personal, count);
    }

    @Test
    void what_comes_out_the_same_is_counted() {
        Path store = kept(Personal.kept(), 6);

        Run english = run("replay", "--store", store, "--lang", "en");
        assertThat(english.exitCode()).isZero();
        assertThat(english.out()).isEqualTo("""
                Run again: 6 decisions
                  • the same, byte for byte: 6
                  • different: 0
                  • not possible: 0
                """);
        assertThat(english.err()).matches("6 decisions in \\d+\\.\\d s, \\d+ a second\\.\n");
        Run chinese = run("replay", "--store", store, "--lang", "zh");
        assertThat(chinese.out()).isEqualTo("""
                重算 6 件决定
                  • 逐字节相同：6
                  • 不同：0
                  • 不能重算：0
                """);
        assertThat(chinese.err()).matches("6 件，用时 \\d+\\.\\d 秒，每秒 \\d+ 件。\n");
    }

    @Test
    void one_that_comes_out_otherwise_is_told_of_at_its_place() throws Exception {
        Path store = kept(Personal.kept(), 6);
        KeptStore.forge(store, "T-3", "MANUAL_TRIAGE", "ARCHIVED");
        Path out = folder.resolve("differences.ndjson");

        Run text = run("replay", "--store", store, "--lang", "en", "--out", out);
        assertThat(text.exitCode()).isEqualTo(1);
        JsonNode difference = Json.read(Files.readString(out));
        String id = difference.get("decisionId").stringValue();
        assertThat(text.out()).isEqualTo("""
                Run again: 6 decisions
                  • the same, byte for byte: 5
                  • different: 1
                  • not possible: 0

                What came out otherwise
                  • %s ROUTING T-3
                    /outcome: "ARCHIVED" → "MANUAL_TRIAGE"
                """.formatted(id));
        assertThat(difference.get("subject").stringValue()).isEqualTo("T-3");
        assertThat(difference.get("result").stringValue()).isEqualTo("DIFFERENT");
        assertThat(difference.get("differences").toString())
                .isEqualTo(
                        "[{\"at\":\"/outcome\",\"before\":\"\\\"ARCHIVED\\\"\",\"after\":\"\\\"MANUAL_TRIAGE\\\"\"}]");

        Run json = run("replay", "--store", store, "--json");
        assertThat(json.exitCode()).isEqualTo(1);
        JsonNode counted = Json.read(json.out());
        assertThat(counted.get("looked").intValue()).isEqualTo(6);
        assertThat(counted.get("same").intValue()).isEqualTo(5);
        assertThat(counted.get("different").intValue()).isEqualTo(1);
        assertThat(counted.get("examples").get(0)).isEqualTo(difference);
    }

    @Test
    void those_that_are_masked_are_counted_and_are_no_failure() {
        Path store = kept(Personal.masked(Personal.FIELDS), 3);

        Run run = run("replay", "--store", store, "--lang", "en");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("""
                Run again: 3 decisions
                  • the same, byte for byte: 0
                  • different: 0
                  • not possible: 3
                """).endsWith(": 3\n");
    }

    @Test
    void a_policy_that_is_no_longer_there_is_named() {
        Path store = kept(Personal.kept(), 3);
        try (Database database = Database.open(store.toString(), null, null)) {
            database.sql().sql("DELETE FROM policy_version").update();
        }

        Run run = run("replay", "--store", store, "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("not possible: 3").containsPattern("(?m)^ +[0-9a-f]{64}: 3$");
    }

    @Test
    void a_range_with_nothing_in_it_is_nothing() {
        Path store = kept(Personal.kept(), 3);

        Run later = run("replay", "--store", store, "--lang", "zh", "--from", "2026-03-03");
        assertThat(later.exitCode()).isZero();
        assertThat(later.out()).isEqualTo("""
                重算 0 件决定
                  • 逐字节相同：0
                  • 不同：0
                  • 不能重算：0
                """);
        assertThat(run("replay", "--store", store, "--lang", "en", "--kind", "CLOSURE")
                        .out())
                .startsWith("Run again: 0 decisions\n");
        assertThat(run("replay", "--store", store, "--lang", "en", "--to", "2026-03-02T01:01:00Z")
                        .out())
                .startsWith("Run again: 1 decisions\n");
    }

    @Test
    void everything_that_cannot_be_understood_is_told_of_at_once() throws Exception {
        Path store = kept(Personal.kept(), 1);

        Run bad = run(
                "replay",
                "--store",
                store,
                "--lang",
                "en",
                "--from",
                "soon",
                "--to",
                "2026-02-30",
                "--kind",
                "NOPE",
                "--threads",
                "0");
        assertThat(bad.exitCode()).isEqualTo(2);
        assertThat(bad.out()).isEmpty();
        assertThat(bad.err().lines())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("--threads: OUT_OF_RANGE: 0 is not between 1 and 1000"),
                        line -> assertThat(line)
                                .startsWith("kind: UNKNOWN_CHOICE: ")
                                .contains("NOPE", "ROUTING"),
                        line -> assertThat(line)
                                .startsWith("from: BAD_MOMENT: ")
                                .contains("\"soon\""),
                        line -> assertThat(line).startsWith("to: BAD_MOMENT: ").contains("\"2026-02-30\""));

        Path notes = Files.writeString(folder.resolve("notes"), "{\"mine\":1}");
        Run other = run("replay", "--store", store, "--lang", "en", "--resume", notes);
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).startsWith(notes + ": BAD_CHECKPOINT: ");
        assertThat(notes).hasContent("{\"mine\":1}");
        assertThat(run("replay", "--store", folder.resolve("none.db")).exitCode())
                .isEqualTo(2);
    }

    @Test
    void a_file_of_results_that_is_shorter_than_what_was_written_is_another_one() throws Exception {
        Path out = Files.writeString(folder.resolve("differences.ndjson"), "{}\n");

        assertThatThrownBy(() -> ResultFile.open(
                        out,
                        new Checkpoint(Json.object(), new Archive.Cursor(0, 0), 10, Json.object()),
                        Locale.ENGLISH))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(out + ": OTHER_RESULTS: " + out
                        + " is not the file that was being written: it has 3 bytes, less than 10.");
        assertThat(out).hasContent("{}");
    }

    /** By Ctrl-C, which is a signal: in a process of its own. */
    @Test
    void one_that_is_stopped_goes_on_where_it_was_and_writes_no_difference_twice() throws Exception {
        int count = 20_000;
        Path store = kept(Personal.kept(), count);
        KeptStore.forge(store, "T-%00", "MANUAL_TRIAGE", "ARCHIVED");
        Path out = folder.resolve("differences.ndjson");
        Path resume = folder.resolve("replay.json");
        Path said = folder.resolve("said");
        List<String> command = List.of(
                "replay",
                "--store",
                store.toString(),
                "--to",
                "2026-11-19",
                "--out",
                out.toString(),
                "--resume",
                resume.toString(),
                "--threads",
                "1",
                "--lang",
                "en");
        var program = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Liandong.class.getName()));
        program.addAll(command);
        Process process =
                new ProcessBuilder(program).redirectError(said.toFile()).start();
        try {
            Instant end = Instant.now().plusSeconds(60);
            while (!Files.exists(resume)) {
                assertThat(process.isAlive()).as(Files.readString(said)).isTrue();
                assertThat(Instant.now()).isBefore(end);
                Thread.sleep(5);
            }
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start();
            assertThat(process.waitFor()).isEqualTo(130);
        } finally {
            process.destroyForcibly();
        }
        Matcher stopped = STOPPED.matcher(Files.readString(said));
        assertThat(stopped.find()).as(Files.readString(said)).isTrue();
        int before = Integer.parseInt(stopped.group(1));
        assertThat(before).isBetween(1, count - 1);
        assertThat(stopped.group(2)).isEqualTo(resume.toString());

        Run another = run("replay", "--store", store, "--kind", "ROUTING", "--resume", resume, "--lang", "en");
        assertThat(another.exitCode()).isEqualTo(2);
        assertThat(another.err().lines()).allMatch(line -> line.startsWith(resume + ": OTHER_TASK: "));
        Run rest = run(command.toArray());

        assertThat(rest.exitCode()).isEqualTo(1);
        assertThat(rest.err()).startsWith(count - before + " decisions in ");
        assertThat(rest.out())
                .startsWith("Run again: " + count + " decisions\n")
                .contains("different: " + (count / 100 - 1) + "\n");
        assertThat(resume).doesNotExist();
        var subjects = new HashSet<String>();
        for (String line : Files.readAllLines(out)) {
            assertThat(subjects.add(Json.read(line).get("subject").stringValue()))
                    .isTrue();
        }
        assertThat(subjects).hasSize(count / 100 - 1).allMatch(subject -> subject.endsWith("00"));
    }
}
