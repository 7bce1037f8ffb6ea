package liandong.routing;

import liandong.calendar.Limit;
import liandong.decision.AnswersFor;
import liandong.decision.Trouble;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * What is answered at once instead of being dispatched (直办).
 *
 * @param by who answers; null for whoever would lead
 * @param entry the entry of the knowledge base; null when the body that answers looks it up
 * @param limit by when
 * @param onlyIfTold whether only a nature that the caller has told counts, not one that was read; null as no
 * @param ref the row
 */
@AnswersFor(Trouble.OVERRULED)
@Sheet(
        value = "直办",
        about = Matter.class,
        since = 3,
        known = {"事项"},
        absent = "no report is answered at once",
        absentChinese = "没有信息直接答复")
public record AnswerRow(
        @Column(value = "答复单位 Answered by", optional = true) @Nullable
        Body by,

        @Column(value = "知识条目 Knowledge entry", optional = true) @Bounds(max = 200) @Nullable
        String entry,

        @Column("时限 Limit") Limit limit,

        @Column(value = "性质须写明 Only if told", optional = true, mayBeAbsent = true) @Nullable
        Boolean onlyIfTold,

        @Override RowRef ref)
        implements RoutingRow {
    /** Whether a matter that the row applies to is answered by it. */
    public boolean answers(Matter matter) {
        return !Boolean.TRUE.equals(onlyIfTold) || matter.report().nature() != null;
    }
}
