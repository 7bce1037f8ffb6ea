package liandong.closure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import liandong.analysis.AnalysedTable;
import liandong.analysis.FactKinds;
import liandong.analysis.FactKinds.Kind;
import liandong.analysis.FactKinds.TooNarrow;
import liandong.analysis.LivingRows;
import liandong.incident.Danger;
import liandong.incident.Severity;
import liandong.incident.Term;
import liandong.incident.Urgency;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.table.Attribute;
import liandong.table.Condition;
import liandong.table.Row;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what the tables of closure say together and nobody can mean: a duty that is always waived, citizens who are to be
 * asked and whom nobody asks, or asks for ever, what is graver and looked at less (办结公平性检查).
 *
 * <p>A policy that has no such table is told nothing about it.
 */
final class ClosureAnalysis {
    private static final String TRIES = "回访次数";
    private static final String SAID = "满意度";
    private static final String URGENCY = "紧急程度";
    private static final String LIMIT = "时限";
    private static final String RATE = "抽样比例";

    /** What is told of a case by numbers: the more, the closer it is to be looked at. */
    private static final List<String> FAULTS = List.of("重办次数", "弄虚作假次数", "推诿次数", "投诉次数");

    /** So many kinds of facts are kept of those that have no row: enough to see which row is too narrow. */
    private static final int KEPT = 2_000;

    private final Policy policy;
    private final List<AnalysedTable> analysed;
    private final Consumer<Problem> problems;

    ClosureAnalysis(Policy policy, List<AnalysedTable> analysed, Consumer<Problem> problems) {
        this.policy = policy;
        this.analysed = analysed;
        this.problems = problems;
    }

    void tell() {
        waived();
        unasked();
        askedForEver();
        rates();
        limits();
        redos();
    }

    private <R extends Row> @Nullable LivingRows<R> rows(Class<R> type) {
        return LivingRows.of(type, policy, analysed);
    }

    // ———— Proofs ————

    /** Proofs that a row asks for and another always waives. */
    private void waived() {
        LivingRows<ProofRow> asked = rows(ProofRow.class);
        LivingRows<WaiverRow> waivers = rows(WaiverRow.class);
        if (asked == null || waivers == null) {
            return;
        }
        waivers.each((waiver, number) -> {
            var vain = new LinkedHashSet<String>();
            asked.each((row, other) -> {
                boolean all = waiver.proofs().containsAll(row.proofs());
                boolean some = row.proofs().stream().anyMatch(waiver.proofs()::contains);
                if ((row.isChoice() ? all : some) && holdsWherever(waivers.table(), number, asked.table(), other)) {
                    vain.add(row.ref().id());
                }
            });
            if (!vain.isEmpty()) {
                problems.accept(Problem.of(
                        Code.PROOF_ALWAYS_WAIVED,
                        waivers.at(number, "免交"),
                        String.join(
                                "、", waiver.proofs().stream().map(Term::label).toList()),
                        LivingRows.named(vain)));
            }
        });
    }

    /** Whether a row of one table holds wherever a row of another does, as far as each of its conditions by itself can tell. */
    private boolean holdsWherever(Table<?> table, int row, Table<?> where, int other) {
        for (Table.ConditionColumn column : table.columns()) {
            if (column.conditions().get(row) != Condition.ANY && !implied(column, row, where, other)) {
                return false;
            }
        }
        return table.inForce(row) == Condition.ANY;
    }

    private boolean implied(Table.ConditionColumn column, int row, Table<?> where, int other) {
        Attribute attribute = column.attribute();
        for (Table.ConditionColumn same : where.columns()) {
            boolean asks = same.conditions().get(other) != Condition.ANY;
            if (asks && same.attribute().chinese().equals(attribute.chinese()) && attribute.isBoolean()) {
                return same.conditions().get(other).equals(column.conditions().get(row));
            }
            if (asks
                    && same.attribute().chinese().equals(attribute.chinese())
                    && Term.class.isAssignableFrom(attribute.type())) {
                Set<? extends Term> all = new LinkedHashSet<>(
                        policy.vocabulary().all(attribute.type().asSubclass(Term.class)));
                return all.stream()
                        .allMatch(value -> !BitSet.valueOf(same.index().bits(value))
                                        .get(other)
                                || BitSet.valueOf(column.index().bits(value)).get(row));
            }
        }
        return false;
    }

    // ———— Following up ————

    /** Cases that are to be followed up and for which no row says how. */
    private void unasked() {
        LivingRows<SamplingRow> sampled = rows(SamplingRow.class);
        LivingRows<FollowUpRow> ways = rows(FollowUpRow.class);
        if (sampled == null || ways == null || ways.table().rows().isEmpty()) {
            return;
        }
        var uncovered = new ArrayList<Kind>();
        FactKinds first = ways.kinds()
                .where(TRIES, tries -> tries == null || BigDecimal.ZERO.compareTo(number(tries)) == 0)
                .where(SAID, Objects::isNull);
        first.each(kind -> {
            if (kind.first() < 0 && uncovered.size() < KEPT && isSampled(kind, sampled)) {
                uncovered.add(kind);
            }
        });
        if (!uncovered.isEmpty()) {
            TooNarrow narrow = first.tooNarrow(uncovered, row -> true);
            problems.accept(
                    narrow == null
                            ? Problem.of(Code.FOLLOW_UP_MISSING, ways.table().header("方式"), "…")
                            : Problem.of(
                                    Code.FOLLOW_UP_MISSING, ways.at(narrow.row(), narrow.column()), narrow.says()));
        }
    }

