package liandong.cli.terminal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text in UTF-8, with or without a byte order mark, or in GB18030 when it is not UTF-8, as Chinese spreadsheet programs write it.
 *
 * <p>Which of the two is decided where the first character beyond ASCII stands, by what follows within 64 KiB; a
 * sequence that fits neither fails the reading rather than becoming a question mark.
 */
public final class TextReader extends Reader {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private boolean begun;
    private @Nullable Reader decided;

    public TextReader(InputStream in) {
        this.in = in;
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
        boolean utf8 = !StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(buffer, 0, length), CharBuffer.allocate(length), false)
                .isError();
        int mark = !begun && length >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB ? 3 : 0;
        Charset charset = utf8 ? StandardCharsets.UTF_8 : Charset.forName("GB18030");
        return new InputStreamReader(
                new SequenceInputStream(new ByteArrayInputStream(buffer, mark, length - mark), in),
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
