package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import liandong.wire.Json;
import liandong.wire.Ndjson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.json.JsonMapper;

/** What is taken of a stream whose length was told beforehand, so that it is known when it is read whole. */
class DrainedLinesTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** A body that comes whole with the first read, in the middle of which the service is told to stop. */
    private static MockHttpServletRequest comingAtTheEnd(String body, Draining draining) {
        var whole = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        return new MockHttpServletRequest() {
            @Override
            public ServletInputStream getInputStream() {
                return new ServletInputStream() {
                    @Override
                    public int read() {
                        return whole.read();
                    }

                    @Override
                    public int read(byte[] into, int from, int most) {
                        draining.stop();
                        return whole.read(into, from, most);
                    }

                    @Override
                    public boolean isFinished() {
                        return whole.available() == 0;
                    }

                    @Override
                    public boolean isReady() {
                        return true;
                    }

                    @Override
                    public void setReadListener(ReadListener listener) {
                        throw new IllegalStateException("read at once");
                    }
                };
            }
        };
    }

    @ParameterizedTest
    @CsvSource({
        // the stream, what is answered, the line from which on nothing was read
        "'one\ntwo', one, 2",
        "'one\ntwo\nthree', one two, 3",
        "'one\n ', one, 2",
        "'one\ntwo\n', one two, ",
        "'one', one, ",
    })
    void a_stream_of_a_known_length_ends_as_if_whole_only_if_it_is(String sent, String answered, Integer unread)
            throws IOException {
        var draining = new Draining(Duration.ZERO);
        draining.start();
        var out = new ByteArrayOutputStream();

        new Ndjson(text -> Json.object(new Echo(text)), Locale.ENGLISH)
                .answer(draining.lines(comingAtTheEnd(sent, draining)), out, (bytes, good) -> {});

        var told = new StringBuilder();
        out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(JSON::readTree)
                .forEach(line -> told.append(' ')
                        .append(line.path("text").asString("")
                                + line.path("title").asString("")
                                + line.path("line").asString("")));
        assertThat(told.substring(1)).isEqualTo(answered + (unread == null ? "" : " STREAM_STOPPED" + unread));
    }

    private record Echo(String text) {}
}
