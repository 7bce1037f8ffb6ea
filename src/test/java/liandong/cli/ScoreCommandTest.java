package liandong.cli;

import static liandong.cli.Commands.piped;
import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScoreCommandTest {
    private static final String CASE = "{\"id\":\"C-1\",\"reportedAt\":\"2026-11-02T09:00:00+08:00\",\"body\":\"区司法局\","
            + "\"events\":[{\"kind\":\"催办\",\"at\":\"2026-11-05T09:00:00+08:00\"}]}";
    private static final String PERIOD = "{\"periods\":[{\"counts\":{\"due\":972,\"closed\":911,\"onTime\":737}}]}";

    @Test
    void the_published_figures_give_the_published_rates_and_the_points_the_rule_implies() {
        var run = run("score", "--due", 972, "--closed", 911, "--on-time", 737, "--lang", "en");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("""
                Rates
                  on time rate                    75.82 %  (737 of 972)
                  closure rate                    93.72 %  (911 of 972)

                Points
                  on time                         50.00
                  closure                         20.00
                  urgent                          10.00
                  rework                           5.00
                  leader media                     5.00
                  Total                           90.00  out of 90.00
                """);
        assertThat(run.out()).contains("has to score it: organisation, supervision", "SCO-110", "SCP-001");
    }

    @Test
    void a_period_below_the_thresholds_shows_what_each_row_takes() {
        var run = run("score", "--due", 100, "--closed", 80, "--on-time", 60, "--body", "区司法局", "--lang", "zh");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("按期结案                        40.00", "结案                            10.00");
        assertThat(run.out()).contains(" -10.00  指标  SCP-101 指标 按期结案率");
    }

    @Test
    void impossible_counts_are_refused_with_their_names() {
        var run = run("score", "--due", 10, "--closed", 11, "--on-time", 12, "--body", "区司法剧", "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("This period cannot be scored; 1 to mend", "/periods/0/body: UNKNOWN_CODE", "区司法局?");
        assertThat(run("score", "--due", 10, "--closed", 11, "--on-time", 12, "--lang", "en")
                        .err())
                .contains(
                        "/periods/0/counts/closed: IMPOSSIBLE_COUNT: closed (11) cannot be more than due - deferred (10).")
                .contains("/periods/0/counts/onTime: IMPOSSIBLE_COUNT: onTime (12) cannot be more than closed (11).");
    }

    @Test
    void cases_and_periods_of_a_stream_are_each_answered_on_their_own_line() {
        var run = piped(CASE + "\n{\"periods\":[]}\n" + PERIOD + "\n", "score", "-", "--lang", "en");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines()).hasSize(3);
        assertThat(run.out().lines().toList().get(0)).contains("\"incidentId\":\"C-1\"", "\"score\":88.00");
        assertThat(run.out().lines().toList().get(1))
                .contains("\"pointer\":\"/periods\"", "MISSING_FIELD", "\"line\":2");
        assertThat(run.out().lines().toList().get(2)).contains("\"score\":90.00", "\"rate\":93.72", "\"rate\":75.82");
        assertThat(run.err()).isEqualTo("Scored: 2. Problems: 1.\n");
    }

    @Test
    void a_file_and_counts_together_or_neither_is_a_usage_error() {
        assertThat(run("score", "--lang", "en").err()).startsWith("Give either FILE, or all of");
        assertThat(run("score", "x.ndjson", "--due", 3).exitCode()).isEqualTo(2);
        assertThat(run("score", "--due", 3, "--closed", 3).exitCode()).isEqualTo(2);
    }
}
