package liandong.routing;

import java.util.List;
import liandong.decision.AnswersFor;
import liandong.decision.Trouble;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Danger;
import liandong.incident.EventType;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * What people say when somebody is in danger (危险筛查): who or where, and what happens, in any order.
 *
 * @param who any of these words; empty when the situation alone tells
 * @param what any of these words
 * @param scope whether the two must stand in one clause, or anywhere in the text
 * @param danger whether somebody is in danger now, or may be
 * @param relayTo the emergency lines, when somebody is; empty otherwise
 * @param eventType what such a matter is, when that is certain; null otherwise
 * @param ask what the person who takes the call should ask; null for nothing
 * @param ref the row
 */
@AnswersFor(Trouble.OVERRULED)
@Sheet(
        value = "危险筛查",
        about = Matter.class,
        ofText = true,
        since = 3,
        absent = "no text is screened for danger",
        absentChinese = "不筛查正文中的危险")
public record DangerRow(
        @Column(value = "谁或何处 Who or where", optional = true)
        List<String> who,

        @Column("何种情形 What happens") List<String> what,
        @Column("范围 Within") TextScope scope,
        @Column("危险 Danger") Danger danger,
        @Column(value = "转接单位 Relay to", optional = true) List<Body> relayTo,

        @Column(value = "事项 Event type", optional = true) @Nullable
        EventType eventType,

        @Column(value = "问明 Ask", optional = true) @Bounds(max = 200) @Nullable
        String ask,

        @Override RowRef ref)
        implements RoutingRow {}
