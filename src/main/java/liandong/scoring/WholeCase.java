package liandong.scoring;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.escalation.EscalationFacts;
import liandong.incident.Report;
import liandong.wire.Json;
import liandong.wire.RecordType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A case as the other questions have it (the incident as reported; beside it the body that leads, the events), brought into the
 * shape in which it is scored.
 *
 * <p>Looks at the shape only: what is wrong with a value is told where the facts are read.
 */
final class WholeCase {
    private static final String INCIDENT = "incident";
    private static final String LEAD = "lead";
    private static final String BODY = "body";
    private static final String EVENTS = "events";

    private static final Set<String> GIVEN = Set.of("ASSIGNED", "交办");
    private static final Set<String> MOVED = Set.of("REASSIGNED", "改派", "LEVEL_LOWERED", "降级办理");

    /** Members that a case to be scored has within its incident. */
    private static final List<String> SCORED = names(ScoredCase.class);

    /** Members of a report that scoring does not ask for. */
    private static final Set<String> REPORTED =
            names(Report.class).stream().filter(name -> !SCORED.contains(name)).collect(Collectors.toUnmodifiableSet());

    private static final String HANDLED = "handled";

    /** Members of a case as escalation is asked about it. */
    private static final List<String> ESCALATED = names(EscalationFacts.class);

    /** What it takes to work out how late such a case was. */
    private static final List<String> TIMED = List.of("stages", "assignedAt", "severity", "urgency");

    private WholeCase() {}

    private static List<String> names(Class<? extends Record> type) {
        return RecordType.of(type).components().stream()
                .map(RecordType.Component::json)
                .toList();
    }

    /** Whether a request has its lead beside the incident, which does not say itself who is scored. */
    private static boolean isWhole(ObjectNode request) {
        return request.path(INCIDENT) instanceof ObjectNode incident && request.has(LEAD) && !incident.has(BODY);
    }

    /** Whether a whole case tells all that it takes to say how late it was, and does not do so beside it. */
    private static boolean isTimed(ObjectNode request) {
        return isWhole(request) && !request.has(HANDLED) && TIMED.stream().allMatch(request::hasNonNull);
    }

    /** Where a request has what stands at a place of what {@link #scored} makes of it. */
    static String placed(ObjectNode request, String pointer) {
        String handled = "/" + HANDLED + "/";
        if (pointer.startsWith(handled) && isTimed(request)) {
            String there = pointer.substring(handled.length() - 1);
            boolean told = there.startsWith("/" + EVENTS) && !request.hasNonNull(EVENTS);
            return told && request.path(INCIDENT).has(EVENTS) ? "/" + INCIDENT + there : there;
        }
        String within = "/" + INCIDENT + "/";
        if (!isWhole(request) || !pointer.startsWith(within)) {
            return pointer;
        }
        String rest = pointer.substring(within.length());
        String member = rest.split("/", 2)[0];
        if (member.equals(BODY)) {
            return "/" + LEAD + rest.substring(BODY.length());
        }
        if (!request.hasNonNull(member)) {
            return pointer;
        }
        // Of an event that names nobody, the body was put there by this class.
        boolean put = rest.endsWith("/" + BODY) && request.at("/" + rest).isMissingNode();
        return "/" + (put ? rest.substring(0, rest.length() - BODY.length() - 1) : rest);
    }

    /** A whole case whose events stand beside its incident, also where they were told within it, as scoring has them. */
    private static ObjectNode beside(ObjectNode request) {
        ObjectNode shaped = request.deepCopy();
        JsonNode within = ((ObjectNode) shaped.path(INCIDENT)).remove(EVENTS);
        if (within != null && !request.hasNonNull(EVENTS)) {
            shaped.set(EVENTS, within);
        }
        return shaped;
    }

    /** The request as scoring reads it; as it is when it has no lead beside the incident, or says itself who is scored. */
    static JsonNode scored(ObjectNode sent) {
        if (!isWhole(sent)) {
            return sent;
        }
        ObjectNode request = beside(sent);
        ObjectNode shaped = request.deepCopy();
        var incident = (ObjectNode) shaped.path(INCIDENT);
        incident.remove(REPORTED);
        incident.set(BODY, request.get(LEAD));
        for (String name : SCORED) {
            JsonNode beside = request.path(name);
            if (!beside.isMissingNode() && !beside.isNull()) {
                incident.set(name, beside.deepCopy());
            }
        }
        if (incident.path(EVENTS) instanceof ArrayNode events) {
            incident.set(EVENTS, named(events));
        }
        if (isTimed(request)) {
            ObjectNode told = request.deepCopy();
            told.retain(ESCALATED);
            // A body may be scored that had the case before the one to which it was given last.
            if (request.path(EVENTS) instanceof ArrayNode events) {
                List<JsonNode> moves = moves(events);
                if (moves.stream().anyMatch(event -> MOVED.contains(kind(event)))) {
                    told.set(LEAD, moves.get(moves.size() - 1).get(BODY));
                }
            }
            shaped.set(HANDLED, told);
        }
        return shaped;
    }

    /**
     * An event that names nobody concerns the body that had the case in hand then: the one to which it had last been given,
     * before the first time the one that is known to have had it.
     */
    private static ArrayNode named(ArrayNode events) {
        List<JsonNode> moves = moves(events);
        boolean moved = moves.stream().anyMatch(event -> MOVED.contains(kind(event)));
        ArrayNode named = Json.object().putArray(EVENTS);
        for (JsonNode event : events) {
            JsonNode holder = moved && !event.hasNonNull(BODY) ? holder(moves, event) : null;
            if (holder != null && event instanceof ObjectNode told) {
                named.add(told.deepCopy().set(BODY, holder));
            } else {
                named.add(event);
            }
        }
        return named;
    }

    /** The events by which a body got the case, in the order of their times. */
    private static List<JsonNode> moves(ArrayNode events) {
        return Stream.iterate(0, i -> i < events.size(), i -> i + 1)
                .map(events::get)
                .filter(event -> at(event) != null && event.hasNonNull(BODY))
                .filter(event -> GIVEN.contains(kind(event)) || MOVED.contains(kind(event)))
                .sorted(Comparator.comparing(WholeCase::instant))
                .toList();
    }

    private static @Nullable JsonNode holder(List<JsonNode> moves, JsonNode event) {
        OffsetDateTime at = at(event);
        JsonNode holder = null;
        for (JsonNode move : moves) {
            if (at != null && !instant(move).isAfter(at.toInstant())) {
                holder = move.get(BODY);
            }
        }
        return holder;
    }

    private static String kind(JsonNode event) {
        JsonNode kind = event.path("kind");
        return (kind.isObject() ? kind.path("code") : kind).asString("");
    }

    private static Instant instant(JsonNode event) {
        OffsetDateTime at = at(event);
        return at == null ? Instant.MIN : at.toInstant();
    }

    private static @Nullable OffsetDateTime at(JsonNode event) {
        try {
            return OffsetDateTime.parse(event.path("at").asString(""));
        } catch (DateTimeException e) {
            return null; // told where the facts are read
        }
    }
}
