package liandong.incident;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a case: what escalation and scoring go by.
 *
 * @param kind what happened
 * @param at when
 * @param stage the stage it is about; null unless the kind is about one, or, of a redo or reopening, for the last stage
 * @param body whom it concerns; null for the body that is scored, or that has the case in hand
 * @param contested whether that body has appealed against it (申诉)
 * @param reason why the body returned it; null unless the kind is a return
 * @param until when the stage is due instead; null unless the kind is a granted extension, a redo, a
 *     reopening, or a pause, which ends then at the latest
 * @param by who did it, where that decides whether it counts: a pause, a granted extension; of what is taken out, on whose
 *     behalf a person found so; null when not given
 * @param ground why the limits stand still; null unless the kind is a pause
 * @param proof what shows that the reason for more time holds; null unless it is a pause, a granted extension or an
 *     explanation, and when nothing was shown
 * @param excluded why it is not the body's fault, as a person has found (剔除), 1–200 characters; null when it counts
 */
public record CaseEvent(
        @Member(meaning = "what happened") @Column("情形 Event")
        CaseEventKind kind,

        @Member(label = "时间 At", meaning = "when") OffsetDateTime at,

        @Member(
                meaning =
                        "the stage it is about; absent unless the kind is about one; of a redo or reopening the one that"
                                + " is open again, the last one when absent",
                example = "\"抢修\"")
        @Column("阶段 Stage")
        @Bounds(min = 1, max = 64)
        @Nullable
        String stage,

        @Member(
                label = "单位 Body",
                meaning = "whom it concerns; absent for the body that is scored, or that has the case in hand")
        @Nullable
        Body body,

        @Member(label = "申诉 Contested", meaning = "whether that body has appealed against it", leftOutWhenEmpty = true)
        boolean contested,

        @Member(label = "退单理由 Return reason", meaning = "why the body returned it; absent unless the kind is a return")
        @Nullable
        ReturnReason reason,

        @Member(
                label = "延期至 Until",
                meaning =
                        "when the stage is due instead, of a granted extension; by when it is to be done again, of a redo or"
                                + " reopening: after its own limit when absent; when it ends at the latest, of a pause")
        @Nullable
        OffsetDateTime until,

        @Member(
                label = "决定单位 By",
                meaning =
                        "who did it, where that decides whether it counts: of a pause, of a granted extension; of what is"
                                + " taken out, on whose behalf a person found so; absent when not given")
        @Nullable
        Body by,

        @Member(label = "暂停事由 Ground", meaning = "why the limits stand still; absent unless the kind is a pause")
        @Nullable
        PauseGround ground,

        @Member(
                label = "凭证 Proof",
                meaning = "what shows that the reason for more time holds, of a pause, a granted extension or an"
                        + " explanation; absent when nothing was shown")
        @Nullable
        GroundProof proof,

        @Member(
                label = "剔除理由 Excluded",
                meaning = "why it is not the body's fault, as a person has found: then it counts for nothing in the"
                        + " score; absent when it counts",
                example = "\"诉求超出政策规定，已向来访人解释\"")
        @Bounds(min = 1, max = 200)
        @Nullable
        String excluded) {
    /** An event of which nothing is said but what every kind needs. */
    public CaseEvent(
            CaseEventKind kind,
            OffsetDateTime at,
            @Nullable String stage,
            @Nullable Body body,
            boolean contested,
            @Nullable ReturnReason reason,
            @Nullable OffsetDateTime until) {
        this(kind, at, stage, body, contested, reason, until, null, null, null, null);
    }

    /** The same, which concerns a body. */
    public CaseEvent of(Body concerned) {
        return new CaseEvent(kind, at, stage, concerned, contested, reason, until, by, ground, proof, excluded);
    }

    /** The same, which names no body. */
    public CaseEvent ofNobody() {
        return new CaseEvent(kind, at, stage, null, contested, reason, until, by, ground, proof, excluded);
    }

    /** The same, about another stage. */
    CaseEvent ofStage(String about) {
        return new CaseEvent(kind, at, about, body, contested, reason, until, by, ground, proof, excluded);
    }

    /** The same, with another end. */
    public CaseEvent endingAt(OffsetDateTime end) {
        return new CaseEvent(kind, at, stage, body, contested, reason, end, by, ground, proof, excluded);
    }
}
