package liandong.decision;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.engine.Reason;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.table.NearMiss;
import liandong.wire.PolicyRef;
import org.jspecify.annotations.Nullable;

/**
 * What every answer says, around what is particular to its decision.
 *
 * @param answer see {@link Decision#answer}
 */
public record DecisionAnswer(
        @Member(
                meaning = "the decision's id (UUIDv7); the same request under the same policy has the same",
                role = Role.WHY,
                example = "\"019e2f3c-1a00-7b0e-9f3c-2d1e4f5a6b7c\"")
        String decisionId,

        @Member(meaning = "the incident's id, as it was sent", role = Role.SUBJECT, example = "\"SC-2026-000123\"")
        @Nullable
        String incidentId,

        @Member(meaning = "what was decided", flattened = true)
        Record answer,

        @Member(meaning = "the policy it was decided by", role = Role.WHY)
        PolicyRef policy,

        @Member(meaning = "the moment it was decided for") OffsetDateTime decidedAt,

        @Member(meaning = "every reason, by rule and row; never empty", role = Role.WHY)
        List<Reason> because,

        @Member(
                label = "未确认 Unconfirmed",
                meaning =
                        "ids of the rows among the reasons whose source nobody has confirmed, and CAL- with the year for"
                                + " each year whose days off have not been announced and on which a due time rests",
                role = Role.WHY,
                example = "\"DUTY-0086\"")
        List<String> unconfirmed,

        @Member(meaning = "what the caller should know", role = Role.WHY, leftOutWhenEmpty = true)
        List<AnswerWarning> warnings,

        @Member(
                meaning = "rows that nearly applied, with what they lacked; when options.explain is full",
                role = Role.WHY)
        @Nullable
        List<NearMiss> nearMisses) {}
