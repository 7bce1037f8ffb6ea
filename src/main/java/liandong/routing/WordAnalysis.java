package liandong.routing;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.analysis.AnalysedTable;
import liandong.analysis.TableAnalysis;
import liandong.incident.Body;
import liandong.incident.EventType;
import liandong.incident.Report;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.table.Row;
import org.jspecify.annotations.Nullable;

/** What the vocabulary names and the tables never come to. */
final class WordAnalysis {
    /** Tables without whose rows an event type always needs a person. */
    private static final List<Class<? extends Row>> NEEDED = List.of(DutyRow.class, StageRow.class);

    private static final String EVENT_TYPE = "事项";

    private final Policy policy;
    private final List<AnalysedTable> tables;
    private final Consumer<Problem> problems;

    WordAnalysis(Policy policy, List<AnalysedTable> tables, Consumer<Problem> problems) {
        this.policy = policy;
        this.tables = tables;
        this.problems = problems;
    }

    void tell() {
        eventTypes();
        bodies();
        new BodyNames(policy, problems).tell();
        labels();
    }

    private void tell(Code code, Term term, Object... args) {
        CellRef at = policy.at(term);
        if (at != null) {
            problems.accept(Problem.of(code, at, args));
        }
    }

    private void eventTypes() {
        for (AnalysedTable each : tables) {
            TableAnalysis table = each.analysis();
            if (NEEDED.contains(table.type())) {
                for (EventType type : policy.vocabulary().all(EventType.class)) {
                    if (!table.mayApply(EVENT_TYPE, type)) {
                        tell(Code.EVENT_TYPE_WITHOUT_ROW, type, type.label(), table.sheet());
                    }
                }
            }
        }
    }

    /** A body that stands for a territory comes in by the route a matter takes, and needs no row. */
    private void bodies() {
        Set<Term> concluded = new HashSet<>();
        tables.forEach(table -> table.analysis().living().forEach(row -> concluded(row, concluded)));
        for (Body body : policy.vocabulary().all(Body.class)) {
            if (!body.standsForTerritory() && !concluded.contains(body)) {
                tell(Code.UNREACHED_BODY, body, body.label());
            }
        }
    }

    /** Terms that a report brings along need no row: it is free to say what no table makes a difference for. */
    private void labels() {
        Set<Class<?>> brought = Stream.of(Report.class.getRecordComponents())
                .map(RecordComponent::getType)
                .collect(Collectors.toSet());
        Set<Term> used = new HashSet<>();
        tables.forEach(each -> {
            TableAnalysis table = each.analysis();
            used.addAll(table.named());
            table.rows().forEach(row -> concluded(row, used));
        });
        for (Class<? extends Term> set : policy.vocabulary().sets()) {
            for (Term term : policy.vocabulary().all(set)) {
                if (term instanceof Record word) {
                    concluded(word, used);
                }
            }
        }
        for (Class<? extends Term> set : policy.vocabulary().sets()) {
            if (!brought.contains(set) && set != Body.class) {
                for (Term term : policy.vocabulary().all(set)) {
                    if (!used.contains(term)) {
                        tell(Code.UNUSED_LABEL, term, term.label());
                    }
                }
            }
        }
    }

    /** Adds the terms that a record is made of. */
    private static void concluded(Object record, Set<Term> terms) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(record, component);
            if (value instanceof Collection<?> many) {
                many.forEach(each -> add(each, terms));
            } else {
                add(value, terms);
            }
        }
    }

    private static void add(@Nullable Object value, Set<Term> terms) {
        if (value instanceof Term term) {
            terms.add(term);
        }
    }

    private static @Nullable Object value(Object record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
