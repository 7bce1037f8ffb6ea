package liandong.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Shares of shares. */
class ProportionTest {
    @Test
    void the_others_are_never_fewer_than_none() {
        var whole = new Proportion(2, 10);

        assertThat(whole.without(new Proportion(1, 4))).isEqualTo(new Proportion(1, 6));
        // A part may count what the whole does not; a share of less than nothing has no interval.
        assertThat(whole.without(new Proportion(3, 4))).isEqualTo(new Proportion(0, 6));
        assertThat(whole.without(new Proportion(0, 9))).isEqualTo(new Proportion(1, 1));
        assertThat(whole.without(new Proportion(2, 11))).isEqualTo(new Proportion(0, 0));
        assertThat(new Proportion(3, 4).surelyAbove(whole.without(new Proportion(3, 4))))
                .isNotNull();
    }
}
