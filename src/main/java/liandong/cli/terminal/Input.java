package liandong.cli.terminal;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import liandong.explain.Phrases;

/** A file, or standard input, that knows how far it has been read. */
public final class Input implements AutoCloseable {
    private static final int PEEKED = 1 << 16;

    private final String name;
    private final long size;
    private final Counting counting;
    private final BufferedInputStream stream;

    private Input(String name, long size, InputStream stream) {
        this.name = name;
        this.size = size;
        this.counting = new Counting(stream);
        this.stream = new BufferedInputStream(counting, PEEKED);
    }

    /**
     * Opens a file.
     *
     * @param file its path; {@code "-"} for standard input
     * @throws CommandFailure if it cannot be read
     */
    public static Input open(String file, Terminal shell, Phrases say) throws CommandFailure {
        if (file.equals("-")) {
            return new Input(file, -1, shell.in());
        }
        try {
            Path path = Path.of(file);
            if (!Files.exists(path)) {
                throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("input.missing", file)));
            }
            if (Files.isDirectory(path)) {
                throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("input.folder", file)));
            }
            return new Input(file, Files.isRegularFile(path) ? Files.size(path) : -1, Files.newInputStream(path));
        } catch (IOException | InvalidPathException e) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("input.unreadable", file)));
        }
    }

    /** What it is called in messages. */
    public String name() {
        return name;
    }

    /** Its size in bytes; -1 when it is not known. */
    long size() {
        return size;
    }

    /** How many bytes have been read of it. */
    long position() {
        return counting.count;
    }

    /** Its content. */
    public InputStream stream() {
        return stream;
    }

    /** Whether its first character that is neither a blank nor a byte order mark is the given one. */
    public boolean startsWith(char character) throws IOException {
        stream.mark(PEEKED);
        int next = stream.read();
        for (int i = 1; i < PEEKED && isIgnored(next); i++) {
            next = stream.read();
        }
        stream.reset();
        return next == character;
    }

    private static boolean isIgnored(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xEF || c == 0xBB || c == 0xBF;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            count += Math.max(read, 0);
            return read;
        }
    }
}
