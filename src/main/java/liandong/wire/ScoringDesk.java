package liandong.wire;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import liandong.decision.Appeal;
import liandong.decision.Reason;
import liandong.decision.ScoringDecision;
import liandong.decision.ScoringRow;
import liandong.engine.Answer;
import liandong.engine.Engine;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.ScoredCase;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Pointer;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes closed cases and gives their scores (个案考核). */
public final class ScoringDesk extends Desk<ScoringFacts, ScoringDecision> {
    private static final Pointer INCIDENT = ROOT.member("incident");

    private final Engine engine;

    /**
     * A desk.
     *
     * @param policy gives the policy to decide by, anew for each request
     * @param clock gives the time of requests that name none
     */
    public ScoringDesk(Engine engine, Supplier<Policy> policy, Clock clock) {
        super(DecisionKind.SCORING, ScoringFacts.class, ScoringRow.class, policy, clock);
        this.engine = engine;
    }

    @Override
    void check(ScoringFacts asked, Instant now, List<Problem> problems) {
        ScoredCase scored = asked.incident();
        notInFuture(INCIDENT.member("reportedAt"), scored.reportedAt(), now, problems);
        OffsetDateTime assigned = scored.events().stream()
                .filter(event -> event.kind() == CaseEventKind.ASSIGNED)
                .map(CaseEvent::at)
                .min(OffsetDateTime.timeLineOrder())
                .orElse(null);
        for (int i = 0; i < scored.events().size(); i++) {
            CaseEvent event = scored.events().get(i);
            Pointer at = INCIDENT.member("events").member(String.valueOf(i));
            notInFuture(at.member("at"), event.at(), now, problems);
            OffsetDateTime earliest = earliest(scored, event, assigned);
            if (event.at().isBefore(earliest)) {
                problems.add(Problem.of(
                        Code.EVENT_TOO_EARLY, at.member("at"), event.kind().label(), event.at(), earliest));
            }
            if (event.kind().isOfStage() && event.stage() == null) {
                problems.add(Problem.of(Code.MISSING_FIELD, at.member("stage"), "stage", ""));
            }
            for (CaseEvent before : scored.events().subList(0, i)) {
                if (contradict(before, event, scored)) {
                    problems.add(Problem.of(
                            Code.CONTRADICTION,
                            at,
                            before.kind().label(),
                            event.kind().label()));
                }
            }
        }
    }

    private static OffsetDateTime earliest(ScoredCase scored, CaseEvent event, @Nullable OffsetDateTime assigned) {
        return assigned != null && event.kind().needsAssignment() && assigned.isAfter(scored.reportedAt())
                ? assigned
                : scored.reportedAt();
    }

    /** Whether two events cannot both be true, or are the same one twice, which would count twice. */
    private static boolean contradict(CaseEvent one, CaseEvent other, ScoredCase scored) {
        boolean sameMoment = one.at().isEqual(other.at());
        boolean sameBody = Objects.requireNonNullElse(one.body(), scored.body())
                .equals(Objects.requireNonNullElse(other.body(), scored.body()));
        boolean sameStage = Objects.equals(one.stage(), other.stage());
        if (!sameBody || !sameStage) {
            return false;
        }
        return one.kind() == other.kind()
                ? sameMoment
                : one.kind().contradicts(other.kind())
                        && (sameMoment || one.kind().isStageVerdict());
    }

    private static void notInFuture(Pointer at, OffsetDateTime time, Instant now, List<Problem> problems) {
        if (time.toInstant().isAfter(now)) {
            problems.add(Problem.of(
                    Code.IN_FUTURE, at, time, now.atZone(time.getOffset()).toOffsetDateTime()));
        }
    }

    @Override
    public boolean isFor(JsonNode request) {
        return request.path("incident").has("events")
                || request.path("incident").has("body");
    }

    @Override
    public String subject(ScoringFacts asked) {
        return asked.incident().id();
    }

    @Override
    Answer<ScoringDecision> decided(Policy current, Asked<ScoringFacts> asked) {
        return engine.score(current, asked.facts().incident(), asked.now(), asked.explain());
    }

    @Override
    void write(ScoringDecision decision, ScoringFacts asked, ObjectNode json) {
        json.put("incidentId", asked.incident().id());
        json.set("body", Json.of(asked.incident().body()));
        ScoreJson.result(decision, json);
        json.set("lines", ScoreJson.lines(decision.lines()));
        Appeal appeal = decision.appeal();
        if (appeal != null) {
            ObjectNode upheld = json.putObject("ifAppealsAreUpheld")
                    .put("score", appeal.score())
                    .put("difference", appeal.difference());
            if (appeal.grade() != null) {
                upheld.put("grade", appeal.grade().code());
            }
            upheld.set("dropped", ScoreJson.lines(appeal.dropped()));
            upheld.set("added", ScoreJson.lines(appeal.added()));
        }
    }

    @Override
    public List<Reason> because(ScoringDecision decision) {
        return decision.because();
    }

    @Override
    public List<String> unconfirmed(ScoringDecision decision) {
        return decision.unconfirmed();
    }
}
