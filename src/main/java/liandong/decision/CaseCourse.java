package liandong.decision;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import liandong.incident.CaseEventKind;
import liandong.incident.Term;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a kept decision says about the course of its case (办理经过).
 *
 * <p>Read from question and answer as they are kept: neither the policy of then nor its words need be there any more.
 *
 * @param assigned whom the case was given to; null when the decision is about something else
 * @param told what went wrong, or did not though it could have
 * @param stages what it says about stages
 */
public record CaseCourse(@Nullable Assigned assigned, List<Told> told, List<StageTold> stages) {
    /** A decision that tells nothing of a case. */
    public static final CaseCourse NOTHING = new CaseCourse(null, List.of(), List.of());

    /**
     * Whom a case was given to, or what else came of it.
     *
     * @param result what came of it, for people: the body, or how it ended
     * @param names what that body is called: code and label; empty for nobody
     * @param leftToPerson whether the rules left it to a person
     * @param stages the rows that its stages rest on, by the names of the stages
     */
    public record Assigned(String result, List<String> names, boolean leftToPerson, Map<String, String> stages) {}

    /**
     * Something that went wrong, or that is known not to have.
     *
     * @param trouble what
     * @param happened whether it did
     * @param key what it is about: told again with the same key, it is told instead
     * @param at when
     * @param why why, or to whom; empty when not known
     */
    public record Told(Trouble trouble, boolean happened, String key, OffsetDateTime at, String why) {}

    /**
     * What is known about a stage.
     *
     * @param name the stage
     * @param due when it was due; null when not told
     * @param counted whether that counts extensions and pauses; otherwise it is as first assigned
     * @param doneAt when it was done; null when not told
     * @param openAt a moment at which it was known to be open; null when not told
     * @param late whether it was late, where that is told outright; null when not
     */
    public record StageTold(
            String name,
            @Nullable OffsetDateTime due,
            boolean counted,
            @Nullable OffsetDateTime doneAt,
            @Nullable OffsetDateTime openAt,
            @Nullable Boolean late) {}

    /** An event as it was sent. */
    private record Sent(CaseEventKind kind, OffsetDateTime at, JsonNode event) {}

    /**
     * What the events of a request tell: returns, redos, what citizens said, whom it was given to.
     *
     * @param own the body that an event concerns which names none, as it was sent
     */
    public static List<Told> told(JsonNode events, JsonNode own) {
        var told = new ArrayList<Told>();
        Told lastReturn = null;
        for (Sent sent : inOrder(events)) {
            String body = text(sent.event().hasNonNull("body") ? sent.event().path("body") : own);
            switch (sent.kind()) {
                case RETURNED, RETURNED_RIGHTLY -> {
                    lastReturn = returned(true, sent, body);
                    told.add(lastReturn);
                }
                case RETURN_REFUSED -> {
                    if (lastReturn != null) {
                        told.add(new Told(Trouble.RETURNED, false, lastReturn.key(), sent.at(), ""));
                    }
                }
                case RETURNED_WRONGLY -> told.add(returned(false, sent, body));
                case REASSIGNED ->
                    told.add(new Told(
                            Trouble.OVERRULED,
                            true,
                            sent.kind() + " " + sent.at().toInstant(),
                            sent.at(),
                            body));
                case REDO -> told.add(one(Trouble.REDONE, true, sent, "")); // closure tells why
                case REOPENED ->
                    told.add(one(Trouble.REDONE, true, sent, sent.kind().label()));
                case CITIZEN_DISSATISFIED -> told.add(one(Trouble.DISSATISFIED, true, sent, ""));
                case CITIZEN_SATISFIED -> told.add(one(Trouble.DISSATISFIED, false, sent, ""));
                default -> {
                    // says nothing of an assignment
                }
            }
        }
        return List.copyOf(told);
    }

    private static Told returned(boolean happened, Sent sent, String body) {
        return new Told(
                Trouble.RETURNED,
                happened,
                "RETURNED " + body,
                sent.at(),
                text(sent.event().path("reason")));
    }

    private static Told one(Trouble trouble, boolean happened, Sent sent, String why) {
        return new Told(trouble, happened, sent.kind() + " " + sent.at().toInstant(), sent.at(), why);
    }

    /** What events and stages of a request tell of stages. */
    public static List<StageTold> stages(JsonNode stages, JsonNode events) {
        var told = new ArrayList<StageTold>();
        for (JsonNode stage : stages) {
            told.add(new StageTold(
                    text(stage.path("name")), time(stage.path("due")), false, time(stage.path("doneAt")), null, null));
        }
        for (Sent sent : inOrder(events)) {
            String stage = text(sent.event().path("stage"));
            switch (sent.kind()) {
                case STAGE_DONE -> told.add(new StageTold(stage, null, false, sent.at(), null, null));
                case STAGE_LATE, STAGE_ON_TIME ->
                    told.add(new StageTold(stage, null, false, null, null, sent.kind() == CaseEventKind.STAGE_LATE));
                default -> {
                    // about no stage, or not about how it ended
                }
            }
        }
        return List.copyOf(told);
    }

    /** The events that count, by time; those that cannot be read are passed over: verification reports them. */
    private static List<Sent> inOrder(JsonNode events) {
        var sent = new ArrayList<Sent>();
        for (JsonNode event : events) {
            CaseEventKind kind = word(CaseEventKind.values(), event.path("kind"));
            OffsetDateTime at = time(event.path("at"));
            if (kind != null && at != null && !event.hasNonNull("excluded")) {
                sent.add(new Sent(kind, at, event));
            }
        }
        sent.sort(Comparator.comparing(each -> each.at().toInstant()));
        return sent;
    }

    /** A word of a closed set, as callers may send it: by its code or label, alone or within an object; null for none. */
    public static <T extends Enum<T> & Term> @Nullable T word(T[] words, JsonNode node) {
        String code = node.isObject() ? node.path("code").stringValue("") : node.stringValue("");
        return Stream.of(words)
                .filter(word -> word.code().equals(code) || word.label().equals(code))
                .findFirst()
                .orElse(null);
    }

    /** A term for people, as it was sent: its label where there is one; empty for none. */
    public static String text(JsonNode node) {
        return node.isObject()
                ? node.path("label").stringValue(node.path("code").stringValue(""))
                : node.stringValue("");
    }

    /** A time; null for anything else. */
    public static @Nullable OffsetDateTime time(JsonNode node) {
        try {
            return node.isString() ? OffsetDateTime.parse(node.stringValue()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
