package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import liandong.Decide;
import liandong.District;
import liandong.decision.DecisionService;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.policy.PolicyHistory;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.JournalReceipt;
import liandong.wire.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * How much work a decision, a request and an entry of the journal are, against figures that were kept: no times, which
 * depend on the machine, but what is allocated, asked and stored. More than {@link #TOLERANCE} above a figure is a regression; so
 * far below it the figure is to be renewed, so that it goes on guarding: {@code -Dwork.renew=true} does so.
 */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(WorkTest.Given.class)
@Tag("slow") // thousands of decisions, until what is allocated stays the same
class WorkTest {
    private static final Path KEPT = Path.of("src/test/resources/work.properties");

    /** What is allocated depends a little on what the JVM has compiled by then. */
    private static final double TOLERANCE = 0.25;

    private static final int WARM_UP = 3_000;
    private static final int MEASURED = 1_000;
    private static final Instant NOW = Instant.parse("2026-11-20T08:30:00Z");

    @TestConfiguration(proxyBeanMethods = false)
    static class Given {
        @Bean
        PolicyHistory policy() {
            return new OnePolicy(District::policy);
        }

        @Bean
        Clock clock() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }

        @Bean
        Database database() {
            return Stores.SQLITE.open();
        }

        @Bean
        Journal journal() {
            return Journal.off();
        }
    }

    @LocalServerPort
    private int port;

    private static String report(int n) {
        return "{\"incident\":{\"id\":\"SC-" + n
                + "\",\"reportedAt\":\"2026-11-20T16:00:00+08:00\",\"source\":\"GRID\",\"area\":\"330102001051\","
                + "\"text\":\"路灯坏了\",\"eventType\":\"STREET_LIGHT\"}}";
    }

    private static DecisionService desk() {
        return new DecisionService(District::policy, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static ThreadMXBean threads() {
        return (ThreadMXBean) ManagementFactory.getThreadMXBean();
    }

    @Test
    void a_decision_a_request_and_an_entry_are_no_more_work_than_they_were() throws Exception {
        var now = new TreeMap<String, Long>();
        now.put("decision.allocatedBytes", decision());
        now.put("decision.questionsToTables", questions());
        now.put("request.allocatedBytes", request());
        entries(now);
        if (Boolean.getBoolean("work.renew")) {
            renew(now);
        }
        var kept = new Properties();
        kept.load(new StringReader(Files.readString(KEPT)));
        var wrong = new ArrayList<String>();
        assertThat(kept.stringPropertyNames()).isEqualTo(now.keySet());
        now.forEach((name, figure) -> {
            long was = Long.parseLong(kept.getProperty(name));
            double ratio = figure / (double) was;
            if (name.endsWith("questionsToTables") ? figure != was : Math.abs(ratio - 1) > TOLERANCE) {
                wrong.add(String.format(
                        "%s was %d and is %d now. If it must be more, or is so much less, renew it: -Dwork.renew=true",
                        name, was, figure));
            }
        });
        assertThat(wrong).isEmpty();
    }

    private static void renew(Map<String, Long> now) throws IOException {
        var text = new StringWriter();
        text.write("# How much work a decision, a request and an entry of the journal are; see WorkTest.\n");
        now.forEach((name, figure) -> text.write(name + "=" + figure + "\n"));
        Files.writeString(KEPT, text.toString());
    }

    /** Bytes allocated from the text of a request to that of its answer. */
    private static long decision() throws Exception {
        DecisionService desk = desk();
        long before = 0;
        for (int i = 0; i < WARM_UP + MEASURED; i++) {
            if (i == WARM_UP) {
                before = threads().getCurrentThreadAllocatedBytes();
            }
            assertThat(desk.decide(Decide.ROUTING, Json.read(report(1))).json()).startsWith("{");
        }
        return (threads().getCurrentThreadAllocatedBytes() - before) / MEASURED;
    }

    /** How often a table is asked in a decision. */
    private static long questions() throws Exception {
        var asked = new AtomicLong();
        desk().decide(
                        Decide.ROUTING,
                        District.policy().watched((table, fact, on, singly) -> asked.incrementAndGet()),
                        Json.read(report(1)));
        return asked.get();
    }

    /** Bytes that the threads of the server allocate for a request; nothing is kept. */
    private long request() throws Exception {
        long before = 0;
        for (int i = 0; i < WARM_UP + MEASURED; i += 100) {
            if (i == WARM_UP) {
                before = ofServer();
            }
            // A hundred on a connection.
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                for (int n = 0; n < 100; n++) {
                    byte[] body = report(1).getBytes(StandardCharsets.UTF_8);
                    String last = n < 99 ? "" : "Connection: close\r\n";
                    socket.getOutputStream()
                            .write(("POST /v1/routing HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                            + last + "Content-Length: " + body.length + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().write(body);
                }
                RawHttp.Answer answers = RawHttp.read(socket);
                assertThat(answers.status()).isEqualTo(200);
                assertThat(answers.body().split("HTTP/1.1 200", -1)).hasSize(100);
            }
        }
        return (ofServer() - before) / MEASURED;
    }

    private static long ofServer() {
        long[] ids = Arrays.stream(threads().getThreadInfo(threads().getAllThreadIds()))
                .filter(each -> each != null && each.getThreadName().startsWith("http-nio"))
                .mapToLong(ThreadInfo::getThreadId)
                .toArray();
        return Arrays.stream(threads().getThreadAllocatedBytes(ids)).sum();
    }

    /** Bytes that who answers allocates for an entry, and that an entry takes of the store with all indexes. */
    private static void entries(Map<String, Long> now) throws Exception {
        String file = Stores.SQLITE.fresh();
        var answered = desk().decide(Decide.ROUTING, Json.read(report(1)));
        try (Database database = Database.open(file, null, null)) {
            long before = 0;
            long empty = size(database, file);
            try (Journal journal =
                    Journal.in(database, Keeping.REQUIRED, Personal.kept(), Clock.fixed(NOW, ZoneOffset.UTC), "work")) {
                List<JournalReceipt> waiting = new ArrayList<>();
                for (int i = 0; i < WARM_UP + MEASURED; i++) {
                    if (i == WARM_UP) {
                        before = threads().getCurrentThreadAllocatedBytes();
                    }
                    waiting.add(journal.keep(answered, "work").receipt());
                    if (waiting.size() == 100) {
                        waiting.forEach(JournalReceipt::await);
                        waiting.clear();
                    }
                }
                now.put("entry.allocatedBytes", (threads().getCurrentThreadAllocatedBytes() - before) / MEASURED);
            }
            now.put("entry.storedBytes", (size(database, file) - empty) / (WARM_UP + MEASURED));
        }
    }

    private static long size(Database database, String file) throws IOException {
        database.sql().sql("PRAGMA wal_checkpoint(TRUNCATE)").query().listOfRows();
        return Files.size(Path.of(file));
    }
}
