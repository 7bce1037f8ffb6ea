package liandong.web;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers on their way to a caller who may not be reading yet.
 *
 * <p>A caller who sends all of a stream before reading any of its answers would otherwise wait for us to read, as we would
 * for the caller. What the connection does not take waits here, {@value #IN_MEMORY} bytes of it in memory and up to {@value
 * #MOST} in a file; only beyond that whoever writes waits too. A thread of its own hands on what waits, so that the first
 * answer leaves while later requests are still being read.
 */
final class PatientOutput extends OutputStream {
    /** How many bytes wait in memory. */
    private static final int IN_MEMORY = 1 << 20;

    /** How many bytes may wait: 256 MiB. */
    static final long MOST = 1L << 28;

    private static final int PIECE = 1 << 16;

    private final OutputStream out;
    private final long most;
    private final Thread hand = new Thread(this::handOn, "answers");
    private final ArrayDeque<byte[]> memory = new ArrayDeque<>();
    private long waiting;
    private int remembered;
    private @Nullable Path file;
    private @Nullable FileChannel spool;
    private long read;
    private long written;
    private boolean closed;
    private @Nullable IOException failure;

    /** Answers to a connection. */
    PatientOutput(OutputStream out) {
        this(out, MOST);
    }

    /** The same where fewer bytes may wait. */
    PatientOutput(OutputStream out, long most) {
        this.out = out;
        this.most = most;
        hand.setDaemon(true);
        hand.start();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        await(() -> failure != null || waiting < most);
        demandWell();
        if (written == 0 && remembered + length <= IN_MEMORY) {
            byte[] piece = new byte[length];
            System.arraycopy(bytes, from, piece, 0, length);
            memory.add(piece);
            remembered += length;
        } else {
            var buffer = ByteBuffer.wrap(bytes, from, length);
            try {
                while (buffer.hasRemaining()) {
                    written += spool().write(buffer, written);
                }
            } catch (IOException e) { // a full disk: what was written of the piece belongs to no answer
                fail(e);
                throw e;
            }
        }
        waiting += length;
        notifyAll();
    }

    private FileChannel spool() throws IOException {
        if (spool == null) {
            file = Files.createTempFile("liandong-answers", null); // nobody else may read it
            spool = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        }
        return spool;
    }

    /** Waits until all has been handed on, and ends the connection's output. */
    @Override
    public void close() throws IOException {
        try {
            synchronized (this) {
                closed = true;
                notifyAll();
                await(() -> failure != null || waiting <= 0);
            }
            join();
            synchronized (this) {
                demandWell();
            }
            out.close();
        } finally {
            if (spool != null) {
                spool.close();
            }
            if (file != null) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void join() throws InterruptedIOException {
        try {
            hand.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private synchronized void await(BooleanSupplier met) throws InterruptedIOException {
        try {
            while (!met.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private void demandWell() throws IOException {
        if (failure != null) {
            throw new IOException(failure);
        }
    }

    private void handOn() {
        try {
            for (byte[] piece = next(); piece != null; piece = next()) {
                out.write(piece);
                if (handedOn(piece.length)) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(new IOException(e)); // a connection that is gone may be told of in any way
        }
    }

    private synchronized void fail(IOException e) {
        failure = e;
        notifyAll();
    }

    /** The next bytes; null when there will be none. */
    private synchronized byte @Nullable [] next() throws IOException {
        await(() -> waiting > 0 || closed || failure != null);
        byte[] piece = memory.poll();
        if (piece != null) {
            remembered -= piece.length;
            return piece;
        }
        if (waiting == 0 || failure != null) {
            return null;
        }
        var buffer = ByteBuffer.allocate((int) Math.min(PIECE, written - read));
        while (buffer.hasRemaining()) {
            read += spool().read(buffer, read);
        }
        if (read == written) {
            spool().truncate(0);
            read = 0;
            written = 0;
        }
        return buffer.array();
    }

    /** Whether nothing else waits after so many bytes have been handed on. */
    private synchronized boolean handedOn(int bytes) {
        waiting -= bytes;
        notifyAll();
        return waiting == 0;
    }
}
