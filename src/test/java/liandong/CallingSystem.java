package liandong;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import liandong.decision.Decision;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionService;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a calling system does with one case from the report to the archive: keeps its facts, asks for the four decisions, does what
 * they say, and keeps a diary of their answers.
 */
public final class CallingSystem {
    private final DecisionService service;

    private final List<String> diary = new ArrayList<>();
    private final ObjectNode incident;
    private final ArrayNode events = Json.object().putArray("events");
    private final ArrayNode scored = Json.object().putArray("events");
    private ObjectNode assignment = Json.object();
    private String assignedAt = "";
    private int redos;
    private int supplements;
    private JsonNode last = Json.object();
    private final Consumer<DecisionRecord<?, ?>> answered;

    /** A caller with one report, as it would send it, decided by a policy. */
    public CallingSystem(Policy policy, String incident) throws BadRequestException {
        this(policy, incident, record -> {});
    }

    /**
     * The same.
     *
     * @param answered gets every answer
     */
    public CallingSystem(Policy policy, String incident, Consumer<DecisionRecord<?, ?>> answered)
            throws BadRequestException {
        this.answered = answered;
        Clock never = Clock.fixed(OffsetDateTime.MAX.toInstant().minusSeconds(1_000_000), ZoneOffset.UTC);
        this.service = new DecisionService(() -> policy, never);
        this.incident = (ObjectNode) Json.read(incident);
    }

    /** What has been answered so far, a line each. */
    public List<String> diary() {
        return diary;
    }

    private JsonNode ask(Decision<?, ?> decision, ObjectNode request, String now) {
        try {
            DecisionRecord<?, ?> record = service.decide(decision, request.put("now", now));
            answered.accept(record);
            last = record.answer();
            return last;
        } catch (BadRequestException e) {
            throw new AssertionError(
                    e.problems().stream()
                            .map((Problem problem) -> problem.line(Locale.ENGLISH))
                            .collect(Collectors.joining("\n")),
                    e);
        }
    }

    private static String text(JsonNode node) {
        return node.isObject() ? node.path("label").stringValue("") : node.stringValue("");
    }

