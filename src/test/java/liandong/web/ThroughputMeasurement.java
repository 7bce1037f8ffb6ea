package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import liandong.Served;
import liandong.stock.Reports;
import liandong.store.Stores;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How many decisions a second callers get over HTTP, with the journal off and on each store. Run by {@code mvn test
 * -Dexcluded.tags=fuzz -Dtest=ThroughputMeasurement}; takes some minutes and prints. {@code -Dthroughput.seconds=60} asks
 * longer.
 *
 * <p>The program runs in a process of its own by the stock policy. Reports name every event type, area and source of the
 * vocabulary in turn. The callers are on the same machine and take their part of it: each has a connection, which it opens
 * anew when the service closes it, and writes and reads it itself, because an HTTP client would
 * take more of the processors than the service leaves. The processor time of the service says more than the rate where
 * others are busy on the machine.
 */
@Tag("measure")
class ThroughputMeasurement {
    private static final int SECONDS = Integer.getInteger("throughput.seconds", 20);
    private static final int WARM_UP_SECONDS = 60;
    private static final AtomicInteger NEXT = new AtomicInteger();

    /** A connection that is kept from one request to the next, until the service closes it after so many. */
    private static final class Line implements AutoCloseable {
        private final URI service;
        private Socket socket;
        private InputStream in;

        Line(URI service) throws IOException {
            this.service = service;
            this.socket = opened(service);
            this.in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
        }

        private static Socket opened(URI service) throws IOException {
            var socket = new Socket(service.getHost(), service.getPort());
            socket.setTcpNoDelay(true);
            return socket;
        }

        private void reopen() throws IOException {
            socket.close();
            socket = opened(service);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
        }

        /** Asks for a decision on a new incident; how long the answer took, in nanoseconds. */
        long ask() throws IOException {
            int n = NEXT.getAndIncrement();
            byte[] body = Json.write(Reports.report(n)).getBytes(StandardCharsets.UTF_8);
            byte[] head = ("POST /v1/routing HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                            + "Content-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] request = new byte[head.length + body.length];
            System.arraycopy(head, 0, request, 0, head.length);
            System.arraycopy(body, 0, request, head.length, body.length);
            long start = System.nanoTime();
            socket.getOutputStream().write(request);
            String answer = answer();
            long nanos = System.nanoTime() - start;
            if (!answer.contains("\"SC-" + n + "\"")) {
                throw new IOException("asked about SC-" + n + ", answered: " + answer);
            }
            return nanos;
        }

        private String answer() throws IOException {
            String status = line();
            int length = -1;
            boolean last = false;
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(
                            header.substring("content-length:".length()).strip());
                }
                last |= header.equalsIgnoreCase("connection: close");
            }
            byte[] body = in.readNBytes(Math.max(0, length));
            if (body.length < length) {
                throw new EOFException();
            }
            String answer = new String(body, StandardCharsets.UTF_8);
            if (!status.startsWith("HTTP/1.1 200") || length < 0) {
                throw new IOException(status + answer);
            }
            if (last) {
                reopen();
            }
            return answer;
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new EOFException();
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Asks on so many connections at once for so many seconds; how long each answer took, the quickest first. */
    private static long[] ask(Served service, int connections, int seconds) throws Exception {
        var callers = Executors.newFixedThreadPool(connections);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        var all = new ArrayList<Future<LongStream>>();
        for (int i = 0; i < connections; i++) {
            all.add(callers.submit(() -> {
                var nanos = LongStream.builder();
                try (var line = new Line(service.at("/"))) {
                    while (System.nanoTime() < end) {
                        nanos.add(line.ask());
                    }
                }
                return nanos.build();
            }));
        }
        var nanos = LongStream.empty();
        for (Future<LongStream> each : all) {
            nanos = LongStream.concat(nanos, each.get(10, TimeUnit.MINUTES));
        }
        callers.shutdown();
        return nanos.sorted().toArray();
    }

    private static void measure(String name, @Nullable Stores kind) throws Exception {
        String store = (kind == null ? Stores.SQLITE : kind).fresh();
        try (Served service = Served.measured(store, "--lang", "en", "--journal", kind == null ? "off" : "required")) {
            ask(service, 16, WARM_UP_SECONDS);
            for (int connections : new int[] {16, 64}) {
                long cpu = service.cpu().toNanos();
                long start = System.nanoTime();
                long[] nanos = ask(service, connections, SECONDS);
                double seconds = (System.nanoTime() - start) / 1e9;
                assertThat(nanos).isNotEmpty();
                System.out.printf(
                        Locale.ROOT,
                        "%-8s %2d connections, %.0f s: %6.0f decisions/s, p50 %.2f ms, p99 %.2f ms, longest %.0f ms;"
                                + " the service took %.0f µs of CPU for each; load %.1f%n",
                        name,
                        connections,
                        seconds,
                        nanos.length / seconds,
                        nanos[nanos.length / 2] / 1e6,
                        nanos[nanos.length * 99 / 100] / 1e6,
                        nanos[nanos.length - 1] / 1e6,
                        (service.cpu().toNanos() - cpu) / 1e3 / nanos.length,
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            }
        }
    }

    @Test
    void decisions_a_second_over_http_with_the_journal_off_and_on_each_store() throws Exception {
        measure("off", null);
        for (Stores kind : Stores.values()) {
            measure(kind.name(), kind);
        }
    }
}
