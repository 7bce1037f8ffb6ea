package liandong.meaning;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import liandong.calendar.CalendarEndedException;
import liandong.decision.AnswerWarning;
import liandong.decision.Decision;
import liandong.decision.DecisionAnswer;
import liandong.decision.DecisionMoment;
import liandong.decision.FactMaker.Made;
import liandong.decision.ParsedRequest;
import liandong.engine.Concluded;
import liandong.engine.DecisionFailedException;
import liandong.engine.Engine;
import liandong.engine.EngineResult;
import liandong.incident.Member.Role;
import liandong.incident.Term;
import liandong.meaning.Course.Question;
import liandong.policy.Policy;
import liandong.problem.ProblemSeverity;
import liandong.wire.AnswerShape;
import liandong.wire.Json;
import liandong.wire.PolicyRef;

/**
 * One of two policies, deciding. Not safe for use by many threads: each has its own.
 *
 * @param <F> the facts
 * @param <D> what is decided
 */
final class Side<F extends Record, D extends Record & Concluded> {
    private static final Engine ENGINE = new Engine();

    private final Decision<F, D> decision;
    private final Policy policy;
    private final List<Question> questions = new ArrayList<>();

    Side(Decision<F, D> decision, Policy policy) {
        this.decision = decision;
        this.policy = policy.watched((table, fact, on, singly) -> questions.add(new Question(table, fact, singly)));
    }

    Policy policy() {
        return policy;
    }

    /** Whether a request of these facts would be taken. */
    boolean takes(Made<F> made) {
        var taken = new AtomicBoolean(true);
        decision.check(
                made.facts(),
                new DecisionMoment(made.moment().toInstant(), DecisionMoment.USUAL_TOLERANCE),
                problem -> {
                    if (problem.code().severity() == ProblemSeverity.ERROR) {
                        taken.set(false);
                    }
                });
        return taken.get();
    }

    /** What it answers. */
    Answer answer(Made<F> made) {
        questions.clear();
        try {
            EngineResult<D> result = decision.evaluate(
                    ENGINE,
                    policy,
                    new ParsedRequest<>(made.facts(), made.moment().toInstant(), false, made.request(), List.of()));
            D decided = result.decision();
            return new Answer(
                    essence(decision.answer(decided, made.facts())), () -> Json.object(answer(decided, made)));
        } catch (CalendarEndedException | DecisionFailedException e) {
            // No answer is an answer, too: the other policy may give one.
            String failed = e.getClass().getSimpleName();
            return new Answer(List.of(failed), () -> Json.object().put("failed", failed));
        }
    }

    /** What an answer says, member by member, but for why it says so and what things are called. */
    private static List<Object> essence(Record answer) {
        var essence = new ArrayList<Object>();
        AnswerShape.visit(answer, (component, trace, value) -> {
            if (!trace
                    && component.role() != Role.NAME
                    && component.role() != Role.WHY
                    && component.role() != Role.ROW) {
                essence.add(component.json());
                essence.add(value instanceof Term term ? term.code() : value);
            }
        });
        return essence;
    }

    private DecisionAnswer answer(D decided, Made<F> made) {
        OffsetDateTime now =
                made.moment().atZoneSameInstant(policy.calendar().zone()).toOffsetDateTime();
        return new DecisionAnswer(
                "",
                null,
                decision.answer(decided, made.facts()),
                PolicyRef.of(policy),
                now,
                decided.because(),
                decided.unconfirmed(),
                decided.warnings().stream().map(AnswerWarning::of).toList(),
                null);
    }

    /** Whether a table was asked about facts of which a column was known, while it answered last. */
    boolean hasRead(String column) {
        return questions.stream()
                .anyMatch(question -> question.table().columns().stream()
                        .filter(each -> each.attribute().chinese().equals(column))
                        .anyMatch(each -> each.attribute().of().apply(question.fact()) != null));
    }

    /** What was asked while it answered last. */
    List<Question> questions() {
        return List.copyOf(questions);
    }
}
