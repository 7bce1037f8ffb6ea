package liandong.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {
    @ParameterizedTest
    @CsvSource({
        "4 工作时, 4, WORKING_HOUR, 4 工作时",
        "4工作时, 4, WORKING_HOUR, 4 工作时",
        "7 工作日, 7, WORKING_DAY, 7 工作日",
        "0.5 小时, 0.5, HOUR, 0.5 小时",
        "2.0 天, 2, DAY, 2 天",
        "0 工作日, 0, WORKING_DAY, 0 工作日",
        "10000 小时, 10000, HOUR, 10000 小时",
        "30分钟, 30, MINUTE, 30 分钟",
        "0.5 分钟, 0.5, MINUTE, 0.5 分钟",
        "3 个月, 3, MONTH, 3 个月",
    })
    void a_limit_is_read_as_staff_write_it(String text, BigDecimal amount, LimitClock clock, String label) {
        assertThat(Limit.parse(text))
                .isEqualTo(new Limit(amount, clock))
                .satisfies(limit -> assertThat(limit.label()).isEqualTo(label));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4",
                "工作时",
                "4 小时 ",
                " 4 小时",
                "4  小时",
                "-4 小时",
                "+4 小时",
                "4. 小时",
                ".5 小时",
                "4 个小时",
                "４ 小时",
                "4 周",
                "1.5 工作日",
                "0.5 天",
                "0.5 个月",
                "3 月",
                "当日",
                "10001 小时",
                "10000.1 小时",
                "100000 天",
                "0.0000000001 小时",
                "1E3 小时",
                "4 HOUR",
                "4 工作时 07:00~22:00",
                "2 天 07:00~22:00",
                "2 小时 25:00~26:00",
                "2 小时 07:00~07:00",
                "2 小时 00:00~24:00",
                "2 小时 24:00~07:00",
                "2 小时 07:00~24:30",
                "2 小时 07:00~00:00",
                "2 小时 17:30~05:31",
                "2 小时 07:00~",
                "2 小时 7~22"
            })
    void anything_else_is_no_limit(String text) {
        assertThat(Limit.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2 小时 07:00~22:00, 2 小时 07:00~22:00",
        "2小时7:00—22:00, 2 小时 07:00~22:00",
        "30 分钟 22:00~06:00, 30 分钟 22:00~06:00",
        "2 小时 07:00~24:00, 2 小时 07:00~24:00",
        "2 小时 18:00~00:00, 2 小时 18:00~24:00",
    })
    void hours_and_minutes_may_count_within_hours_of_the_day(String text, String label) {
        Limit limit = Limit.parse(text);

        assertThat(limit).isNotNull().satisfies(read -> assertThat(read.label()).isEqualTo(label));
        assertThat(Limit.parse(label)).isEqualTo(limit);
    }

    @Test
    void limits_of_equal_amount_are_equal_and_print_plainly() {
        var limit = new Limit(new BigDecimal("1E+2"), LimitClock.DAY);

        assertThat(limit).isEqualTo(new Limit(new BigDecimal("100.00"), LimitClock.DAY));
        assertThat(limit.amount()).hasToString("100");
        assertThat(limit.label()).isEqualTo("100 天");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, HOUR, 'A limit is 0 to 10000, not -1'",
        "10000.5, WORKING_HOUR, 'A limit is 0 to 10000, not 10000.5'",
        "1E+999999999, HOUR, 'A limit is 0 to 10000, not 1E+999999999'",
        "1.5, WORKING_DAY, 'A limit in days is whole, not 1.5'",
        "0.5, MONTH, 'A limit in months is whole, not 0.5'",
        "0.5, DAY, 'A limit in days is whole, not 0.5'",
        "1E-999999999, HOUR, 'A limit has at most 9 decimals, not 1E-999999999'",
    })
    void an_amount_that_no_limit_may_have_is_refused(BigDecimal amount, LimitClock clock, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limit(amount, clock))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "2 工作时, 50, 1 工作时",
        "1 工作日, 50, 1 工作日",
        "3 工作日, 100, 3 工作日",
        "2 小时 07:00~22:00, 150, 3 小时 07:00~22:00",
        "10 分钟, 33, 3.3 分钟",
        "2 个月, 60, 2 个月"
    })
    void a_share_is_on_the_same_clock_and_whole_where_that_counts_days(String limit, int percent, String share) {
        assertThat(Objects.requireNonNull(Limit.parse(limit)).share(percent).label())
                .isEqualTo(share);
    }
}
