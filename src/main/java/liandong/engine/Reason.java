package liandong.engine;

import java.time.Year;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import liandong.incident.Member;
import liandong.policy.RuleRef;
import liandong.table.RowRef;
import liandong.table.RowStatus;
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
 * @param confirmed whether a source says so; a rule's always does
 * @param status what the row's source is worth; null without a row, and in policies of formats 1 and 2
 */
public record Reason(
        @Member(label = "规则 Rule", meaning = "the rule's code", example = "\"RTE-040\"")
        String rule,

        @Member(meaning = "the rule in one line", example = "\"派单目录指定牵头单位\"")
        String title,

        @Member(
                meaning = "what it rests on: the row's source, or the rule's when no row had a part",
                example = "\"派单目录（2026）\"")
        String source,

        @Member(meaning = "id of the row; absent when the rule has no row", example = "\"DUTY-0086\"") @Nullable
        String row,

        @Member(meaning = "where the row stands; absent without a row", example = "\"routing.xlsx 派单目录!A88\"") @Nullable
        String at,

        @Member(meaning = "what the row says in one line; absent without a row", example = "\"邻里纠纷 → 社区\"") @Nullable
        String says,

        @Member(
                meaning =
                        "whether a source has been found that says so, be the row approved or not; a rule's always has")
        boolean confirmed,

        @Member(
                meaning =
                        "what the row's source is worth: APPROVED by the district, SOURCED (a document and its article say"
                                + " so) or ASSUMED; absent without a row, and in policies of formats 1 and 2")
        @Nullable
        RowStatus status) {
    private static final Comparator<Reason> ORDER = Comparator.comparing(Reason::rule)
            .thenComparing(Reason::title)
            .thenComparing(Reason::row, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** The rule alone. */
    public static Reason of(RuleRef rule) {
        return new Reason(rule.code(), rule.title(), rule.source(), null, null, null, true, null);
    }

    /** The rule by a row. */
    public static Reason of(RuleRef rule, RowRef row) {
        return new Reason(
                rule.code(),
                rule.title(),
                row.source(),
                row.id(),
                row.at(),
                row.says(),
                row.confirmed(),
                row.status().told());
    }

    /** Every reason for some findings, by rule code and row id; never empty when there is a finding. */
    public static List<Reason> all(Collection<? extends Evidence<? extends Finding>> findings) {
        var reasons = new TreeSet<Reason>(ORDER);
        for (Evidence<? extends Finding> each : findings) {
            List<RowRef> rows = each.finding().rows();
            if (rows.isEmpty()) {
                reasons.add(of(each.rule()));
            }
            rows.forEach(row -> reasons.add(of(each.rule(), row)));
        }
        return List.copyOf(reasons);
    }

    /** The reasons of several answers, each once, in the order of those of one. */
    public static List<Reason> merged(Collection<List<Reason>> several) {
        var reasons = new TreeSet<Reason>(ORDER);
        several.forEach(reasons::addAll);
        return List.copyOf(reasons);
    }

    /**
     * What is not confirmed of an answer, sorted: rows, and of due times the years that have not been announced, each as {@code
     * CAL-} and the year.
     */
    public static List<String> unconfirmed(Collection<String> rows, Collection<SortedSet<Year>> years) {
        var all = new TreeSet<>(rows);
        years.forEach(each -> each.forEach(year -> all.add("CAL-" + year)));
        return List.copyOf(all);
    }

    /** Ids of the rows among some reasons whose source is not confirmed, sorted. */
    public static List<String> unconfirmed(Collection<Reason> reasons) {
        return reasons.stream()
                .filter(reason -> !reason.confirmed())
                .map(Reason::row)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }
}
