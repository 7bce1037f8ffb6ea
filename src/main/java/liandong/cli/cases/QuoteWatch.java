package liandong.cli.cases;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Passes on the characters of a CSV file, and knows where a quoted cell began that has not ended. */
final class QuoteWatch extends FilterReader {
    private enum At {
        START,
        PLAIN,
        QUOTED,
        /** Behind a quote within a quoted cell: its end, or the first of two. */
        QUOTE
    }

    private At at = At.START;
    private int line = 1;
    private int opened;
    private char before;
    private boolean ended;
    private int broken;

    QuoteWatch(Reader in) {
        super(in);
    }

    @Override
    public int read(char[] chars, int from, int length) throws IOException {
        int read = super.read(chars, from, length);
        ended |= read < 0;
        for (int i = 0; i < read; i++) {
            pass(chars[from + i]);
        }
        return read;
    }

    private void pass(char c) {
        boolean newLine = c == '\r' || (c == '\n' && before != '\r');
        if (at == At.QUOTED) {
            at = c == '"' ? At.QUOTE : At.QUOTED;
        } else if (c == '"' && at == At.START) {
            at = At.QUOTED;
            opened = line;
        } else if (c == '"' && at == At.QUOTE) {
            at = At.QUOTED;
        } else {
            boolean ends = c == ',' || c == '\n' || c == '\r';
            if (at == At.QUOTE && !ends && broken == 0) {
                broken = opened;
            }
            at = ends ? At.START : At.PLAIN;
        }
        line += newLine ? 1 : 0;
        before = c;
    }

    /** The line, from 1, on which the first quoted cell begins behind whose quote something else follows; 0 when there is none. */
    int broken() {
        return broken;
    }

    /** The line, from 1, on which a quoted cell begins that the end of the file has cut off; 0 when there is none. */
    int cutOff() {
        return ended && at == At.QUOTED ? opened : 0;
    }
}
