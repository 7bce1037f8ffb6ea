package liandong.console;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyHistory;
import liandong.publication.LivePolicies;
import liandong.publication.PolicyLifecycle;
import liandong.stock.Reports;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.web.WebConfiguration;
import liandong.wire.Json;
import liandong.workbook.Editable;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Sheet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * How long the pages about decisions take over 100,000 of them. Run by {@code mvn test -Dexcluded.tags=fuzz
 * -Dtest=ConsoleMeasurement}; takes a minute or two and prints.
 */
@Tag("measure")
@SpringBootTest(
        classes = {WebConfiguration.class, ConsoleConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ConsoleMeasurement.Server.class)
class ConsoleMeasurement {
    private static final int DISTINCT = 400;
    private static final int COPIES = 250;
    /** How long somebody looks at a change before asking what it would have changed, in seconds. */
    private static final int LOOKING = 5;

    @LocalServerPort
    private int port;

    @Autowired
    private Keys keys;

    @Autowired
    private Database database;

    @Autowired
    private PolicyLifecycle life;

    /** The stock policy over an empty store. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Server {
        @Bean
        Database database() {
            return Stores.SQLITE.open();
        }

        @Bean
        PolicyHistory policy(Database database) {
            return LivePolicies.beginning(PolicyFiles.stock(), database);
        }

        @Bean
        MovingClock clock() {
            return new MovingClock(Clock.systemUTC());
        }
    }

    @Test
    void pages_over_a_hundred_thousand_decisions() throws Exception {
        String hotline = keys.add("热线", Set.of(Role.CALLER), "运维");
        for (int i = 0; i < DISTINCT; i++) {
            ReadingServer.rest(port, hotline, "POST", "/v1/routing", Json.write(Reports.report(i)));
        }
        long month = Duration.ofDays(29).toMillis();
        for (int i = 1; i < COPIES; i++) {
            String at = "kept_at - " + month * i / COPIES;
            String no = "no + " + 1_000_000L * i;
            String from = " WHERE no % 1099511627776 <= " + DISTINCT;
            String copy = "-" + i;
            database.transact(() -> database.sql()
                    .sql("INSERT INTO decision (no, id, kept_at, kind, subject, outcome, policy, caller, personal,"
                            + " request, answer, marks, packed, hash) SELECT " + no + ", id || '" + copy + "', " + at
                            + ", kind, subject || '"
                            + copy
                            + "', outcome, policy, caller, personal, request, answer, marks, packed, hash FROM decision"
                            + from)
                    .update());
            database.transact(() -> database.sql()
                    .sql("INSERT INTO decision_term SELECT term, " + at + ", " + no + " FROM decision_term" + from)
                    .update());
        }
        System.out.println(database.sql()
                        .sql("SELECT count(*) FROM decision")
                        .query(Long.class)
                        .single() + " decisions, "
                + database.sql()
                        .sql("SELECT count(*) FROM decision_term")
                        .query(Long.class)
                        .single() + " terms");
        Visitor visitor = Visitor.signedIn(port, keys.add("都", Set.of(Role.AUDITOR, Role.OFFICER, Role.TESTER), "运维"));
        for (String path : new String[] {
            "/console/desk",
            "/console/archive",
            "/console/archive?outcome=MANUAL_TRIAGE&desk=left",
            "/console/watch?period=DAY",
            "/console/watch?period=WEEK",
            "/console/watch?period=MONTH",
            "/console/scenarios",
            "/console/watch/scores",
            "/console/policy",
            "/console/policy/table?sheet=%E4%BE%8B%E5%8F%A5",
            "/console/policy/table/fates?sheet=%E4%BE%8B%E5%8F%A5",
            "/console/policy/table/fates?sheet=%E6%B4%BE%E5%8D%95%E7%9B%AE%E5%BD%95",
            "/console/scenarios/weak",
            "/console/policy/graph"
        }) {
            var times = new StringBuilder();
            for (int i = 0; i < 3; i++) {
                long begun = System.nanoTime();
                int status = visitor.get(path).statusCode();
                times.append(
                        String.format(Locale.ROOT, " %d ms (%d)", (System.nanoTime() - begun) / 1_000_000, status));
            }
            System.out.println(path + times);
        }
        impact();
    }

    /** The cells of the column 牵头. */
    private static List<Cell> leads(Sheet sheet) {
        int column = -1;
        for (Cell header : sheet.getRow(1)) {
            column = header.toString().startsWith("牵头") ? header.getColumnIndex() : column;
        }
        var leads = new ArrayList<Cell>();
        for (int row = 2; row <= sheet.getLastRowNum(); row++) {
            Cell cell = sheet.getRow(row) == null ? null : sheet.getRow(row).getCell(column);
            if (cell != null) {
                leads.add(cell);
            }
        }
        return leads;
    }

    /** How soon the first figures of a change's impact over 10,000 decisions are on its page, and when the last. */
    private void impact() throws Exception {
        Visitor editor = Visitor.signedIn(port, keys.add("编", Set.of(Role.EDITOR), "运维"));
        PolicyFiles stock = PolicyFiles.stock();
        String table = "decision-tables/routing.xlsx";
        byte[] edited = Editable.edit(
                "routing.xlsx", Objects.requireNonNull(stock.files().get(table)), problem -> {}, workbook -> {
                    // What the body with most rows leads, the next one leads: an edit that flips many decisions.
                    List<Cell> leads = leads(workbook.getSheet("派单目录"));
                    Map<String, Long> counts =
                            leads.stream().collect(Collectors.groupingBy(Cell::toString, Collectors.counting()));
                    List<String> most = counts.keySet().stream()
                            .filter(each -> !each.isEmpty())
                            .sorted(Comparator.comparing(each -> -counts.getOrDefault(each, 0L)))
                            .limit(2)
                            .toList();
                    leads.stream()
                            .filter(cell -> cell.toString().equals(most.get(0)))
                            .forEach(cell -> cell.setCellValue(most.get(1)));
                    return Editable.bytes(workbook);
                });
        var files = new TreeMap<>(stock.files());
        files.put(table, Objects.requireNonNull(edited));
        String change = "/console/changes/"
                + life.propose(new PolicyFiles("换牵头", files), "编").no();
        String address = change + "/impact";
        // As somebody does who opens the page, looks at what differs, and then asks.
        editor.get(change);
        editor.get(address);
        Thread.sleep(Duration.ofSeconds(LOOKING).toMillis());
        for (int round = 1; round <= 2; round++) {
            long begun = System.nanoTime();
            editor.post(address, Map.of("most", "10000"));
            long begins = (System.nanoTime() - begun) / 1_000_000;
            String first = "";
            long asked = System.nanoTime();
            String page = editor.get(address).body();
            long shows = (System.nanoTime() - asked) / 1_000_000;
            while (page.contains("impact-stop")) {
                if (first.isEmpty() && page.contains("class=\"big\"")) {
                    first = String.format(Locale.ROOT, "%d ms", (System.nanoTime() - begun) / 1_000_000);
                }
                Thread.sleep(50);
                page = editor.get(address).body();
            }
            String big = page.substring(page.indexOf("class=\"big\"") + 12);
            System.out.printf(
                    Locale.ROOT,
                    "impact, round %d: begun after %d ms, the page shown in %d ms, first figures after %s, all after %d"
                            + " ms: %s%n",
                    round,
                    begins,
                    shows,
                    first,
                    (System.nanoTime() - begun) / 1_000_000,
                    big.substring(0, big.indexOf('<')));
        }
    }
}
