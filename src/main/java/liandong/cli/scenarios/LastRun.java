package liandong.cli.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import liandong.scenario.Cases.Result;
import liandong.scenario.Scenarios;
import liandong.scenario.Scenarios.Broken;
import liandong.scenario.StoryRun;
import liandong.scenario.TestReport;
import org.jspecify.annotations.Nullable;

/**
 * The scenarios and stories that did not pass when they were last run, kept in a hidden file beside their workbooks: an id a line.
 *
 * <p>There is no such file when all passed. Policies pass over it.
 */
final class LastRun {
    /** The name of the file. */
    static final String FILE = ".failed";

    private final @Nullable Path file;

    /**
     * That of the workbooks in a folder.
     *
     * @param folder null when they lie in none: then nothing is kept
     */
    LastRun(@Nullable Path folder) {
        this.file = folder == null ? null : folder.resolve(FILE);
    }

    /**
     * The ids of the cases that did not pass; empty when all did, and when nothing was kept.
     *
     * @throws IOException if the file cannot be read; {@link java.nio.charset.CharacterCodingException} if it is not UTF-8
     */
    Set<String> failed() throws IOException {
        if (file == null || !Files.exists(file)) {
            return Set.of();
        }
        return new TreeSet<>(Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList());
    }

    /**
     * Keeps what came of a run; of cases that were not run what is known of them stays.
     *
     * @param whole whether every case of every workbook in the folder was run
     * @param all every case of every workbook in the folder: what is known of others is dropped; null when not all are known
     * @throws IOException if the file cannot be read, which it need not be after a whole run, or written
     */
    void keep(TestReport report, boolean whole, @Nullable Scenarios all) throws IOException {
        if (file == null) {
            return;
        }
        Set<String> failed = whole ? new TreeSet<>() : new TreeSet<>(failed());
        if (all != null) {
            failed.removeIf(id -> !all.has(id));
        }
        for (Result result : report.results()) {
            String id = result.scenario().id();
            if (result.passed()) {
                failed.remove(id);
            } else {
                failed.add(id);
            }
        }
        for (StoryRun run : report.stories()) {
            if (run.passed()) {
                failed.remove(run.story().id());
            } else {
                failed.add(run.story().id());
            }
        }
        failed.addAll(report.broken().stream()
                .map(Broken::id)
                .filter(id -> !id.isEmpty())
                .toList());
        if (failed.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            Files.write(file, List.copyOf(failed));
        }
    }
}
