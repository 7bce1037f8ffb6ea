package liandong.quality;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import liandong.decision.AnswersFor;
import liandong.decision.Decisions;
import liandong.decision.Proportion;
import liandong.decision.Trouble;
import liandong.engine.Engine;
import liandong.explain.PolicyRows;
import liandong.incident.Body;
import liandong.incident.ReturnReason;
import liandong.incident.Term;
import liandong.journal.Archive;
import liandong.journal.Archive.Cursor;
import liandong.journal.Archive.Found;
import liandong.journal.DecisionQuery;
import liandong.journal.Entry;
import liandong.policy.Policy;
import liandong.quality.QualityReport.Cause;
import liandong.quality.QualityReport.Figure;
import liandong.quality.QualityReport.Judgement;
import liandong.quality.QualityReport.State;
import liandong.quality.RowText.Kind;
import liandong.table.Row;
import liandong.wire.PolicyRef;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the cases of a period, and counts for each row and rule behind their assignments what came of them.
 *
 * <p>A case is read whole, from its first decision to its last, one after the other; in memory are some decisions of one case
 * and a count for each row, however many cases there are. Not safe for use by many threads.
 */
public final class Quality {
    /** So many cases are asked for at once. */
    private static final int CASES = 500;

    /** So many decisions of a case are read at once. */
    private static final int DECISIONS = 50;

    /** No case has more decisions; what comes after them is not counted. */
    private static final int MOST_DECISIONS = 10_000;

    /** What the program itself says where no rule, or more than one row, does: it is in no policy. */
    private static final Pattern OF_THE_PROGRAM = Pattern.compile("[A-Z]+-99\\d|" + Engine.ONE_ROW_ONLY.code());

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private static final Map<String, Class<? extends Row>> SHEETS =
            Decisions.schema().tables();

    private final Archive archive;
    private final @Nullable Instant from;
    private final Instant to;
    private final RowCount all = new RowCount();
    private final Map<RowText, RowCount> rows = new HashMap<>();
    private long decisions;
    private boolean complete = true;

    private Quality(Archive archive, @Nullable Instant from, Instant to) {
        this.archive = archive;
        this.from = from;
        this.to = to;
    }

    /**
     * Goes through the cases that were assigned in a period.
     *
     * @param from decisions kept then or later are judged; null from the first on
     * @param to decisions kept before are judged
     * @param mostCases after so many it stops
     * @param progress told how many cases have been gone through
     */
    public static Quality of(
            Archive archive, @Nullable Instant from, Instant to, long mostCases, LongConsumer progress) {
        var quality = new Quality(archive, from, to);
        String after = "";
        long seen = 0;
        while (true) {
            List<String> incidents = archive.subjects(from, to, after, CASES);
            for (String incident : incidents) {
                if (seen == mostCases || Thread.currentThread().isInterrupted()) {
                    quality.complete = false;
                    return quality;
                }
                quality.read(incident);
                progress.accept(++seen);
            }
            if (incidents.size() < CASES) {
                return quality;
            }
            after = incidents.get(incidents.size() - 1);
        }
    }

    private void read(String incident) {
        var search = new DecisionQuery(null, null, incident, List.of());
        var trail = new CaseTrail(incident);
        Cursor cursor = null;
        long read = 0;
        long own = 0;
        do {
            Found page = archive.oldest(search, cursor, DECISIONS);
            for (Entry entry : page.entries()) {
                if (entry.kind().isAboutIncident()) {
                    trail.add(entry, isIn(entry.keptAt()));
                    own++;
                }
            }
            read += page.entries().size();
            cursor = page.next();
        } while (cursor != null && read < MOST_DECISIONS);
        if (trail.counts()) {
            decisions += own;
            Judged judged = trail.judged();
            all.add(judged.whole());
            judged.rows()
                    .forEach(each -> rows.computeIfAbsent(each.row().anywhere(), row -> new RowCount())
                            .add(incident, each, judged.whole(), answersFor(each.row())));
        }
    }

    private boolean isIn(Instant moment) {
        return moment.isBefore(to) && (from == null || !moment.isBefore(from));
    }

    /** What a row, or a rule, is to be mended for. */
    private static Set<Trouble> answersFor(RowText text) {
        if (text.kind() == Kind.RULE) {
            return EnumSet.allOf(Trouble.class);
        }
        Class<? extends Row> type = SHEETS.get(text.sheet());
        AnswersFor answersFor = type == null ? null : type.getAnnotation(AnswersFor.class);
        return answersFor == null ? Set.of() : Set.of(answersFor.value());
    }

    /**
     * What was found.
     *
     * @param policy what the rows are compared with
     * @param most so many rows at most
     */
    public QualityReport report(Policy policy, int most) {
        return new Reporting(policy).report(most);
    }

    /** The counts in the light of a policy. */
    private final class Reporting {
        private final Policy policy;
        private final PolicyRows now;
        private final Map<String, String> titles = new HashMap<>();
        private final Map<String, Map<Trouble, Proportion>> bySheet = new HashMap<>();

        Reporting(Policy policy) {
            this.policy = policy;
            this.now = new PolicyRows(policy);
            policy.rules().refs().forEach(rule -> titles.put(rule.code(), rule.title()));
            rows.forEach((text, count) -> {
                RowText row = count.text();
                if (row != null && row.kind() == Kind.ROW) {
                    Map<Trouble, Proportion> sheet = bySheet.computeIfAbsent(row.sheet(), each -> new HashMap<>());
                    for (Trouble trouble : Trouble.values()) {
                        sheet.merge(trouble, count.of(trouble), Reporting::sum);
                    }
                }
            });
        }

