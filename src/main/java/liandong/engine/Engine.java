package liandong.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.calendar.CalendarEndedException;
import liandong.decision.Clash;
import liandong.decision.EscalationDecision;
import liandong.decision.Evidence;
import liandong.decision.Finding;
import liandong.decision.PeriodDecision;
import liandong.decision.PeriodDecision.PeriodScore;
import liandong.decision.RoutingDecision;
import liandong.decision.RuleRef;
import liandong.decision.ScoringDecision;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.OpenCase;
import liandong.incident.OpenStage;
import liandong.incident.Period;
import liandong.incident.Report;
import liandong.incident.ScoredCase;
import liandong.policy.Policy;
import liandong.policy.RuleBase;
import liandong.problem.Code;
import liandong.table.NearMiss;
import liandong.table.Tables;
import org.jspecify.annotations.Nullable;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.ConsequenceException;

/**
 * Applies a policy to one set of facts.
 *
 * <p>Stateless and safe for use by many threads: every call opens and disposes its own session.
 */
public final class Engine {
    private static final int NEAR_MISSES_PER_TABLE = 3;
    /** The one rule that is no rule file's: several rows that cover a fact where exactly one may count for nothing. */
    public static final RuleRef ONE_ROW_ONLY = new RuleRef("TBL-010", "唯一命中的表有多行同时命中的，都不算数", "说明表的命中方式");

    /** A timer that rings too early does no harm; more moments than this without a change do not occur in earnest. */
    private static final int MOST_LOOKS_AHEAD = 100;

    private static final Pattern FAILED_IN = Pattern.compile("Rule \"([^\"]+)\"");

    private final int firingLimit;
    private final Duration timeLimit;

    /**
     * An engine with limits on runaway rules.
     *
     * @param firingLimit most rule firings in one decision
     * @param timeLimit longest time the rules of one decision may run; looked at between firings
     */
    public Engine(int firingLimit, Duration timeLimit) {
        this.firingLimit = firingLimit;
        this.timeLimit = timeLimit;
    }

    /** An engine that stops a decision after 1,000 firings or 2 seconds; ordinary ones take some 10 firings and far less than 1 ms. */
    public Engine() {
        this(1_000, Duration.ofSeconds(2));
    }

    /**
     * Decides about some facts.
     *
     * @param facts what the rules start from
     * @param now the moment of the decision; rows must be in force on its day, and limits count from it
     * @param explain whether to look for rows that nearly applied
     * @param fold makes the decision of the findings; their order must have no part in it
     * @throws DecisionFailedException if the rules run away, take too long, or fail
     * @throws CalendarEndedException if a due time lies beyond the calendar
     */
    public <D> Answer<D> decide(
            Policy policy, Object facts, Instant now, boolean explain, Function<List<Evidence<Finding>>, D> fold) {
        return look(policy, facts, now, explain, fold).answer();
    }

    /**
     * What is found at one moment.
     *
     * @param answer the answer
     * @param next the first later moment at which it may be another if nothing happens; null when time alone changes nothing
     */
    private record Look<D>(Answer<D> answer, @Nullable OffsetDateTime next) {}

    private <D> Look<D> look(
            Policy policy, Object facts, Instant now, boolean explain, Function<List<Evidence<Finding>>, D> fold) {
        ZonedDateTime local = now.atZone(policy.calendar().zone());
        Tables tables = policy.tables(local.toLocalDate());
        var timetable = new Timetable(policy.calendar(), local);
        KieSession session = policy.rules()
                .newSession(Map.of("tables", tables, "vocabulary", policy.vocabulary(), "timetable", timetable));
        try {
            var evidence = new ArrayList<Evidence<Finding>>();
            session.addEventListener(new Recorder(policy.rules(), evidence));
            session.insert(facts);
            fire(session);
            tables.clashes().forEach(rows -> evidence.add(new Evidence<>(ONE_ROW_ONLY, new Clash(rows))));
            var answer = new Answer<D>(
                    fold.apply(evidence),
                    List.copyOf(evidence),
                    explain ? tables.nearMisses(NEAR_MISSES_PER_TABLE) : List.of());
            return new Look<>(answer, next(timetable, tables, local));
        } finally {
            session.dispose();
        }
    }

    /** Routes a report; see {@link #decide}. */
    public Answer<RoutingDecision> route(Policy policy, Report report, Instant now, boolean explain) {
        return decide(policy, report, now, explain, RoutingDecision::of);
    }

    private static @Nullable OffsetDateTime next(Timetable timetable, Tables tables, ZonedDateTime now) {
        OffsetDateTime upcoming = timetable.upcoming();
        LocalDate day = tables.nextChange();
        if (day == null) {
            return upcoming;
        }
        OffsetDateTime dawn = day.atStartOfDay(now.getZone()).toOffsetDateTime();
        return upcoming == null || dawn.isBefore(upcoming) ? dawn : upcoming;
    }

