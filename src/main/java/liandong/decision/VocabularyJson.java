package liandong.decision;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.EventType;
import liandong.incident.Member;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.wire.PolicyRef;
import liandong.wire.SetNames;
import org.jspecify.annotations.Nullable;

/** The words of a policy as JSON, so that a calling system can offer and check them. */
public record VocabularyJson(
        @Member(meaning = "the policy whose words they are") PolicyRef policy,

        @Member(meaning = "every set by its name in the plural, such as eventTypes, areas and bodies", flattened = true)
        Map<String, List<Word>> sets) {

    /** A word, with what else its set has. */
    public record Word(
            @Member(meaning = "what programs call it", example = "\"SUB_DISTRICT\"")
            String code,

            @Member(meaning = "what people call it", example = "\"街道\"")
            String label,

            @Member(meaning = "of an area, its level", example = "\"COMMUNITY\"") @Nullable
            String level,

            @Member(meaning = "of an area, the one it lies in", example = "\"110101001\"") @Nullable
            String parent,

            @Member(meaning = "of an event type, its category", example = "\"SOCIAL_AFFAIRS\"") @Nullable
            String category,

            @Member(name = "class", meaning = "of an event type, its class", example = "\"DISPUTES\"") @Nullable
            String eventClass,

            @Member(meaning = "of an event type, its topic", example = "\"NEIGHBOURS\"") @Nullable
            String topic,

            @Member(meaning = "of an event type or a body, its kind", example = "\"EVENT\"") @Nullable
            String kind,

            @Member(
                    meaning =
                            "of an event type, whether it is its topic's catch-all, taken only when no specific event type is"
                                    + " recognised")
            @Nullable
            Boolean general) {

        static Word of(Term term) {
            EventType type = term instanceof EventType each ? each : null;
            Area area = term instanceof Area each ? each : null;
            return new Word(
                    term.code(),
                    term.label(),
                    area == null ? null : area.level().code(),
                    area == null || area.parent() == null ? null : area.parent().code(),
                    type == null ? null : type.category().code(),
                    type == null ? null : type.eventClass().code(),
                    type == null ? null : type.topic().code(),
                    type != null
                            ? type.kind().code()
                            : term instanceof Body body ? body.kind().code() : null,
                    type == null ? null : type.general());
        }
    }

    /** Every set, by its name in the plural, each word with code and label and what else it has. */
    public static VocabularyJson of(Policy policy) {
        Map<String, Class<? extends Term>> sets = new LinkedHashMap<>();
        policy.vocabulary().sets().forEach(set -> sets.put(SetNames.of(set), set));
        Decisions.all().forEach(decision -> sets.putAll(decision.words()));
        var words = new LinkedHashMap<String, List<Word>>();
        sets.forEach((name, set) -> words.put(
                name, policy.vocabulary().all(set).stream().map(Word::of).toList()));
        return new VocabularyJson(PolicyRef.of(policy), words);
    }
}
