package liandong.decision;

import org.jspecify.annotations.Nullable;

/**
 * Why a decision is as it is: a rule, and the row it went by.
 *
 * @param rule the rule's code
 * @param title the rule in one line
 * @param source what it rests on: the row's source, or the rule's when no row had a part
 * @param row the row's id; null when the rule alone says so
 * @param at where the row stands; null without a row
 * @param says what the row says in one line; null without a row
 * @param confirmed whether the source has been confirmed; a rule's always has
 */
public record Reason(
        String rule,
        String title,
        String source,
        @Nullable String row,
        @Nullable String at,
        @Nullable String says,
        boolean confirmed) {
    /** The rule alone. */
    static Reason of(RuleRef rule) {
        return new Reason(rule.code(), rule.title(), rule.source(), null, null, null, true);
    }

    /** The rule by a row. */
    static Reason of(RuleRef rule, RowRef row) {
        return new Reason(rule.code(), rule.title(), row.source(), row.id(), row.at(), row.says(), row.confirmed());
    }
}
