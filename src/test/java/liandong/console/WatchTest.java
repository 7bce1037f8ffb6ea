package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.journal.Tallies;
import liandong.journal.Tallies.Span;
import liandong.store.Database;
import liandong.web.WebConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** The watch: figures of what was decided, each of which leads to its list. */
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ReadingServer.class)
@DirtiesContext // keys stay for ever
class WatchTest {
    private static final Pattern FIGURE = Pattern.compile(
            "<span class=\"figure-name\">([^<]*)</span>\\s*(?:<a class=\"figure-value\" href=\"([^\"]*)\"[^>]*|"
                    + "<span class=\"figure-value\")>(\\d+)<");

    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    @Autowired
    private Database database;

    private String hotline = "";
    private Visitor auditor = new Visitor(0);

    @BeforeEach
    void a_hotline_and_an_auditor() throws Exception {
        ReadingServer.forget(database);
        hotline = keys.add("热线平台", Set.of(Role.CALLER), "运维");
        auditor = Visitor.signedIn(port, keys.add("审计员", Set.of(Role.AUDITOR), "运维"));
    }

    @Test
    void figures_count_what_was_decided_and_lead_to_its_list() throws Exception {
        assertThat(auditor.get("/console/watch").body()).contains("这段时间没有决定");
        ReadingServer.report(port, hotline, "A-1", ReadingServer.HOLE);
        ReadingServer.report(port, hotline, "A-2", ReadingServer.HOLE);
        ReadingServer.report(port, hotline, "A-3", ReadingServer.DANGER);

        for (String period : List.of("DAY", "WEEK", "MONTH", "nonsense")) {
            String page = auditor.get("/console/watch?period=" + period).body();
            Matcher figures = FIGURE.matcher(page);
            var found = new LinkedHashMap<String, String>();
            String danger = "";
            while (figures.find()) {
                found.put(figures.group(1), figures.group(3));
                danger = figures.group(1).equals("可能有危险") ? figures.group(2) : danger;
            }
            assertThat(found)
                    .as(period)
                    .containsEntry("研判交办", "3")
                    .containsEntry("转人工", "1")
                    .containsEntry("可能有危险", "1")
                    .containsEntry("退单", "0");
            String list = auditor.get(danger.replace("&amp;", "&")).body();
            assertThat(list).contains("A-3<").doesNotContain("A-1<").doesNotContain("A-2<");
        }
        String page = auditor.get("/console/watch").body();
        assertThat(page)
                .contains("路面坑洞")
                .contains("主办局")
                .contains("东街道")
                .contains("<code>D-1</code>")
                .contains("W-8");
    }

    @Test
    void who_may_not_read_the_archive_sees_figures_without_their_lists() throws Exception {
        ReadingServer.report(port, hotline, "A-1", ReadingServer.HOLE);
        Visitor editor = Visitor.signedIn(port, keys.add("编制员", Set.of(Role.EDITOR), "运维"));

        assertThat(editor.get("/console/watch").body()).contains("研判交办").doesNotContain("/console/archive");
    }

    @Test
    void tallies_keep_to_their_span_and_to_hours_and_days_of_the_place() throws Exception {
        var tallies = new Tallies(database);
        ZoneId zone = ZoneId.of("Asia/Shanghai");
        Instant at = Instant.parse("2026-03-01T15:59:59.999Z"); // a moment before midnight there
        database.sql().sql("INSERT INTO term (no, name) VALUES (999, 'x')").update();
        for (Instant each : List.of(at, at.plusMillis(1), at.plus(Duration.ofHours(1)))) {
            database.sql()
                    .sql("INSERT INTO decision_term (term, kept_at, no) VALUES (?, ?, ?)")
                    .params(999, each.toEpochMilli(), each.toEpochMilli())
                    .update();
        }
        var span = new Span(at, at.plus(Duration.ofHours(1)));

        assertThat(tallies.of(List.of("x", "y", "x"), span)).isEqualTo(Map.of("x", 2L));
        assertThat(tallies.of("x", List.of("x", "y"), span)).isEqualTo(Map.of("x", 2L));
        assertThat(tallies.of("x", span, Duration.ofDays(1), zone))
                .isEqualTo(
                        Map.of(Instant.parse("2026-02-28T16:00:00Z"), 1L, Instant.parse("2026-03-01T16:00:00Z"), 1L));
    }
}
