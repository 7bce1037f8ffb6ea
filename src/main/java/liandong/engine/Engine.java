package liandong.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.calendar.CalendarEndedException;
import liandong.policy.Policy;
import liandong.policy.RuleBase;
import liandong.policy.RuleRef;
import liandong.problem.Code;
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
    /** What rules call their clock. */
    public static final String TIMETABLE = "timetable";

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
     * @param timeLimit longest time the rules of one decision may run, looked at between firings and whenever they ask a table;
     *     as long again may be spent on finding out when it is to be made anew
     */
    public Engine(int firingLimit, Duration timeLimit) {
        this.firingLimit = firingLimit;
        this.timeLimit = timeLimit;
    }

    /** An engine that stops a decision after 1,000 firings or 2 seconds; ordinary ones take some 10 firings and far less than 1 ms. */
    public Engine() {
        this(1_000, Duration.ofSeconds(2));
    }

    /** What the rules of one decision may consult, by name, made for each decision. */
    @FunctionalInterface
    public interface Globals {
        /** Nothing besides what rules of every decision have. */
        Globals NONE = (policy, tables, timetable) -> Map.of();

        /**
         * Those of a decision.
         *
         * @param policy what it goes by
         * @param tables the policy's tables as they stand on its day
         * @param timetable its clock
         */
        Map<String, Object> of(Policy policy, Tables tables, Timetable timetable);
    }

    /**
     * Decides about some facts.
     *
     * @param facts what the rules start from
     * @param now the moment of the decision; rows must be in force on its day, and limits count from it
     * @param explain whether to look for rows that nearly applied
     * @param globals what the rules may consult besides tables, vocabulary and timetable
     * @param fold makes the decision of the findings; their order must have no part in it
     * @throws DecisionFailedException if the rules run away, take too long, or fail
     * @throws CalendarEndedException if a due time lies beyond the calendar
     */
    public <D> EngineResult<D> decide(
            Policy policy,
            Object facts,
            Instant now,
            boolean explain,
            Globals globals,
            Function<List<Evidence<Finding>>, D> fold) {
        return decide(policy, facts, now, explain, globals, (evidence, clock) -> fold.apply(evidence));
    }

    /**
     * Makes a decision of findings; their order must have no part in it.
     *
     * @param <D> the kind of decision
     */
    @FunctionalInterface
    public interface Fold<D> {
        /**
         * The decision.
         *
         * @param clock the clock that the rules asked, which knows what due times rest on
         */
        D of(List<Evidence<Finding>> findings, Timetable clock);
    }

    /** Decides by a fold that asks the clock; see the other. */
    public <D> EngineResult<D> decide(
            Policy policy, Object facts, Instant now, boolean explain, Globals globals, Fold<D> fold) {
        return decide(
                policy,
                (tables, clock) -> facts,
                now,
                explain,
                globals,
                (given, findings, clock) -> fold.of(findings, clock));
    }

    /**
     * Facts as they count at the moment of a decision, which tables may have a say in.
     *
     * @param <F> the type of what the rules start from
     */
    @FunctionalInterface
    public interface Given<F> {
        /**
         * What the rules start from.
         *
         * @param tables the policy's tables as they stand on the decision's day
         * @param clock its clock; what it is asked about counts for when to decide again
         */
        F at(Tables tables, Timetable clock);
    }

    /**
     * Makes a decision of facts and findings.
     *
     * @param <F> the type of what the rules started from
     * @param <D> the kind of decision
     */
    @FunctionalInterface
    public interface FoldOf<F, D> {
        /** The decision; see {@link Fold#of}. */
        D of(F given, List<Evidence<Finding>> findings, Timetable clock);
    }

    /** Decides about facts in which tables have a say; see the others. */
    public <F, D> EngineResult<D> decide(
            Policy policy, Given<F> facts, Instant now, boolean explain, Globals globals, FoldOf<F, D> fold) {
        return look(policy, facts, now, explain, globals, fold, timeLimit.toNanos())
                .result();
    }

    /**
     * What is found at one moment.
     *
     * @param result what is decided
     * @param next the first later moment at which it may be another if nothing happens; null when time alone changes nothing
     */
    private record Look<D>(EngineResult<D> result, @Nullable OffsetDateTime next) {}

    private <F, D> Look<D> look(
            Policy policy,
            Given<F> facts,
            Instant now,
            boolean explain,
            Globals globals,
            FoldOf<F, D> fold,
            long nanos) {
        ZonedDateTime local = now.atZone(policy.calendar().zone());
        Tables tables = policy.tables(local.toLocalDate());
        var timetable = new Timetable(policy.calendar(), local);
        var consulted = new HashMap<String, Object>(globals.of(policy, tables, timetable));
        consulted.put("tables", tables);
        consulted.put("vocabulary", policy.vocabulary());
        consulted.put(TIMETABLE, timetable);
        KieSession session = policy.rules().newSession(consulted);
        try {
            var evidence = new ArrayList<Evidence<Finding>>();
            session.addEventListener(new Recorder(policy.rules(), evidence));
            F given = facts.at(tables, timetable);
            session.insert(given);
            long deadline = System.nanoTime() + nanos;
            tables.stopWhen(() -> System.nanoTime() - deadline >= 0);
            fire(session, deadline);
            long folded = System.nanoTime() + timeLimit.toNanos();
            tables.stopWhen(() -> System.nanoTime() - folded >= 0);
            tables.clashes().forEach(rows -> evidence.add(new Evidence<>(ONE_ROW_ONLY, new Clash(rows))));
            var answer = new EngineResult<D>(
                    fold.of(given, evidence, timetable),
                    List.copyOf(evidence),
                    explain ? tables.nearMisses(NEAR_MISSES_PER_TABLE) : List.of());
            return new Look<>(answer, next(timetable, tables, local));
        } catch (Tables.Stopped e) {
            throw new DecisionFailedException(Code.TIME_LIMIT, timeLimit.toMillis(), null);
        } finally {
            session.dispose();
        }
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
     * A decision, and when it may become another.
     *
     * @param result what is decided
     * @param changes the earliest later moment at which it is another if nothing happens, or the last that was looked at when
     *     none of so many is; null when time alone changes nothing
     */
    public record Outlook<D>(
            EngineResult<D> result, @Nullable OffsetDateTime changes) {}

    /**
     * Decides, and says when to decide again; see {@link #decide}.
     *
     * <p>Rules know the time only from a clock that remembers what it was asked, so that nothing can change before the first
     * moment it was asked about that is still to come. That moment is looked at in turn, and so on, until one is found at
     * which the decision is another.
     *
     * @param same whether two decisions say the same
     */
    public <F, D> Outlook<D> outlook(
            Policy policy,
            Given<F> facts,
            Instant now,
            boolean explain,
            Globals globals,
            FoldOf<F, D> fold,
            BiPredicate<D, D> same) {
        Look<D> here = look(policy, facts, now, explain, globals, fold, timeLimit.toNanos());
        long deadline = System.nanoTime() + timeLimit.toNanos();
        OffsetDateTime next = here.next();
        policy.lookingAhead();
        for (int looks = 0; next != null && looks < MOST_LOOKS_AHEAD; looks++) {
            Look<D> then;
            try {
                then = look(policy, facts, next.toInstant(), false, globals, fold, deadline - System.nanoTime());
            } catch (CalendarEndedException e) {
                break; // from then on there is no answer without another calendar, which is another answer
            }
            if (!same.test(then.result().decision(), here.result().decision())) {
                break;
            }
            next = then.next();
        }
        return new Outlook<>(here.result(), next);
    }

    private void fire(KieSession session, long deadline) {
        int fired;
        try {
            fired = session.fireAllRules(match -> System.nanoTime() - deadline < 0, firingLimit);
        } catch (ConsequenceException e) {
            throw failed(e, e.getRule() == null ? "?" : e.getRule().getName());
        } catch (RuntimeException e) {
            throw failed(e, ruleOf(e));
        }
        if (System.nanoTime() - deadline >= 0) {
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
    private RuntimeException failed(RuntimeException thrown, String rule) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CalendarEndedException ended) {
                return ended;
            }
            if (cause instanceof Tables.Stopped) {
                return new DecisionFailedException(Code.TIME_LIMIT, timeLimit.toMillis(), null);
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
