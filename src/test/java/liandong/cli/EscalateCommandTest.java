package liandong.cli;

import static liandong.cli.Commands.piped;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EscalateCommandTest {
    private static final String QUARREL =
            "{\"incident\":{\"id\":\"SC-2026-000123\",\"reportedAt\":\"2026-11-12T16:30:00+08:00\",\"source\":\"GRID\",\"area\":\"330102001051\",\"text\":\"楼上漏水，与邻居争执三个月\",\"eventType\":\"NEIGHBOUR_DISPUTE\"},\"severity\":\"GENERAL\",\"urgency\":\"NORMAL\",\"assignedAt\":\"2026-11-12T16:30:00+08:00\",\"lead\":\"330102001051\",\"stages\":[{\"name\":\"调解\",\"limit\":\"7 工作日\",\"due\":\"2026-11-23T17:30:00+08:00\"}],\"events\":[{\"kind\":\"ACCEPTED\",\"at\":\"2026-11-12T17:00:00+08:00\"}]}";
    private static final String NOW = "2026-11-20T16:30:00+08:00";

    @Test
    void every_line_gets_an_answer_or_a_problem_and_the_count_is_told() {
        var run = piped(QUARREL + "\n{}\n" + QUARREL, "escalate", "-", "--now", NOW, "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines().toList()).hasSize(3);
        assertThat(run.out().lines().toList().get(0)).contains("\"action\":\"BLUE_CARD\"", "\"rows\":[\"LIM-0002\"]");
        assertThat(run.out().lines().toList().get(1)).contains("MISSING_FIELD");
        assertThat(run.err()).contains("Answered: 2 (act 2). Problems: 1.");
    }

    @Test
    void explain_tells_a_case_in_progress_for_a_person_to_read() {
        var run = piped(QUARREL, "explain", "-", "--now", NOW, "--lang", "zh");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("结果  要采取的措施：1 项。\n")
                .containsSubsequence(
                        "  • 蓝牌：清波门社区；阶段 调解；自 2026-11-20 14:18 起\n",
                        "  阶段 调解，2026-11-23 17:30 到期。\n",
                        "  没有新情形的，此前不变，至迟 2026-11-23 17:30 再行复核。\n",
                        "依据待确认的有：LIM-0001、LIM-0002",
                        "← ESC-100 ",
                        "escalation.xlsx 时限督办!A4",
                        "← ESC-500 ",
                        "SC-2026-000123，政策 stock ")
                .endsWith("决定于 2026-11-20 16:30\n");
    }

    @Test
    void explain_tells_a_concluded_case_and_a_score_too() {
        String closing = QUARREL.replaceFirst("\"assignedAt\":\"[^\"]*\",", "")
                        .replaceFirst(",\"events\":.*", "")
                        .replace(
                                "\"due\":\"2026-11-23T17:30:00+08:00\"",
                                "\"due\":\"2026-11-23T17:30:00+08:00\",\"doneAt\":\"2026-11-18T11:00:00+08:00\"")
                + ",\"handling\":{\"concludedAt\":\"2026-11-18T15:00:00+08:00\",\"proofs\":[\"SIGNED_RECORD\"]}}";
        String scoring =
                "{\"id\":\"S-1\",\"reportedAt\":\"2026-11-01T09:00:00+08:00\",\"body\":\"清波门社区\",\"events\":[{\"kind\":\"SUPERVISED\",\"at\":\"2026-11-02T09:00:00+08:00\"}]}";
        String period = "{\"periods\":[{\"counts\":{\"due\":972,\"closed\":911,\"onTime\":737}}]}";

        assertThat(piped(closing, "explain", "-", "--now", NOW, "--lang", "en").out())
                .startsWith("Outcome  accept (complete).\n  Lot 813 is among the 30 % that are followed up.\n")
                .contains("CLO-100", "SMP-0008");
        assertThat(piped(scoring, "explain", "-", "--now", NOW, "--lang", "en").out())
                .startsWith("Outcome  Score 88.00 out of 100")
                .contains("SCC-");
        assertThat(piped(period, "explain", "-", "--now", NOW, "--lang", "en").out())
                .startsWith("Outcome  Score 90.00 out of 90.00.\n")
                .contains("SCO-210", "SCP-001");
    }
}
