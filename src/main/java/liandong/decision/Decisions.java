package liandong.decision;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyLoader;
import liandong.policy.PolicySchema;
import liandong.wire.RecordType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The decisions there are. They are named in {@code META-INF/services/liandong.decision.Decision}, one class a line, and
 * nowhere else.
 */
public final class Decisions {
    private static final List<Decision<?, ?>> ALL = load();
    private static final Map<String, Decision<?, ?>> BY_CODE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Decision::code, Function.identity()));
    private static final String INCIDENT = "incident";
    private static final Map<String, List<String>> PASSED_OVER =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Decision::code, each -> passedOver(each.facts())));
    private static final PolicySchema SCHEMA =
            new PolicySchema(ALL.stream().map(Decision::part).toList());

    private Decisions() {}

    private static List<Decision<?, ?>> load() {
        return StreamSupport.stream(
                        ServiceLoader.load(Decision.class, Decisions.class.getClassLoader())
                                .spliterator(),
                        false)
                .<Decision<?, ?>>map(each -> each)
                .sorted(Comparator.comparingInt(Decision::order))
                .toList();
    }

    /** All of them, in their order. */
    public static List<Decision<?, ?>> all() {
        return ALL;
    }

    /** The decision of a code; null when there is none. */
    public static @Nullable Decision<?, ?> of(String code) {
        return BY_CODE.get(code);
    }

    /**
     * The decision of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Decision<?, ?> named(String code) {
        Decision<?, ?> decision = BY_CODE.get(code);
        if (decision == null) {
            throw new IllegalArgumentException("no decision " + code);
        }
        return decision;
    }

    /** The decision whose scenarios stand on a sheet of this name; null when there is none. */
    public static @Nullable Decision<?, ?> ofSheet(String label) {
        return ALL.stream()
                .filter(decision -> decision.label().equals(label))
                .findFirst()
                .orElse(null);
    }

    /**
     * The decision that a request looks like one for; the first when no other recognises it. Of several the last: what is known
     * of a case only grows.
     */
    public static Decision<?, ?> recognise(JsonNode request) {
        return ALL.stream()
                .skip(1)
                .filter(decision -> decision.recognises(request))
                .reduce((earlier, later) -> later)
                .orElse(ALL.get(0));
    }

    /**
     * The members of requests that other decisions about an incident have and this one does not: what a caller knows of a case
     * can be sent whole to each of them. They play no part.
     */
    public static List<String> passedOver(Decision<?, ?> decision) {
        return PASSED_OVER.getOrDefault(decision.code(), List.of());
    }

    private static List<String> passedOver(Class<? extends Record> facts) {
        List<String> own = members(facts);
        return own.contains(INCIDENT)
                ? ALL.stream()
                        .map(each -> members(each.facts()))
                        .filter(members -> members.contains(INCIDENT))
                        .flatMap(List::stream)
                        .distinct()
                        .filter(member -> !own.contains(member))
                        .toList()
                : List.of();
    }

    private static List<String> members(Class<? extends Record> facts) {
        return RecordType.of(facts).components().stream()
                .map(RecordType.Component::json)
                .toList();
    }

    /** What all of them need of a policy. */
    public static PolicySchema schema() {
        return SCHEMA;
    }

    /**
     * Reads a policy; see {@link PolicyLoader#load(PolicyFiles, PolicySchema, Instant)}.
     *
     * @throws BadPolicyException if anything is wrong with it
     */
    public static Policy policy(PolicyFiles files, Instant now) throws BadPolicyException {
        return PolicyLoader.load(files, SCHEMA, now);
    }

    /**
     * Reads a policy as on a day that somebody has named; see
     * {@link PolicyLoader#load(PolicyFiles, PolicySchema, LocalDate)}.
     *
     * @throws BadPolicyException if anything is wrong with it
     */
    public static Policy policy(PolicyFiles files, LocalDate today) throws BadPolicyException {
        return PolicyLoader.load(files, SCHEMA, today);
    }
}
