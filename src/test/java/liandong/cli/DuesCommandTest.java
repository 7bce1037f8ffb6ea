package liandong.cli;

import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import liandong.Decide;
import liandong.cli.Commands.Run;
import liandong.decision.DecisionService;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.publication.LivePolicies;
import liandong.store.Database;
import liandong.wire.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("slow") // compiles the stock rules
class DuesCommandTest {
    private static final String[] OF_2026 = {
        "2026-01-01", "2026-02-16", "2026-04-05", "2026-05-01", "2026-06-19", "2026-09-25", "2026-10-01"
    };
    private static final String[] OF_2027 = {
        "2027-01-01", "2027-02-05", "2027-04-05", "2027-05-01", "2027-06-09", "2027-09-15", "2027-10-01"
    };

    @TempDir
    private Path folder;

    private Path store;

    private static TinyPolicy policy() {
        return TinyPolicy.complete()
                .sheet("calendar.xlsx", "节假日", new String[] {"年度 Year", "日期 Date", "名称 Name", "类型 Type"})
                .announced(2026, OF_2026)
                .byLaw();
    }

    /** The notice of 2027 has Monday the 4th of January off, which the law does not. */
    private static TinyPolicy announced() {
        return policy().announced(2027, OF_2027).row("calendar.xlsx", "节假日", "2027", "2027-01-04", "元旦", "休");
    }

    @BeforeEach
    void decide() throws Exception {
        store = folder.resolve("liandong.db");
        var clock = Clock.fixed(Instant.parse("2026-12-31T02:00:00Z"), ZoneOffset.UTC);
        try (Database database = Database.open(store.toString(), null, null)) {
            LivePolicies.beginning(policy().files(), database).close();
            Policy live = policy().load();
            var desk = new DecisionService(() -> live, clock);
            // What the reporters wrote is masked: it is not needed.
            try (Journal journal =
                    Journal.in(database, Keeping.REQUIRED, Personal.masked(Personal.FIELDS), clock, "liandong test")) {
                for (String request : List.of(
                        report("PASSED", "2026-12-01T10:00:00+08:00", ""),
                        report("OPEN", "2026-12-31T10:00:00+08:00", ""),
                        report("MERGED", "2026-12-31T10:00:00+08:00", ""),
                        report("MERGED", "2026-12-31T11:00:00+08:00", ", \"sameAs\": \"OPEN\""),
                        report("EARLIER", "2026-12-22T10:00:00+08:00", ""))) {
                    journal.keep(desk.decide(Decide.ROUTING, Json.read(request)), "grid")
                            .receipt()
                            .await();
                }
            }
        }
    }

    private static String report(String id, String now, String more) {
        return """
                {"incident": {"id": "%s", "reportedAt": "%s", "source": "GRID", "area": "330102001001",
                  "text": "路面坑洞"%s}, "now": "%2$s"}""".formatted(id, now, more);
    }

    private Path draft() throws Exception {
        return KeptStore.written(announced().files(), folder.resolve("draft"));
    }

    @Test
    void open_decisions_whose_due_times_move_are_listed_and_no_others() throws Exception {
        Path draft = draft();

        Run english =
                run("dues", "--store", store, "--policy", draft, "--now", "2026-12-31T12:00:00+08:00", "--lang", "en");
        assertThat(english.err()).isEmpty();
        assertThat(english.out()).isEqualTo("""
                Open decisions whose due times move by the calendar of draft: 1 of 1
                  • OPEN, 修复: 2027-01-08 17:30 (provisional) → 2027-01-11 17:30
                """);
        assertThat(english.exitCode()).isEqualTo(1);
        assertThat(run(
                                "dues",
                                "--store",
                                store,
                                "--policy",
                                draft,
                                "--now",
                                "2026-12-31T12:00:00+08:00",
                                "--lang",
                                "zh")
                        .out())
                .isEqualTo("""
                按draft的日历，在办决定 1 件，到期时间变动的 1 件
                  • OPEN，修复：2027-01-08 17:30（暂定）→ 2027-01-11 17:30
                """);
    }

    @Test
    void programs_get_the_same_as_json() throws Exception {
        Run run = run("dues", "--store", store, "--policy", draft(), "--now", "2026-12-31T12:00:00+08:00", "--json");

        JsonNode json = Json.read(run.out());
        assertThat(json.path("open").intValue()).isEqualTo(1);
        assertThat(json.path("moved")).hasSize(1);
        JsonNode moved = json.path("moved").get(0);
        assertThat(moved.path("incidentId").stringValue()).isEqualTo("OPEN");
        assertThat(moved.path("stage").stringValue()).isEqualTo("修复");
        assertThat(moved.path("due").stringValue()).isEqualTo("2027-01-08T17:30:00+08:00");
        assertThat(moved.path("provisional").booleanValue()).isTrue();
        assertThat(moved.path("newDue").stringValue()).isEqualTo("2027-01-11T17:30:00+08:00");
        assertThat(moved.path("stillProvisional").booleanValue()).isFalse();
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void by_the_live_policy_nothing_moves() {
        Run run = run("dues", "--store", store, "--now", "2026-12-31T12:00:00+08:00", "--lang", "en");

        assertThat(run.out()).isEqualTo("Open decisions whose due times move by the calendar of tiny: 0 of 1\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void what_was_due_is_not_open_any_more_and_what_is_still_to_be_is() throws Exception {
        assertThat(run("dues", "--store", store, "--policy", draft(), "--now", "2027-01-08T17:30:00+08:00")
                        .exitCode())
                .isZero();
        Run before = run("dues", "--store", store, "--policy", draft(), "--now", "2026-12-25T09:00:00+08:00", "--json");
        assertThat(Json.read(before.out()).path("open").intValue())
                .as("EARLIER was due on 12-29, which does not move")
                .isEqualTo(2);
        assertThat(Json.read(before.out()).path("moved")).hasSize(1);
    }

    @Test
    void a_calendar_that_does_not_reach_so_far_is_told_of() throws Exception {
        Path short2026 =
                KeptStore.written(policy().without("calendar.xlsx", "法定假日").files(), folder.resolve("short"));

        Run run = run(
                "dues", "--store", store, "--policy", short2026, "--now", "2026-12-31T12:00:00+08:00", "--lang", "en");

        assertThat(run.out()).endsWith("OPEN, 修复: 2027-01-08 17:30 (provisional) → beyond the calendar\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void what_is_called_wrongly_is_told() {
        assertThat(run("dues", "--store", folder.resolve("none.db")).exitCode()).isEqualTo(2);
        assertThat(run("dues", "--store", store, "--policy", "99").exitCode()).isEqualTo(2);
        assertThat(run("dues", "--store", store, "--now", "soon").exitCode()).isEqualTo(2);
    }
}
