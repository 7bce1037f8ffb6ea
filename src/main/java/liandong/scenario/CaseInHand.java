package liandong.scenario;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.calendar.CalendarEndedException;
import liandong.decision.Decision;
import liandong.incident.CaseEventKind;
import liandong.policy.Policy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Location;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.scenario.Cases.Result;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The case of a story while it is run: what is known of it, and what answers have said of it.
 *
 * <p>It keeps of answers what the callers' manual says: {@code next} replaces members of the case, {@code event} of an
 * action that is carried out and {@code events} are added to its events, {@code followUp} goes with the next follow-up.
 */
final class CaseInHand {
    private static final String EVENTS = "events";
    private static final String NEXT = "next";
    private static final String ASSIGNED_AT = "assignedAt";

    /** What a caller who asks routing again takes of the answer. */
    private static final List<String> OF_ROUTING_AGAIN = List.of("urgency", "severity", "stages");

    static final String FOLLOW_UP = "followUp";
    private static final String HANDLING = "handling";
    private static final String CONCLUDED = "concludedAt";
    private static final String PROOFS = "proofs";
    private static final Pattern EVENT = Pattern.compile("/events/(\\d{1,6})(?:/|$)");
    private static final String REVIEW = "nextReviewAt";

    private final Policy policy;
    private final CaseStory story;
    private final List<Answered> answers = new ArrayList<>();

    /** The cell that states each event that is known; null for one that came of an answer. */
    private final List<@Nullable CellRef> eventCells = new ArrayList<>();

    private ObjectNode known = Json.object();
    private ObjectNode planned = Json.object();
    private OffsetDateTime now = OffsetDateTime.MIN;

    /** A question that was answered, when, and whether it led to something being done at once. */
    private record Answered(Decision<?, ?> kind, JsonNode answer, OffsetDateTime at, boolean done) {}

    private CaseInHand(Policy policy, CaseStory story) {
        this.policy = policy;
        this.story = story;
        known.putArray(EVENTS);
    }

    /** Runs a story up to the first step that is not answered as expected. */
    static StoryRun run(Policy policy, CaseStory story) {
        var hand = new CaseInHand(policy, story);
        var results = new ArrayList<Result>();
        List<StoryStep> steps = story.steps();
        for (int i = 0; i < steps.size(); i++) {
            Result result = hand.step(steps.get(i));
            if (result != null) {
                results.add(result);
                if (!result.passed()) {
                    return new StoryRun(
                            story,
                            List.copyOf(results),
                            steps.subList(i + 1, steps.size()).stream()
                                    .map(StoryStep::number)
                                    .toList());
                }
            }
        }
        hand.unasked(steps).ifPresent(results::add);
        return new StoryRun(story, List.copyOf(results), List.of());
    }

    /** What is wrong with what happened after the last question, which no answer tells. */
    private Optional<Result> unasked(List<StoryStep> steps) {
        StoryStep last = steps.get(steps.size() - 1);
        Decision<?, ?> kind = answers.stream()
                .map(Answered::kind)
                .filter(each -> GivenColumn.of(each.facts()).containsKey(EVENTS))
                .reduce((earlier, later) -> later)
                .orElse(null);
        if (last.kind() != null || kind == null) {
            return Optional.empty();
        }
        Scenario asked = asked(last, known.deepCopy());
        try {
            Cases.check(kind, policy, asked.request());
            return Optional.empty();
        } catch (BadRequestException e) {
            List<Problem> told = e.problems().stream()
                    .map(problem -> new Problem(problem.code(), place(problem, last), problem.args()))
                    .filter(problem -> eventCells.contains(problem.at()))
                    .toList();
            return told.isEmpty() ? Optional.empty() : Optional.of(new Result(asked, List.of(), Json.object(), told));
        }
    }

    /** What came of a step; null when nothing was asked. */
    private @Nullable Result step(StoryStep step) {
        ObjectNode before = known.deepCopy();
        Problem wrong = moveTo(step);
        if (wrong != null) {
            return new Result(asked(step, known.deepCopy()), List.of(), Json.object(), List.of(wrong));
        }
        ObjectNode about = learn(step);
        if (step.kind() == null) {
            return null;
        }
        Result result = Cases.run(policy, asked(step, about));
        if (result.answer().has("problems")) {
            Result located = located(result, step);
            known = before; // what was refused is not known of the case
            int events = events().size();
            eventCells.subList(events, eventCells.size()).clear();
            return located;
        }
        keep(step, result.answer());
        return result;
    }

