package liandong.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The texts of an entry in few bytes: what many entries say in the same words is named by its number ({@link SharedTexts}),
 * and the rest is deflated with a dictionary of what every answer has. Unpacked, they are what they were, to the byte.
 *
 * <p>The first byte is the form, which stands for the dictionary: a form that was released is never changed.
 */
final class Packing {
    private static final byte FORM = 1;

    /** Between request, answer, marks and policy; no text that is packed has it. */
    private static final char NEXT = '\u0001';

    /** Before the number of a shared text, behind which no digit follows: it is an object of JSON, or a line. */
    private static final char SHARED = '\u0002';

    /** Objects without others in them that answers repeat: a term with its label, a reason, a policy. */
    private static final String[] REPEATED = {"{\"code\":\"", "{\"rule\":\"", "{\"version\":\""};

    /** What makes an object with a code a term of the policy; a warning has one too, and may quote what was sent. */
    private static final String LABEL = "\",\"label\":\"";

    /** No request and no answer is as long; what claims to be was not written by a journal. */
    private static final int LONGEST = 1 << 28;

    private static final byte[] DICTIONARY = dictionary();

    /** Each holds some hundred kilobytes outside of the heap: there are as many as are at work at once. */
    private static final Queue<Deflater> DEFLATERS = new ConcurrentLinkedQueue<>();

    private Packing() {}

    /** Request, answer, marks, a line each, and the version of the policy. */
    record Texts(String request, String answer, String marks, String policy) {}

    private static byte[] dictionary() {
        String name = "packing-" + FORM + ".txt";
        try (InputStream file = Objects.requireNonNull(Packing.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replace('|', NEXT)
                    .replace('~', SHARED)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Packs texts.
     *
     * @param number the number of a text that other entries have too; 0 for one that stays as it is
     * @return null for texts that cannot be packed
     */
    static byte @Nullable [] packed(Texts texts, ToLongFunction<String> number) {
        if (!isPlain(texts.request())
                || !isPlain(texts.answer())
                || !isPlain(texts.marks())
                || !isPlain(texts.policy())) {
            return null;
        }
        var packed = new StringBuilder(texts.request().length()
                        + texts.answer().length()
                        + texts.marks().length())
                .append(texts.request())
                .append(NEXT);
        shareObjects(texts.answer(), number, packed);
        packed.append(NEXT);
        shareLines(texts.marks(), number, packed);
        packed.append(NEXT);
        share(texts.policy(), number, packed);
        return deflated(packed.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isPlain(String text) {
        return text.indexOf(NEXT) < 0 && text.indexOf(SHARED) < 0;
    }

    private static void shareObjects(String json, ToLongFunction<String> number, StringBuilder to) {
        int from = 0;
        for (int at = json.indexOf('{'); at >= 0; at = json.indexOf('{', at + 1)) {
            int end = isRepeated(json, at) ? end(json, at) : -1;
            if (end > 0) {
                to.append(json, from, at);
                share(json.substring(at, end), number, to);
                from = end;
                at = end - 1;
            }
        }
        to.append(json, from, json.length());
    }

    private static boolean isRepeated(String json, int at) {
        for (String start : REPEATED) {
            if (json.startsWith(start, at)) {
                boolean coded = start.equals(REPEATED[0]);
                return !coded || json.startsWith(LABEL, json.indexOf('"', at + start.length()));
            }
        }
        return false;
    }

    /** Behind an object; -1 when it holds others, does not end, or a digit follows, which in JSON none does. */
    private static int end(String json, int start) {
        boolean quoted = false;
        for (int i = start + 1; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted) {
                i += c == '\\' ? 1 : 0;
            } else if (c == '}') {
                return i + 1 < json.length() && isDigit(json.charAt(i + 1)) ? -1 : i + 1;
            } else if (c == '{') {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static void shareLines(String lines, ToLongFunction<String> number, StringBuilder to) {
        int from = 0;
        for (int end = lines.indexOf('\n'); end >= 0; end = lines.indexOf('\n', from)) {
            share(lines.substring(from, end), number, to);
            to.append('\n');
            from = end + 1;
        }
        share(lines.substring(from), number, to);
    }

    private static void share(String text, ToLongFunction<String> number, StringBuilder to) {
        long no = text.isEmpty() ? 0 : number.applyAsLong(text);
        if (no > 0) {
            to.append(SHARED).append(no);
        } else {
            to.append(text);
        }
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater ready = DEFLATERS.poll();
        Deflater deflater = ready == null ? new Deflater(Deflater.DEFAULT_COMPRESSION, true) : ready;
        deflater.setDictionary(DICTIONARY);
        deflater.setInput(bytes);
        deflater.finish();
        var deflated = new byte[1 + bytes.length / 2 + 64];
        deflated[0] = FORM;
        int length = 1;
        while (!deflater.finished()) {
            if (length == deflated.length) {
                deflated = Arrays.copyOf(deflated, 2 * length);
            }
            length += deflater.deflate(deflated, length, deflated.length - length);
        }
        deflater.reset();
        DEFLATERS.add(deflater);
        return Arrays.copyOf(deflated, length);
    }

    /**
     * What was packed.
     *
     * @param shared the text that has a number; null when there is none
     * @throws IllegalArgumentException if it was not packed by a journal, or a shared text is gone
     */
    static Texts unpacked(byte[] packed, LongFunction<@Nullable String> shared) {
        String texts = new String(inflated(packed), StandardCharsets.UTF_8);
        var unpacked = new StringBuilder(2 * texts.length());
        var ends = new int[3];
        int parts = 0;
        for (int i = 0; i < texts.length(); i++) {
            char c = texts.charAt(i);
            if (c == SHARED) {
                int end = i + 1;
                while (end < texts.length() && isDigit(texts.charAt(end))) {
                    end++;
                }
                String text = shared.apply(Long.parseLong(texts, i + 1, end, 10));
                if (text == null) {
                    throw new IllegalArgumentException("a shared text is gone");
                }
                unpacked.append(text);
                i = end - 1;
            } else if (c == NEXT) {
                if (parts == ends.length) {
                    throw new IllegalArgumentException("too many texts");
                }
                ends[parts++] = unpacked.length();
            } else {
                unpacked.append(c);
            }
        }
        if (parts < ends.length) {
            throw new IllegalArgumentException("too few texts");
        }
        return new Texts(
                unpacked.substring(0, ends[0]),
                unpacked.substring(ends[0], ends[1]),
                unpacked.substring(ends[1], ends[2]),
                unpacked.substring(ends[2]));
    }

    private static byte[] inflated(byte[] packed) {
        if (packed.length == 0 || packed[0] != FORM) {
            throw new IllegalArgumentException("not packed as this program knows it");
        }
        var inflater = new Inflater(true);
        try {
            inflater.setDictionary(DICTIONARY);
            inflater.setInput(packed, 1, packed.length - 1);
            var inflated = new byte[8 * packed.length + 1_024];
            int length = 0;
            while (!inflater.finished()) {
                if (length == inflated.length) {
                    inflated = Arrays.copyOf(inflated, 2 * length);
                }
                int more = inflater.inflate(inflated, length, inflated.length - length);
                length += more;
                if (length > LONGEST || (more == 0 && !inflater.finished() && length < inflated.length)) {
                    throw new IllegalArgumentException("it does not end");
                }
            }
            return Arrays.copyOf(inflated, length);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException(e);
        } finally {
            inflater.end();
        }
    }
}
