package liandong.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import liandong.problem.Problems;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every hostile workbook is read in a process of its own that has no more than 512 MB, all in the same one. */
@Tag("slow") // unpacks bombs up to the limits
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileWorkbookTest {
    /** Of the processor: on a machine that does other things too, the clock says nothing. */
    private static final long LONGEST_SECONDS = 10;

    private Process reader;
    private DataOutputStream toReader;
    private DataInputStream fromReader;
    private double slowest;

    @BeforeAll
    void start() throws IOException {
        reader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Reader.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        toReader = new DataOutputStream(reader.getOutputStream());
        fromReader = new DataInputStream(reader.getInputStream());
    }

    @AfterAll
    void stop() {
        reader.destroyForcibly();
        System.out.printf("hostile workbooks: the slowest took %.1f s of the processor%n", slowest);
    }

    @TestFactory
    Stream<DynamicTest> is_told_within_10_seconds_and_512_megabytes() {
        return HostileWorkbooks.all().entrySet().stream()
                .map(bomb -> dynamicTest(
                        bomb.getKey(),
                        () -> assertTimeoutPreemptively(Duration.ofMinutes(3), () -> check(bomb.getValue()))));
    }

    private void check(HostileWorkbooks.Bomb bomb) throws IOException {
        byte[] bytes = bomb.maker().make();
        toReader.writeInt(bytes.length);
        toReader.write(bytes);
        toReader.flush();
        double seconds = fromReader.readLong() / 1e9;
        String line = fromReader.readUTF();
        slowest = Math.max(slowest, seconds);

        if (bomb.line().isEmpty()) {
            assertThat(line).isEmpty();
        } else {
            assertThat(line).startsWith("routing.xlsx").contains(": " + bomb.line());
        }
        assertThat(seconds).isLessThan(LONGEST_SECONDS);
    }

    /** Reads workbooks from its input; answers each with the time it took and the first line it gave. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] args) throws IOException {
            var out = new DataOutputStream(System.out);
            System.setOut(new PrintStream(new ByteArrayOutputStream(), true));
            InputStream in = System.in;
            var lengths = new DataInputStream(in);
            while (true) {
                byte[] bytes = new byte[lengths.readInt()];
                lengths.readFully(bytes);
                var problems = new Problems();
                long start = processorTime();
                WorkbookReader.read("routing.xlsx", bytes, problems);
                out.writeLong(processorTime() - start);
                out.writeUTF(problems.all().stream()
                        .map(problem -> problem.line(Locale.ENGLISH))
                        .findFirst()
                        .orElse(""));
                out.flush();
            }
        }

        private static long processorTime() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    }
}
