package liandong.cli.journal;

import java.io.IOException;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import liandong.cli.terminal.ProgressLine;
import liandong.cli.terminal.Terminal;

/** Work on a store that says how far it has got, for those who watch a screen. */
final class CountedWork {
    private CountedWork() {}

    /**
     * What is to be done.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    interface Work<T> {
        /**
         * Does it.
         *
         * @param bar the line on the screen; may have to be kept apart from what is written
         * @param progress to be told how many have been dealt with
         */
        T run(ProgressLine bar, LongConsumer progress) throws IOException;
    }

    /**
     * Does some work and shows how far it has got.
     *
     * @param name the command
     * @param unit what is counted, e.g. {@code rows}
     * @param total how many there are; asked only when somebody sees it
     */
    static <T> T run(String name, String unit, LongSupplier total, Terminal shell, Work<T> work) throws IOException {
        var done = new long[1];
        long all = shell.errIsTerminal() ? total.getAsLong() : 0;
        try (ProgressLine bar = new ProgressLine(name, all, unit, () -> done[0], shell)) {
            return work.run(bar, count -> {
                done[0] = count;
                bar.step();
            });
        }
    }
}