    /** The problems with a request at the cells that state what is wrong. */
    private Result located(Result result, StoryStep step) {
        List<Problem> located = result.problems().stream()
                .map(problem -> new Problem(problem.code(), place(problem, step), problem.args()))
                .toList();
        return new Result(result.scenario(), result.checks(), result.answer(), located);
    }

    /** The cell that states an event, of whichever step; else where a step states a member of a request. */
    private Location place(Problem problem, StoryStep step) {
        if (problem.at() instanceof RequestPointer pointer) {
            Matcher event = EVENT.matcher(pointer.pointer());
            int number = event.lookingAt() ? Integer.parseInt(event.group(1)) : eventCells.size();
            CellRef stated = number < eventCells.size() ? eventCells.get(number) : null;
            if (stated != null) {
                return stated;
            }
        }
        return place(problem, List.of(step));
    }

    /** Where the last of some steps to do so states a member of a request; the cell of the last one's time when none does. */
    static Location place(Problem problem, List<StoryStep> steps) {
        if (!(problem.at() instanceof RequestPointer pointer)) {
            return problem.at();
        }
        CellRef place = steps.get(steps.size() - 1).at();
        int longest = 0;
        boolean followUp = pointer.pointer().startsWith("/" + FOLLOW_UP)
                || pointer.pointer().startsWith("/" + HANDLING);
        for (StoryStep step : steps) {
            for (Map.Entry<String, CellRef> cell : step.cells().entrySet()) {
                if ((pointer.pointer() + "/").startsWith(cell.getKey() + "/")
                        && cell.getKey().length() >= longest) {
                    longest = cell.getKey().length();
                    place = cell.getValue();
                } else if (followUp && longest == 0 && cell.getKey().startsWith("/" + FOLLOW_UP + "/")) {
                    place = cell.getValue(); // what it lacks, also to have been planned, is told beside what it says
                }
            }
        }
        return place;
    }

    /** What the last step of a story asks, as far as its steps and no answers tell. */
    static ObjectNode opening(Policy policy, CaseStory story) {
        var hand = new CaseInHand(policy, story);
        ObjectNode request = Json.object();
        for (StoryStep step : story.steps()) {
            hand.moveTo(step);
            request = hand.learn(step);
        }
        return request.put("now", text(hand.now));
    }

    private Scenario asked(StoryStep step, ObjectNode request) {
        request.put("now", text(now));
        return new Scenario(
                story.id() + "/" + step.number(),
                step.title(),
                step.kind() == null ? CaseStories.ASKABLE.get(0) : step.kind(),
                request,
                step.expected(),
                step.at(),
                story.source(),
                story.confirmed(),
                story.tags());
    }

