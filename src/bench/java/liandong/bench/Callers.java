package liandong.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * Callers of a service, in a process of their own: each has a connection, on which it sends the next request once it has the
 * answer. They write and read it themselves, as an HTTP client would take more of the processors than the service leaves.
 */
final class Callers {
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "connection: close".getBytes(StandardCharsets.US_ASCII);

    private final URI service;
    private final List<byte[]> requests;
    private final AtomicInteger next = new AtomicInteger();

    private Callers(URI service, List<String> bodies) {
        this.service = service;
        this.requests = bodies.stream()
                .map(body -> {
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    byte[] head = ("POST /v1/routing HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + bytes.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII);
                    byte[] whole = new byte[head.length + bytes.length];
                    System.arraycopy(head, 0, whole, 0, head.length);
                    System.arraycopy(bytes, 0, whole, head.length, bytes.length);
                    return whole;
                })
                .toList();
    }

    /**
     * @param args the service, a file with a request on each line, which are sent in turn, how many connections there are, and
     *     for how many seconds, or at least until how many were answered when that is said, too; prints how many were answered, how many a second, and the microseconds of the median and of the
     *     slowest hundredth
     */
    public static void main(String... args) throws Exception {
        var callers = new Callers(URI.create(args[0]), Files.readAllLines(Path.of(args[1])));
        int connections = Integer.parseInt(args[2]);
        long begun = System.nanoTime();
        int least = args.length > 4 ? Integer.parseInt(args[4]) : 0;
        long[] nanos = callers.ask(connections, begun + TimeUnit.SECONDS.toNanos(Long.parseLong(args[3])), least);
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.println(nanos.length + " " + nanos.length / seconds + " " + nanos[nanos.length / 2] / 1e3 + " "
                + nanos[nanos.length * 99 / 100] / 1e3);
    }

    private long[] ask(int connections, long end, int least) throws Exception {
        var pool = Executors.newFixedThreadPool(connections);
        var asked = new ArrayList<Future<LongStream>>();
        for (int i = 0; i < connections; i++) {
            asked.add(pool.submit(() -> {
                var nanos = LongStream.builder();
                Socket socket = opened();
                InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 15);
                while (System.nanoTime() < end || next.get() < least) {
                    long start = System.nanoTime();
                    socket.getOutputStream().write(requests.get((next.getAndIncrement() & 0x7fffffff) % requests.size()));
                    boolean last = isAnsweredForTheLastTime(in);
                    nanos.add(System.nanoTime() - start);
                    if (last) {
                        socket.close();
                        socket = opened();
                        in = new BufferedInputStream(socket.getInputStream(), 1 << 15);
                    }
                }
                socket.close();
                return nanos.build();
            }));
        }
        var nanos = LongStream.empty();
        for (Future<LongStream> each : asked) {
            nanos = LongStream.concat(nanos, each.get());
        }
        pool.shutdown();
        return nanos.sorted().toArray();
    }

    private Socket opened() throws IOException {
        var socket = new Socket(service.getHost(), service.getPort());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static boolean isAnsweredForTheLastTime(InputStream in) throws IOException {
        byte[] line = new byte[1 << 12];
        int length = line(in, line);
        if (length < 12 || line[9] != '2') {
            throw new IOException(new String(line, 0, length, StandardCharsets.UTF_8));
        }
        int body = 0;
        int chunk = -1;
        boolean last = false;
        for (length = line(in, line); length > 0; length = line(in, line)) {
            if (begins(line, length, LENGTH)) {
                body = number(line, LENGTH.length, length, 10);
            } else if (line[0] == 'T' || line[0] == 't') {
                chunk = 0; // in pieces: nothing else of ours begins so
            }
            last |= begins(line, length, CLOSE);
        }
        if (chunk >= 0) {
            for (chunk = number(line, 0, line(in, line), 16); chunk > 0; chunk = number(line, 0, line(in, line), 16)) {
                in.skipNBytes(chunk + 2L);
            }
            in.skipNBytes(2);
        } else {
            in.skipNBytes(body);
        }
        return last;
    }

    private static int number(byte[] line, int from, int to, int radix) {
        return Integer.parseInt(new String(line, from, to - from, StandardCharsets.US_ASCII).strip(), radix);
    }

    private static boolean begins(byte[] line, int length, byte[] with) {
        if (length < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            int c = line[i] >= 'A' && line[i] <= 'Z' ? line[i] + 32 : line[i];
            if (c != with[i]) {
                return false;
            }
        }
        return true;
    }

    private static int line(InputStream in, byte[] line) throws IOException {
        int length = 0;
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line[length++] = (byte) c;
            }
        }
        return length;
    }
}
