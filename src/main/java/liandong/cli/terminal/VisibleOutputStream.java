package liandong.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import liandong.problem.Problem;

/**
 * A stream of UTF-8 that a person reads: characters that would steer the terminal, or turn a line around, are written out,
 * wherever they come from.
 */
final class VisibleOutputStream extends FilterOutputStream {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);

    /** The beginning of a character of which the rest is still to come. */
    private ByteBuffer begun = ByteBuffer.allocate(0);

    VisibleOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(begun.remaining() + length);
        in.put(begun).put(bytes, from, length).flip();
        CharBuffer text = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, text, false);
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        begun = ByteBuffer.wrap(rest);
        out.write(Problem.visible(text.flip().toString()).getBytes(StandardCharsets.UTF_8));
    }
}
