package liandong.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a task has come, shown on standard error while a person watches it; otherwise nothing. */
public final class ProgressLine implements AutoCloseable {
    private final LongSupplier position;
    private final Terminal shell;
    private final Line line;
    private final @Nullable ProgressBar bar;

    public ProgressLine(String task, Input input, Terminal shell) {
        this(task, input.size(), " KiB", 1024, input::position, shell);
    }

    /** Shows that something is under way whose end cannot be foreseen. */
    public ProgressLine(String task, Terminal shell) {
        this(task, -1, "", 1, () -> 0, shell);
    }

    /**
     * How many of so many things have been done.
     *
     * @param unit what they are called
     * @param done how many have been
     */
    public ProgressLine(String task, long of, String unit, LongSupplier done, Terminal shell) {
        this(task, of, " " + unit, 1, done, shell);
    }

    private ProgressLine(String task, long of, String unit, long unitSize, LongSupplier position, Terminal shell) {
        this.position = position;
        this.shell = shell;
        this.line = new Line(shell.err());
        this.bar = shell.errIsTerminal()
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(of)
                        .setUnit(unit, unitSize)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(200)
                        .setConsumer(line)
                        .build()
                : null;
    }

    /** Takes note of how far things are. */
    public void step() {
        if (bar != null) {
            bar.stepTo(position.getAsLong());
        }
    }

    /** Standard output, which takes the bar off the terminal before it writes to the same one. */
    public OutputStream beside(OutputStream out) {
        if (bar == null || !shell.outIsTerminal()) {
            return out;
        }
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                synchronized (line) {
                    line.clear();
                    out.write(bytes, from, length);
                    out.flush();
                }
            }
        };
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    /** The line of the terminal that the bar is drawn on. */
    private static final class Line implements ProgressBarConsumer {
        private static final String ERASE = "\r\u001b[K";
        private static final int WIDTH = 79;

        private final PrintWriter err;

        Line(PrintWriter err) {
            this.err = err;
        }

        @Override
        public int getMaxRenderedLength() {
            return WIDTH;
        }

        @Override
        public synchronized void accept(String rendered) {
            draw(ERASE + rendered);
        }

        @Override
        public synchronized void clear() {
            draw(ERASE);
        }

        private void draw(String text) {
            if (err instanceof Terminal.Messages messages) {
                messages.draw(text);
            } else {
                err.print(text);
                err.flush();
            }
        }

        @Override
        public synchronized void close() {
            err.println();
        }
    }
}
