package liandong.decision;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import liandong.policy.Policy;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How cases that were decided one by one become what a decision about a period is asked. */
public interface PeriodOfCases {
    /**
     * A case as a period counts it.
     *
     * @param id the caller's reference
     * @param body the code of the body that it counts for
     * @param label what that body is called
     * @param facts what of it is counted
     */
    record CaseOfBody(String id, String body, String label, ObjectNode facts) {}

    /** The code of the decision whose requests and answers tell of cases. */
    String cases();

    /**
     * A case as a period counts it; null when what was asked cannot be read by the policy.
     *
     * @param request what was asked about the case
     * @param answer what was answered
     */
    @Nullable
    CaseOfBody of(ObjectNode request, JsonNode answer, Policy policy);

    /**
     * What to ask about a period.
     *
     * @param cases the cases of each body, by its code
     * @param ranking whether bodies of a kind are to be ranked one by one, too
     */
    ObjectNode request(
            Map<String, List<CaseOfBody>> cases,
            OffsetDateTime from,
            OffsetDateTime to,
            OffsetDateTime now,
            boolean ranking);

    /**
     * Whether a case is one of those behind a measure: for a rate, those that it is short of; for a number, those that make it up.
     *
     * @param measure its code
     * @param leaderOrMedia which cases it is about; null for all
     * @param facts the case
     */
    boolean isBehind(String measure, @Nullable Boolean leaderOrMedia, JsonNode facts);
}
