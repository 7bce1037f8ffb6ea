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
 * @param until when the stage is due instead; null unless the kind is a granted extension, a redo or a reopening
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

        @Member(label = "申诉 Contested", meaning = "whether that body has appealed against it")
        boolean contested,

        @Member(label = "退单理由 Return reason", meaning = "why the body returned it; absent unless the kind is a return")
        @Nullable
        ReturnReason reason,

        @Member(
                label = "延期至 Until",
                meaning =
                        "when the stage is due instead, of a granted extension, or by when it is to be done again, of a redo"
                                + " or reopening: after its own limit when absent")
        @Nullable
        OffsetDateTime until) {}
