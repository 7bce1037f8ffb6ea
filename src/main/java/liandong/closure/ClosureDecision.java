package liandong.closure;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import liandong.calendar.Limit;
import liandong.engine.Clash;
import liandong.engine.Concluded;
import liandong.engine.Evidence;
import liandong.engine.Finding;
import liandong.engine.Reason;
import liandong.engine.Timetable;
import liandong.incident.Body;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.policy.RuleRef;
import liandong.table.Asks;
import liandong.table.RowRef;
import liandong.table.Tables;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a body that says it is done, or to what the citizen says of it (办结回访).
 *
 * <p>Folded from findings; the order in which rules fired has no part in it.
 *
 * @param stage what has happened
 * @param outcome how it ends; never null
 * @param reason what settled it; never null
 * @param missing what is missing; null unless {@code SUPPLEMENT}, {@code REDO}, {@code NOT_YET} or {@code CENTRE_DECIDES}
 * @param supplement how soon the missing proofs must be handed in; null unless {@code SUPPLEMENT}
 * @param redo how soon it must be done again; null unless {@code REDO}
 * @param warned who is warned; null unless {@code WARN}
 * @param sampling whether the citizen is asked; null unless {@code ACCEPT}
 * @param followUp who asks the citizen, how and by when; never null when {@code FOLLOW_UP}; when {@code ACCEPT} or {@code
 *     WARN}, null if nobody does
 * @param archive where the case is filed; never null when {@code CLOSE}, nor when {@code ACCEPT} or {@code WARN} and nobody
 *     asks the citizen; null otherwise
 * @param awaiting by when the centre must rule; null unless {@code CENTRE_DECIDES}, and when no row says so
 * @param events the events that it comes to, to be sent with the next questions; empty for none, and under a policy of an
 *     earlier format
 * @param nextReviewAt the earliest moment something is due; null when nothing is, and when that is late already
 * @param because every reason, by rule code and row id; never empty
 * @param unconfirmed what of it is not confirmed, see {@link Concluded#unconfirmed}
 */
@Asks(ClosureRulingRow.class)
public record ClosureDecision(
        @Member(label = "环节 Stage", meaning = "what has happened: the body says it is done, or the citizen was asked")
        ClosureStage stage,

        @Member(label = "结果 Outcome", meaning = "how it ends", role = Role.OUTCOME)
        ClosureOutcome outcome,

        @Member(label = "原因 Reason", meaning = "what settled it", role = Role.REASON)
        ClosureReason reason,

        @Member(meaning = "what is missing; only with SUPPLEMENT, REDO, NOT_YET and CENTRE_DECIDES") @Nullable
        Missing missing,

        @Member(meaning = "how soon the missing proofs must be handed in; only with SUPPLEMENT") @Nullable
        SupplementOrder supplement,

        @Member(meaning = "how soon it must be done again; only with REDO") @Nullable
        RedoOrder redo,

        @Member(label = "预警 Warned", meaning = "who is warned; only with WARN") @Nullable
        Body warned,

        @Member(meaning = "whether the citizen is asked, and how that was drawn; only with ACCEPT") @Nullable
        Sampling sampling,

        @Member(meaning = "who asks the citizen, how and by when; with FOLLOW_UP always, else when somebody does")
        @Nullable
        FollowUpPlan followUp,

        @Member(meaning = "where the case is filed; when it is closed") @Nullable
        Filing archive,

        @Member(meaning = "by when the centre must rule; only with CENTRE_DECIDES, where a row of 办结裁定 says so")
        @Nullable
        AwaitedRuling awaiting,

        @Member(
                meaning =
                        "the events that this comes to, ready to be added to those of the next question: what the citizen"
                                + " said, that it has to be done again or supplemented; absent for none, and under a policy of an"
                                + " earlier format",
                role = Role.WHY,
                leftOutWhenEmpty = true)
        List<CaseEvent> events,

        @Member(
                label = "复核时间 Next review",
                meaning = "the earliest moment something is due; absent when nothing is, and when that is late already")
        @Nullable
        OffsetDateTime nextReviewAt,

        List<Reason> because,
        List<String> unconfirmed)
        implements Concluded {

    /**
     * What is missing.
     *
     * @param stages stages that are not done
     * @param proofs proofs that were not given
     * @param choices proofs of which none was given and any one is enough
     */
    public record Missing(
            @Member(label = "缺阶段 Stages missing", meaning = "stages that are not done", example = "\"抢修\"")
            List<String> stages,

            @Member(label = "缺佐证 Proofs missing", meaning = "proofs that were not given")
            List<Proof> proofs,

            @Member(
                    label = "任一佐证 Proofs any one of",
                    meaning = "proofs of which none was given and any one is enough; absent for none",
                    leftOutWhenEmpty = true)
            List<Proof> choices) {}

    /**
     * How soon it must be done again, and by whom.
     *
     * @param number ordinal of this redo, starting at 1
     * @param by who does it again
     * @param limit how long it may take
     * @param due when it must be done at the latest
     * @param row id of the row
     * @param provisional whether its due time rests on a year that has not been announced (暂定)
     */
    public record RedoOrder(
            @Member(label = "重办次序 Redo number", meaning = "ordinal of this redo, starting at 1")
            int number,

            @Member(label = "重办单位 Redo by", meaning = "who does it again")
            Body by,

            @Member(label = "重办时限 Redo limit", meaning = "how long it may take, with its clock", example = "\"3 工作日\"")
            Limit limit,

            @Member(label = "重办到期 Redo due", meaning = "when it must be done at the latest", role = Role.DUE)
            OffsetDateTime due,

            @Member(label = "重办行 Redo row", meaning = "id of the row", role = Role.ROW)
            String row,

            @Member(
                    label = "重办暂定 Redo provisional",
                    meaning = "whether the due time rests on a year whose days off have not been announced",
                    role = Role.WHY,
                    leftOutWhenEmpty = true)
            boolean provisional) {
        /** The same with a due time that is provisional, or not. */
        RedoOrder provisional(boolean whether) {
            return new RedoOrder(number, by, limit, due, row, whether);
        }

        /** The same, due at another moment. */
        RedoOrder dueAt(OffsetDateTime moment) {
            return new RedoOrder(number, by, limit, moment, row, provisional);
        }
    }

    /**
     * How soon the missing proofs must be handed in, and by whom.
     *
     * @param number ordinal of this supplement, starting at 1
     * @param by who hands them in
     * @param limit how long it may take
     * @param due when they must be there at the latest
     * @param row id of the row
     * @param provisional whether its due time rests on a year that has not been announced (暂定)
     */
    public record SupplementOrder(
            @Member(label = "补正次序 Supplement number", meaning = "ordinal of this supplement, starting at 1")
            int number,

            @Member(label = "补正单位 Supplement by", meaning = "who hands them in")
            Body by,

            @Member(
                    label = "补正时限 Supplement limit",
                    meaning = "how long it may take, with its clock",
                    example = "\"1 工作日\"")
            Limit limit,

            @Member(label = "补正到期 Supplement due", meaning = "when they must be there at the latest", role = Role.DUE)
            OffsetDateTime due,

            @Member(label = "补正行 Supplement row", meaning = "id of the row", role = Role.ROW)
            String row,

            @Member(
                    label = "补正暂定 Supplement provisional",
                    meaning = "whether the due time rests on a year whose days off have not been announced",
                    role = Role.WHY,
                    leftOutWhenEmpty = true)
            boolean provisional) {
        /** The same with a due time that is provisional, or not. */
        SupplementOrder provisional(boolean whether) {
            return new SupplementOrder(number, by, limit, due, row, whether);
        }
    }

    /**
     * By when the centre must rule on what is left to it.
     *
     * @param by who rules; empty when the policy names nobody
     * @param since since when it has been left to them
     * @param due by when they must have ruled; it does not move when that is late
     * @param late whether that moment is over
     * @param row id of the row
     * @param provisional whether the due time rests on a year that has not been announced (暂定)
     */
    public record AwaitedRuling(
            @Member(label = "裁定单位 Ruling by", meaning = "who rules; empty when the policy names nobody")
            List<Body> by,

            @Member(label = "裁定起 Ruling since", meaning = "since when it has been left to them")
            OffsetDateTime since,

            @Member(
                    label = "裁定到期 Ruling due",
                    meaning = "by when they must have ruled; it does not move when it is late",
                    role = Role.DUE)
            OffsetDateTime due,

            @Member(label = "裁定逾期 Ruling late", meaning = "whether that moment is over", leftOutWhenEmpty = true)
            boolean late,

            @Member(label = "裁定行 Ruling row", meaning = "id of the row", role = Role.ROW)
            String row,

            @Member(
                    label = "裁定暂定 Ruling provisional",
                    meaning = "whether the due time rests on a year whose days off have not been announced",
                    role = Role.WHY,
                    leftOutWhenEmpty = true)
            boolean provisional) {}

    /** Why a ruling has a day: what is left to the centre shows only when all rules have fired, so no rule can say so. */
    private static final RuleRef RULING_LIMIT = new RuleRef("CLO-998", "由指挥中心裁定的，在办结裁定表所列限期之内裁定", "服务兜底");

    /** What is said when not one rule concluded anything, so that even a faulty policy never answers with silence. */
    private static final RuleRef NO_RULE = new RuleRef("CLO-999", "没有规则得出结论的，由指挥中心裁定", "服务兜底");

    /**
     * Folds findings into the decision.
     *
     * <p>What only the centre can decide comes first, then a redo, a supplement, a warning, a further follow-up, and
     * filing last; findings of one kind that differ are a tie for the centre.
     */
    public static ClosureDecision of(Closing closing, Collection<Evidence<Finding>> findings) {
        return new Fold(closing, findings).decision();
    }

    /**
     * The same, a redo that was ordered before due when it was told to be: the rules or the limit may have changed since, what
     * the body has been told has not.
     */
    ClosureDecision asOrdered(Closing closing) {
        CaseEvent before = redo == null ? null : closing.ordered(CaseEventKind.REDO);
        OffsetDateTime until = before == null ? null : before.until();
        if (redo == null || until == null) {
            return this;
        }
        return new ClosureDecision(
                stage,
                outcome,
                reason,
                missing,
                supplement,
                redo.dueAt(until),
                warned,
                sampling,
                followUp,
                archive,
                awaiting,
                events,
                until,
                because,
                unconfirmed);
    }

    /**
     * The same, with by when the centre must rule on what is left to it. Like a follow-up, that keeps its day: it is the centre
     * that is late.
     *
     * @param tables the tables as they stand; one that says nothing of rulings leaves all as it is
     * @param centre who rules; empty when the policy names nobody
     */
    ClosureDecision ruled(Closing closing, Tables tables, Timetable clock, List<Body> centre) {
        List<ClosureRulingRow> rows = outcome == ClosureOutcome.CENTRE_DECIDES && tables.has(ClosureRulingRow.class)
                ? tables.match(ClosureRulingRow.class, closing)
                : List.of();
        OffsetDateTime due = rows.isEmpty()
                ? null
                : clock.beforeEnd(
                        () -> clock.after(closing.ordersFrom(), rows.get(0).within()));
        if (due == null) {
            return this;
        }
        RowRef row = rows.get(0).ref();
        boolean late = due.isBefore(clock.now().toOffsetDateTime());
        List<Reason> all = Reason.merged(List.of(because, List.of(Reason.of(RULING_LIMIT, row))));
        return new ClosureDecision(
                stage,
                outcome,
                reason,
                missing,
                supplement,
                redo,
                warned,
                sampling,
                followUp,
                archive,
                new AwaitedRuling(centre, closing.ordersFrom(), due, late, row.id(), clock.isProvisional(due)),
                events,
                due,
                all,
                Reason.unconfirmed(all));
    }

    /** The same, with what its due times rest on. */
    ClosureDecision marked(Timetable clock) {
        OffsetDateTime proven = supplement == null ? null : supplement.due();
        OffsetDateTime again = redo == null ? null : redo.due();
        OffsetDateTime asked = followUp == null ? null : followUp.due();
        return new ClosureDecision(
                stage,
                outcome,
                reason,
                missing,
                supplement == null ? null : supplement.provisional(clock.isProvisional(proven)),
                redo == null ? null : redo.provisional(clock.isProvisional(again)),
                warned,
                sampling,
                followUp == null
                        ? null
                        : followUp.provisional(clock.isProvisional(asked))
                                .at(clock.now().toOffsetDateTime()),
                archive,
                awaiting,
                events,
                nextReviewAt == null || nextReviewAt.isBefore(clock.now().toOffsetDateTime()) ? null : nextReviewAt,
                because,
                Reason.unconfirmed(
                        unconfirmed,
                        List.of(
                                clock.unannounced(proven),
                                clock.unannounced(again),
                                clock.unannounced(asked),
                                clock.unannounced(awaiting == null ? null : awaiting.due()))));
    }

    /** The same, with the events that it comes to and how often the citizen has been asked. */
    ClosureDecision handedOver(Closing closing, OffsetDateTime now) {
        var come = new ArrayList<CaseEvent>();
        FollowUp said = closing.followUp();
        if (said != null && said.satisfaction() == Satisfaction.SATISFIED) {
            come.add(event(CaseEventKind.CITIZEN_SATISFIED, said.at(), closing, null, null));
        } else if (said != null && said.satisfaction() == Satisfaction.DISSATISFIED) {
            String notItsFault = said.cause() == Cause.OBJECTIVE && closing.excluded() == null
                    ? said.cause().label()
                    : closing.excluded();
            come.add(event(CaseEventKind.CITIZEN_DISSATISFIED, said.at(), closing, null, notItsFault));
        }
        if (redo != null) {
            come.add(ordered(CaseEventKind.REDO, closing, now, redo.due()));
        }
        if (supplement != null) {
            come.add(ordered(CaseEventKind.SUPPLEMENT, closing, now, null));
        }
        return new ClosureDecision(
                stage,
                outcome,
                reason,
                missing,
                supplement,
                redo,
                warned,
                sampling,
                followUp == null ? null : followUp.after(closing.followUps()),
                archive,
                awaiting,
                List.copyOf(come),
                nextReviewAt,
                because,
                unconfirmed);
    }

    /**
     * The event that something is ordered or, when the same question came to it before, that very event: the order is one, and
     * told twice it must not differ.
     */
    private static CaseEvent ordered(
            CaseEventKind kind, Closing closing, OffsetDateTime now, @Nullable OffsetDateTime until) {
        CaseEvent before = closing.ordered(kind);
        return before == null ? event(kind, now, closing, until, null) : before;
    }

    private static CaseEvent event(
            CaseEventKind kind,
            OffsetDateTime at,
            Closing closing,
            @Nullable OffsetDateTime until,
            @Nullable String excluded) {
        return new CaseEvent(kind, at, null, closing.lead(), false, null, until, null, null, null, excluded);
    }

    /** The findings by kind. */
    private static final class Fold {
        private final Closing closing;
        private final Collection<Evidence<Finding>> findings;
        private final List<Fault> faults;
        private final List<Supplement> supplements;
        private final List<Redo> redos;
        private final List<Sampling> samplings;
        private final List<FollowUpPlan> plans;
        private final List<Warning> warnings;
        private final List<Closed> closed;
        private final List<Filing> filings;
        private final List<Ongoing> ongoing;

        Fold(Closing closing, Collection<Evidence<Finding>> findings) {
            this.closing = closing;
            this.findings = findings;
            this.faults = only(Fault.class);
            this.supplements = only(Supplement.class);
            this.redos = only(Redo.class);
            this.samplings = only(Sampling.class);
            this.plans = only(FollowUpPlan.class);
            this.warnings = only(Warning.class);
            this.closed = only(Closed.class);
            this.filings = only(Filing.class);
            this.ongoing = only(Ongoing.class);
        }

        private <F extends Finding> List<F> only(Class<F> kind) {
            return Evidence.only(kind, findings).stream()
                    .map(Evidence::finding)
                    .distinct()
                    .toList();
        }

        ClosureDecision decision() {
            List<Referred> referred = only(Referred.class);
            boolean tie = List.of(supplements, redos, samplings, plans, closed, filings).stream()
                    .anyMatch(kind -> kind.size() > 1);
            if (tie || !only(Clash.class).isEmpty()) {
                return decision(ClosureOutcome.CENTRE_DECIDES, ClosureReason.TIE);
            }
            if (!referred.isEmpty()) {
                return decision(ClosureOutcome.CENTRE_DECIDES, referred.get(0).reason());
            }
            if (!faults.isEmpty() && !redos.isEmpty()) {
                return decision(ClosureOutcome.REDO, gravest().reason());
            }
            if (!faults.isEmpty() && !supplements.isEmpty()) {
                return decision(ClosureOutcome.SUPPLEMENT, ClosureReason.INCOMPLETE);
            }
            if (faults.isEmpty() && !ongoing.isEmpty()) {
                return decision(
                        ClosureOutcome.NOT_YET,
                        closing.awaitsProcedure() ? ClosureReason.PROCEDURE : ClosureReason.STAGES_OPEN);
            }
            boolean goesOn = !plans.isEmpty() || (!closed.isEmpty() && !filings.isEmpty());
            if (!faults.isEmpty() || !goesOn) {
                return decision(ClosureOutcome.CENTRE_DECIDES, ClosureReason.NO_ROW);
            }
            if (!warnings.isEmpty()) {
                return decision(ClosureOutcome.WARN, ClosureReason.TENDENCY);
            }
            if (!only(Accepted.class).isEmpty()) {
                return decision(
                        ClosureOutcome.ACCEPT, plans.isEmpty() ? ClosureReason.NOT_SAMPLED : ClosureReason.COMPLETE);
            }
            return plans.isEmpty()
                    ? decision(ClosureOutcome.CLOSE, closed.get(0).reason())
                    : decision(ClosureOutcome.FOLLOW_UP, ClosureReason.UNREACHABLE);
        }

        /** The fault that settles it: fraud, or else the first. */
        private Fault gravest() {
            return faults.stream()
                    .filter(fault -> fault.reason() == ClosureReason.FRAUD)
                    .findFirst()
                    .orElse(faults.get(0));
        }

        private @Nullable Missing missing() {
            List<String> stages = Stream.concat(
                            faults.stream().flatMap(fault -> fault.stages().stream()),
                            ongoing.stream().flatMap(each -> each.stages().stream()))
                    .distinct()
                    .toList();
            List<Proof> proofs = proofs(Fault::proofs);
            List<Proof> choices = proofs(Fault::choices);
            boolean nothing = stages.isEmpty() && proofs.isEmpty() && choices.isEmpty();
            return nothing ? null : new Missing(stages, proofs, choices);
        }

        private List<Proof> proofs(Function<Fault, List<Proof>> which) {
            return List.copyOf(new TreeSet<>(faults.stream()
                    .flatMap(fault -> which.apply(fault).stream())
                    .toList()));
        }

        private SupplementOrder ordered(Supplement supplement) {
            return new SupplementOrder(
                    supplement.number(),
                    closing.lead(),
                    supplement.row().limit(),
                    supplement.due(),
                    supplement.row().ref().id(),
                    false);
        }

        private static @Nullable OffsetDateTime review(
                @Nullable Supplement supplement, @Nullable Redo redo, @Nullable FollowUpPlan plan) {
            if (supplement != null) {
                return supplement.due();
            }
            if (redo != null) {
                return redo.due();
            }
            return plan == null ? null : plan.due();
        }

        private ClosureDecision decision(ClosureOutcome outcome, ClosureReason reason) {
            boolean centre = outcome == ClosureOutcome.CENTRE_DECIDES;
            Redo redo = outcome == ClosureOutcome.REDO ? redos.get(0) : null;
            Supplement supplement = outcome == ClosureOutcome.SUPPLEMENT ? supplements.get(0) : null;
            boolean early = outcome == ClosureOutcome.NOT_YET;
            boolean settled = !centre && !early && redo == null && supplement == null;
            FollowUpPlan plan = settled && !plans.isEmpty() ? plans.get(0) : null;
            List<Reason> because = findings.isEmpty() ? List.of(Reason.of(NO_RULE)) : Reason.all(findings);
            return new ClosureDecision(
                    closing.followUp() == null ? ClosureStage.CONCLUDING : ClosureStage.FOLLOWED_UP,
                    outcome,
                    reason,
                    missing(),
                    supplement == null ? null : ordered(supplement),
                    redo == null
                            ? null
                            : new RedoOrder(
                                    redo.number(),
                                    closing.lead(),
                                    redo.row().limit(),
                                    redo.due(),
                                    redo.row().ref().id(),
                                    false),
                    outcome == ClosureOutcome.WARN ? warnings.get(0).to() : null,
                    outcome == ClosureOutcome.ACCEPT && !samplings.isEmpty() ? samplings.get(0) : null,
                    plan,
                    settled && plan == null ? filings.get(0) : null,
                    null,
                    List.of(),
                    early ? closing.firstDue() : review(supplement, redo, plan),
                    because,
                    Reason.unconfirmed(because));
        }
    }
}
