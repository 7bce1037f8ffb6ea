package liandong.cli.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liandong.cli.terminal.CommandFailure;
import liandong.journal.DecisionQuery;
import liandong.journal.SearchWords;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.replay.Checkpoint;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Which of the decisions that are kept a command goes through, and how. */
public final class SweepOptions {
    private static final String TO = "to";
    private static final int MOST_THREADS = 1_000;

    @Mixin
    private KeptOptions kept = new KeptOptions();

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description =
                    "Keep in FILE how far it has come, and go on from there when FILE is there. When all is done FILE"
                            + " is deleted.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many decisions are run at once; as many as there are cores unless given.")
    private int threads = Runtime.getRuntime().availableProcessors();

    /**
     * What a command goes through, and where it goes on.
     *
     * @param search which decisions
     * @param task what the sweep is about, so that another does not go on where it stopped
     * @param file where it is kept how far it has come; null for nowhere
     * @param earlier how far an earlier run has come; null to begin
     * @param threads how many decisions are run at once
     */
    public record Range(
            DecisionQuery search,
            ObjectNode task,
            @Nullable Path file,
            @Nullable Checkpoint earlier,
            int threads) {}

    /**
     * What to go through.
     *
     * @param about what the command does besides, by names and values that must be the same to go on
     * @param now the end unless another is given
     * @throws CommandFailure if a value cannot be understood, or the file says how far something else has come
     */
    public Range range(Map<String, String> about, Instant now, Locale language) throws CommandFailure, IOException {
        var problems = new ArrayList<Problem>();
        if (threads < 1 || threads > MOST_THREADS) {
            problems.add(Problem.of(Code.OUT_OF_RANGE, new FileRef("--threads"), threads, 1, MOST_THREADS));
        }
        DecisionQuery search = kept.search(Map.of(), new SearchWords(), problems);
        Checkpoint earlier = null;
        if (checkpoint != null && Files.exists(checkpoint)) {
            earlier = Checkpoint.read(checkpoint);
            if (earlier == null) {
                problems.add(Problem.of(Code.BAD_CHECKPOINT, new FileRef(checkpoint.toString()), checkpoint));
            }
        }
        ObjectNode task = Json.object();
        about.forEach(task::put);
        task.put("from", String.valueOf(search.from()));
        task.put("kind", kept.kind());
        Instant end = search.to() != null ? search.to() : now;
        if (earlier != null && search.to() == null) {
            // What has come in since is not of the same run.
            end = Instant.parse(earlier.task().path(TO).stringValue(now.toString()));
        }
        task.put(TO, end.toString());
        if (checkpoint != null && earlier != null) {
            problems.addAll(others(checkpoint, task, earlier.task()));
        }
        if (!problems.isEmpty()) {
            throw CommandFailure.of(CommandFailure.USAGE, problems, language);
        }
        return new Range(
                new DecisionQuery(search.from(), end, null, search.marks(), search.either()),
                task,
                checkpoint,
                earlier,
                threads);
    }

    private static List<Problem> others(Path file, ObjectNode here, ObjectNode there) {
        var problems = new ArrayList<Problem>();
        here.properties().forEach(each -> {
            String is = each.getValue().stringValue();
            String was = there.path(each.getKey()).stringValue("");
            if (!is.equals(was)) {
                problems.add(Problem.of(Code.OTHER_TASK, new FileRef(file.toString()), file, each.getKey(), was, is));
            }
        });
        return problems;
    }
}
