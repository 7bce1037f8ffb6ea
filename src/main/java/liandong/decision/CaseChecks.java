package liandong.decision;

import java.time.OffsetDateTime;
import java.util.function.Consumer;
import liandong.incident.Body;
import liandong.incident.Report;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What can be wrong with an incident and its times, whatever is asked about it. */
public final class CaseChecks {
    private static final RequestPointer ROOT = new RequestPointer("");
    private static final RequestPointer INCIDENT = ROOT.member("incident");

    private CaseChecks() {}

    /** Tells what no single field of an incident shows. */
    public static void incident(Report report, DecisionMoment moment, Consumer<Problem> problems) {
        if (report.eventType() != null
                && report.category() != null
                && !report.eventType().category().equals(report.category())) {
            problems.accept(Problem.of(
                    Code.CONTRADICTION,
                    INCIDENT.member("category"),
                    report.category().label(),
                    report.eventType().label()));
        }
        if (report.id().equals(report.sameAs())) {
            problems.accept(Problem.of(Code.CONTRADICTION, INCIDENT.member("sameAs"), "id", "sameAs"));
        }
        noFewerThanInjured("people", report.people(), report, problems);
        noFewerThanInjured("gathering", report.gathering(), report, problems);
        moment.notInFuture(INCIDENT.member("reportedAt"), report.reportedAt(), problems);
    }

    private static void noFewerThanInjured(String member, int persons, Report report, Consumer<Problem> problems) {
        if (persons > 0 && report.injured() > persons) {
            problems.accept(Problem.of(Code.FEWER_PEOPLE, INCIDENT.member(member), persons, report.injured()));
        }
    }

    /**
     * Tells of an incident whose event type is open though something has been done about it, or whose stages are not said; a matter
     * that nobody had to do anything about has an empty list.
     */
    public static void concluded(JsonNode request, Consumer<Problem> problems) {
        classified(request, problems);
        if (!request.hasNonNull("stages")) {
            problems.accept(Problem.of(Code.MISSING_FIELD, ROOT.member("stages"), "stages", ""));
        }
    }

    private static void classified(JsonNode request, Consumer<Problem> problems) {
        JsonNode incident = request.path("incident");
        if (incident.isObject() && !incident.hasNonNull("eventType") && !request.hasNonNull("eventType")) {
            problems.accept(Problem.of(Code.MISSING_FIELD, INCIDENT.member("eventType"), "eventType", ""));
        }
    }

    /** Tells of an incident whose event type is open, or that has no stages, though it has been assigned. */
    public static void assigned(JsonNode request, Consumer<Problem> problems) {
        classified(request, problems);
        JsonNode stages = request.path("stages");
        if (stages.isMissingNode() || stages.isNull() || (stages.isArray() && stages.isEmpty())) {
            problems.accept(Problem.of(Code.MISSING_FIELD, ROOT.member("stages"), "stages", ""));
        }
    }

    /** Tells of a time before another, or after now; of none when it is not given. */
    public static void between(
            OffsetDateTime earliest,
            @Nullable OffsetDateTime time,
            DecisionMoment moment,
            RequestPointer at,
            Consumer<Problem> problems) {
        if (time == null) {
            return;
        }
        if (time.isBefore(earliest)) {
            problems.accept(Problem.of(Code.TOO_EARLY, at, time, earliest));
        }
        moment.notInFuture(at, time, problems);
    }

    /**
     * Tells of something that is taken out of a judgement by nobody, or by the very body that is judged.
     *
     * @param why why it is taken out; null when it is not
     * @param by on whose behalf a person found so; null when not told
     * @param judged the body that is judged; null when not told
     * @param at where it says why
     * @param member the name of the member that says by whom
     */
    public static void exclusion(
            @Nullable String why,
            @Nullable Body by,
            @Nullable Body judged,
            RequestPointer at,
            String member,
            Consumer<Problem> problems) {
        if (why == null) {
            return;
        }
        if (by == null) {
            problems.accept(Problem.of(Code.EXCLUDED_BY_NOBODY, at, member));
        } else if (judged != null && by.isOneWith(judged)) {
            problems.accept(Problem.of(Code.EXCLUDED_BY_ITSELF, at, by.label()));
        }
    }
}
