package liandong.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells whether anything that was typed into a cell has run. Its name is in every payload. */
public final class Canary {
    /** What a payload sets. */
    static final String PROPERTY = "liandong.canary";
    /** What a payload writes. */
    static final Path FILE = Path.of("target", "canary");

    private static final AtomicInteger HITS = new AtomicInteger();

    private Canary() {}

    /** What a payload calls. */
    public static boolean hit() {
        HITS.incrementAndGet();
        return true;
    }

    static int hits() {
        return HITS.get();
    }

    static void reset() {
        HITS.set(0);
        System.clearProperty(PROPERTY);
    }

    static void assertSilent() {
        assertThat(HITS.get()).as("payloads that ran").isZero();
        assertThat(System.getProperty(PROPERTY)).as("property set by a payload").isNull();
        assertThat(Files.exists(FILE)).as("file written by a payload").isFalse();
    }
}
