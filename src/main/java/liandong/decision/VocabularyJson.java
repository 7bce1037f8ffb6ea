package liandong.decision;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.CodeMapping;
import liandong.incident.EventType;
import liandong.incident.Member;
import liandong.incident.Nested;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.wire.PolicyRef;
import liandong.wire.SetNames;
import org.jspecify.annotations.Nullable;

/** The words of a policy as JSON, so that a calling system can offer and check them. */
public record VocabularyJson(
        @Member(meaning = "the policy whose words they are") PolicyRef policy,

        @Member(meaning = "every set by its name in the plural, such as eventTypes, areas and bodies", flattened = true)
        Map<String, List<Word>> sets,

        @Member(
                meaning = "the schemes of outside codes that `scheme` may name; absent when the policy maps none",
                example = "\"GB/T 47678.5-2026\"")
        @Nullable
        List<String> schemes,

        @Member(
                meaning =
                        "what the codes of the scheme asked for mean, in the order of the sheet 对照; absent unless one was")
        @Nullable
        List<Mapped> mapping) {

    /** An outside code and our word for it. */
    public record Mapped(
            @Member(meaning = "the outside code", example = "\"06001\"")
            String external,

            @Member(meaning = "what the outside calls it; absent when not said", example = "\"道路破损\"") @Nullable
            String externalName,

            @Member(meaning = "the set our word is of", example = "\"eventTypes\"")
            String set,

            @Member(meaning = "the code of our word", example = "\"ROAD_DAMAGE\"")
            String code,

            @Member(meaning = "what people call our word", example = "\"道路破损\"")
            String label,

            @Member(meaning = "the first day on which it holds; absent for always", example = "\"2026-01-01\"")
            @Nullable
            LocalDate from,

            @Member(meaning = "the last day on which it holds; absent for ever", example = "\"2026-12-31\"") @Nullable
            LocalDate until) {
        static Mapped of(CodeMapping mapping) {
            return new Mapped(
                    mapping.code(),
                    mapping.name(),
                    SetNames.of(mapping.term().getClass()),
                    mapping.term().code(),
                    mapping.term().label(),
                    mapping.from(),
                    mapping.until());
        }
    }

    /** A word, with what else its set has. */
    public record Word(
            @Member(meaning = "what programs call it", example = "\"SUB_DISTRICT\"")
            String code,

            @Member(meaning = "what people call it", example = "\"街道\"")
            String label,

            @Member(meaning = "of an area, its level", example = "\"COMMUNITY\"") @Nullable
            String level,

            @Member(
                    meaning = "of an area, the one it lies in; of a body, the one it is a part of",
                    example = "\"110101001\"")
            @Nullable
            String parent,

            @Member(meaning = "of a body, the other names it is known by; absent for none", example = "\"区综合行政执法局\"")
            @Nullable
            List<String> alsoKnownAs,

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
                    term instanceof Nested nested && nested.parent() != null
                            ? nested.parent().code()
                            : null,
                    term.aliases().isEmpty() ? null : term.aliases(),
                    type == null ? null : type.category().code(),
                    type == null ? null : type.eventClass().code(),
                    type == null ? null : type.topic().code(),
                    type != null
                            ? type.kind().code()
                            : term instanceof Body body ? body.kind().code() : null,
                    type == null ? null : type.general());
        }
    }

    /**
     * Every set, by its name in the plural, each word with code and label and what else it has.
     *
     * @param scheme the scheme of outside codes whose meanings are wanted too; null for none
     * @return null when the policy maps no codes of this scheme
     */
    public static @Nullable VocabularyJson of(Policy policy, @Nullable String scheme) {
        List<String> schemes = schemes(policy);
        if (scheme != null && !schemes.contains(scheme)) {
            return null;
        }
        Map<String, Class<? extends Term>> sets = new LinkedHashMap<>();
        policy.vocabulary().sets().forEach(set -> sets.put(SetNames.of(set), set));
        Decisions.all().forEach(decision -> sets.putAll(decision.words()));
        var words = new LinkedHashMap<String, List<Word>>();
        sets.forEach((name, set) -> words.put(
                name, policy.vocabulary().all(set).stream().map(Word::of).toList()));
        List<Mapped> mapping = policy.codeMap().stream()
                .filter(each -> each.scheme().equals(scheme))
                .map(Mapped::of)
                .toList();
        return new VocabularyJson(
                PolicyRef.of(policy), words, schemes.isEmpty() ? null : schemes, scheme == null ? null : mapping);
    }

    /** The schemes of outside codes that a policy maps, in the order of the sheet. */
    public static List<String> schemes(Policy policy) {
        return policy.codeMap().stream().map(CodeMapping::scheme).distinct().toList();
    }
}
