package liandong.scoring;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import liandong.analysis.AnalysedTable;
import liandong.analysis.LivingRows;
import liandong.incident.CaseEventKind;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.table.Condition;
import liandong.table.Row;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what the tables of scoring say together and nobody can mean: grades and deductions that no case or period can come
 * to, fraud that passes, lateness that earns points (评分公平性检查).
 *
 * <p>A policy that has no such table is told nothing about it.
 */
final class ScoringAnalysis {
    private static final String EVENT = "情形";
    private static final String POINTS = "加减分";
    private static final String CEILING = "上限";
    private static final String FULL = "满分";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal STEP = new BigDecimal("0.01");

    /** What speaks against a body: it never earns points. */
    private static final Set<CaseEventKind> AGAINST = EnumSet.of(
            CaseEventKind.STAGE_LATE,
            CaseEventKind.RETURNED_WRONGLY,
            CaseEventKind.SUPERVISED,
            CaseEventKind.BLUE_CARD,
            CaseEventKind.YELLOW_CARD,
            CaseEventKind.RED_CARD,
            CaseEventKind.SUPPLEMENT,
            CaseEventKind.REDO,
            CaseEventKind.REOPENED,
            CaseEventKind.FRAUD,
            CaseEventKind.SHIRKED,
            CaseEventKind.CITIZEN_DISSATISFIED,
            CaseEventKind.CITIZEN_COMPLAINED);

    /** What speaks for a body: it never costs points. */
    private static final Set<CaseEventKind> FOR =
            EnumSet.of(CaseEventKind.STAGE_ON_TIME, CaseEventKind.RETURNED_RIGHTLY, CaseEventKind.CITIZEN_SATISFIED);

    /** The cards, and what comes before them, from the mildest. */
    private static final List<CaseEventKind> PRESSED = List.of(
            CaseEventKind.SUPERVISED, CaseEventKind.BLUE_CARD, CaseEventKind.YELLOW_CARD, CaseEventKind.RED_CARD);

    private final Policy policy;
    private final List<AnalysedTable> analysed;
    private final LocalDate today;
    private final Consumer<Problem> problems;

    ScoringAnalysis(Policy policy, List<AnalysedTable> analysed, LocalDate today, Consumer<Problem> problems) {
        this.policy = policy;
        this.analysed = analysed;
        this.today = today;
        this.problems = problems;
    }

    void tell() {
        deductions();
        grades();
        frauds();
        points();
    }

    private <R extends Row> @Nullable LivingRows<R> rows(Class<R> type) {
        return LivingRows.of(type, policy, analysed);
    }

    // ———— Periods ————

    /** Deductions that no rate and no number can cost. */
    private void deductions() {
        LivingRows<DeductionRow> rows = rows(DeductionRow.class);
        if (rows == null) {
            return;
        }
        rows.each((row, number) -> {
            List<Measure> measures = policy.vocabulary().all(Measure.class).stream()
                    .filter(measure -> rows.analysis().mayApply(number, Map.of("指标", measure)))
                    .toList();
            boolean never = measures.stream().allMatch(measure -> isNeverMissed(measure, row.threshold()));
            if (never && !measures.isEmpty()) {
                problems.accept(Problem.of(
                        Code.DEDUCTION_NEVER,
                        rows.at(number, "达标值"),
                        measures.get(0).label(),
                        row.threshold().toPlainString()));
            }
        });
    }

    /** Whether no rate falls short of a threshold, or none exceeds it. A number of what went wrong has no end. */
    private static boolean isNeverMissed(Measure measure, BigDecimal threshold) {
        return measure.isRate() && (measure.isBad() ? threshold.compareTo(HUNDRED) >= 0 : threshold.signum() <= 0);
    }

    // ———— Grades ————

    /** The least and the most that something can score, and the row and column by which it is no more. */
    private record Reach(BigDecimal least, BigDecimal most, LivingRows<?> rows, int row, String column) {}

    private void grades() {
        LivingRows<GradeRow> rows = rows(GradeRow.class);
        if (rows == null || rows.table().rows().isEmpty()) {
            return;
        }
        reach(ScoreSubject.CASE, ofCase(), rows);
        reach(ScoreSubject.PERIOD, ofPeriod(), rows);
    }

    private @Nullable Reach ofCase() {
        LivingRows<CaseBaseRow> rows = rows(CaseBaseRow.class);
        Reach[] reach = new Reach[1];
        if (rows != null) {
            rows.each((row, number) -> {
                Reach before = reach[0];
                BigDecimal least = before == null ? row.floor() : before.least().min(row.floor());
                reach[0] = before != null && before.most().compareTo(row.ceiling()) >= 0
                        ? new Reach(least, before.most(), rows, before.row(), CEILING)
                        : new Reach(least, row.ceiling(), rows, number, CEILING);
            });
        }
        return reach[0];
    }

    private @Nullable Reach ofPeriod() {
        LivingRows<ItemRow> rows = rows(ItemRow.class);
        Reach[] reach = new Reach[1];
        if (rows != null) {
            rows.each((row, number) -> {
                Reach before = reach[0];
                reach[0] = before == null
                        ? new Reach(row.floor(), row.full(), rows, number, FULL)
                        : new Reach(
                                before.least().add(row.floor()),
                                before.most().add(row.full()),
                                rows,
                                before.row(),
                                FULL);
            });
        }
        return reach[0];
    }

