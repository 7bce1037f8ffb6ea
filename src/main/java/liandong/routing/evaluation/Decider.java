package liandong.routing.evaluation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import liandong.cli.terminal.CommandFailure;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.engine.DecisionFailedException;
import liandong.explain.Columns;
import liandong.explain.Phrases;
import liandong.explain.PolicyRows;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.Matter;
import liandong.incident.Source;
import liandong.incident.Urgency;
import liandong.policy.Policy;
import liandong.problem.LineRef;
import liandong.problem.Problem;
import liandong.reading.TextForm;
import liandong.routing.CueRow;
import liandong.routing.ExampleRow;
import liandong.routing.KeywordRow;
import liandong.routing.Routing;
import liandong.routing.RoutingDecision;
import liandong.routing.RoutingFacts;
import liandong.routing.evaluation.Measured.Vote;
import liandong.table.Row;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Decides labelled texts by a policy. */
final class Decider {
    private static final Routing ROUTING = (Routing) Decisions.named("ROUTING");
    private static final int VOTES = 5;
    private static final int SAYS_SHOWN = 40;

    private final String file;
    private final Policy policy;
    private final DecisionService service;
    private final PolicyRows rows;
    private final String now;
    private final Source source;
    private final Area area;
    private final String topUrgency;

    /**
     * Decides by a policy.
     *
     * @param file what the file is called in problems
     * @param now when all texts are received
     * @throws CommandFailure if the policy has no words to make a report with
     */
    Decider(String file, Policy policy, Instant now, Phrases say) throws CommandFailure {
        this.file = file;
        this.policy = policy;
        this.service = new DecisionService(() -> policy, Clock.fixed(now, ZoneOffset.UTC));
        this.rows = new PolicyRows(policy);
        this.now = now.toString();
        var areas = policy.vocabulary().all(Area.class).stream()
                .min(Comparator.comparingInt(each -> each.level().rank()));
        var sources = policy.vocabulary().all(Source.class).stream().findFirst();
        if (areas.isEmpty() || sources.isEmpty()) {
            throw new CommandFailure(CommandFailure.BAD, List.of(say.of("evaluate.noWords")));
        }
        this.area = areas.get();
        this.source = sources.get();
        this.topUrgency = policy.vocabulary().all(Urgency.class).stream()
                .max(Comparator.comparingInt(Urgency::rank))
                .map(Urgency::code)
                .orElse("");
    }

    /** Decides a text and counts it. */
    void take(LabelledText row, Evaluation result) {
        Measured measured = decide(row, result::unusable);
        if (measured != null) {
            result.add(measured);
        }
    }

    /**
     * Decides a text; null when that cannot be done.
     *
     * @param unusable gets why not
     */
    @Nullable
    Measured decide(LabelledText row, Consumer<List<Problem>> unusable) {
        var at = new LineRef(file, row.line());
        try {
            return measured(row, service.decide(ROUTING, request(row)));
        } catch (BadRequestException e) {
            unusable.accept(e.problems().stream()
                    .map(problem -> new Problem(problem.code(), at, problem.args()))
                    .toList());
        } catch (DecisionFailedException e) {
            unusable.accept(
                    List.of(new Problem(e.problem().code(), at, e.problem().args())));
        }
        return null;
    }

    private ObjectNode request(LabelledText row) {
        ObjectNode incident = Json.object();
        incident.put("id", String.valueOf(row.number()));
        incident.put("reportedAt", now);
        incident.put("source", source.code());
        incident.put("area", area.code());
        incident.put("text", row.text());
        incident.setAll(row.facts());
        ObjectNode request = Json.object();
        request.set("incident", incident);
        return request;
    }

    private Measured measured(LabelledText row, DecisionRecord<RoutingFacts, RoutingDecision> record) {
        JsonNode answer = record.answer();
        Map<Part, List<Word>> said = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            said.put(part, part == Part.LEAD ? withKind(part.in(answer)) : part.in(answer));
        }
        boolean top = said.getOrDefault(Part.URGENCY, List.of()).stream()
                .anyMatch(word -> word.code().equals(topUrgency));
        var matter = Matter.of(record.request().facts().incident());
        Word outcome = said.getOrDefault(Part.OUTCOME, List.of()).get(0);
        List<Word> candidates = new ArrayList<>();
        answer.path("candidates")
                .forEach(each -> candidates.add(new Word(
                        each.at("/eventType/code").asString(""),
                        each.at("/eventType/label").asString(""))));
        return new Measured(
                row, outcome, answer.path("reason").asString(""), said, top, candidates, votes(answer, matter));
    }

    /** Bodies, and beside a community or sub-district the word that stands for whichever there is. */
    private List<Word> withKind(List<Word> bodies) {
        var all = new ArrayList<>(bodies);
        for (Word body : bodies) {
            Body territory = policy.vocabulary().territory(body.code());
            if (territory != null) {
                policy.vocabulary().bodies(territory.kind()).forEach(each -> all.add(Word.of(each)));
            }
        }
        return all;
    }

    /** The rows that spoke for the event type that was answered, or else for the strongest one. */
    private List<Vote> votes(JsonNode answer, Matter matter) {
        List<Word> types = Part.EVENT_TYPE.in(answer);
        JsonNode candidates = answer.path("candidates");
        JsonNode deciding = candidates.path(0);
        for (JsonNode each : candidates) {
            String code = each.at("/eventType/code").asString("");
            if (types.stream().anyMatch(type -> type.code().equals(code))) {
                deciding = each;
            }
        }
        var votes = new ArrayList<Vote>();
        for (JsonNode id : deciding.path("rows")) {
            Row row = rows.row(id.asString(""));
            if (votes.size() < VOTES && row != null) {
                votes.add(vote(row, matter));
            }
        }
        return votes;
    }

    private Vote vote(Row row, Matter matter) {
        String id = row.ref().id();
        String sheet = row.ref().sheet();
        if (row instanceof KeywordRow keyword) {
            return new Vote(id, sheet, rows.words(id, matter), keyword.points());
        }
        String says = row.ref().says();
        if (row instanceof ExampleRow example) {
            says = example.sentence();
        } else if (row instanceof CueRow cue) {
            String text = TextForm.of(matter.report().text());
            List<String> there = cue.words().stream()
                    .filter(word -> text.contains(TextForm.of(word)))
                    .toList();
            if (!there.isEmpty()) {
                return new Vote(id, sheet, there, 0);
            }
            says = String.join("、", cue.words()); // the text has one of them in another spelling
        }
        return new Vote(id, sheet, List.of(Columns.shortened(says, SAYS_SHOWN)), 0);
    }
}
