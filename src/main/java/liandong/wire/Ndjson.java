package liandong.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import liandong.engine.DecisionFailedException;
import liandong.problem.Code;
import liandong.problem.KeyInUseException;
import liandong.problem.Problem;
import liandong.problem.RateLimitedException;
import liandong.problem.RequestPointer;
import liandong.problem.UnavailableException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers a stream of requests, one a line, each on its own: a bad line gets its own problem and the rest go on.
 *
 * <p>Memory stays the same however long the stream, and however long a line. Whatever happens to one line, even what nobody
 * has thought of, is its own problem: there are as many answers and problems as lines that are not blank. A reader is for one
 * stream.
 */
public final class Ndjson {
    /** The longest request that is read, in bytes or characters, whichever is counted: 1 MiB. */
    public static final int MAX_LENGTH = 1 << 20;

    /** The status of a request that did not come. */
    private static final int TIMED_OUT = 408;

    private static final RequestPointer ROOT = new RequestPointer("");
    private static final byte[] MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);
    private static final System.Logger LOG = System.getLogger(Ndjson.class.getName());

    /** So many answers may wait to be kept, so that one write of the journal keeps them all. */
    private static final int MOST_WAITING = 256;

    /** So long may they be together, in characters. */
    private static final int MOST_CHARACTERS = 1 << 21;

    private final Replying answering;
    private final Locale locale;

    /** What has failed before in this stream: its trace is in the log already. */
    private final Set<Class<?>> failed = new HashSet<>();

    /**
     * A reader of streams.
     *
     * @param answering answers each line
     * @param locale the language of problems
     */
    public Ndjson(Answering answering, Locale locale) {
        this(locale, (text, line) -> PendingResponse.of(answering.answer(text)));
    }

    /**
     * A reader of streams whose answers are returned only after they are in the journal.
     *
     * @param locale the language of problems
     * @param answering answers each line
     */
    public Ndjson(Locale locale, Replying answering) {
        this.answering = answering;
        this.locale = locale;
    }

    /** Answers one request as it was sent. */
    @FunctionalInterface
    public interface Answering {
        /** The answer; see the service. */
        ObjectNode answer(String request) throws BadRequestException;
    }

    /** Answers one request as it was sent, and has the answer kept. */
    @FunctionalInterface
    public interface Replying {
        /**
         * The answer; see the service.
         *
         * @param line the line that it stands in, from 1
         */
        PendingResponse answer(String request, int line) throws BadRequestException;
    }

    /** An answer that is still to be found. */
    @FunctionalInterface
    public interface LazyAnswer {
        /** Finds the answer. */
        ObjectNode answer() throws BadRequestException;
    }

    /** Told of each line that has been answered. */
    @FunctionalInterface
    public interface Progress {
        /**
         * A line has been answered.
         *
         * @param bytes how much of the input it took, with its line end
         * @param good whether it got an answer rather than a problem
         */
        void answered(long bytes, boolean good);
    }

    /**
     * Answers every line that is not blank; writes what it has whenever no more input is waiting.
     *
     * <p>Input that is silent for longer than its source allows, or of which the source says that the rest is {@linkplain
     * UnreadException not read}, ends the stream: what is there of a line, and the lines that did not come, get one problem.
     *
     * @throws IOException if the input cannot be read for another reason, after all that was answered is written; or if
     *     nothing can be written
     */
    public void answer(InputStream input, OutputStream out, Progress progress) throws IOException {
        new Stream(input, out, progress).answer();
    }

    /** One stream, as far as it has been read. */
    private final class Stream {
        private final InputStream in;
        private final OutputStream out;
        private final Progress progress;
        private final byte[] buffer = new byte[1 << 16];
        private int at;
        private int end;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final ArrayDeque<Line> waiting = new ArrayDeque<>();
        private long characters;

        Stream(InputStream in, OutputStream out, Progress progress) {
            this.in = in;
            this.out = out;
            this.progress = progress;
        }

        void answer() throws IOException {
            int number = 0;
            boolean ended = false;
            while (!ended) {
                line.reset();
                number++;
                long length = 0;
                try {
                    int next = next();
                    while (next >= 0 && next != '\n') {
                        if (++length <= MAX_LENGTH) {
                            line.write(next);
                        }
                        next = next();
                    }
                    ended = next < 0;
                    if (length > MAX_LENGTH || !isBlank(line.toByteArray())) {
                        add(line(number, length, line.toByteArray()));
                    }
                } catch (UnreadException e) {
                    ended = true;
                    add(unread(number, length, e));
                }
            }
            writeAll();
            out.flush();
        }

        /** The next byte; -1 at the end. Whatever is answered leaves before more input is waited for. */
        private int next() throws IOException {
            if (at == end) {
                if (in.available() == 0) {
                    writeAll();
                    out.flush();
                }
                at = 0;
                end = Math.max(0, read());
                if (end == 0) {
                    return -1;
                }
            }
            return buffer[at++] & 0xFF;
        }

        private int read() throws IOException {
            try {
                return in.read(buffer);
            } catch (UnreadException e) {
                throw e;
            } catch (IOException e) {
                if (isSilence(e)) {
                    throw new UnreadException(Code.SILENT_STREAM, TIMED_OUT);
                }
                writeAll(); // it is in the journal
                out.flush();
                throw e;
            }
        }

        private void add(Line answered) throws IOException {
            waiting.add(answered);
            characters += answered.reply().json().length();
            if (waiting.size() == MOST_WAITING || characters >= MOST_CHARACTERS) {
                writeAll();
            }
        }

        private void writeAll() throws IOException {
            for (Line each = waiting.poll(); each != null; each = waiting.poll()) {
                progress.answered(each.length() + 1, write(each, out));
            }
            characters = 0;
        }
    }

    /**
     * A line that has been answered, or told what is wrong with it.
     *
     * @param number from 1
     * @param length of the request, in bytes
     * @param good whether it got an answer rather than a problem
     */
    private record Line(int number, long length, PendingResponse reply, boolean good) {}

    private Line unread(int number, long length, UnreadException e) {
        return refused(number, length, e.status(), List.of(Problem.of(e.code(), ROOT, number)));
    }

    /** Whether input could not be read because none came; servers wrap what says so. */
    private static boolean isSilence(IOException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    /** Whether a line holds nothing: blanks, or the mark that some programs put before UTF-8. */
    private static boolean isBlank(byte[] line) {
        int from = line.length >= MARK.length && Arrays.equals(line, 0, MARK.length, MARK, 0, MARK.length)
                ? MARK.length
                : 0;
        for (int i = from; i < line.length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private Line line(int number, long length, byte[] line) {
        return line(number, length, () -> {
            if (length > MAX_LENGTH) {
                throw new BadRequestException(false, List.of(Problem.of(Code.TOO_LARGE, ROOT, "> 1 MiB", "1 MiB")));
            }
            return answering.answer(decoded(line), number);
        });
    }

    /** What answers one line. */
    @FunctionalInterface
    private interface Replied {
        PendingResponse reply() throws BadRequestException;
    }

    private Line line(int number, long length, Replied asked) {
        try {
            return new Line(number, length, asked.reply(), true);
        } catch (BadRequestException e) {
            return refused(number, length, e.isReadable() ? 422 : 400, e.problems());
        } catch (DecisionFailedException e) {
            LOG.log(System.Logger.Level.ERROR, "line " + number + ": no decision: " + e.told());
            LOG.log(System.Logger.Level.DEBUG, "no decision", e);
            return refused(number, length, 500, List.of(e.problem()));
        } catch (KeyInUseException | RateLimitedException e) {
            return refused(number, length, e.status(), List.of(e.told()));
        } catch (UnavailableException e) {
            log(number, "not answered", e);
            return refused(number, length, e.status(), List.of(e.told()));
        } catch (RuntimeException | StackOverflowError e) {
            log(number, "failed", e);
            return refused(number, length, 500, List.of(Problem.of(Code.INTERNAL, ROOT)));
        }
    }

    /** Whole at the first time in a stream, later in a line: a stream may fail a million times in one way. */
    private void log(int number, String what, Throwable thrown) {
        String told = "line " + number + ": " + what;
        if (failed.add(thrown.getClass())) {
            LOG.log(System.Logger.Level.ERROR, told, thrown);
        } else {
            LOG.log(
                    System.Logger.Level.ERROR,
                    told + ", as before: " + thrown.getClass().getSimpleName());
        }
    }

    private Line refused(int number, long length, int status, List<Problem> problems) {
        ProblemJson refusal = ProblemJson.of(status, problems, locale).inLine(number);
        return new Line(number, length, PendingResponse.of(Json.object(refusal)), false);
    }

    private boolean write(Line line, OutputStream out) throws IOException {
        Line written = line;
        try {
            line.reply().receipt().await();
        } catch (KeyInUseException e) {
            written = refused(line.number(), line.length(), e.status(), List.of(e.told()));
        } catch (NotKeptException e) {
            log(line.number(), "not kept", e);
            written = refused(line.number(), line.length(), e.status(), List.of(e.told()));
        }
        out.write((written.reply().json() + "\n").getBytes(StandardCharsets.UTF_8));
        return written.good();
    }

    /**
     * Writes an answer, or what is wrong with the request, as one line.
     *
     * @param number the line the request began on, from 1
     * @return whether it got an answer rather than a problem
     */
    public boolean write(int number, LazyAnswer asked, OutputStream out) throws IOException {
        return write(line(number, 0, () -> PendingResponse.of(asked.answer())), out);
    }

    /**
     * Bytes as text.
     *
     * @throws BadRequestException if they are not UTF-8
     */
    public static String decoded(byte[] bytes) throws BadRequestException {
        var in = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
        } catch (CharacterCodingException e) {
            throw new BadRequestException(false, List.of(Problem.of(Code.NOT_UTF_8, ROOT, in.position() + 1)));
        }
    }
}
