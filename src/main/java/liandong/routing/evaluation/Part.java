package liandong.routing.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import liandong.incident.Body;
import liandong.incident.Category;
import liandong.incident.Danger;
import liandong.incident.EventType;
import liandong.incident.Nature;
import liandong.incident.Term;
import liandong.incident.Topic;
import liandong.incident.Urgency;
import liandong.routing.RoutingOutcome;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A part of an answer that labels are compared with, and where the answer says it: of several places the first that is
 * there.
 */
enum Part {
    EVENT_TYPE("eventType", EventType.class, true, "/assignment/eventType /classification/eventType"),
    LEAD("lead", Body.class, true, "/assignment/lead /directAnswer/by /referral/channel /relayTo"),
    CATEGORY("category", Category.class, true, "/assignment/category /classification/category"),
    TOPIC("topic", Topic.class, true, "/assignment/topic /classification/topic"),
    URGENCY("urgency", Urgency.class, false, "/assignment/urgency /classification/urgency /triage/urgency"),
    NATURE("nature", Nature.class, false, "/nature"),
    OUTCOME("outcome", RoutingOutcome.class, false, "/outcome"),
    DANGER("danger", Danger.class, false, "/danger");

    private final String json;
    private final @Nullable Class<? extends Term> set;
    private final boolean leftToPerson;
    private final String pointers;

    Part(String json, @Nullable Class<? extends Term> set, boolean leftToPerson, String pointers) {
        this.json = json;
        this.set = set;
        this.leftToPerson = leftToPerson;
        this.pointers = pointers;
    }

    /** What it is called in answers. */
    String json() {
        return json;
    }

    /** The words it can be; null when only the answers know them. */
    @Nullable
    Class<? extends Term> set() {
        return set;
    }

    /** Whether it is left open by an answer that leaves the report to a person, whatever the answer says of it. */
    boolean leftToPerson() {
        return leftToPerson;
    }

    /** What an answer says of it: words of which any one being right will do; empty when it says nothing. */
    List<Word> in(JsonNode answer) {
        JsonNode node = Arrays.stream(pointers.split(" ", -1))
                .map(answer::at)
                .filter(each -> !each.isMissingNode() && !each.isNull())
                .findFirst()
                .orElse(null);
        if (this == DANGER) {
            String code = node == null ? "" : node.asString("");
            return Arrays.stream(Danger.values())
                    .filter(each -> each.code().equals(code))
                    .findFirst()
                    .map(Word::of)
                    .or(() -> Optional.of(Word.of(Danger.NO)))
                    .stream()
                    .toList();
        }
        if (node == null) {
            return List.of();
        }
        var words = new ArrayList<>(words(node));
        if (this == LEAD && answer.path("outcome").asString("").equals(RoutingOutcome.RELAYED.code())) {
            // Who is told at once takes it first, whoever leads afterwards.
            words(answer.path("relayTo")).stream()
                    .filter(each -> !words.contains(each))
                    .forEach(words::add);
        }
        return words;
    }

    private List<Word> words(JsonNode node) {
        return node.isArray() ? node.valueStream().map(this::word).toList() : List.of(word(node));
    }

    private Word word(JsonNode node) {
        if (node.isObject()) {
            String code = node.path("code").asString("");
            return new Word(code, node.path("label").asString(code));
        }
        String code = node.asString("");
        return this == OUTCOME
                ? Arrays.stream(RoutingOutcome.values())
                        .filter(each -> each.code().equals(code))
                        .map(Word::of)
                        .findFirst()
                        .orElseGet(() -> new Word(code, code))
                : new Word(code, code);
    }

    /** The part of a name, in capitals or not; null when there is none. */
    static @Nullable Part named(String name) {
        return Arrays.stream(values())
                .filter(part ->
                        part.json.toLowerCase(Locale.ROOT).equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(null);
    }

    /** The names of all parts. */
    static String names() {
        return Arrays.stream(values()).map(Part::json).collect(Collectors.joining(", "));
    }
}
