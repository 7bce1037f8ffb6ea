package liandong.decision;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import liandong.analysis.AnalysedTable;
import liandong.calendar.CalendarEndedException;
import liandong.calendar.WorkingCalendar;
import liandong.engine.Clash;
import liandong.engine.Concluded;
import liandong.engine.Engine;
import liandong.engine.EngineResult;
import liandong.engine.Evidence;
import liandong.engine.Finding;
import liandong.engine.Reason;
import liandong.engine.Timetable;
import liandong.explain.Phrases;
import liandong.explain.Story;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.policy.PolicyPart;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.table.Row;
import liandong.wire.AnswerShape;
import liandong.wire.FactReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One decision there is (决策): what it is asked about, how it is made, and what its answer says.
 *
 * <p>Everything else that knows a decision (service, journal, scenarios, replay, commands, the OpenAPI document) knows it by
 * this alone. Stateless and safe for use by many threads. {@link Decisions} names them all.
 *
 * @param <F> the facts it is asked about, whose components are the request's members
 * @param <D> what is decided
 */
public abstract class Decision<F extends Record, D extends Record & Concluded> {
    /** The request as a whole, for problems that no single member has. */
    protected static final RequestPointer ROOT = new RequestPointer("");

    private final Name name;
    private final Class<F> facts;
    private final Class<? extends Record> answer;
    private final PolicyPart part;
    private final AnswerShape shape;

    /**
     * What a decision is called.
     *
     * @param code by programs, in the journal too, e.g. {@code "ROUTING"}; never changes
     * @param label by staff, e.g. {@code "研判交办"}; the sheet of that name holds its scenarios
     * @param path under {@code /v1/}, e.g. {@code "routing"}
     * @param order its place among the decisions; what no other recognises is a request for the first
     * @param meaning what it decides, as a phrase in English without a full stop
     */
    public record Name(String code, String label, String path, int order, String meaning) {}

    /**
     * A decision.
     *
     * @param facts the type of its facts
     * @param answer the type of what {@link #answer} gives
     * @param part what it needs of a policy
     */
    protected Decision(Name name, Class<F> facts, Class<? extends Record> answer, PolicyPart part) {
        this.name = name;
        this.facts = facts;
        this.answer = answer;
        this.part = part;
        this.shape = AnswerShape.of(DecisionAnswer.class, answer);
    }

    /**
     * What a decision needs of a policy, with what rules of every decision have: {@code timetable}.
     *
     * @param rows the sealed type of its rows
     * @param types what rules may name besides those rows
     * @param globals what rules may consult besides tables, vocabulary and timetable
     * @param former what earlier formats called something, and what it is called now; see {@link PolicyPart}
     */
    protected static PolicyPart part(
            Class<? extends Row> rows,
            boolean required,
            List<Class<?>> types,
            Map<String, Class<?>> globals,
            Map<String, String> former) {
        var all = new LinkedHashMap<String, Class<?>>(globals);
        all.put(Engine.TIMETABLE, Timetable.class);
        var named = new ArrayList<>(types);
        named.addAll(List.of(
                Clash.class,
                Finding.class,
                Evidence.class,
                Reason.class,
                WorkingCalendar.class,
                CalendarEndedException.class));
        return new PolicyPart(rows, required, List.copyOf(named), Map.copyOf(all), Map.copyOf(former));
    }

    /** By programs, e.g. {@code "ROUTING"}; never changes. */
    public final String code() {
        return name.code();
    }

    /** By staff, e.g. {@code "研判交办"}. */
    public final String label() {
        return name.label();
    }

    /** Under {@code /v1/}, e.g. {@code "routing"}. */
    public final String path() {
        return name.path();
    }

    /** Its place among the decisions. */
    final int order() {
        return name.order();
    }

    /** What it decides, as a phrase in English. */
    public final String meaning() {
        return name.meaning();
    }

    /** The type of its facts. */
    public final Class<F> facts() {
        return facts;
    }

    /** The type of what {@link #answer} gives; its members are described by it and nowhere else. */
    public final Class<? extends Record> answerType() {
        return answer;
    }

    /** What its answers can say, as their records describe it. */
    public final AnswerShape shape() {
        return shape;
    }

    /** What it needs of a policy. */
    public final PolicyPart part() {
        return part;
    }

    /** Whether its answers say which incident they are about. */
    public boolean isAboutIncident() {
        return true;
    }

    /** The closed sets of words that its requests and answers use, by the names callers know them by. */
    public Map<String, Class<? extends Term>> words() {
        return Map.of();
    }

    /** A command that answers a file of its requests; {@link CommandText#NONE} when it has one of its own. */
    public CommandText command() {
        return CommandText.NONE;
    }

