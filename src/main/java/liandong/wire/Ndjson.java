package liandong.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import liandong.engine.DecisionFailedException;
import liandong.problem.Code;
import liandong.problem.Pointer;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers a stream of requests, one a line, each on its own: a bad line gets its own problem and the rest go on.
 *
 * <p>Memory stays the same however long the stream, and however long a line.
 */
public final class Ndjson {
    private static final System.Logger LOG = System.getLogger(Ndjson.class.getName());

    private final Answering desk;
    private final Locale locale;

    /**
     * A reader of streams.
     *
     * @param desk answers each line
     * @param locale the language of problems
     */
    public Ndjson(Answering desk, Locale locale) {
        this.desk = desk;
        this.locale = locale;
    }

    /** Answers one request as it was sent. */
    @FunctionalInterface
    public interface Answering {
        /** The answer; see {@link Desk#answer(String)}. */
        ObjectNode answer(String request) throws BadRequestException;
    }

    /** An answer that is still to be found. */
    @FunctionalInterface
    public interface Asked {
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
        int number = 0;
        boolean ended = false;
        while (!ended) {
            line.reset();
            long length = 0;
            int next = in.read();
            while (next >= 0 && next != '\n') {
                if (++length <= Desk.MAX_LENGTH) {
                    line.write(next);
                }
                next = in.read();
            }
            ended = next < 0;
            number++;
            String text = length > Desk.MAX_LENGTH ? null : decoded(line.toByteArray());
            if (length > 0 && (text == null || !text.isBlank())) {
                boolean good = answer(number, length, text, out);
                progress.answered(length + 1, good);
            }
            if (ended || in.available() == 0) {
                out.flush();
            }
        }
    }

    private boolean answer(int number, long length, @Nullable String text, OutputStream out) throws IOException {
        return write(
                number,
                () -> {
                    if (text == null) {
                        throw new BadRequestException(false, List.of(unreadable(length)));
                    }
                    return desk.answer(text);
                },
                out);
    }

    /**
     * Writes an answer, or what is wrong with the request, as one line.
     *
     * @param number the line the request began on, from 1
     * @return whether it got an answer rather than a problem
     */
    public boolean write(int number, Asked asked, OutputStream out) throws IOException {
        ObjectNode answer;
        boolean good = false;
        try {
            answer = asked.answer();
            good = true;
        } catch (BadRequestException e) {
            answer = ProblemJson.of(e.isReadable() ? 422 : 400, e.problems(), locale);
            answer.put("line", number);
        } catch (DecisionFailedException e) {
            LOG.log(System.Logger.Level.ERROR, "line " + number + ": no decision", e);
            answer = ProblemJson.of(500, List.of(e.problem()), locale);
            answer.put("line", number);
        }
        out.write((Json.write(answer) + "\n").getBytes(StandardCharsets.UTF_8));
        return good;
    }

    private static Problem unreadable(long length) {
        Pointer root = new Pointer("");
        return length > Desk.MAX_LENGTH
                ? Problem.of(Code.TOO_LARGE, root, length, Desk.MAX_LENGTH)
                : Problem.of(Code.BAD_JSON, root, "UTF-8");
    }

    /** Bytes as text; null when they are not UTF-8. */
    public static @Nullable String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
