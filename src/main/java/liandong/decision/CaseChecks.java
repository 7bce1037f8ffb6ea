package liandong.decision;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
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
    public static void incident(Report report, Instant now, List<Problem> problems) {
        if (report.eventType() != null
                && report.category() != null
                && !report.eventType().category().equals(report.category())) {
            problems.add(Problem.of(
                    Code.CONTRADICTION,
                    INCIDENT.member("category"),
                    report.category().label(),
                    report.eventType().label()));
        }
        if (report.id().equals(report.sameAs())) {
            problems.add(Problem.of(Code.CONTRADICTION, INCIDENT.member("sameAs"), "id", "sameAs"));
        }
        if (report.people() > 0 && report.injured() > report.people()) {
            problems.add(Problem.of(Code.FEWER_PEOPLE, INCIDENT.member("people"), report.people(), report.injured()));
        }
        notInFuture(INCIDENT.member("reportedAt"), report.reportedAt(), now, problems);
    }

    /** Tells of an incident whose event type is open, or that has no stages, though it has been assigned. */
    public static void assigned(JsonNode request, List<Problem> problems) {
        JsonNode incident = request.path("incident");
        if (incident.isObject() && !incident.hasNonNull("eventType")) {
            problems.add(Problem.of(Code.MISSING_FIELD, INCIDENT.member("eventType"), "eventType", ""));
        }
        JsonNode stages = request.path("stages");
        if (stages.isMissingNode() || stages.isNull() || (stages.isArray() && stages.isEmpty())) {
            problems.add(Problem.of(Code.MISSING_FIELD, ROOT.member("stages"), "stages", ""));
        }
    }

    /** Tells of a time before another, or after now; of none when it is not given. */
    public static void between(
            OffsetDateTime earliest,
            @Nullable OffsetDateTime time,
            Instant now,
            RequestPointer at,
            List<Problem> problems) {
        if (time == null) {
            return;
        }
        if (time.isBefore(earliest)) {
            problems.add(Problem.of(Code.TOO_EARLY, at, time, earliest));
        }
        notInFuture(at, time, now, problems);
    }

    /** Tells of a time after now. */
    public static void notInFuture(RequestPointer at, OffsetDateTime time, Instant now, List<Problem> problems) {
        if (time.toInstant().isAfter(now)) {
            problems.add(Problem.of(
                    Code.IN_FUTURE, at, time, now.atZone(time.getOffset()).toOffsetDateTime()));
        }
    }
}