    /**
     * The request in the shape of this decision's facts, where a case as a whole may be sent in another; as it is unless
     * overridden.
     */
    public JsonNode shaped(ObjectNode request) {
        return request;
    }

    /**
     * Where a request has what stands at a place of its shape; the same place unless overridden.
     *
     * @param pointer the place in what {@link #shaped} gives, as a JSON pointer
     */
    public String placed(ObjectNode request, String pointer) {
        return pointer;
    }

    /**
     * The facts of a request; as the reader finds them unless overridden.
     *
     * @param shaped the request in the shape of this decision's facts
     * @param besides members it may have that are no facts
     * @return null when anything about them is wrong; the reader has told what
     */
    public @Nullable F read(FactReader reader, JsonNode shaped, String... besides) {
        return reader.read(facts, shaped, ROOT, besides);
    }

    /** Tells what of a request cannot be understood before its facts are, as JSON; nothing unless overridden. */
    public void precheck(JsonNode request, Consumer<Problem> problems) {}

    /** Tells what no single field shows: facts that contradict each other. */
    public abstract void check(F asked, DecisionMoment moment, Consumer<Problem> problems);

    /** The same where a policy is needed to see it; as without one unless overridden. */
    public void check(F asked, Policy policy, DecisionMoment moment, Consumer<Problem> problems) {
        check(asked, moment, problems);
    }

    /** The facts without what was told twice, which counts once; as they are unless overridden. */
    public F once(F facts) {
        return facts;
    }

    /** Whether a request looks like one for this decision, for whoever has only the request. */
    public abstract boolean recognises(JsonNode request);

    /** The incident or body that the facts are about, as callers know it. */
    public abstract String subject(F asked);

    /** Has the engine decide. */
    public abstract EngineResult<D> evaluate(Engine engine, Policy policy, ParsedRequest<F> request);

    /** What the answer says besides what every answer says; the decision itself unless overridden. */
    public Record answer(D decision, F asked) {
        return decision;
    }

    /** What it leaves to a person; null when it never does. */
    public @Nullable Handwork handwork() {
        return null;
    }

    /** Under its path, where what was ruled becomes a row of the policy; null unless overridden: there is no such row. */
    public @Nullable String rulingPath() {
        return null;
    }

    /**
     * What a person ruled in a request, made a row of a table.
     *
     * @param everywhere whether the row is for every area, and not for that of the case alone
     * @param made when the row is made: it does not count before that day
     * @param problems gets why it cannot be
     * @return null, and unless overridden, when it cannot be
     */
    public @Nullable RuledRow ruled(
            DecisionRecord<F, D> record, boolean everywhere, Instant made, Consumer<Problem> problems) {
        return null;
    }

    /** The answer as a person reads it; member by member unless overridden. */
    public String page(DecisionRecord<F, D> record, Phrases say) {
        return DecisionPage.of(record, DecisionPage.members(record, say), say);
    }

    /** What a page draws of the answer besides its members; its sentences alone unless overridden. */
    public Story story(DecisionRecord<F, D> record, Phrases say) {
        return new Story(DecisionPage.members(record, say), "", List.of(), List.of());
    }

    /**
     * What one that was kept says about the course of its case; nothing unless overridden.
     *
     * @param request the question as it was kept; what was hidden of it is not known
     * @param answer the answer as it was kept
     */
    public CaseCourse course(JsonNode request, JsonNode answer) {
        return CaseCourse.NOTHING;
    }

    /**
     * What one that was kept tells whoever brought the report; nothing unless overridden.
     *
     * @param request the question as it was kept; what was hidden of it is not known
     * @param answer the answer as it was kept
     */
    public Standing standing(JsonNode request, JsonNode answer, Phrases say) {
        return Standing.NOTHING;
    }

    /**
     * Tells what is wrong with a policy that only this decision can see; nothing unless overridden.
     *
     * @param tables all tables of the policy, with what their rows have shown already
     * @param today the day from which on rows must be able to apply
     */
    public void analyse(Policy policy, List<AnalysedTable> tables, LocalDate today, Consumer<Problem> problems) {}

    /**
     * Makes facts of this decision for every way in which two versions of a policy tell them apart.
     *
     * @return null, unless overridden, when its facts are not what its tables ask about
     */
    public @Nullable FactMaker<F> factMaker(Policy before, Policy after) {
        return null;
    }

    /** How cases that were kept become what this decision is asked about a period; null when it is about no period. */
    public @Nullable PeriodOfCases ofCases() {
        return null;
    }

    @Override
    public final String toString() {
        return code();
    }
}
