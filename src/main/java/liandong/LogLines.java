package liandong;

import java.io.PrintWriter;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Gives each line that is printed to a log, so that where the log is read by a machine nothing else stands in between. */
final class LogLines extends Writer {
    private final Logger log;
    private final StringBuilder line = new StringBuilder();

    private LogLines(Logger log) {
        this.log = log;
    }

    /** Prints to a log, a line a message. */
    static PrintWriter to(Logger log) {
        return new PrintWriter(new LogLines(log), true);
    }

    @Override
    public void write(char[] chars, int from, int count) {
        synchronized (lock) {
            for (char c : new String(chars, from, count).toCharArray()) {
                if (c == '\n') {
                    say();
                } else if (c != '\r') {
                    line.append(c);
                }
            }
        }
    }

    private void say() {
        if (!line.isEmpty()) {
            log.log(Level.INFO, line.toString());
            line.setLength(0);
        }
    }

    /** Nothing: half a line waits for its end. */
    @Override
    public void flush() {}

    @Override
    public void close() {
        synchronized (lock) {
            say();
        }
    }
}
