package liandong.cli.terminal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text in UTF-8, with or without a byte order mark, in GB18030, as Chinese spreadsheet programs write it, or in UTF-16 with its
 * mark.
 *
 * <p>Unless it is given, the encoding is decided where the first character beyond ASCII stands, by what follows within 64 KiB:
 * UTF-8 when most of it is, so that one damaged character does not make the whole file another encoding. A sequence that does
 * not fit is read as {@link #DAMAGED}, for the caller to refuse what has it.
 */
public final class TextReader extends Reader {
    /** What stands for bytes that are no character of the encoding. */
    public static final char DAMAGED = '\uFFFD';

    private static final Charset GB18030 = Charset.forName("GB18030");

    private final InputStream in;
    private final @Nullable Charset given;
    private final byte[] buffer = new byte[1 << 16];
    private boolean begun;
    private @Nullable Reader decided;
    private Charset charset = StandardCharsets.UTF_8;

    /**
     * The text of a stream.
     *
     * @param given its encoding; null when its bytes decide
     */
    public TextReader(InputStream in, @Nullable Charset given) {
        this.in = in;
        this.given = given;
    }

    /** The encoding it has been read in so far; UTF-8 as long as all of it was ASCII. */
    public Charset charset() {
        return charset;
    }

    @Override
    public int read(char[] chars, int from, int length) throws IOException {
        if (decided == null) {
            int read = in.read(buffer, 0, Math.min(length, buffer.length));
            if (isAscii(read)) {
                for (int i = 0; i < read; i++) {
                    chars[from + i] = (char) buffer[i];
                }
                begun |= read > 0;
                return read;
            }
            decided = decide(read + in.readNBytes(buffer, read, buffer.length - read));
        }
        return decided.read(chars, from, length);
    }

    private boolean isAscii(int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private Reader decide(int length) {
        Charset utf16 = given == null && !begun ? utf16(length) : null;
        if (utf16 != null) {
            charset = utf16;
            return new Decoding(
                    new SequenceInputStream(new ByteArrayInputStream(buffer, 2, length - 2), in), charset.newDecoder());
        }
        boolean marked = !begun && length >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB;
        int mark = marked && !GB18030.equals(given) ? 3 : 0;
        if (given != null) {
            charset = given;
        } else {
            charset = marked || isMostlyUtf8(length) ? StandardCharsets.UTF_8 : GB18030;
        }
        return new Decoding(
                new SequenceInputStream(new ByteArrayInputStream(buffer, mark, length - mark), in),
                charset.newDecoder());
    }

    /** UTF-16, which spreadsheet programs call Unicode text, by the mark that it begins with; null without one. */
    private @Nullable Charset utf16(int length) {
        if (length < 2 || (buffer[0] & 0xFF) + (buffer[1] & 0xFF) != 0xFE + 0xFF) {
            return null;
        }
        return (buffer[0] & 0xFF) == 0xFE
                ? StandardCharsets.UTF_16BE
                : (buffer[0] & 0xFF) == 0xFF ? StandardCharsets.UTF_16LE : null;
    }

    /**
     * Decodes, with {@link #DAMAGED} for each byte that is no part of a character. A decoder that replaces by itself may take a
     * line's end for the rest of a damaged character.
     */
    private static final class Decoding extends Reader {
        private final InputStream in;
        private final CharsetDecoder decoder;
        private final ByteBuffer bytes = ByteBuffer.allocate(1 << 13).flip();
        private boolean ended;

        Decoding(InputStream in, CharsetDecoder decoder) {
            this.in = in;
            this.decoder = decoder;
        }

        @Override
        public int read(char[] chars, int from, int length) throws IOException {
            CharBuffer out = CharBuffer.wrap(chars, from, length);
            while (out.position() == from && !(ended && !bytes.hasRemaining())) {
                CoderResult result = decoder.decode(bytes, out, ended);
                if (result.isError() && out.hasRemaining()) {
                    out.put(DAMAGED);
                    bytes.get();
                } else if (result.isUnderflow() && !ended) {
                    fill();
                } else if (result.isOverflow() && out.position() == from) {
                    return 0; // a pair of characters does not fit
                }
            }
            return out.position() == from ? -1 : out.position() - from;
        }

        private void fill() throws IOException {
            bytes.compact();
            int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
            ended = read < 0;
            bytes.position(bytes.position() + Math.max(0, read)).flip();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** Whether more of the bytes beyond ASCII make characters of UTF-8 than do not. */
    private boolean isMostlyUtf8(int length) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
        CharBuffer chars = CharBuffer.allocate(length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        int damaged = 0;
        for (CoderResult result = decoder.decode(bytes, chars, false);
                result.isError();
                result = decoder.decode(bytes, chars, false)) {
            damaged++;
            bytes.position(bytes.position() + result.length());
        }
        long whole = chars.flip().chars().filter(c -> c >= 0x80).count();
        return whole > damaged;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
