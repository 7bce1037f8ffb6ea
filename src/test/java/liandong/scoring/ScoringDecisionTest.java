package liandong.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import liandong.engine.Clash;
import liandong.engine.Evidence;
import liandong.engine.Finding;
import liandong.engine.Reason;
import liandong.policy.RuleRef;
import liandong.table.RowRef;
import liandong.table.RowStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoringDecisionTest {
    private static final RowRef ROW = new RowRef("X-1", "t.xlsx", "表", 3, "", "测试", RowStatus.CONFIRMED);

    @ParameterizedTest
    @CsvSource({
        "699, PROPORTIONAL, -0.10",
        "699, WHOLE, 0.00",
        "699, STARTED, -1.00",
        "690, WHOLE, -1.00",
        "690, STARTED, -1.00",
        "689, WHOLE, -1.00",
        "689, STARTED, -2.00",
        "700, STARTED, 0.00",
        "1000, STARTED, 0.00"
    })
    void a_part_of_a_percentage_point_costs_what_the_row_says(int count, Rounding rounding, String points) {
        var row = new DeductionRow(
                PeriodItem.ON_TIME, BigDecimal.valueOf(70), BigDecimal.ONE, BigDecimal.ONE, rounding, null, ROW);

        assertThat(row.points(new Measured(Measure.ON_TIME_RATE, false, count, 1000)))
                .isEqualByComparingTo(points);
    }

    @Test
    void a_clash_of_rows_leaves_the_score_to_a_person() {
        var clash = new Evidence<Finding>(new RuleRef("TBL-010", "多行同时命中", "测试"), new Clash(List.of(ROW)));

        ScoringDecision decision = ScoringDecision.of(List.of(clash));

        assertThat(decision.outcome()).isEqualTo(ScoringOutcome.MANUAL_SCORING);
        assertThat(decision.score()).isNull();
        assertThat(decision.because()).extracting(Reason::row).containsExactly("X-1");
    }
}
