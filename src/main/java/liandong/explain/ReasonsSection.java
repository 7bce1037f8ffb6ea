package liandong.explain;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import liandong.engine.Reason;
import liandong.policy.Policy;
import liandong.table.NearMiss;
import liandong.table.Row;
import liandong.table.RowStatus;

/** The part of every explanation that says why: rules with their rows, and rows that nearly applied. */
public final class ReasonsSection {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final int VERSION_SHOWN = 12;

    private final Policy policy;
    private final Phrases say;
    private final PolicyRows rows;
    private final Page page;
    private final Predicate<Row> told;

    /**
     * A section.
     *
     * @param told whether a row has been told in full elsewhere on the page, so that its id will do here
     */
    public ReasonsSection(Policy policy, Phrases say, PolicyRows rows, Page page, Predicate<Row> told) {
        this.told = told;
        this.policy = policy;
        this.say = say;
        this.rows = rows;
        this.page = page;
    }

    /** Reasons, each rule with its rows below it. */
    public void reasons(List<Reason> reasons) {
        Map<String, List<Reason>> byRule = reasons.stream()
                .collect(Collectors.groupingBy(
                        reason -> reason.rule() + " " + reason.title(), LinkedHashMap::new, Collectors.toList()));
        byRule.forEach((rule, own) -> {
            page.entry(4, "← ", rule);
            List<String> keywords = own.stream()
                    .map(reason -> rows.row(reason.row()))
                    .filter(row -> row != null && told.test(row))
                    .map(row -> row.ref().id())
                    .toList();
            if (!keywords.isEmpty()) {
                page.paragraph(6, say.of("explain.keywordRows", say.list(keywords)));
            }
            for (Reason reason : own) {
                if (reason.row() == null || reason.at() == null) {
                    page.paragraph(6, say.of("explain.source", reason.source()));
                } else if (!keywords.contains(reason.row())) {
                    page.paragraph(6, String.valueOf(reason.says()));
                    page.paragraph(6, place(reason.row(), reason.at(), reason.source(), reason.confirmed()));
                }
            }
        });
    }

    /** Where a row stands and what it rests on. */
    public String place(String id, String at, String source, boolean confirmed) {
        String place = say.of("explain.place", id, at, source);
        return confirmed ? place : say.join(place, unconfirmed(policy, say));
    }

    /** What is said of a row that no source stands behind, in the words of the policy's format. */
    public static String unconfirmed(Policy policy, Phrases say) {
        return say.of(hasThreeStatuses(policy) ? "explain.assumed" : "explain.unconfirmed");
    }

    /**
     * That an answer rests on rows which no source stands behind, in the words of the policy's format.
     *
     * @param rows their ids
     */
    public static String restsOn(List<String> rows, Policy policy, Phrases say) {
        return say.of(
                hasThreeStatuses(policy) ? "explain.restsOnAssumed" : "explain.restsOnUnconfirmed", say.list(rows));
    }

    private static boolean hasThreeStatuses(Policy policy) {
        return policy.vocabulary().format() >= RowStatus.THREE_WORDS_SINCE;
    }

    /** Rows that nearly applied, each with what it lacked. */
    public void near(List<NearMiss> nearMisses) {
        for (NearMiss near : nearMisses) {
            Row row = rows.row(near.row());
            page.entry(
                    2,
                    "• ",
                    say.of(
                            "explain.near",
                            near.row(),
                            near.at(),
                            row == null ? "" : row.ref().says()));
            near.failed().forEach(failed -> page.paragraph(4, lacked(failed, say)));
        }
    }

    /** That a condition does not hold, in a sentence. */
    public static String lacked(NearMiss.Failed failed, Phrases say) {
        if (failed.expected().isEmpty()) {
            return say.of("explain.notInForce");
        }
        if (!failed.actual().isEmpty()) {
            return say.of("explain.lacked", failed.column(), failed.expected(), failed.actual());
        }
        boolean not = failed.expected().startsWith("非 ");
        return say.of(not ? "explain.lackedNot" : "explain.lackedUnknown", failed.column(), failed.expected());
    }

    /** What was asked about, by which policy, as of when. */
    public void footer(String key, String subject, Instant now) {
        page.line("");
        page.paragraph(
                0,
                say.of(
                        key,
                        subject,
                        policy.label(),
                        policy.version().substring(0, VERSION_SHOWN),
                        time(now.atZone(policy.calendar().zone()).toOffsetDateTime())));
    }

    /** A moment to the minute. */
    public static String time(OffsetDateTime time) {
        return MINUTE.format(time);
    }
}