    private static String text(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    // ———— Time ————

    /** Lets time pass up to a step; what is wrong with its time, null for nothing. */
    private @Nullable Problem moveTo(StoryStep step) {
        StepTime time = step.time();
        OffsetDateTime from = now;
        if (!time.named().isEmpty()) {
            from = told(time.named());
            if (from == null) {
                return Problem.of(Code.NO_TIME_TOLD, step.at(), time.named());
            }
        }
        OffsetDateTime then;
        try {
            then = time.from(from, policy.calendar());
        } catch (CalendarEndedException e) {
            return Problem.of(Code.CALENDAR_ENDED, step.at(), e.date(), e.first(), e.last());
        }
        if (then.isBefore(now)) {
            return tooEarly(step, then, now);
        }
        now = then;
        return null;
    }

    private Problem tooEarly(StoryStep step, OffsetDateTime then, OffsetDateTime before) {
        return CaseStories.tooEarly(step.at(), then, before, policy.calendar().zone());
    }

    /** A time that the last answer to have it told; null when none did. */
    private @Nullable OffsetDateTime told(String name) {
        for (int i = answers.size() - 1; i >= 0; i--) {
            Answered last = answers.get(i);
            Part part = CaseStories.times(last.kind()).get(name);
            if (part == null) {
                continue;
            }
            JsonNode answer = last.answer();
            if (last.done() && part.paths().contains(REVIEW)) {
                // A caller who has done what an answer said asks again at once for the moment of the next question.
                ObjectNode again = known.deepCopy().put("now", text(last.at()));
                answer = Cases.answer(policy, last.kind(), again, new ArrayList<>());
            }
            List<JsonNode> found = part.in(answer);
            if (!found.isEmpty() && found.get(0).isString()) {
                return OffsetDateTime.parse(found.get(0).stringValue());
            }
        }
        return null;
    }

    // ———— What becomes known ————

    /** Takes note of what a step says; what its question is told, which of a follow-up is what this step says alone. */
    private ObjectNode learn(StoryStep step) {
        String at = text(now);
        if (!known.path("incident").has("id")) {
            ScenarioReader.put(known, List.of("incident", "id"), Json.text(story.id()));
            ScenarioReader.put(known, List.of("incident", "reportedAt"), Json.text(at));
        }
        ObjectNode about = Json.object();
        step.facts().forEach((path, value) -> {
            ObjectNode to = path.get(0).equals(FOLLOW_UP) ? about : known;
            ScenarioReader.put(to, path, value.deepCopy());
        });
        for (JsonNode event : step.events()) {
            ObjectNode happened = ((ObjectNode) event).deepCopy();
            if (!happened.has("at")) {
                happened.put("at", at);
            }
            boolean returned = happened.path("kind").asString("").equals(CaseEventKind.RETURNED.code());
            if (returned && !happened.has("body") && known.has("lead")) {
                happened.set("body", known.path("lead").deepCopy()); // who returns a case is who has it in hand
            }
            addEvent(happened, step.cells().get("/" + EVENTS));
        }
        boolean handedIn = step.facts().containsKey(List.of(HANDLING, PROOFS));
        boolean dated = step.facts().containsKey(List.of(HANDLING, CONCLUDED));
        boolean concluded = known.path(HANDLING).has(CONCLUDED);
        if (!dated && (handedIn || (!concluded && known.path(HANDLING).isObject()))) {
            ScenarioReader.put(known, List.of(HANDLING, CONCLUDED), Json.text(at));
        }
        ObjectNode request = known.deepCopy();
        if (about.get(FOLLOW_UP) instanceof ObjectNode said) {
            ObjectNode followUp = planned.deepCopy();
            said.properties().forEach(member -> followUp.set(member.getKey(), member.getValue()));
            if (!followUp.has("at")) {
                followUp.put("at", at);
            }
            request.set(FOLLOW_UP, followUp);
        }
        return request;
    }

    private void addEvent(JsonNode event, @Nullable CellRef cell) {
        events().add(event);
        eventCells.add(cell);
    }

    private ArrayNode events() {
        return known.get(EVENTS) instanceof ArrayNode events ? events : known.putArray(EVENTS);
    }

    // ———— What answers say ————

    private void keep(StoryStep step, JsonNode answer) {
        replace(answer.path(NEXT));
        answer.path(EVENTS).forEach(event -> addEvent(event.deepCopy(), null));
        if (answer.get(FOLLOW_UP) instanceof ObjectNode asked) {
            planned = asked.deepCopy();
        }
        boolean done = false;
        if (step.carriedOut()) {
            for (JsonNode action : answer.path("actions")) {
                if (action.get("event") instanceof ObjectNode event) {
                    addEvent(event.deepCopy().put("at", text(now)), null);
                    done = true;
                }
                replace(action.path(NEXT));
            }
        }
        Decision<?, ?> kind = step.kind();
        if (kind != null) {
            answers.add(new Answered(kind, answer, now, done));
        }
    }

    private void replace(JsonNode next) {
        if (next.has(ASSIGNED_AT) && known.has(ASSIGNED_AT)) { // routing again: who has it, and what happened, stays
            OF_ROUTING_AGAIN.stream()
                    .filter(next::has)
                    .forEach(member -> known.set(member, next.get(member).deepCopy()));
            return;
        }
        next.properties()
                .forEach(member -> known.set(member.getKey(), member.getValue().deepCopy()));
        if (next.has(EVENTS)) {
            eventCells.clear();
            events().forEach(event -> eventCells.add(null));
        }
    }
}
