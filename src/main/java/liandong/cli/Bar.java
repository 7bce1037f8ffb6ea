package liandong.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far an input has been read, shown on standard error while a person watches it; otherwise nothing. */
final class Bar implements AutoCloseable {
    private final @Nullable Input input;
    private final Shell shell;
    private final Line line;
    private final @Nullable ProgressBar bar;

    Bar(String task, Input input, Shell shell) {
        this(task, shell, input);
    }

    /** Shows that something is under way whose end cannot be foreseen. */
    Bar(String task, Shell shell) {
        this(task, shell, null);
    }

    private Bar(String task, Shell shell, @Nullable Input input) {
        this.input = input;
        this.shell = shell;
        this.line = new Line(shell.err());
        this.bar = shell.errIsTerminal()
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(input == null ? -1 : input.size())
                        .setUnit(input == null ? "" : " KiB", input == null ? 1 : 1024)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(200)
                        .setConsumer(line)
                        .build()
                : null;
    }

    /** Takes note of how far the input has been read. */
    void step() {
        if (bar != null && input != null) {
            bar.stepTo(input.position());
        }
    }

    /** Standard output, which takes the bar off the terminal before it writes to the same one. */
    OutputStream beside(OutputStream out) {
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
            err.print(ERASE + rendered);
            err.flush();
        }

        @Override
        public synchronized void clear() {
            err.print(ERASE);
            err.flush();
        }

        @Override
        public synchronized void close() {
            err.println();
        }
    }
}