    /** Tells of grades that a row gives to other scores than there can be. */
    private void reach(ScoreSubject of, @Nullable Reach reach, LivingRows<GradeRow> rows) {
        if (reach == null) {
            return;
        }
        var given = new LinkedHashSet<Grade>();
        for (BigDecimal score : scores(rows.table(), reach)) {
            Grade grade = grade(rows.table(), of, score);
            if (grade != null) {
                given.add(grade);
            }
        }
        var never = new LinkedHashSet<String>();
        rows.each((row, number) -> {
            if (!given.contains(row.grade()) && rows.analysis().mayApply(number, Map.of("评分", of))) {
                never.add(row.grade().label());
            }
        });
        if (!never.isEmpty()) {
            problems.accept(Problem.of(
                    Code.GRADE_NEVER,
                    reach.rows().at(reach.row(), reach.column()),
                    of.label(),
                    reach.least().stripTrailingZeros().toPlainString(),
                    reach.most().stripTrailingZeros().toPlainString(),
                    LivingRows.named(never)));
        }
    }

    /** The scores within a reach at which a grade can begin or end. */
    private static Set<BigDecimal> scores(Table<GradeRow> table, Reach reach) {
        var scores = new TreeSet<>(List.of(reach.least(), reach.most()));
        for (Table.ConditionColumn column : table.columns()) {
            for (Condition condition : column.conditions()) {
                condition.handle(
                        () -> {},
                        one -> {},
                        none -> {},
                        within -> within.bounds().forEach(bound -> {
                            scores.add(bound);
                            scores.add(bound.add(STEP));
                            scores.add(bound.subtract(STEP));
                        }));
            }
        }
        scores.removeIf(score -> score.compareTo(reach.least()) < 0 || score.compareTo(reach.most()) > 0);
        return scores;
    }

    private @Nullable Grade grade(Table<GradeRow> table, ScoreSubject of, BigDecimal score) {
        List<GradeRow> rows = table.covering(Map.of("评分", of, "得分", score), today);
        return rows.isEmpty() ? null : rows.get(0).grade();
    }

    /** Rows by which a case with fraud may be given more than the lowest grade. */
    private void frauds() {
        LivingRows<CaseRow> rows = rows(CaseRow.class);
        LivingRows<GradeRow> grades = rows(GradeRow.class);
        Reach reach = ofCase();
        if (rows == null || grades == null || reach == null) {
            return;
        }
        Grade lowest = grade(grades.table(), ScoreSubject.CASE, reach.least());
        rows.each((row, number) -> {
            if (lowest != null && rows.analysis().mayCount(number, Map.of(EVENT, CaseEventKind.FRAUD))) {
                BigDecimal cap = row.cap();
                BigDecimal most =
                        cap == null ? reach.most() : cap.min(reach.most()).max(reach.least());
                Grade best = grade(grades.table(), ScoreSubject.CASE, most);
                if (best != null && best != lowest) {
                    problems.accept(
                            Problem.of(Code.FRAUD_PASSES, rows.at(number, "最高"), best.label(), most.toPlainString()));
                }
            }
        });
    }

    // ———— Points ————

    /** Points that are given for what speaks against a body, or taken for what speaks for it; graver steps that cost less. */
    private void points() {
        LivingRows<CaseRow> rows = rows(CaseRow.class);
        if (rows == null) {
            return;
        }
        var told = new BitSet();
        rows.each((row, number) -> {
            for (CaseEventKind kind : CaseEventKind.values()) {
                boolean wrong = (AGAINST.contains(kind) && row.points().signum() > 0)
                        || (FOR.contains(kind) && row.points().signum() < 0);
                if (wrong && !told.get(number) && rows.analysis().mayCount(number, Map.of(EVENT, kind))) {
                    told.set(number);
                    problems.accept(Problem.of(
                            AGAINST.contains(kind) ? Code.FAULT_EARNS_POINTS : Code.MERIT_COSTS_POINTS,
                            rows.at(number, POINTS),
                            kind.label(),
                            row.points().toPlainString()));
                }
            }
        });
        rows.kinds().compare(EVENT, ScoringAnalysis::pressure, (less, more) -> {
            int one = less.first();
            int other = more.first();
            if (one >= 0
                    && other >= 0
                    && !told.get(other)
                    && rows.row(other).points().compareTo(rows.row(one).points()) > 0) {
                told.set(other);
                problems.accept(Problem.of(
                        Code.GRAVER_COSTS_LESS,
                        rows.at(other, POINTS),
                        LivingRows.named(more.labels(EVENT)),
                        rows.row(other).points().toPlainString(),
                        LivingRows.named(less.labels(EVENT)),
                        rows.row(one).points().toPlainString()));
            }
        });
    }

    private static @Nullable Double pressure(@Nullable Object value) {
        int step = value instanceof CaseEventKind kind ? PRESSED.indexOf(kind) : -1;
        return step < 0 ? null : Double.valueOf(step);
    }
}
