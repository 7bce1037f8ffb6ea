package liandong.cli.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import liandong.cli.journal.SweepOptions.Range;
import liandong.cli.terminal.ProgressLine;
import liandong.cli.terminal.Terminal;
import liandong.explain.Phrases;
import liandong.journal.Archive;
import liandong.journal.Archive.Cursor;
import liandong.journal.Entry;
import liandong.replay.Checkpoint;
import liandong.replay.JournalScan;
import liandong.replay.Progress;
import liandong.store.Database;
import org.jspecify.annotations.Nullable;

/**
 * A command going through the decisions that are kept, with a bar for whoever watches.
 *
 * <p>When the process is told to end it stops after the decisions under way and keeps how far it has come. It does so now
 * and then too, so that one that is killed loses some seconds only.
 */
public final class ScanRunner {
    private static final long EVERY = Duration.ofSeconds(5).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String command;
    private final Range range;
    private final Terminal shell;
    private final Phrases say;
    private volatile boolean told;

    public ScanRunner(String command, Range range, Terminal shell, Phrases say) {
        this.command = command;
        this.range = range;
        this.shell = shell;
        this.say = say;
    }

    /** A file of results beside the sweep, which goes on where it was. */
    public interface Results {
        /** Has all that was written reach the disk; how many bytes that are. */
        long kept() throws IOException;

        /** No file. */
        Results NONE = () -> 0;
    }

    /**
     * Goes through the decisions.
     *
     * @param progress what has come of those gone through so far, which {@code taker} adds to
     * @return whether it went through all; if not, somebody has been told how to go on
     */
    public <R> boolean run(
            Database database, Progress progress, Results results, Function<Entry, R> work, JournalScan.Taker<R> taker)
            throws IOException {
        var archive = new Archive(database);
        var done = new CountDownLatch(1);
        var hook = new Thread(() -> stop(done), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        long total = shell.errIsTerminal() ? archive.count(range.search()) : 0;
        var keeper = new Keeper(progress, results);
        try (ProgressLine bar = new ProgressLine(command, total, "decisions", progress::looked, shell)) {
            Checkpoint earlier = range.earlier();
            boolean all = JournalScan.oldestFirst(archive, range.search(), range.threads())
                    .run(
                            earlier == null ? null : earlier.at(),
                            work,
                            (entry, result) -> {
                                keeper.whole = false;
                                taker.take(entry, result);
                            },
                            cursor -> {
                                keeper.reached(cursor);
                                bar.step();
                            },
                            () -> told);
            if (all) {
                results.kept();
                keeper.drop();
            }
            return all;
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            keeper.keep();
            if (told) {
                shell.err()
                        .println(say.of(
                                range.file() == null ? "sweep.stopped" : "sweep.stoppedKept",
                                progress.looked(),
                                String.valueOf(range.file())));
            }
            done.countDown();
            forget(hook);
        }
    }

    /** Lets the sweep come to a stop before the process ends. */
    private void stop(CountDownLatch done) {
        told = true;
        try {
            if (!done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                shell.err().println(say.of("sweep.slow"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending, by this very hook
        }
    }

    /** Keeps how far the sweep has come. */
    private final class Keeper {
        private final Progress progress;
        private final Results results;
        private @Nullable Cursor last;
        private long keptAt;
        /** Whether what has come of the decisions is that of those up to the last place, no more. */
        private boolean whole;

        Keeper(Progress progress, Results results) {
            this.progress = progress;
            this.results = results;
        }

        void reached(Cursor cursor) {
            boolean first = last == null;
            last = cursor;
            whole = true;
            if (first || System.nanoTime() - keptAt > EVERY) {
                try {
                    keep();
                } catch (IOException e) {
                    throw new UncheckedIOException(e.getMessage(), e);
                }
            }
        }

        /** Forgets how far it has come: it is done. */
        void drop() throws IOException {
            last = null;
            if (range.file() != null) {
                Files.deleteIfExists(range.file());
            }
        }

        void keep() throws IOException {
            Cursor at = last;
            if (range.file() != null && at != null && whole) {
                new Checkpoint(range.task(), at, results.kept(), progress.json()).write(range.file());
                keptAt = System.nanoTime();
            }
        }
    }
}
