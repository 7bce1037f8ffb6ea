package liandong.scoring;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liandong.decision.PeriodOfCases;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.Urgency;
import liandong.policy.Policy;
import liandong.problem.RequestPointer;
import liandong.wire.FactReader;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The cases of a period, as they were scored one by one.
 *
 * <p>A case is closed when its last stage is told to be done and nothing has opened it since; on time when, besides, nothing was
 * late. A redo is a check that found it not done; what stands on the ledger of pending matters is deferred.
 */
final class ScoredCases implements PeriodOfCases {
    private static final Set<CaseEventKind> DONE = EnumSet.of(CaseEventKind.STAGE_DONE, CaseEventKind.STAGE_ON_TIME);
    private static final Set<CaseEventKind> AGAIN = EnumSet.of(CaseEventKind.REDO, CaseEventKind.REOPENED);
    private static final int THREE = 3;

    @Override
    public String cases() {
        return "SCORING";
    }

    @Override
    public @Nullable CaseOfBody of(ObjectNode request, JsonNode answer, Policy policy) {
        var reader = new FactReader(policy.vocabulary(), policy.calendar().zone(), problem -> {});
        JsonNode told = WholeCase.scored(request).path("incident");
        ScoredCase scored = reader.read(ScoredCase.class, told, new RequestPointer("").member("incident"));
        if (scored == null) {
            return null;
        }
        ScoredCase once = scored.once();
        List<CaseEvent> events = once.counted();
        boolean closed = last(events, DONE).isAfter(last(events, AGAIN));
        boolean late = any(events, CaseEventKind.STAGE_LATE) || answeredLate(answer);
        int redos = (int) events.stream()
                .filter(event -> event.kind() == CaseEventKind.REDO)
                .count();
        ObjectNode facts = Json.object();
        facts.put("id", once.id());
        facts.put(
                "urgent", isUrgent(request.path("urgency"), policy.vocabulary().all(Urgency.class)));
        facts.put("leaderOrMedia", once.leaderOrMedia());
        facts.put("deferred", any(events, CaseEventKind.LEDGERED) && !closed);
        facts.put("closed", closed);
        facts.put("onTime", closed && !late);
        facts.put("failedChecks", redos);
        facts.put("fraud", any(events, CaseEventKind.FRAUD));
        facts.put("shirked", any(events, CaseEventKind.SHIRKED));
        Instant satisfied = last(events, EnumSet.of(CaseEventKind.CITIZEN_SATISFIED));
        Instant dissatisfied = last(events, EnumSet.of(CaseEventKind.CITIZEN_DISSATISFIED));
        if (!satisfied.equals(dissatisfied)) {
            facts.put("satisfied", satisfied.isAfter(dissatisfied));
        }
        facts.put("firstTimeRight", closed && events.stream().noneMatch(event -> AGAIN.contains(event.kind())));
        facts.put("contested", once.contested());
        return new CaseOfBody(once.id(), once.body().code(), once.body().label(), facts);
    }

    private static boolean any(List<CaseEvent> events, CaseEventKind kind) {
        return events.stream().anyMatch(event -> event.kind() == kind);
    }

    /** When something last happened; the beginning of time when it never did. */
    private static Instant last(List<CaseEvent> events, Set<CaseEventKind> kinds) {
        return events.stream()
                .filter(event -> kinds.contains(event.kind()))
                .map(event -> event.at().toInstant())
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /** Whether the score itself says that a stage was late, which was worked out from the stages. */
    private static boolean answeredLate(JsonNode answer) {
        for (JsonNode line : answer.path("lines")) {
            if (code(line.path("event")).equals(CaseEventKind.STAGE_LATE.code())) {
                return true;
            }
        }
        return false;
    }

    private static String code(JsonNode term) {
        return (term.isObject() ? term.path("code") : term).asString("");
    }

    /** Whether a case is more urgent than the least urgent; of none that is not told. */
    private static boolean isUrgent(JsonNode told, Collection<Urgency> all) {
        String said = code(told);
        int least = all.stream().mapToInt(Urgency::rank).min().orElse(0);
        return all.stream()
                .filter(each -> each.code().equals(said) || each.label().equals(said))
                .anyMatch(each -> each.rank() > least);
    }

    @Override
    public ObjectNode request(
            Map<String, List<CaseOfBody>> cases,
            OffsetDateTime from,
            OffsetDateTime to,
            OffsetDateTime now,
            boolean ranking) {
        ObjectNode request = Json.object();
        request.put("now", now.toString());
        request.put("ranking", ranking);
        ArrayNode periods = request.putArray("periods");
        cases.forEach((body, all) -> {
            ObjectNode period = periods.addObject();
            period.put("body", body);
            period.put("from", from.toString());
            period.put("to", to.toString());
            ArrayNode told = period.putArray("cases");
            all.forEach(each -> told.add(each.facts()));
        });
        return request;
    }

    @Override
    public boolean isBehind(String measure, @Nullable Boolean leaderOrMedia, JsonNode facts) {
        for (Measure each : Measure.values()) {
            if (each.code().equals(measure)) {
                return (leaderOrMedia == null || facts.path("leaderOrMedia").asBoolean(false) == leaderOrMedia)
                        && isBehind(each, facts);
            }
        }
        return false;
    }

    private static boolean isBehind(Measure measure, JsonNode facts) {
        boolean counts = !facts.path("deferred").asBoolean(false);
        boolean urgent = facts.path("urgent").asBoolean(false);
        boolean closed = facts.path("closed").asBoolean(false);
        boolean onTime = facts.path("onTime").asBoolean(false);
        int failed = facts.path("failedChecks").asInt(0);
        return switch (measure) {
            case ON_TIME_RATE -> counts && !onTime;
            case CLOSURE_RATE -> counts && !closed;
            case URGENT_CLOSURE_RATE -> counts && urgent && !closed;
            case URGENT_ON_TIME_RATE -> counts && urgent && !onTime;
            case FAILED_CHECKS, FAILED_CHECK_RATE -> failed > 0;
            case CASES_WITH_THREE_FAILED_CHECKS -> failed >= THREE;
            case FRAUD, FRAUD_RATE -> facts.path("fraud").asBoolean(false);
            case SHIRKED, SHIRKED_RATE -> facts.path("shirked").asBoolean(false);
            case SATISFACTION_RATE ->
                facts.has("satisfied") && !facts.path("satisfied").asBoolean(false);
            case FIRST_TIME_RIGHT_RATE ->
                closed && !facts.path("firstTimeRight").asBoolean(false);
            case RESPONSE_RATE, RESOLUTION_RATE, CITIZEN_ON_TIME_RATE -> false; // no case tells
        };
    }
}
