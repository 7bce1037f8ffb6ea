package liandong.escalation;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import liandong.engine.Clash;
import liandong.engine.Concluded;
import liandong.engine.Evidence;
import liandong.engine.Finding;
import liandong.engine.Reason;
import liandong.engine.Timetable;
import liandong.incident.Body;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.policy.RuleRef;
import liandong.table.Asks;
import liandong.table.RowRef;
import liandong.table.Tables;
import org.jspecify.annotations.Nullable;

/**
 * What the centre has to do about a case in progress, and when to ask again (督办升级).
 *
 * <p>Folded from findings; the order in which rules fired has no part in it.
 *
 * @param outcome whether there is anything to do; never null
 * @param reason why there is nothing to do; null when there is
 * @param actions what is to be done now, by kind, then stage; empty when there is nothing
 * @param openStages the stages that are not done, with when they are due after extensions and pauses
 * @param awaiting the decision of the centre, or of a conference, that it waits for; null for none, and when the policy does
 *     not say by when
 * @param citizenDue by when it must be settled for the citizen, no matter which body has it; null when the policy does not say
 * @param citizenLate whether that moment is over
 * @param disregarded what was told and does not count; empty for nothing
 * @param credited what was told and counts, or counted; empty for nothing, and where the rules do not tell
 * @param keeper who keeps it in hand until it has been decided whose it is, or a conference has decided; null while neither has
 *     to be, and under a policy of an earlier format
 * @param nextReviewAt when to ask again at the latest: the earliest moment at which the actions, or the reason for none, are
 *     others, or the citizen's last day is over, if nothing happens before, or the last that was looked at; null when time
 *     alone changes nothing
 * @param because every reason, by rule code and row id; never empty
 * @param unconfirmed what of it is not confirmed, see {@link Concluded#unconfirmed}
 */
