package liandong.cli;

import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class SaveAsScenarioTest {
    private static final String REPORT = """
            {"incident": {"id": "SC-1", "reportedAt": "2026-11-20T16:30:00+08:00", "source": "GRID", \
            "area": "330102001051", "text": "楼上漏水，与邻居争执三个月", "residentsOnly": true}, \
            "now": "2026-11-20T16:30:00+08:00"}
            """;
    private static final String OPEN = """
            {"incident": {"id": "SC-2", "reportedAt": "2026-11-02T08:30:00+08:00", "source": "GRID", \
            "area": "330102001051", "eventType": "路灯故障"}, "severity": "GENERAL", "urgency": "NORMAL", \
            "assignedAt": "2026-11-02T09:00:00+08:00", "lead": "区民政局", "stages": [{"name": "修复", \
            "limit": "5 工作日", "due": "2026-11-09T17:30:00+08:00"}], "events": [{"kind": "ACCEPTED", \
            "at": "2026-11-02T09:05:00+08:00"}], "now": "2026-11-05T08:45:00+08:00"}
            """;
    private static final String DONE = """
            {"incident": {"id": "SC-3", "reportedAt": "2026-11-20T16:30:00+08:00", "source": "GRID", \
            "area": "330102001051", "eventType": "暴露垃圾"}, "severity": "GENERAL", "urgency": "NORMAL", \
            "lead": "区城市管理局(区综合行政执法局)", "stages": [{"name": "清理", "due": "2026-11-25T17:30:00+08:00"}], \
            "handling": {"concludedAt": "2026-11-25T09:00:00+08:00"}, "now": "2026-11-27T10:00:00+08:00"}
            """;
    private static final String CASE = """
            {"incident": {"id": "SC-4", "body": "区民政局", "eventType": "暴露垃圾", "source": "GRID", \
            "reportedAt": "2026-11-02T08:30:00+08:00", "events": [{"kind": "ASSIGNED", \
            "at": "2026-11-02T09:00:00+08:00"}]}, "now": "2026-11-27T10:00:00+08:00"}
            """;
    private static final String PERIODS = """
            {"periods": [{"body": "区民政局", "counts": {"due": 100, "closed": 95, "onTime": 80}}, \
            {"body": "区教育局", "counts": {"due": 50, "closed": 40, "onTime": 30}}], "now": "2026-12-02T09:00:00+08:00"}
            """;

    @TempDir
    private Path folder;

    @Test
    void every_kind_of_answer_can_be_kept_and_still_passes() throws IOException {
        Path kept = folder.resolve("kept.xlsx");

        var routed = run("route", file("r.ndjson", REPORT + REPORT), "--save-as-scenario", kept, "--lang", "en");
        var escalated = run("escalate", file("e.ndjson", OPEN), "--save-as-scenario", kept, "--lang", "en");
        var closed = run("close", file("c.ndjson", DONE), "--save-as-scenario", kept, "--lang", "en");
        var scored = run("score", file("s.ndjson", CASE + PERIODS), "--save-as-scenario", kept, "--lang", "en");
        var explained = run("explain", file("x.json", OPEN), "--save-as-scenario", kept, "--lang", "en");

        assertThat(routed.err()).contains("2 cases kept in " + kept + ": RR-0001 to RR-0002, all to be confirmed.");
        assertThat(escalated.err()).contains("ER-0001 to ER-0001");
        assertThat(closed.err()).contains("CR-0001 to CR-0001");
        assertThat(scored.err()).contains("2 cases kept in " + kept + ": SR-0001 to PR-0001");
        assertThat(explained.err()).contains("ER-0002 to ER-0002");
        var tested = run("test", "--scenarios", kept, "--lang", "en");
        assertThat(tested.out()).contains("7 cases: 7 passed, 0 failed, 0 cannot be understood; 7 unconfirmed.");
        assertThat(tested.exitCode()).isZero();
    }

    @Test
    void a_request_that_is_refused_is_not_kept() throws IOException {
        Path kept = folder.resolve("kept.xlsx");

        var run = run("route", file("r.ndjson", "{\"id\": 1}\n"), "--save-as-scenario", kept, "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(kept + ": nothing was answered that could be kept.");
        assertThat(kept).doesNotExist();
    }

    @Test
    void decisions_as_they_were_recorded_become_cases_and_faulty_ones_are_told_of() throws Exception {
        Path kept = folder.resolve("kept.xlsx");
        String answer = run("route", file("r.ndjson", REPORT)).out();
        var decision = Json.object().put("kind", "ROUTING");
        decision.set("request", Json.read(REPORT));
        decision.set("answer", Json.read(answer));

        var run = run(
                "record",
                file("d.ndjson", Json.write(decision) + "\n{\"kind\": \"SORTING\", \"request\": {}}\n"),
                "--scenarios",
                kept,
                "--lang",
                "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("1 cases kept in " + kept + ": RR-0001 to RR-0001");
        assertThat(problems(run.out())).isEqualTo("""
                [{"pointer":"/kind","code":"UNKNOWN_CHOICE"},{"pointer":"/answer","code":"MISSING_FIELD"}]""");
        assertThat(run("test", "--scenarios", kept, "--lang", "en").exitCode()).isZero();
    }

    private static String problems(String line) throws BadRequestException {
        var problems = Json.read(line).get("problems").deepCopy();
        problems.forEach(each -> {
            ((ObjectNode) each).remove("message");
            ((ObjectNode) each).remove("help");
        });
        return Json.write(problems);
    }

    @Test
    void a_file_that_is_no_workbook_is_left_as_it_is() throws IOException {
        Path notes = file("notes.xlsx", "not a workbook");

        var run = run("route", file("r.ndjson", REPORT), "--save-as-scenario", notes, "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("notes.xlsx");
        assertThat(notes).hasContent("not a workbook");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
