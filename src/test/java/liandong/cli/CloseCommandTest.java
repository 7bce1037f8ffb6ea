package liandong.cli;

import static liandong.cli.Commands.piped;
import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CloseCommandTest {
    private static final String LAMP = "{\"incident\":{\"id\":\"A-1\",\"reportedAt\":\"2026-11-16T16:00:00+08:00\","
            + "\"source\":\"网格\",\"area\":\"330102\",\"text\":\"巷口路灯不亮\",\"eventType\":\"路灯故障\"},"
            + "\"severity\":\"一般\",\"urgency\":\"一般\",\"lead\":\"区城市管理局(区综合行政执法局)\","
            + "\"stages\":[{\"name\":\"修复\",\"due\":\"2026-11-18T17:30:00+08:00\"}],"
            + "\"handling\":{\"concludedAt\":\"2026-11-18T09:00:00+08:00\"}}";

    @TempDir
    private Path folder;

    private static List<JsonNode> answers(Commands.Run run) {
        return run.out().lines().map(CloseCommandTest::json).toList();
    }

    private static JsonNode json(String line) {
        try {
            return Json.read(line);
        } catch (BadRequestException e) {
            throw new AssertionError(line, e);
        }
    }

    @Test
    void a_case_gets_its_whole_answer() {
        var run = piped(LAMP, "close", "-", "--lang", "en");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()
                        .replaceFirst("\"decisionId\":\"[^\"]+\"", "\"decisionId\":\"…\"")
                        .replace(Commands.DISTRICT.version(), "…"))
                .isEqualTo("""
                        {"decisionId":"…","incidentId":"A-1","stage":"CONCLUDING","outcome":"REDO","reason":"INCOMPLETE",\
                        "missing":{"stages":["修复"],"proofs":["PHOTO"]},"redo":{"number":1,"by":{"code":"URBAN_MANAGEMENT","label":"区城市管理局(区综合行政执法局)"},"limit":"3 工作日","due":"2026-11-23T17:30:00+08:00","row":"RDO-0002"},"nextReviewAt":"2026-11-23T17:30:00+08:00",\
                        "policy":{"version":"…","label":"stock"},"decidedAt":"2026-11-20T16:30:00+08:00","because":[\
                        {"rule":"CLO-010","title":"尚有阶段未办结，已经到期、重办未完的，不予认可，不论回访结果如何","source":"上城区网组片联动管理：办结、回访、评估环环相扣","confirmed":true},\
                        {"rule":"CLO-020","title":"缺少办结佐证表所列、没有免交的佐证的，不予认可，不论回访结果如何；还没有到办结的时候的，到时再要","source":"默认值，推定","row":"EVI-0001","at":"closure.xlsx 办结佐证!A3","says":"性质 部件 → 佐证 现场照片","confirmed":false},\
                        {"rule":"CLO-300","title":"不予认可、不能只补正、重办未达次数上限的，限期重办","source":"shqp.gov.cn 青夏街〔2022〕22号（重办 3 工作日，单位负责人参与）；最多次数为推定","row":"RDO-0002","at":"closure.xlsx 重办!A4","says":"其余 → 时限 3 工作日，最多次数 2","confirmed":false}],"unconfirmed":["EVI-0001","RDO-0002"]}
                        """);
        assertThat(run.err()).isEqualTo("Answered: 1 (redo 1). Problems: 0.\n");
    }

    @Test
    void a_broken_line_gets_its_own_problem_and_the_others_their_answers_in_their_order() throws IOException {
        Path cases = Files.writeString(
                folder.resolve("cases.ndjson"), LAMP + "\n{\"incident\":\n" + LAMP.replace("A-1", "A-2") + "\n");

        var run = run("close", cases, "--lang", "zh");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(answers(run)).hasSize(3);
        assertThat(answers(run).get(1).at("/problems/0/code").asString()).isEqualTo("BAD_JSON");
        assertThat(answers(run).get(1).at("/line").asInt()).isEqualTo(2);
        assertThat(answers(run).get(2).at("/incidentId").asString()).isEqualTo("A-2");
        assertThat(run.err()).isEqualTo("已答复 2 件 (重办 2)，有问题 1 行。\n");
    }

    @Test
    void near_misses_are_told_on_request_only() {
        assertThat(answers(piped(LAMP, "close", "-")).get(0).has("nearMisses")).isFalse();
        assertThat(answers(piped(LAMP, "close", "-", "--explain")).get(0).has("nearMisses"))
                .isTrue();
    }

    @Test
    void a_policy_without_closure_tables_says_that_it_does_not_decide() {
        var run = piped(LAMP, "close", "-", "--policy", "src/test/resources/policies/nyc311");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(answers(run).get(0).at("/problems/0/code").asString()).isEqualTo("NOT_DECIDED");
    }
}
