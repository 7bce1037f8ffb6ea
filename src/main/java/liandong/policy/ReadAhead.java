package liandong.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import liandong.problem.Problem;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import org.jspecify.annotations.Nullable;

/**
 * What of a policy can be read without the rest of it: its rules and the sheets of its workbooks, on another core while
 * words and rows are understood on this one.
 *
 * <p>Each piece is read once, by whichever thread comes to it first. What was found is told when a piece is taken, so that
 * problems come in the order in which pieces are taken, on however many cores they were read.
 */
final class ReadAhead {
    /** Beyond so many bytes workbooks are read one by one, so that not all of them are in memory at once. */
    private static final int MOST_BYTES = 16 << 20;

    private final FutureTask<Piece<@Nullable RuleBase>> rules;
    private final Map<String, FutureTask<Piece<List<SheetData>>>> workbooks = new TreeMap<>();

    private record Piece<T extends @Nullable Object>(T read, List<Problem> problems) {}

    /**
     * Begins to read.
     *
     * @param sources the rules, by name; empty for none
     * @param schema the names that rules may use
     * @param tables the workbooks, by name
     */
    ReadAhead(Map<String, byte[]> sources, PolicySchema schema, Map<String, byte[]> tables) {
        rules = task(
                sources,
                (files, problems) ->
                        files.isEmpty() ? null : RuleBase.of(PolicyFiles.hash(files), schema, files, problems));
        tables.forEach((file, bytes) ->
                workbooks.put(file, task(bytes, (content, problems) -> WorkbookReader.read(file, content, problems))));
        long size = tables.values().stream().mapToLong(bytes -> bytes.length).sum();
        if (size <= MOST_BYTES) {
            var all = new ArrayList<Runnable>();
            all.add(rules);
            all.addAll(workbooks.values());
            AllCores.thread("read-ahead", () -> all.forEach(Runnable::run)).start();
        }
    }

    private static <F, T extends @Nullable Object> FutureTask<Piece<T>> task(
            F of, BiFunction<F, Consumer<Problem>, T> read) {
        return new FutureTask<>(() -> {
            var problems = new ArrayList<Problem>();
            T found = read.apply(of, problems::add);
            return new Piece<>(found, problems);
        });
    }

    /** The rules; null when there are none or they cannot be used. */
    @Nullable
    RuleBase rules(Consumer<Problem> problems) {
        return take(rules, problems);
    }

    /** The sheets of a workbook; empty when it cannot be read. */
    List<SheetData> workbook(String file, Consumer<Problem> problems) {
        FutureTask<Piece<List<SheetData>>> task = workbooks.remove(file);
        if (task == null) {
            throw new IllegalStateException("a workbook is taken once: " + file);
        }
        return take(task, problems);
    }

    private static <T extends @Nullable Object> T take(FutureTask<Piece<T>> task, Consumer<Problem> problems) {
        task.run(); // does nothing when another thread has begun
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    Piece<T> piece = task.get();
                    piece.problems().forEach(problems);
                    return piece.read();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw rethrown(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
    }
}
