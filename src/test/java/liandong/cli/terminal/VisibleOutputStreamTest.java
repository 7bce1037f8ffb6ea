package liandong.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VisibleOutputStreamTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void what_would_steer_a_terminal_is_written_out_and_everything_else_is_as_it_was() {
        PrintWriter out = Terminal.writer(new VisibleOutputStream(screen));

        out.print("标签 \u001b[2J\u009b1m\u0007 \u202eabc\u2066 \u200b 路灯\t𠮷\r\n下一行 100%\rx");
        out.flush();

        assertThat(shown())
                .isEqualTo("标签 ‹U+001B›[2J‹U+009B›1m‹U+0007› ‹U+202E›abc‹U+2066› ‹U+200B› 路灯\t𠮷\r\n下一行 100%‹U+000D›x");
    }

    @Test
    void a_character_that_comes_in_pieces_is_whole() throws IOException {
        var out = new VisibleOutputStream(screen);
        for (byte each : "路𠮷\u009b灯".getBytes(StandardCharsets.UTF_8)) {
            out.write(each);
        }

        assertThat(shown()).isEqualTo("路𠮷‹U+009B›灯");
    }

    @Test
    void what_the_program_draws_itself_does_steer() {
        var err = new Terminal.Messages(screen);

        err.println("\u001b[K");
        err.draw("\r\u001b[K50%");

        assertThat(shown()).isEqualTo("‹U+001B›[K" + System.lineSeparator() + "\r\u001b[K50%");
    }
}