    private static BigDecimal number(Object value) {
        return value instanceof BigDecimal number ? number : new BigDecimal(value.toString());
    }

    /** Whether some of the cases of a kind are taken, as far as terms tell them apart. */
    private static boolean isSampled(Kind kind, LivingRows<SamplingRow> sampled) {
        Map<String, Term> facts = new LinkedHashMap<>();
        for (String column : sampled.table().columns().stream()
                .map(each -> each.attribute().chinese())
                .toList()) {
            if (kind.value(column) instanceof Term term) {
                facts.put(column, term);
            }
        }
        var taken = new ArrayList<SamplingRow>();
        sampled.each((row, number) -> {
            if (row.rate() > 0 && taken.isEmpty() && sampled.analysis().mayCount(number, facts)) {
                taken.add(row);
            }
        });
        return !taken.isEmpty();
    }

    /** Rows by which a citizen is asked again however often nobody was reached, or was not satisfied yet. */
    private void askedForEver() {
        LivingRows<FollowUpRow> ways = rows(FollowUpRow.class);
        if (ways == null) {
            return;
        }
        Map<Integer, Set<String>> endless = new LinkedHashMap<>();
        for (Satisfaction said : List.of(Satisfaction.TENDENCY_DISSATISFIED, Satisfaction.UNREACHABLE)) {
            BigDecimal[] most = {BigDecimal.ZERO};
            ways.kinds().each(kind -> {
                if (kind.value(TRIES) != null) {
                    most[0] = most[0].max(number(Objects.requireNonNull(kind.value(TRIES))));
                }
            });
            ways.kinds()
                    .where(SAID, each -> each == said)
                    .where(TRIES, each -> each == null || number(each).compareTo(most[0]) == 0)
                    .each(kind -> {
                        if (kind.first() >= 0) {
                            endless.computeIfAbsent(kind.first(), row -> new LinkedHashSet<>())
                                    .add(said.label());
                        }
                    });
        }
        endless.forEach((row, said) ->
                problems.accept(Problem.of(Code.FOLLOW_UP_WITHOUT_END, ways.at(row, TRIES), LivingRows.named(said))));
    }

    // ———— Graver is looked at no less, and no later ————

    private static final FactKinds.Order MORE = value -> value == null
            ? null
            : value instanceof Boolean yes ? (yes ? 1.0 : 0.0) : number(value).doubleValue();

    private static final FactKinds.Order RANK = value -> value instanceof Urgency urgency
            ? Double.valueOf(urgency.rank())
            : value instanceof Severity severity ? Double.valueOf(severity.rank()) : null;

    /** From none to one now. */
    private static final List<Danger> DANGERS = List.of(Danger.NO, Danger.POSSIBLE, Danger.NOW);

    private static final FactKinds.Order DANGER =
            value -> value instanceof Danger danger ? Double.valueOf(DANGERS.indexOf(danger)) : null;

    private void rates() {
        LivingRows<SamplingRow> rows = rows(SamplingRow.class);
        if (rows == null) {
            return;
        }
        var told = new BitSet();
        FactKinds kinds = rows.kinds();
        for (String column : FAULTS) {
            falling(rows, kinds, column, MORE, told);
        }
        falling(rows, kinds, "逾期", MORE, told);
        falling(rows, kinds, URGENCY, RANK, told);
        falling(rows, kinds, "等级", RANK, told);
    }

    private void falling(
            LivingRows<SamplingRow> rows, FactKinds kinds, String column, FactKinds.Order order, BitSet told) {
        kinds.compare(column, order, (less, more) -> {
            int one = less.first();
            int other = more.first();
            if (one >= 0 && other >= 0 && rows.row(other).rate() < rows.row(one).rate() && !told.get(other)) {
                told.set(other);
                problems.accept(Problem.of(
                        Code.RATE_FALLS,
                        rows.at(other, RATE),
                        column + " " + LivingRows.named(more.labels(column)),
                        rows.row(other).rate(),
                        rows.row(one).rate(),
                        rows.row(one).ref().id()));
            }
        });
    }

    private void limits() {
        LivingRows<RedoRow> redos = rows(RedoRow.class);
        if (redos != null) {
            redos.tellGrowing(URGENCY, RANK, RedoRow::limit, LIMIT, problems);
            redos.tellGrowing("危险", DANGER, RedoRow::limit, LIMIT, problems);
        }
        LivingRows<SupplementRow> supplements = rows(SupplementRow.class);
        if (supplements != null) {
            supplements.tellGrowing(URGENCY, RANK, SupplementRow::limit, LIMIT, problems);
        }
        LivingRows<ClosureRulingRow> rulings = rows(ClosureRulingRow.class);
        if (rulings != null) {
            rulings.tellGrowing(URGENCY, RANK, ClosureRulingRow::within, "限期", problems);
        }
    }

    /** Rows that give a body no chance to do it again: everything is left to the centre at once. */
    private void redos() {
        LivingRows<RedoRow> rows = rows(RedoRow.class);
        if (rows != null) {
            rows.each((row, number) -> {
                if (row.most() == 0) {
                    problems.accept(Problem.of(Code.REDO_NEVER, rows.at(number, "最多次数")));
                }
            });
        }
    }
}
