package liandong.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Streams: as many answers and problems as lines, whatever the lines are. */
class NdjsonTest {
    private static List<String> answered(InputStream in) throws IOException {
        var out = new ByteArrayOutputStream();
        new Ndjson(NdjsonTest::answer, Locale.ENGLISH).answer(in, out, (bytes, good) -> {});
        return told(out);
    }

    private static List<String> told(ByteArrayOutputStream out) {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> {
                    try {
                        JsonNode json = Json.read(line);
                        return json.has("status")
                                ? json.path("line").intValue() + " "
                                        + json.path("status").intValue() + " "
                                        + json.path("title").stringValue()
                                : json.path("said").stringValue();
                    } catch (BadRequestException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
    }

    /** Fails as it is told to. */
    private static ObjectNode answer(String request) throws BadRequestException {
        JsonNode json = Json.read(request);
        switch (json.path("fail").asString("")) {
            case "runtime" -> throw new IllegalStateException("nobody has thought of this");
            case "stack" -> answer(request);
            case "arithmetic" -> throw new ArithmeticException("BigInteger would overflow supported range");
            default -> {
                // answered
            }
        }
        return Json.object().set("said", json.path("say"));
    }

    private static InputStream lines(String... lines) {
        return new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatever_a_line_fails_with_is_its_own_problem_and_the_rest_go_on() throws Exception {
        assertThat(answered(lines(
                        "{\"say\":\"one\"}",
                        "{\"fail\":\"runtime\"}",
                        "{\"fail\":\"stack\"}",
                        "{\"say\":\"four\"}",
                        "",
                        " \t\r",
                        "{\"fail\":\"arithmetic\"}",
                        "[[[",
                        "\uFEFF{\"say\":\"nine\"}")))
                .containsExactly(
                        "one", "2 500 INTERNAL", "3 500 INTERNAL", "four", "7 500 INTERNAL", "8 400 BAD_JSON", "nine");
    }

    @Test
    void a_stream_that_fails_a_thousand_times_in_one_way_has_one_trace_in_the_log() throws Exception {
        var records = new ListAppender<ILoggingEvent>();
        var log = (Logger) LoggerFactory.getLogger(Ndjson.class);
        records.start();
        log.addAppender(records);
        try {
            var lines = new String[1_000];
            Arrays.fill(lines, "{\"fail\":\"runtime\"}");

            assertThat(answered(lines(lines))).hasSize(1_000);
        } finally {
            log.detachAppender(records);
        }
        assertThat(records.list).hasSize(1_000);
        assertThat(records.list)
                .filteredOn(record -> record.getThrowableProxy() != null)
                .hasSize(1);
        assertThat(records.list.get(999).getFormattedMessage())
                .isEqualTo("line 1000: failed, as before: IllegalStateException");
    }

    @Test
    void a_mark_or_blanks_alone_are_no_line() throws Exception {
        assertThat(answered(lines("\uFEFF", "\uFEFF  ", "{\"say\":\"three\"}", "")))
                .containsExactly("three");
        assertThat(answered(lines("\uFEFF\uFEFF"))).containsExactly("1 400 BAD_JSON");
    }

    @Test
    void a_line_that_is_no_utf_8_is_told_of_by_itself() throws Exception {
        var bytes = new ByteArrayOutputStream();
        bytes.write("{\"say\":\"one\"}\n".getBytes(StandardCharsets.UTF_8));
        bytes.write(new byte[] {'"', (byte) 0xC3, '"', '\n'});
        bytes.write("{\"say\":\"three\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(answered(new ByteArrayInputStream(bytes.toByteArray())))
                .containsExactly("one", "2 400 NOT_UTF_8", "three");
    }

    @Test
    void few_long_answers_wait_to_be_kept_as_well_as_many_short_ones() throws Exception {
        var waiting = new AtomicInteger();
        var most = new AtomicInteger();
        String million = "x".repeat(1 << 20);
        var ndjson = new Ndjson(Locale.ENGLISH, (request, line) -> {
            most.accumulateAndGet(waiting.incrementAndGet(), Math::max);
            return new PendingResponse("\"" + million + "\"", waiting::decrementAndGet);
        });
        var lines = new String[40];
        Arrays.fill(lines, "{}");
        var written = new AtomicInteger();

        ndjson.answer(lines(lines), OutputStream.nullOutputStream(), (bytes, good) -> written.incrementAndGet());

        assertThat(written).hasValue(40);
        assertThat(most.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void input_that_falls_silent_ends_the_stream_with_a_word_about_it() throws Exception {
        var silent = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException(new SocketTimeoutException());
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return read();
            }
        };
        var in = new SequenceInputStream(
                new ByteArrayInputStream("{\"say\":\"one\"}\n{\"say\":".getBytes(StandardCharsets.UTF_8)), silent);

        assertThat(answered(in)).containsExactly("one", "2 408 SILENT_STREAM");
    }

    @Test
    void an_answer_leaves_before_more_input_is_waited_for() throws Exception {
        var out = new ByteArrayOutputStream();
        var seen = new ArrayList<String>();
        var in = new InputStream() {
            private final byte[] bytes = "{\"say\":\"one\"}\n{\"say\":\"two\"}\n".getBytes(StandardCharsets.UTF_8);
            private int at;

            @Override
            public int read() {
                throw new AssertionError("read by the piece");
            }

            @Override
            public int read(byte[] into, int from, int length) {
                seen.addAll(told(out));
                out.reset();
                int size = Math.min(at == 0 ? 20 : 100, bytes.length - at);
                System.arraycopy(bytes, at, into, from, size);
                at += size;
                return size == 0 ? -1 : size;
            }
        };

        new Ndjson(NdjsonTest::answer, Locale.ENGLISH).answer(in, out, (bytes, good) -> {});

        assertThat(seen).as("before the end was known").containsExactly("one", "two");
    }
}
