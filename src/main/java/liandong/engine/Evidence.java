package liandong.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import liandong.policy.RuleRef;

/**
 * A finding and the rule that made it.
 *
 * @param rule the rule
 * @param finding what it concluded
 * @param <F> the kind of finding
 */
public record Evidence<F extends Finding>(RuleRef rule, F finding) {
    /** The evidence of one kind of finding, in an order that depends on nothing but what it says. */
    public static <F extends Finding> List<Evidence<F>> only(
            Class<F> kind, Collection<? extends Evidence<? extends Finding>> all) {
        var own = new ArrayList<Evidence<F>>(2);
        for (Evidence<? extends Finding> each : all) {
            if (kind.isInstance(each.finding())) {
                own.add(new Evidence<>(each.rule(), kind.cast(each.finding())));
            }
        }
        own.sort(Comparator.comparing((Evidence<F> each) -> each.rule().code())
                .thenComparing(each -> each.finding().toString()));
        return own;
    }
}
