package liandong.routing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import liandong.analysis.AnalysedTable;
import liandong.analysis.LivingRows;
import liandong.analysis.Narrowed;
import liandong.incident.EventType;
import liandong.incident.Nature;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.table.Condition;
import liandong.table.Row;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/** What keeps reports from whoever is in charge: answers and referrals that take too much, and judging that nobody does. */
final class DispatchAnalysis {
    private static final String TYPE = "事项";
    private static final String NATURE = "诉求性质";

    /** What a row may ask besides and still take whatever comes: nothing of what it is about. */
    private static final Set<String> OTHERWISE = Set.of(NATURE, "紧急程度", "等级", "危险", "危及生命");

    /** So many percent of the examples are more than what can be answered at once. */
    private static final int MOST_ANSWERED = 25;

    private final Policy policy;
    private final Consumer<Problem> problems;
    private final List<EventType> types;
    private final @Nullable LivingRows<AnswerRow> answers;
    private final @Nullable LivingRows<ReferralRow> referrals;
    private final @Nullable LivingRows<ExampleRow> examples;
    private final @Nullable LivingRows<DeskRow> desks;
    private final @Nullable LivingRows<ReadingRow> thresholds;

    DispatchAnalysis(Policy policy, List<AnalysedTable> analysed, Consumer<Problem> problems) {
        this.policy = policy;
        this.problems = problems;
        this.types = policy.vocabulary().all(EventType.class);
        this.answers = LivingRows.of(AnswerRow.class, policy, analysed);
        this.referrals = LivingRows.of(ReferralRow.class, policy, analysed);
        this.examples = LivingRows.of(ExampleRow.class, policy, analysed);
        this.desks = LivingRows.of(DeskRow.class, policy, analysed);
        this.thresholds = LivingRows.of(ReadingRow.class, policy, analysed);
    }

    void tell() {
        if (referrals != null) {
            LivingRows<ReferralRow> rows = referrals;
            rows.each((row, number) -> {
                if (takesAnyMatter(rows, number)) {
                    problems.accept(
                            Problem.of(Code.REFERS_EVERYTHING, rows.at(number, TYPE), labels(natures(rows, number))));
                }
            });
        }
        if (answers != null && examples != null) {
            answered(answers, examples);
        }
        if (desks != null) {
            judged(desks);
        }
        if (thresholds != null) {
            reachable(thresholds);
        }
    }

    private static String labels(Iterable<? extends Term> terms) {
        var labels = new ArrayList<String>();
        terms.forEach(each -> labels.add(each.label()));
        return String.join("、", labels);
    }

    // ———— Answered or referred instead of dispatched ————

    /** Whether a row takes most event types and looks at nothing else of what a report is about. */
    private boolean takesAnyMatter(LivingRows<? extends Row> rows, int number) {
        Set<String> ofType = new HashSet<>(Set.of(TYPE, "类别", "小类", "主题", "性质"));
        boolean wide = rows.table().columns().stream()
                .filter(each -> each.conditions().get(number) != Condition.ANY)
                .map(each -> each.attribute().chinese())
                .allMatch(each -> OTHERWISE.contains(each) || ofType.contains(each));
        return wide
                && types.stream()
                                        .filter(type -> rows.analysis().mayApply(number, Map.of(TYPE, type)))
                                        .count()
                                * 2
                        > types.size();
    }

    private List<Nature> natures(LivingRows<? extends Row> rows, int number) {
        return policy.vocabulary().all(Nature.class).stream()
                .filter(nature -> rows.analysis().mayApply(number, Map.of(NATURE, nature)))
                .toList();
    }

    /** Natures that make up much of what comes in and are answered at once whatever they are about. */
    private void answered(LivingRows<AnswerRow> answers, LivingRows<ExampleRow> examples) {
        var byNature = new LinkedHashMap<Nature, Integer>();
        examples.each((row, number) -> {
            Nature nature = row.nature();
            if (nature != null && row.eventType() != null) {
                byNature.merge(nature, 1, Integer::sum);
            }
        });
        int all = byNature.values().stream().mapToInt(each -> each).sum();
        answers.each((row, number) -> {
            if (all > 0 && takesAnyMatter(answers, number)) {
                List<Nature> natures = natures(answers, number);
                int some = natures.stream()
                        .mapToInt(each -> byNature.getOrDefault(each, 0))
                        .sum();
                int percent = (int) (100L * some / all);
                if (percent > MOST_ANSWERED) {
                    problems.accept(
                            Problem.of(Code.ANSWERS_MOST, answers.at(number, NATURE), labels(natures), percent));
                }
            }
        });
    }

    // ———— Left to a person ————

    /** Reasons for which a desk judges some of what is left to a person, and none the rest. */
    private void judged(LivingRows<DeskRow> desks) {
        var reasons = new LinkedHashMap<Integer, Set<String>>();
        var gaps = new LinkedHashMap<Integer, String>();
        for (TriageReason reason : TriageReason.values()) {
            var judging = new ArrayList<Integer>();
            desks.each((row, number) -> {
                if (row.because() == null || row.because() == reason) {
                    judging.add(number);
                }
            });
            String gap = judging.isEmpty() ? null : desks.analysis().uncovered(judging::contains);
            if (gap != null) {
                int near = judging.get(judging.size() - 1);
                reasons.computeIfAbsent(near, each -> new LinkedHashSet<>()).add(reason.label());
                gaps.putIfAbsent(near, gap);
            }
        }
        reasons.forEach((near, because) -> {
            Table.ConditionColumn column = desks.table().columns().stream()
                    .filter(each -> each.conditions().get(near) != Condition.ANY)
                    .findFirst()
                    .orElse(null);
            if (column != null) {
                problems.accept(Problem.of(
                        Code.DESK_MISSING,
                        desks.at(near, column.attribute().chinese()),
                        String.join("、", because),
                        leftOut(column, near, gaps.getOrDefault(near, ""))));
            }
        });
    }

    /** The values that a row leaves out in a column; an example when they are no words. */
    private String leftOut(Table.ConditionColumn column, int row, String example) {
        List<String> labels = Narrowed.leftOut(column, policy.vocabulary(), row);
        return labels.isEmpty() ? example : column.attribute().chinese() + " " + LivingRows.named(labels);
    }

    // ———— Thresholds ————

    /** Shares that nothing reaches, or that everything does; more than a hundred says plainly that it is never. */
    private void reachable(LivingRows<ReadingRow> thresholds) {
        thresholds.each((row, number) -> {
            share(thresholds, number, "转接占比", row.relay());
            share(thresholds, number, "危险占比", row.danger());
            share(thresholds, number, "单句转接占比", row.sentenceRelay());
            share(thresholds, number, "单句危险占比", row.sentenceDanger());
            int most = points(row);
            if (row.findsType() && row.minimum() > most) {
                problems.accept(Problem.of(Code.THRESHOLD_NEVER, thresholds.at(number, "最低得分"), "最低得分", row.minimum()));
            }
        });
    }

    /** The most points that the examples and words give an event type, leanings aside. */
    private static int points(ReadingRow row) {
        return row.typeLeaning() == null || row.typeLeaning() == 0
                ? 1000 + row.single() + row.wordsAtMost()
                : Integer.MAX_VALUE;
    }

    private void share(LivingRows<ReadingRow> thresholds, int number, String column, @Nullable Integer percent) {
        if (percent != null && (percent == 100 || percent == 0)) {
            problems.accept(Problem.of(
                    percent == 0 ? Code.THRESHOLD_ALWAYS : Code.THRESHOLD_NEVER,
                    thresholds.at(number, column),
                    column,
                    percent));
        }
    }
}
