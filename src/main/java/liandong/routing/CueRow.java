package liandong.routing;

import java.util.List;
import liandong.decision.AnswersFor;
import liandong.decision.Trouble;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.EventType;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Words and what they say of a matter (词语).
 *
 * @param words any of them
 * @param with any of these must stand in the same clause too; empty for nothing more
 * @param distance how many characters may lie between the two, 1–200; null for any number within the clause
 * @param unless none of these may stand in the same clause; empty for nothing that rules it out
 * @param eventType what they speak for; null for words that are context only
 * @param role whether they decide, support or are context only
 * @param ref the row
 */
@AnswersFor({Trouble.RETURNED, Trouble.OVERRULED})
@Sheet(
        value = "词语",
        about = Matter.class,
        ofText = true,
        since = 3,
        absent = "no word is evidence of an event type",
        absentChinese = "没有词语作为事项的依据")
public record CueRow(
        @Column("词语 Words") List<String> words,

        @Column(value = "同句另含 And in the clause", optional = true)
        List<String> with,

        @Column(value = "间隔 Distance", optional = true) @Bounds(min = 1, max = 200) @Nullable
        Integer distance,

        @Column(value = "除非 Unless", optional = true) List<String> unless,

        @Column(value = "事项 Event type", optional = true) @Nullable
        EventType eventType,

        @Column("作用 Role") CueRole role,
        @Override RowRef ref)
        implements RoutingRow {}
