package liandong.meaning;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.incident.Member.Role;
import liandong.incident.Term;
import liandong.meaning.Meaning.Change;
import liandong.replay.AnswerEssence;
import liandong.wire.AnswerShape;
import liandong.wire.AnswerShape.Field;
import tools.jackson.databind.JsonNode;

/** What two answers to the same facts say differently, part by part, in the words of the answer's own description. */
final class AnswerChanges {
    private static final Set<Role> NO_PART = EnumSet.of(Role.WHY, Role.ROW, Role.NAME, Role.SUBJECT);
    private static final Set<Role> HOW_IT_ENDS = EnumSet.of(Role.OUTCOME, Role.REASON, Role.LEAD);
    private static final String MOMENT_DECIDED = "decidedAt";

    private AnswerChanges() {}

    /**
     * What differs. Where an answer ends otherwise, only how it ends and who leads is told: all else follows. That something is
     * due at another time is told only where nothing else differs.
     *
     * @param generic how codes of the places of one example are called for all places it stands for
     */
    static List<Change> between(Decision<?, ?> decision, JsonNode before, JsonNode after, Map<String, String> generic) {
        AnswerShape shape = decision.shape();
        JsonNode done = AnswerEssence.of(decision, before).done();
        JsonNode then = AnswerEssence.of(decision, after).done();
        var changes = new ArrayList<Change>();
        var ends = new ArrayList<Change>();
        var moments = new ArrayList<Change>();
        boolean otherEnd = false;
        for (Field field : shape.fields()) {
            if (field.trace()
                    || NO_PART.contains(field.component().role())
                    || field.path().equals(MOMENT_DECIDED)) {
                continue;
            }
            List<JsonNode> was = AnswerShape.at(done, field.path());
            List<JsonNode> is = AnswerShape.at(then, field.path());
            if (!was.equals(is)) {
                boolean moment = field.component().value() == OffsetDateTime.class;
                var change = new Change(
                        field.label().isEmpty() ? field.path() : field.label(),
                        words(field, before, generic),
                        words(field, after, generic));
                (moment ? moments : changes).add(change);
                if (HOW_IT_ENDS.contains(field.component().role())) {
                    ends.add(change);
                }
                otherEnd |= field.component().role() == Role.OUTCOME;
            }
        }
        return List.copyOf(otherEnd ? ends : changes.isEmpty() ? moments : changes);
    }

    private static String words(Field field, JsonNode answer, Map<String, String> generic) {
        return AnswerShape.at(answer, field.path()).stream()
                .map(node -> word(field, node, generic))
                .collect(Collectors.joining("、"));
    }

    private static String word(Field field, JsonNode node, Map<String, String> generic) {
        if (node.isObject() && node.has("code")) {
            String code = node.path("code").asString("");
            return generic.getOrDefault(code, node.path("label").asString(code));
        }
        String text = node.isString() ? node.stringValue() : node.toString();
        Class<?> type = field.component().value();
        if (type.isEnum() && Term.class.isAssignableFrom(type)) {
            return Stream.of(type.getEnumConstants())
                    .map(Term.class::cast)
                    .filter(word -> word.code().equals(text))
                    .map(Term::label)
                    .findFirst()
                    .orElse(text);
        }
        return node.isBoolean() ? (node.booleanValue() ? "是" : "否") : text;
    }
}