    private static String labels(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false)
                .map(CallingSystem::text)
                .collect(Collectors.joining("、"));
    }

    /** A moment without its seconds and offset, which are the same all day. */
    private static String brief(JsonNode time) {
        return time.stringValue("").replaceFirst(":\\d\\d\\+08:00$", "").replace("2026-", "");
    }

    private void note(String now, String line) {
        diary.add(now.substring(5, 16) + " " + line);
    }

    /** The report arrives. */
    public CallingSystem reported() {
        return reported(incident.path("reportedAt").stringValue());
    }

    /** A person says that it is about something else, and it is routed again. */
    public CallingSystem reportedAgain(String now, String eventType) {
        incident.put("eventType", eventType);
        events.removeAll(); // what had happened under the assignment before
        return reported(now);
    }

    private CallingSystem reported(String now) {
        JsonNode answer = ask(Decide.ROUTING, Json.object().set("incident", incident.deepCopy()), now);
        String line = text(answer.path("outcome"));
        if (answer.has("assignment")) {
            assignment = (ObjectNode) answer.get("assignment");
            assignedAt = now;
            incident.set("eventType", assignment.get("eventType"));
            line += " " + text(assignment.path("eventType")) + " → " + text(assignment.path("lead")) + ":";
            for (JsonNode stage : assignment.path("stages")) {
                line += " " + text(stage.path("name")) + " " + brief(stage.path("due"));
            }
        }
        if (answer.has("relayTo")) {
            line += " ⇒ " + labels(answer.path("relayTo"));
        }
        note(now, line + (answer.has("mergedInto") ? " " + text(answer.path("mergedInto")) : ""));
        scoredEvent("ASSIGNED", now);
        return this;
    }

    private static ObjectNode made(String kind, String at) {
        return Json.object().put("kind", kind).put("at", at);
    }

    public CallingSystem event(String kind, String at) {
        events.add(made(kind, at));
        return this;
    }

    public CallingSystem event(String kind, String at, String member, String value) {
        events.add(made(kind, at).put(member, value));
        return this;
    }

    private void scoredEvent(String kind, String at) {
        if (Set.of(
                        "ASSIGNED",
                        "ACCEPTED",
                        "SUPERVISED",
                        "YELLOW_CARD",
                        "RED_CARD",
                        "REDO",
                        "CITIZEN_SATISFIED",
                        "CITIZEN_DISSATISFIED")
                .contains(kind)) {
            scored.add(made(kind, at));
        }
    }

    public CallingSystem returned(String at, String reason) {
        events.add(made("RETURNED", at).put("reason", reason).set("body", assignment.get("lead")));
        return this;
    }

    public CallingSystem stageDone(String stage, String at) {
        for (JsonNode each : assignment.path("stages")) {
            if (text(each.path("name")).equals(stage)) {
                ((ObjectNode) each).put("doneAt", at);
                boolean late = OffsetDateTime.parse(at)
                        .isAfter(OffsetDateTime.parse(each.path("due").stringValue()));
                scored.add(made(late ? "STAGE_LATE" : "STAGE_ON_TIME", at).put("stage", stage));
            }
        }
        return this;
    }

    private ObjectNode handled() {
        ObjectNode request = Json.object();
        request.set("incident", incident);
        for (String member : List.of("severity", "urgency", "lead", "stages")) {
            request.set(member, assignment.get(member));
        }
        return request;
    }

    /** The name of a stage as routed. */
    public String stage(int number) {
        return text(assignment.path("stages").get(number).path("name"));
    }

    /** The stages as routed, in their order, each with its due time. */
    public Map<String, String> stages() {
        var stages = new LinkedHashMap<String, String>();
        assignment
                .path("stages")
                .forEach(stage ->
                        stages.put(text(stage.path("name")), stage.path("due").stringValue()));
        return stages;
    }

    /** Whether the last answer wants the citizen asked. */
    public boolean asksTheCitizen() {
        return last.has("followUp");
    }

    /** The timer rings at the moment the last answer named. */
    public CallingSystem reviewedAtNext() {
        return reviewed(last.path("nextReviewAt").stringValue());
    }

    /** The timer rings: asks what is to be done, and does it at once. */
    public CallingSystem reviewed(String now) {
        return reviewed(now, Json.object());
    }

    CallingSystem reviewed(String now, ObjectNode besides) {
        JsonNode answer = ask(Decide.ESCALATION, asking(besides), now);
        String line = answer.has("reason") ? "WAIT " + text(answer.path("reason")) : "";
        for (JsonNode action : answer.path("actions")) {
            line += (line.isEmpty() ? "" : "; ") + text(action.path("action")) + " "
                    + (action.has("conference") ? text(action.path("conference")) : labels(action.path("to")))
                    + (action.has("due") ? " " + brief(action.path("due")) : "");
            done(action, now);
        }
        note(now, line);
        if (!answer.path("actions").isEmpty()) { // what has been done may bring the next moment forward
            ask(Decide.ESCALATION, asking(besides), now);
        }
        return this;
    }

    private ObjectNode asking(ObjectNode besides) {
        ObjectNode request = handled();
        for (String member : List.of("assisting", "conference")) {
            if (assignment.has(member)) {
                request.set(member, assignment.get(member));
            }
        }
        request.put("assignedAt", assignedAt);
        request.set("events", events.deepCopy());
        besides.properties().forEach(each -> request.set(each.getKey(), each.getValue()));
        return request;
    }

    private void done(JsonNode action, String now) {
        String kind = text(action.path("action"));
        String event = switch (kind) {
            case "REMIND" -> "REMINDED";
            case "SUPERVISE" -> "SUPERVISED";
            case "RAISE_LEVEL" -> "LEVEL_RAISED";
            case "CENTRE_DECIDES" -> "CENTRE_DECIDED";
            case "ACTIVATE_CONFERENCE" -> "CONFERENCE_ACTIVATED";
            case "REASSIGN" -> "REASSIGNED";
            case "REFUSE_RETURN" -> "RETURN_REFUSED";
            case "GRANT_EXTENSION" -> "EXTENSION_GRANTED";
            case "REFUSE_EXTENSION" -> "EXTENSION_REFUSED";
            case "LEDGER" -> "LEDGERED";
            default -> kind;
        };
        ObjectNode made = made(event, now);
        if (action.has("stage")) {
            made.set("stage", action.get("stage"));
        }
        if (kind.equals("GRANT_EXTENSION")) {
            made.set("until", action.get("due"));
        }
        if (kind.equals("REASSIGN")) {
            made.set("body", action.get("to").get(0));
            assignment.set("lead", action.get("to").get(0));
            assignment.set("stages", action.get("stages"));
        }
        events.add(made);
        scoredEvent(event, now);
    }

    /** The body says it is done. */
    public CallingSystem concluded(String now, String... proofs) {
        ObjectNode request = handled();
        request.set("handling", handling(now, proofs));
        closed(ask(Decide.CLOSURE, request, now), now);
        return this;
    }

    private ObjectNode handling(String at, String... proofs) {
        ObjectNode handling =
                Json.object().put("concludedAt", at).put("redos", redos).put("supplements", supplements);
        ArrayNode all = handling.putArray("proofs");
        List.of(proofs).forEach(all::add);
        return handling;
    }

    /** The citizen has been asked. */
    public CallingSystem followedUp(String concluded, String now, String satisfaction, String cause, String... proofs) {
        ObjectNode request = handled();
        request.set("handling", handling(concluded, proofs));
        ObjectNode followUp = request.putObject("followUp")
                .put("at", now)
                .put("by", last.path("followUp").path("by").path("code").stringValue())
                .put("how", text(last.path("followUp").path("how")))
                .put("satisfaction", satisfaction);
        if (!cause.isEmpty()) {
            followUp.put("cause", cause);
        }
        closed(ask(Decide.CLOSURE, request, now), now);
        if (satisfaction.equals("SATISFIED") || satisfaction.equals("DISSATISFIED")) {
            scoredEvent("CITIZEN_" + satisfaction, now);
        }
        return this;
    }

    private void closed(JsonNode answer, String now) {
        String line = text(answer.path("outcome")) + " " + text(answer.path("reason"));
        if (answer.has("missing")) {
            line += " missing " + labels(answer.path("missing").path("proofs"));
        }
        if (answer.has("supplement")) {
            line += " by " + brief(answer.path("supplement").path("due"));
            supplements++;
            scoredEvent("SUPPLEMENT", now);
        }
        if (answer.has("redo")) {
            line += " by " + brief(answer.path("redo").path("due"));
            redos++;
            scoredEvent("REDO", now);
        }
        if (answer.has("followUp")) {
            line += " " + text(answer.path("followUp").path("by")) + " "
                    + brief(answer.path("followUp").path("due"));
        }
        if (answer.has("archive")) {
            line += " ▣ "
                    + answer.path("archive")
                            .path("class")
                            .stringValue(answer.path("archive").toString());
        }
        note(now, line);
    }

    /** The case is scored. */
    public CallingSystem scored(String now) {
        ObjectNode request = Json.object();
        ObjectNode about = request.putObject("incident");
        about.set("id", incident.get("id"));
        about.set("reportedAt", incident.get("reportedAt"));
        about.set("body", assignment.get("lead"));
        about.set("eventType", assignment.get("eventType"));
        about.set("events", scored);
        JsonNode answer = ask(Decide.SCORING, request, now);
        note(now, "score " + answer.path("score") + " " + text(answer.path("grade")));
        return this;
    }
}
