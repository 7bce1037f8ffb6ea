package liandong.routing;

import liandong.decision.AnswersFor;
import liandong.decision.Trouble;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Danger;
import liandong.incident.EventType;
import liandong.incident.Matter;
import liandong.incident.Nature;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * A sentence as people say it, and what it is (例句).
 *
 * @param sentence the sentence
 * @param eventType what it is about; null when it is no matter that could be dispatched
 * @param danger whether it tells that somebody is in danger
 * @param nature what is wanted; null when the sentence does not tell
 * @param ref the row
 */
@AnswersFor({Trouble.RETURNED, Trouble.OVERRULED})
@Sheet(
        value = "例句",
        about = Matter.class,
        ofText = true,
        since = 3,
        absent = "no text is compared with examples",
        absentChinese = "不与例句比对")
public record ExampleRow(
        @Column("例句 Sentence") @Bounds(max = 500) String sentence,

        @Column(value = "事项 Event type", optional = true) @Nullable
        EventType eventType,

        @Column("危险 Danger") Danger danger,

        @Column(value = "诉求性质 Nature", optional = true) @Nullable
        Nature nature,

        @Override RowRef ref)
        implements RoutingRow {}
