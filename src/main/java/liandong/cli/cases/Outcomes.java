package liandong.cli.cases;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.explain.Phrases;
import liandong.incident.Member.Role;
import liandong.incident.Term;
import tools.jackson.databind.JsonNode;

/** How many answers of a decision ended how. */
final class Outcomes {
    private final Decision<?, ?> decision;
    private final Map<String, Term> words = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private int answered;

    Outcomes(Decision<?, ?> decision) {
        this.decision = decision;
        decision.shape().fields().stream()
                .filter(field -> field.component().role() == Role.OUTCOME
                        && field.component().type().isEnum())
                .flatMap(field -> Stream.of(field.component().type().getEnumConstants()))
                .map(Term.class::cast)
                .forEach(word -> words.put(word.code(), word));
    }

    /** Counts an answer. */
    void count(JsonNode answer) {
        answered++;
        decision.shape()
                .find(answer, field -> field.component().role() == Role.OUTCOME)
                .forEach(code -> counts.merge(code.stringValue(""), 1, Integer::sum));
    }

    int answered() {
        return answered;
    }

    /** Each outcome with its number, in the order of the outcomes. */
    List<String> told(Phrases say) {
        return words.entrySet().stream()
                .filter(word -> counts.containsKey(word.getKey()))
                .map(word -> say.word(word.getValue()) + " " + counts.get(word.getKey()))
                .toList();
    }
}
