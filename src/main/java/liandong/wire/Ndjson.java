package liandong.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import liandong.problem.Problem;
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
        this(locale, text -> PendingResponse.of(answering.answer(text)));
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
        /** The answer; see the service. */
        PendingResponse answer(String request) throws BadRequestException;
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

    /** Answers every line that is not blank; writes what it has whenever no more input is waiting. */
    public void answer(InputStream input, OutputStream out, Progress progress) throws IOException {
        var in = new BufferedInputStream(input, 1 << 16);
        var line = new ByteArrayOutputStream();
        var waiting = new ArrayDeque<Line>();
        long characters = 0;
        int number = 0;
        boolean ended = false;
        while (!ended) {
            line.reset();
            long length = 0;
            int next = in.read();
            while (next >= 0 && next != '\n') {
                if (++length <= MAX_LENGTH) {
                    line.write(next);
                }
                next = in.read();
            }
            ended = next < 0;
            number++;
            if (length > MAX_LENGTH || !isBlank(line.toByteArray())) {
                Line answered = line(number, length, line.toByteArray());
                waiting.add(answered);
                characters += answered.reply().json().length();
            }
            boolean pause = ended || in.available() == 0;
            if (pause || waiting.size() == MOST_WAITING || characters >= MOST_CHARACTERS) {
                for (Line each = waiting.poll(); each != null; each = waiting.poll()) {
                    progress.answered(each.length() + 1, write(each, out));
                }
                characters = 0;
            }
            if (pause) {
                out.flush();
            }
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
                throw new BadRequestException(false, List.of(Problem.of(Code.TOO_LARGE, ROOT, length, MAX_LENGTH)));
            }
            return answering.answer(decoded(line));
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
            log(number, "no decision", e);
            return refused(number, length, 500, List.of(e.problem()));
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