    /**
     * Says what is to be done about a case in progress, and when to ask again; see {@link #decide}.
     *
     * <p>Rules know the time only from a clock that remembers what it was asked, so that nothing can change before the first
     * moment it was asked about that is still to come. That moment is looked at in turn, and so on, until one is found at
     * which the actions are others.
     */
    public Answer<EscalationDecision> escalate(Policy policy, OpenCase open, Instant now, boolean explain) {
        List<Body> centre = policy.vocabulary().bodies(BodyKind.CENTRE);
        List<OpenStage> stages =
                new Timetable(policy.calendar(), now.atZone(policy.calendar().zone())).open(open);
        Function<List<Evidence<Finding>>, EscalationDecision> fold =
                findings -> EscalationDecision.of(open, stages, centre, findings);
        Look<EscalationDecision> here = look(policy, open, now, explain, fold);
        EscalationDecision decision = here.answer().decision();
        OffsetDateTime next = here.next();
        for (int looks = 0; next != null && looks < MOST_LOOKS_AHEAD; looks++) {
            Look<EscalationDecision> then;
            try {
                then = look(policy, open, next.toInstant(), false, fold);
            } catch (CalendarEndedException e) {
                break; // from then on there is no answer without another calendar, which is another answer
            }
            if (!then.answer().decision().sameActions(decision)) {
                break;
            }
            next = then.next();
        }
        return new Answer<>(
                decision.reviewedAt(next),
                here.answer().evidence(),
                here.answer().nearMisses());
    }

    /** Scores a case, and what it would be if every appeal were upheld; see {@link #decide}. */
    public Answer<ScoringDecision> score(Policy policy, ScoredCase scored, Instant now, boolean explain) {
        Answer<ScoringDecision> answer = decide(policy, scored, now, explain, ScoringDecision::of);
        if (!scored.contested()) {
            return answer;
        }
        Answer<ScoringDecision> upheld = decide(policy, scored.ifAppealsAreUpheld(), now, false, ScoringDecision::of);
        return new Answer<>(answer.decision().appealed(upheld.decision()), answer.evidence(), answer.nearMisses());
    }

    /** Scores the periods of several bodies, each in a session of its own, and ranks them; see {@link #decide}. */
    public Answer<PeriodDecision> score(Policy policy, List<Period> periods, Instant now, boolean explain) {
        var scores = new ArrayList<PeriodScore>();
        var evidence = new ArrayList<Evidence<Finding>>();
        var nearMisses = new LinkedHashSet<NearMiss>();
        for (Period period : periods) {
            Answer<PeriodScore> answer =
                    decide(policy, period, now, explain, findings -> PeriodDecision.of(period, findings));
            scores.add(answer.decision());
            evidence.addAll(answer.evidence());
            nearMisses.addAll(answer.nearMisses());
        }
        return new Answer<>(PeriodDecision.ranked(scores), List.copyOf(evidence), List.copyOf(nearMisses));
    }

    private void fire(KieSession session) {
        long start = System.nanoTime();
        int fired;
        try {
            fired = session.fireAllRules(match -> System.nanoTime() - start < timeLimit.toNanos(), firingLimit);
        } catch (ConsequenceException e) {
            throw failed(e, e.getRule() == null ? "?" : e.getRule().getName());
        } catch (RuntimeException e) {
            throw failed(e, ruleOf(e));
        }
        if (System.nanoTime() - start >= timeLimit.toNanos()) {
            throw new DecisionFailedException(Code.TIME_LIMIT, timeLimit.toMillis(), null);
        }
        if (fired >= firingLimit) {
            throw new DecisionFailedException(Code.RUNAWAY_RULES, firingLimit, null);
        }
    }

    /** The rule whose condition failed, which Drools tells only in the text of its message. */
    private static String ruleOf(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Matcher rule = FAILED_IN.matcher(String.valueOf(cause.getMessage()));
            if (rule.find()) {
                return rule.group(1);
            }
        }
        return "?";
    }

    /** What to throw for a failed rule: what it failed with, where callers know it, else the rule's name. */
    private static RuntimeException failed(RuntimeException thrown, String rule) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CalendarEndedException ended) {
                return ended;
            }
        }
        return new DecisionFailedException(Code.RULE_FAILED, rule, thrown);
    }

    /** Notes which rule inserted which finding. */
    private static final class Recorder extends DefaultRuleRuntimeEventListener {
        private final RuleBase rules;
        private final List<Evidence<Finding>> evidence;

        Recorder(RuleBase rules, List<Evidence<Finding>> evidence) {
            this.rules = rules;
            this.evidence = evidence;
        }

        @Override
        public void objectInserted(ObjectInsertedEvent event) {
            if (event.getObject() instanceof Finding finding) {
                evidence.add(new Evidence<>(rules.ref(event.getRule().getName()), finding));
            }
        }
    }
}
