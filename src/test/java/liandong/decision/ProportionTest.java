package liandong.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Shares of shares. */
class ProportionTest {
    @Test
    void what_is_left_without_a_part_is_the_share_among_the_others() {
        var whole = new Proportion(2, 10);

        assertThat(whole.without(new Proportion(1, 4))).isEqualTo(new Proportion(1, 6));
        assertThat(whole.without(whole)).isEqualTo(new Proportion(0, 0));
        assertThat(whole.without(whole).percent()).isNull();
        assertThat(new Proportion(3, 4).surelyAbove(whole.without(whole))).isNull();
    }
}
