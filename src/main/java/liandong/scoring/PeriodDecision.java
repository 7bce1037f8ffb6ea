package liandong.scoring;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.engine.Concluded;
import liandong.engine.Evidence;
import liandong.engine.Finding;
import liandong.engine.Reason;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.incident.Presented;
import liandong.problem.Code;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The scores of one or several bodies for a period (期间考核).
 *
 * @param scores one for each body, those without a score last: by kind, then grade, then the body's code or, ranked, its rank
 * @param peers the bodies by kind, each kind by grades; empty for one body, and under a policy of an earlier format, which ranks
 *     all bodies whatever their kind
 * @param because every reason, by rule code and row id; never empty
 * @param unconfirmed ids of the rows among the reasons whose source is not confirmed
 */
public record PeriodDecision(
        @Member(
                meaning =
                        "one for each body, those without a score last: by kind, then grade, then the body's code or, where"
                                + " ranking is asked, its rank")
        List<PeriodScore> scores,

        @Member(
                meaning =
                        "the bodies by kind, and those of a kind by grade: who is compared with whom; absent for one body,"
                                + " and under a policy of an earlier format, which ranks all bodies",
                leftOutWhenEmpty = true)
        List<Peers> peers,

        List<Reason> because,
        List<String> unconfirmed)
        implements Concluded {

    /**
     * Bodies of one kind, which are compared with each other and with no others (同类单位).
     *
     * @param kind what kind of body they are; null for bodies of none
     * @param bands the bands that are not empty, the best first; empty when no body of the kind is scored
     * @param notScored the bodies that have no score and so are in no band, by their codes; empty when all have one
     * @param tooFew the bodies that had too few cases to be compared and so are in no band, by their codes; empty for none
     */
    public record Peers(
            @Member(label = "单位类别 Kind", meaning = "what kind of body they are", role = Role.WHY) @Nullable
            BodyKind kind,

            @Member(meaning = "the bands that are not empty, the best first: only bodies that are scored are in one")
            List<Band> bands,

            @Member(
                    label = "未评单位 Not scored",
                    meaning =
                            "the bodies that have no score and so are in no band, by their codes; `scores` says why; absent"
                                    + " when all have one",
                    leftOutWhenEmpty = true)
            List<Body> notScored,

            @Member(
                    label = "样本过少 Too few cases",
                    meaning =
                            "the bodies that had too few cases to be compared with others and so are in no band and have no"
                                    + " rank, by their codes; absent when all had enough",
                    leftOutWhenEmpty = true)
            List<Body> tooFew) {}

    /**
     * The bodies of one kind that have one grade.
     *
     * @param grade the grade; null for those that are scored and have none
     * @param bodies the bodies, by their codes: none of them is before another
     */
    public record Band(
            @Member(
                    label = "档次 Band",
                    meaning = "the grade; absent for those that are scored and have none",
                    role = Role.WHY)
            @Nullable
            Grade grade,

            @Member(label = "同档单位 Bodies", meaning = "the bodies, by their codes: none of them is before another")
            List<Body> bodies) {}

    /**
     * The score of one body.
     *
     * @param period what it is a score of
     * @param rank its place; those with the same score share one, and the places after them are left out (1, 2, 2, 4); 0
     *     without a score
     * @param items its items, in their order; items nobody has given points for are missing
     * @param measures what it was measured by
     * @param result score, grade and lines
     * @param tooFew whether it had too few cases to be compared with others
     * @param problems why it is not scored; empty when it is
     */
    public record PeriodScore(
            Period period,
            int rank,
            List<ItemScore> items,
            List<Measured> measures,
            ScoringDecision result,
            boolean tooFew,
            List<Problem> problems)
            implements Presented {
        /** The same with a place. */
        PeriodScore ranked(int place) {
            return new PeriodScore(period, place, items, measures, result, tooFew, problems);
        }

        @Override
        public Ranked presented() {
            return new Ranked(
                    rank == 0 ? null : rank,
                    period.body(),
                    period.from(),
                    period.to(),
                    result.outcome(),
                    result.score(),
                    result.outOf(),
                    result.grade(),
                    tooFew,
                    measures,
                    items,
                    caps(),
                    notGiven(),
                    period.takenOut().stream()
                            .map(one ->
                                    new TakenOut(one.id(), Objects.requireNonNull(one.excluded()), one.excludedBy()))
                            .toList(),
                    result.ifAppealsAreUpheld(),
                    problems.stream().map(Fault::of).toList());
        }

        /** What keeps the score where it is, whatever its items come to; empty for nothing. */
        List<ScoreLine> caps() {
            return result.lines().stream()
                    .filter(line -> line.of() == ScoreLineKind.CAP)
                    .toList();
        }

        /** The items that a person scores and nobody has. */
        List<PeriodItem> notGiven() {
            return Stream.of(PeriodItem.values())
                    .filter(item -> item.isGivenByHand() && period.given(item) == null)
                    .toList();
        }
    }

    /** The score of one body, as callers get it. */
    record Ranked(
            @Member(
                    label = "名次 Rank",
                    meaning =
                            "its place among those of its kind; those with the same score share one, and the places after"
                                    + " them are left out (1, 2, 2, 4); absent without a score, and unless ranking is asked; under a"
                                    + " policy of an earlier format its place among all")
            @Nullable
            Integer rank,

            @Member(label = "单位 Body", meaning = "the body") @Nullable
            Body body,

            @Member(meaning = "when the period begins, as sent") @Nullable
            OffsetDateTime from,

            @Member(meaning = "when it ends, as sent") @Nullable
            OffsetDateTime to,

            @Member(label = "结果 Outcome", meaning = "how it ends", role = Role.OUTCOME)
            ScoringOutcome outcome,

            @Member(label = "得分 Score", meaning = "the points; only with SCORED", example = "88.12") @Nullable
            BigDecimal score,

            @Member(
                    label = "满分 Out of",
                    meaning = "the most there could have been; only with SCORED",
                    example = "90.00")
            @Nullable
            BigDecimal outOf,

            @Member(label = "等次 Grade", meaning = "how good that is; absent when no row gives one") @Nullable
            Grade grade,

            @Member(
                    label = "样本过少 Too few",
                    meaning =
                            "whether it had too few cases to be compared with others: the score stands, `measures` gives the"
                                    + " intervals, and it is in no band of its kind and has no rank; absent when it had enough",
                    leftOutWhenEmpty = true)
            boolean tooFew,

            @Member(meaning = "what it was measured by") List<Measured> measures,

            @Member(meaning = "its items, in their order; those that nobody has given points for are missing")
            List<ItemScore> items,

            @Member(
                    meaning =
                            "what keeps the score below what its items come to, because of what was measured: fraud, shirking;"
                                    + " absent for nothing",
                    trace = true,
                    prefix = "封顶",
                    leftOutWhenEmpty = true)
            List<ScoreLine> caps,

            @Member(label = "未评项目 Not given", meaning = "items that a person scores and nobody has")
            List<PeriodItem> notGiven,

            @Member(
                    meaning =
                            "cases that were taken out before anything was counted, each with the reason; absent for none",
                    leftOutWhenEmpty = true)
            List<TakenOut> excluded,

            @Member(
                    meaning = "what it would be if every appeal were upheld; absent when nothing is contested",
                    prefix = "申诉后")
            @Nullable
            Appeal ifAppealsAreUpheld,

            @Member(meaning = "why it is not scored; only with NOT_SCORED", leftOutWhenEmpty = true)
            List<Fault> faults) {}

    /** What is wrong with the period of a body that is not scored, as callers get it. */
    record Fault(
            @Member(meaning = "what kind of problem") Code code,

            @Member(meaning = "where in the request, as a JSON pointer", example = "\"/periods/1/counts/closed\"")
            String pointer,

            @Member(meaning = "what is wrong, in Chinese", example = "\"closed（11）不能多于 due（10）。\"")
            String message,

            @Member(meaning = "the same in English", example = "\"closed (11) cannot be more than due (10).\"")
            String messageEn) {
        static Fault of(Problem problem) {
            return new Fault(
                    problem.code(),
                    String.valueOf(problem.at()),
                    problem.message(Locale.CHINESE),
                    problem.message(Locale.ENGLISH));
        }
    }

    /** A case that was taken out, as callers get it. */
    record TakenOut(
            @Member(label = "剔除编号 Excluded id", meaning = "the caller's reference", example = "\"SC-2026-000123\"")
            String id,

            @Member(
                    label = "剔除理由 Excluded because",
                    meaning = "why it is not the body's fault",
                    example = "\"诉求超出政策规定，已向来访人解释\"")
            String reason,

            @Member(label = "剔除认定 Excluded by", meaning = "on whose behalf a person found so; absent when not told")
            @Nullable
            Body by) {}

    /**
     * The score of one item.
     *
     * @param item the item
     * @param points what its lines come to
     * @param lines every point gained or lost
     */
    public record ItemScore(
            @Member(label = "项目 Item", meaning = "the item") PeriodItem item,

            @Member(label = "项目分 Item points", meaning = "what its lines come to", example = "50.00")
            BigDecimal points,

            @Member(meaning = "every point gained or lost", trace = true)
            List<ScoreLine> lines) {}

    /** Folds the findings about one body's period. */
    public static PeriodScore of(Period period, Collection<Evidence<Finding>> findings) {
        ScoringDecision result = ScoringDecision.of(findings);
        var items = new ArrayList<ItemScore>();
        for (PeriodItem item : PeriodItem.values()) {
            List<ScoreLine> lines =
                    result.lines().stream().filter(line -> line.item() == item).toList();
            if (!lines.isEmpty()) {
                items.add(new ItemScore(item, ScoreLine.sum(lines), lines));
            }
        }
        List<Measured> few = Evidence.only(SmallNumber.class, findings).stream()
                .map(found -> found.finding().measured())
                .toList();
        // Where rules of a policy's own put one rate into two bands, the row whose id comes first says which.
        Map<Measured, BandRow> bands = Evidence.only(Banded.class, findings).stream()
                .map(Evidence::finding)
                .collect(Collectors.toMap(
                        Banded::measured,
                        Banded::row,
                        BinaryOperator.minBy(
                                Comparator.comparing(row -> row.ref().id()))));
        List<Measured> measures = period.measures().stream()
                .map(measured -> {
                    BandRow band = bands.get(measured);
                    Measured known = few.contains(measured) ? measured.ofFew() : measured;
                    return band == null ? known : known.in(band.band());
                })
                .toList();
        boolean tooFew = !Evidence.only(TooFew.class, findings).isEmpty();
        return new PeriodScore(period, 0, List.copyOf(items), measures, result, tooFew, List.of());
    }

    /** What is said of a body whose period is empty or faulty. */
    static PeriodScore notScored(Period period, List<Problem> problems) {
        return new PeriodScore(period, 0, List.of(), List.of(), ScoringDecision.notScored(), false, problems);
    }

    /** Ranks bodies by their scores; the order they are given in has no part in it. */
    public static PeriodDecision ranked(Collection<PeriodScore> bodies) {
        var scores = bodies.stream()
                .map(each -> each.ranked(rank(each, bodies)))
                .sorted(Comparator.comparing((PeriodScore each) -> each.rank() == 0)
                        .thenComparing(PeriodScore::rank)
                        .thenComparing(PeriodDecision::name))
                .toList();
        List<Reason> because = Reason.merged(
                scores.stream().map(each -> each.result().because()).toList());
        return new PeriodDecision(scores, List.of(), because, Reason.unconfirmed(because));
    }

    /**
     * Puts bodies into bands of their kind; the order they are given in has no part in it.
     *
     * @param ranking whether those of a kind are ranked one by one too
     */
    static PeriodDecision banded(Collection<PeriodScore> bodies, boolean ranking) {
        var scores = bodies.stream()
                .map(each -> ranking && !each.tooFew() ? each.ranked(rank(each, peers(each, bodies))) : each)
                .sorted(Comparator.comparing((PeriodScore each) -> each.result().score() == null)
                        .thenComparing(PeriodDecision::kind, KINDS)
                        .thenComparing(PeriodScore::tooFew)
                        .thenComparing(PeriodScore::rank)
                        .thenComparing(each -> each.result().grade(), GRADES)
                        .thenComparing(PeriodDecision::name))
                .toList();
        List<Reason> because = Reason.merged(
                scores.stream().map(each -> each.result().because()).toList());
        return new PeriodDecision(
                scores, bodies.size() > 1 ? peers(scores) : List.of(), because, Reason.unconfirmed(because));
    }

    private static final Comparator<@Nullable BodyKind> KINDS = Comparator.nullsLast(Comparator.naturalOrder());
    private static final Comparator<@Nullable Grade> GRADES = Comparator.nullsLast(Comparator.naturalOrder());

    private static @Nullable BodyKind kind(PeriodScore score) {
        Body body = score.period().body();
        return body == null ? null : body.kind();
    }

    private static List<PeriodScore> peers(PeriodScore one, Collection<PeriodScore> bodies) {
        return bodies.stream()
                .filter(other -> !other.tooFew() && Objects.equals(kind(one), kind(other)))
                .toList();
    }

    private static List<Peers> peers(List<PeriodScore> scores) {
        var bands = new TreeMap<@Nullable BodyKind, Map<@Nullable Grade, List<Body>>>(KINDS);
        var notScored = new TreeMap<@Nullable BodyKind, List<Body>>(KINDS);
        var tooFew = new TreeMap<@Nullable BodyKind, List<Body>>(KINDS);
        for (PeriodScore score : scores) {
            Body body = score.period().body();
            if (body != null) {
                Map<@Nullable Grade, List<Body>> ofKind =
                        bands.computeIfAbsent(body.kind(), kind -> new TreeMap<>(GRADES));
                (score.result().score() == null
                                ? notScored.computeIfAbsent(body.kind(), kind -> new ArrayList<>())
                                : score.tooFew()
                                        ? tooFew.computeIfAbsent(body.kind(), kind -> new ArrayList<>())
                                        : ofKind.computeIfAbsent(score.result().grade(), grade -> new ArrayList<>()))
                        .add(body);
            }
        }
        return bands.entrySet().stream()
                .map(kind -> new Peers(
                        kind.getKey(),
                        kind.getValue().entrySet().stream()
                                .map(band -> new Band(band.getKey(), byCode(band.getValue())))
                                .toList(),
                        byCode(notScored.getOrDefault(kind.getKey(), List.of())),
                        byCode(tooFew.getOrDefault(kind.getKey(), List.of()))))
                .toList();
    }

    private static List<Body> byCode(List<Body> bodies) {
        return bodies.stream()
                .distinct()
                .sorted(Comparator.comparing(Body::code))
                .toList();
    }

    private static String name(PeriodScore score) {
        return score.period().body() == null ? "" : score.period().body().code();
    }

    private static int rank(PeriodScore one, Collection<PeriodScore> bodies) {
        BigDecimal score = one.result().score();
        if (score == null) {
            return 0;
        }
        return 1
                + (int) bodies.stream()
                        .map(each -> each.result().score())
                        .filter(other -> other != null && other.compareTo(score) > 0)
                        .count();
    }
}