@Asks(RulingLimitRow.class)
public record EscalationDecision(
        @Member(label = "结果 Outcome", meaning = "whether there is anything to do", role = Role.OUTCOME)
        EscalationOutcome outcome,

        @Member(label = "原因 Reason", meaning = "why there is nothing to do; only with WAIT", role = Role.REASON)
        @Nullable
        NoActionReason reason,

        @Member(meaning = "what is to be done now, by kind, then stage; empty with WAIT")
        List<Action> actions,

        @Member(
                meaning = "the stages that are not done, with when they are due after extensions and pauses",
                prefix = "未办")
        List<OpenStage> openStages,

        @Member(
                meaning =
                        "the decision of the centre, or of a joint conference, that it waits for, and by when that must be"
                                + " there; absent for none, and when the policy does not say by when")
        @Nullable
        Awaited awaiting,

        @Member(
                label = "总时限 Citizen due",
                meaning =
                        "by when it must be settled for the citizen, counted from the report, no matter which body has it;"
                                + " absent when the policy does not say",
                role = Role.DUE)
        @Nullable
        OffsetDateTime citizenDue,

        @Member(label = "总时限已过 Citizen late", meaning = "whether that moment is over", leftOutWhenEmpty = true)
        boolean citizenLate,

        @Member(
                meaning =
                        "what was told and does not count, or not in full: pauses, extensions and explanations that the"
                                + " policy does not allow; the latest hundred",
                leftOutWhenEmpty = true)
        List<Disregarded> disregarded,

        @Member(
                meaning = "what was told and counts, or counted: pauses, extensions and explanations, with the row that"
                        + " allows them; the latest hundred; absent under a policy whose rules do not tell",
                leftOutWhenEmpty = true)
        List<Credited> credited,

        @Member(
                label = "暂管 Keeper",
                meaning =
                        "who keeps it in hand, and does what cannot wait, until it has been decided whose it is, or a joint"
                                + " conference has decided (首接负责); absent while neither has to be, and under a policy of an"
                                + " earlier format")
        @Nullable
        Body keeper,

        @Member(
                label = "复核时间 Next review",
                meaning =
                        "when to ask again at the latest: before it the actions, and the reason for none, stay as they are if"
                                + " nothing happens, and at it they are others, or the citizen's last day is over, or what was"
                                + " asked must have been answered; where the next hundred moments change nothing, the last of"
                                + " them; absent when time alone changes nothing")
        @Nullable
        OffsetDateTime nextReviewAt,

        List<Reason> because,
        List<String> unconfirmed)
        implements Concluded {

    /** What is said when not one rule concluded anything, so that even a faulty policy never answers with silence. */
    private static final RuleRef NO_RULE = new RuleRef("ESC-999", "没有规则得出结论的，由指挥中心裁定", "服务兜底");

    /** Why a tie has a limit: whether there is one shows only when all rules have fired, so no rule can say so. */
    private static final RuleRef TIE_LIMIT = new RuleRef("ESC-998", "结论相互矛盾、由指挥中心裁定的，在裁定限期表所列期限之内裁定", "服务兜底");

    private static final Comparator<Action> ORDER = Comparator.comparing(Action::kind)
            .thenComparing(Action::stage, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(action -> action.to().toString())
            .thenComparing(Action::since, OffsetDateTime.timeLineOrder())
            .thenComparing(Action::toString);

    private static final Comparator<Awaited> SOONEST = Comparator.comparing(
                    Awaited::due, OffsetDateTime.timeLineOrder())
            .thenComparing(each -> each.rows().get(0).id());

    /**
     * Folds findings into the decision.
     *
     * <p>Of what settles whose the matter is only the furthest is taken, but while harm is unsettled the matter is handed over and
     * raised all the same; of what presses a body for a stage only the hardest. What differs where only one can be true is a tie
     * for the centre.
     *
     * @param stages the stages that are not done
     * @param centre who decides at the centre; empty when the policy names nobody
     */
    public static EscalationDecision of(
            OpenCase open, List<OpenStage> stages, List<Body> centre, Collection<Evidence<Finding>> findings) {
        List<Action> wanted = Evidence.only(Action.class, findings).stream()
                .map(Evidence::finding)
                .distinct()
                .sorted(ORDER)
                .toList();
        List<Reason> because = findings.isEmpty() ? List.of(Reason.of(NO_RULE)) : Reason.all(findings);
        NoActionReason quiet = Evidence.only(NoAction.class, findings).stream()
                .map(each -> each.finding().reason())
                .max(Comparator.naturalOrder())
                .orElse(null);
        var actions = new ArrayList<Action>();
        boolean tie = isTie(wanted) || !Evidence.only(Clash.class, findings).isEmpty();
        if (tie || (wanted.isEmpty() && quiet == null)) {
            actions.add(Action.centre(centre, open.inHandSince(), List.of()));
            wanted.stream().filter(action -> action.kind().reach() == null).forEach(actions::add);
        } else {
            actions.addAll(wanted);
        }
        List<Action> taken = answered(taken(actions, forHarm(open, findings)), findings);
        List<CitizenLimit> limits = Evidence.only(CitizenLimit.class, findings).stream()
                .map(Evidence::finding)
                .toList();
        return new EscalationDecision(
                taken.isEmpty() ? EscalationOutcome.WAIT : EscalationOutcome.ACT,
                taken.isEmpty() ? quiet : null,
                taken,
                stages,
                awaiting(taken, findings),
                limits.stream()
                        .map(CitizenLimit::due)
                        .min(OffsetDateTime.timeLineOrder())
                        .orElse(null),
                limits.stream().anyMatch(CitizenLimit::late),
                Evidence.only(Disregarded.class, findings).stream()
                        .map(Evidence::finding)
                        .distinct()
                        .sorted(Comparator.comparing(Disregarded::from, OffsetDateTime.timeLineOrder())
                                .thenComparing(each -> each.event().toString()))
                        .toList(),
                Evidence.only(Credited.class, findings).stream()
                        .map(Evidence::finding)
                        .distinct()
                        .sorted(Comparator.comparing(
                                        (Credited each) -> each.event().at(), OffsetDateTime.timeLineOrder())
                                .thenComparing(each -> each.event().toString()))
                        .toList(),
                null,
                null,
                because,
                Reason.unconfirmed(because));
    }

    /** The actions, with by when the centre must have ruled. */
    private static List<Action> answered(List<Action> actions, Collection<Evidence<Finding>> findings) {
        Awaited ruling = first(Awaited.Kind.RULING, findings);
        return ruling == null
                ? actions
                : actions.stream()
                        .map(action ->
                                action.kind() == ActionKind.CENTRE_DECIDES ? action.by(ruling.answerBy()) : action)
                        .toList();
    }

    /**
     * The same, with by when the centre must have ruled where no rule says so: whether there is a tie shows only when all
     * rules have fired. It is pressed like any ruling that is late.
     *
     * @param tables the tables as they stand; one that says nothing of rulings leaves all as it is
     */
    EscalationDecision timed(OpenCase open, Tables tables, CaseClock clock, Collection<Evidence<Finding>> findings) {
        Action untimed = actions.stream()
                .filter(action -> action.kind() == ActionKind.CENTRE_DECIDES && action.due() == null)
                .findFirst()
                .orElse(null);
        if (untimed == null || !tables.has(RulingLimitRow.class)) {
            return this;
        }
        OffsetDateTime disputed = disputedSince(open, clock, findings);
        Action tie = disputed == null ? untimed : untimed.since(disputed);
        var limits = new ArrayList<Awaited>();
        var timed = new ArrayList<Action>();
        for (RulingLimitRow row : tables.match(RulingLimitRow.class, open)) {
            limits.addAll(clock.awaited(open, tie, row));
            for (OffsetDateTime since : row.presses() ? clock.reached(open, tie, row) : List.<OffsetDateTime>of()) {
                ActionKind pressing = row.step().action();
                if (pressing.reach() == null && !open.hasDone(since, row, null)) {
                    var called = new TriggeredAction(row, null, since);
                    timed.add(Action.of(called, open, tie.to(), clock.answerBy(called, open)));
                }
            }
        }
        Awaited ruling = limits.stream().min(SOONEST).orElse(null);
        if (ruling == null) {
            return this;
        }
        actions.forEach(action -> timed.add(action.equals(untimed) ? tie.by(ruling.answerBy()) : action));
        List<Reason> told = limits.stream()
                .flatMap(limit -> limit.rows().stream())
                .map(row -> Reason.of(TIE_LIMIT, row))
                .toList();
        List<Reason> all = Reason.merged(List.of(because, told));
        return new EscalationDecision(
                outcome,
                reason,
                taken(timed, forHarm(open, findings)),
                openStages,
                ruling,
                citizenDue,
                citizenLate,
                disregarded,
                credited,
                keeper,
                nextReviewAt,
                all,
                Reason.unconfirmed(all));
    }

    /** What the case waits for: what its actions call for, else what has been called for before. */
    private static @Nullable Awaited awaiting(List<Action> taken, Collection<Evidence<Finding>> findings) {
        boolean rules = taken.stream().anyMatch(action -> action.kind() == ActionKind.CENTRE_DECIDES);
        return first(rules ? Awaited.Kind.RULING : Awaited.Kind.CONFERENCE, findings);
    }

    /** The decision of a kind that must be there first; null for none. */
    private static @Nullable Awaited first(Awaited.Kind kind, Collection<Evidence<Finding>> findings) {
        return Evidence.only(Awaited.class, findings).stream()
                .map(Evidence::finding)
                .filter(each -> each.what() == kind)
                .min(SOONEST)
                .orElse(null);
    }

    /** Whether two bodies would get it, two conferences take it up, or a request be both granted and refused. */
    private static boolean isTie(List<Action> wanted) {
        return wanted.stream().anyMatch(one -> wanted.stream().anyMatch(other -> contradicts(one, other)));
    }

    /**
     * Since when what was found contradicts itself: since the later of the first two was called for that cannot both be done,
     * and for the first time where it is called for again and again; null when no two are.
     */
    private static @Nullable OffsetDateTime disputedSince(
            OpenCase open, CaseClock clock, Collection<Evidence<Finding>> findings) {
        List<Action> wanted = Evidence.only(Action.class, findings).stream()
                .map(Evidence::finding)
                .toList();
        return wanted.stream()
                .flatMap(one -> wanted.stream()
                        .filter(other -> contradicts(one, other))
                        .map(other -> later(since(one, open, clock, findings), since(other, open, clock, findings))))
                .min(OffsetDateTime.timeLineOrder())
                .orElse(null);
    }

    private static OffsetDateTime later(OffsetDateTime one, OffsetDateTime other) {
        return one.isAfter(other) ? one : other;
    }

    /** Since when an action has been called for: for the first time where a row calls again and again. */
    private static OffsetDateTime since(
            Action action, OpenCase open, CaseClock clock, Collection<Evidence<Finding>> findings) {
        return Evidence.only(TriggeredAction.class, findings).stream()
                .map(Evidence::finding)
                .filter(called ->
                        called.action() == action.kind() && called.since().isEqual(action.since()))
                .map(called -> clock.calledFirst(open, called))
                .min(OffsetDateTime.timeLineOrder())
                .orElse(action.since());
    }

    private static boolean contradicts(Action one, Action other) {
        boolean same = one.kind() == other.kind();
        return switch (one.kind()) {
            case LOWER_LEVEL, REASSIGN, RAISE_LEVEL -> same && !one.to().equals(other.to());
            case ACTIVATE_CONFERENCE -> same && !Objects.equals(one.conference(), other.conference());
            case GRANT_EXTENSION, REFUSE_EXTENSION ->
                one.stage() != null
                        && one.stage().equals(other.stage())
                        && (same
                                ? !Objects.equals(one.due(), other.due())
                                : other.kind() == ActionKind.GRANT_EXTENSION
                                        || other.kind() == ActionKind.REFUSE_EXTENSION);
            default -> false;
        };
    }

    /**
     * Which actions are taken though another settles more: while harm is unsettled who can act on it gets the matter, and the
     * level above takes it up at once, where that is called for as the case stands and not because time is over.
     */
    private static Predicate<Action> forHarm(OpenCase open, Collection<Evidence<Finding>> findings) {
        if (!open.harmUnsettled()) {
            return action -> false;
        }
        Set<RowRef> called = Evidence.only(TriggeredAction.class, findings).stream()
                .map(Evidence::finding)
                .filter(each -> each.row() instanceof ConditionActionRow)
                .map(each -> each.row().ref())
                .collect(Collectors.toSet());
        return action -> action.kind() == ActionKind.REASSIGN
                || (action.kind() == ActionKind.RAISE_LEVEL
                        && action.rows().stream().anyMatch(called::contains));
    }

    /**
     * The actions that are taken of those that are wanted.
     *
     * @param regardless which are taken though another settles more
     */
    private static List<Action> taken(List<Action> wanted, Predicate<Action> regardless) {
        int furthest = wanted.stream()
                .map(action -> action.kind().reach())
                .filter(reach -> reach != null)
                .max(Comparator.naturalOrder())
                .orElse(-1);
        record Pressed(List<Body> to, @Nullable String stage) {}
        var hardest = new LinkedHashMap<Pressed, Integer>();
        for (Action action : wanted) {
            Integer weight = action.kind().weight();
            if (weight != null) {
                hardest.merge(new Pressed(action.to(), action.stage()), weight, Math::max);
            }
        }
        record Same(
                ActionKind kind, List<Body> to, @Nullable String stage) {}
        var merged = new LinkedHashMap<Same, Action>();
        for (Action action : wanted) {
            Integer reach = action.kind().reach();
            Integer weight = action.kind().weight();
            // A return that is refused is answered, also when time has the level above take the matter up.
            boolean refused = action.kind() == ActionKind.REFUSE_RETURN
                    && Integer.valueOf(furthest).equals(ActionKind.RAISE_LEVEL.reach());
            boolean goesFar = reach == null || reach == furthest || refused || regardless.test(action);
            boolean presses = weight == null || weight.equals(hardest.get(new Pressed(action.to(), action.stage())));
            if (goesFar && presses) {
                merged.merge(
                        new Same(action.kind(), action.to(), action.stage()), action, EscalationDecision::together);
            }
        }
        return merged.values().stream().sorted(ORDER).toList();
    }

    /** One action called for twice: since the later of the two moments, with the rows and copies of both. */
    private static Action together(Action one, Action other) {
        Action later = other.since().isAfter(one.since()) ? other : one;
        var rows = new TreeMap<String, RowRef>();
        one.rows().forEach(row -> rows.put(row.id(), row));
        other.rows().forEach(row -> rows.put(row.id(), row));
        var copied = new ArrayList<>(one.copied());
        other.copied().stream().filter(body -> !copied.contains(body)).forEach(copied::add);
        return later.with(List.copyOf(copied), List.copyOf(rows.values()));
    }

    /** The same, with what its due times rest on. */
    EscalationDecision marked(Timetable clock) {
        var dues = new ArrayList<@Nullable OffsetDateTime>();
        for (Action action : actions) {
            dues.add(action.due());
            action.stages().forEach(stage -> dues.add(stage.due()));
        }
        openStages.forEach(stage -> dues.add(stage.due()));
        dues.add(citizenDue);
        dues.add(awaiting == null ? null : awaiting.due());
        return new EscalationDecision(
                outcome,
                reason,
                actions.stream()
                        .map(action -> action.provisional(clock.isProvisional(action.due())))
                        .toList(),
                openStages,
                awaiting,
                citizenDue,
                citizenLate,
                disregarded,
                credited,
                keeper,
                nextReviewAt,
                because,
                Reason.unconfirmed(
                        unconfirmed, dues.stream().map(clock::unannounced).toList()));
    }

    /**
     * The same, each action with the event that says it has been done, and with who keeps the case while it is not decided whose
     * it is.
     *
     * @param centre who decides at the centre; empty when the policy names nobody
     */
    EscalationDecision reported(OpenCase open, List<Body> centre, OffsetDateTime now) {
        OpenStage late = openStages.stream()
                .filter(stage -> !stage.procedure()
                        && !stage.stage().isFormer()
                        && stage.due().isBefore(now))
                .findFirst()
                .orElse(null);
        boolean confers = (awaiting != null && awaiting.what() == Awaited.Kind.CONFERENCE)
                || actions.stream().anyMatch(action -> action.kind() == ActionKind.ACTIVATE_CONFERENCE);
        boolean undecided = confers
                || (open.returnOpen()
                        && (awaiting != null
                                || actions.stream().anyMatch(action -> action.kind() == ActionKind.CENTRE_DECIDES)));
        return new EscalationDecision(
                outcome,
                reason,
                actions.stream().map(action -> action.reported(centre, late)).toList(),
                openStages,
                awaiting,
                citizenDue,
                citizenLate,
                disregarded,
                credited,
                undecided ? open.lead() : null,
                nextReviewAt,
                because,
                unconfirmed);
    }

    /**
     * Whether it says the same is to be done as another, before or after the citizen's last day like that one, whatever the
     * reasons, and whenever it must be answered.
     */
    public boolean sameActions(EscalationDecision other) {
        return outcome == other.outcome
                && reason == other.reason
                && citizenLate == other.citizenLate
                && undated().equals(other.undated());
    }

    private List<Action> undated() {
        return actions.stream().map(Action::undated).toList();
    }

    /**
     * The same, to be reviewed no later than what was asked must be answered: what it asks now, and what was asked before, as
     * the events tell.
     */
    EscalationDecision reviewedByAnswer(OpenCase open, OffsetDateTime now) {
        OffsetDateTime first = nextReviewAt;
        var dues = new ArrayList<@Nullable OffsetDateTime>();
        actions.stream()
                .filter(action -> action.kind() != ActionKind.GRANT_EXTENSION)
                .forEach(action -> dues.add(action.due()));
        if (reason != NoActionReason.DONE) {
            open.events().stream()
                    .filter(event -> ActionKind.presses(event.kind()))
                    .forEach(event -> dues.add(event.until()));
        }
        for (OffsetDateTime due : dues) {
            first = due != null && due.isAfter(now) && (first == null || due.isBefore(first)) ? due : first;
        }
        return reviewedAt(first);
    }

    /** The same, to be reviewed at a moment. */
    public EscalationDecision reviewedAt(@Nullable OffsetDateTime moment) {
        return new EscalationDecision(
                outcome,
                reason,
                actions,
                openStages,
                awaiting,
                citizenDue,
                citizenLate,
                disregarded,
                credited,
                keeper,
                moment,
                because,
                unconfirmed);
    }
}