        private static Proportion sum(Proportion one, Proportion other) {
            return new Proportion(one.count() + other.count(), one.of() + other.of());
        }

        QualityReport report(int most) {
            List<Judgement> judged = judgements(Kind.ROW);
            return new QualityReport(
                    from,
                    to,
                    PolicyRef.of(policy),
                    all.cases(),
                    decisions,
                    complete,
                    figures(all, EnumSet.noneOf(Trouble.class)),
                    (int) judged.stream().filter(Reporting::isToMend).count(),
                    List.copyOf(judged.subList(0, Math.min(most, judged.size()))),
                    Math.max(0, judged.size() - most),
                    judgements(Kind.RULE));
        }

        private static boolean isToMend(Judgement judgement) {
            return judgement.surplus().signum() > 0;
        }

        private List<Judgement> judgements(Kind kind) {
            return rows.values().stream()
                    .filter(count -> count.text() != null && count.text().kind() == kind)
                    .map(this::judgement)
                    .sorted(Comparator.comparing(Judgement::surplus)
                            .reversed()
                            .thenComparing(Reporting::worst, Comparator.reverseOrder())
                            .thenComparing(Judgement::id)
                            .thenComparing(Judgement::says))
                    .toList();
        }

        /** The highest lower bound of what it answers for. */
        private static BigDecimal worst(Judgement judgement) {
            return judgement.figures().stream()
                    .filter(Figure::answersFor)
                    .map(Figure::low)
                    .max(Comparator.naturalOrder())
                    .orElse(BigDecimal.ZERO);
        }

        private Judgement judgement(RowCount count) {
            RowText text = Objects.requireNonNull(count.text());
            boolean rule = text.kind() == Kind.RULE;
            Set<Trouble> answersFor = answersFor(text);
            List<Figure> figures = figures(count, answersFor);
            BigDecimal surplus = figures.stream()
                    .map(figure -> surplus(count, figure))
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .setScale(1, RoundingMode.HALF_UP);
            return new Judgement(
                    text.id(),
                    rule ? null : text.at(),
                    text.says(),
                    state(text),
                    count.cases(),
                    surplus,
                    figures,
                    count.examples());
        }

        private State state(RowText text) {
            if (text.kind() == Kind.RULE) {
                return OF_THE_PROGRAM.matcher(text.id()).matches() ? State.CURRENT : state(titles.get(text.id()), text);
            }
            Row row = now.row(text.id());
            return state(row == null ? null : row.ref().says(), text);
        }

        private static State state(@Nullable String says, RowText text) {
            if (says == null) {
                return State.REMOVED;
            }
            return says.equals(text.says()) ? State.CURRENT : State.CHANGED;
        }

        private List<Figure> figures(RowCount count, Set<Trouble> answersFor) {
            var figures = new ArrayList<Figure>();
            for (Trouble trouble : Trouble.values()) {
                Proportion own = count.of(trouble);
                BigDecimal rate = own.percent();
                Proportion.Interval interval = own.interval();
                if (rate != null && interval != null) {
                    figures.add(new Figure(
                            trouble,
                            own.count(),
                            own.of(),
                            rate,
                            interval.low(),
                            interval.high(),
                            others(count, trouble).percent(),
                            answersFor.contains(trouble),
                            named(trouble, count.causes(trouble))));
                }
            }
            return List.copyOf(figures);
        }

        /** How many more of the cases went wrong than with the others, at the least; 0 when that may be chance. */
        private BigDecimal surplus(RowCount count, Figure figure) {
            Trouble trouble = figure.trouble();
            BigDecimal above = figure.answersFor() ? count.of(trouble).surelyAbove(others(count, trouble)) : null;
            return above == null || above.signum() <= 0
                    ? BigDecimal.ZERO
                    : above.multiply(BigDecimal.valueOf(figure.of())).divide(HUNDRED, 4, RoundingMode.HALF_UP);
        }

        /** With the other rows of its sheet; of a rule in the cases that it had no part in; of everything there are none. */
        private Proportion others(RowCount count, Trouble trouble) {
            RowText text = count.text();
            if (text == null) {
                return new Proportion(0, 0);
            }
            return text.kind() == Kind.RULE
                    ? all.of(trouble).without(count.ofWhole(trouble))
                    : bySheet.getOrDefault(text.sheet(), Map.of())
                            .getOrDefault(trouble, count.of(trouble))
                            .without(count.of(trouble));
        }

        /** Causes as the policy calls them: one caller may have sent a code, another a label. */
        private List<Cause> named(Trouble trouble, List<Cause> causes) {
            var counts = new LinkedHashMap<String, Long>();
            for (Cause cause : causes) {
                Class<? extends Term> set = switch (trouble) {
                    case RETURNED -> ReturnReason.class;
                    case OVERRULED -> Body.class;
                    default -> null;
                };
                Term term = set == null ? null : policy.vocabulary().find(set, cause.why());
                counts.merge(term == null ? cause.why() : term.label(), cause.count(), Long::sum);
            }
            return counts.entrySet().stream()
                    .map(each -> new Cause(each.getKey(), each.getValue()))
                    .sorted(Comparator.comparingLong(Cause::count).reversed().thenComparing(Cause::why))
                    .toList();
        }
    }
}
