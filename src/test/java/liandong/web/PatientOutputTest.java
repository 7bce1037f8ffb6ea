package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers to a caller who does not read them yet. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PatientOutputTest {
    /** A connection whose other side does not read until it is opened. */
    private static final class Slow extends OutputStream {
        private final CountDownLatch opened = new CountDownLatch(1);
        private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        private boolean closed;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            try {
                opened.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            arrived.write(bytes, from, length);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void what_is_not_read_yet_waits_and_arrives_in_its_order() throws Exception {
        byte[] all = new byte[5 << 20];
        new Random(7).nextBytes(all);
        var slow = new Slow();

        try (var out = new PatientOutput(slow)) {
            for (int at = 0; at < all.length; at += 10_000) {
                out.write(all, at, Math.min(10_000, all.length - at));
            }
            slow.opened.countDown();
        }

        assertThat(slow.arrived.toByteArray()).isEqualTo(all);
        assertThat(slow.closed).isTrue();
    }

    @Test
    void whoever_writes_waits_when_more_than_the_most_is_not_read() throws Exception {
        var slow = new Slow();
        var wrote = new CountDownLatch(1);
        var out = new PatientOutput(slow, 3 << 20);
        var writer = new Thread(() -> {
            try {
                for (int i = 0; i < 5; i++) {
                    out.write(new byte[1 << 20], 0, 1 << 20);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            wrote.countDown();
        });
        writer.start();

        assertThat(wrote.await(300, TimeUnit.MILLISECONDS)).isFalse();
        slow.opened.countDown();
        assertThat(wrote.await(30, TimeUnit.SECONDS)).isTrue();
        out.close();

        assertThat(slow.arrived.size()).isEqualTo(5 << 20);
    }

    @Test
    void a_connection_that_is_gone_is_told_to_whoever_writes() throws Exception {
        var gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("gone");
            }
        };
        var out = new PatientOutput(gone);
        out.write(1);

        assertThatThrownBy(out::close).isInstanceOf(IOException.class).hasRootCauseMessage("gone");
        assertThatThrownBy(() -> out.write(2)).isInstanceOf(IOException.class);
    }
}
