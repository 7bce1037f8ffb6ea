package liandong.routing;

import liandong.decision.AnswersFor;
import liandong.decision.Trouble;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * What asks nothing of anybody and is filed (归档), such as a patrol that found nothing.
 *
 * @param why why nothing is to be done
 * @param ref the row
 */
@AnswersFor(Trouble.OVERRULED)
@Sheet(
        value = "归档",
        about = Matter.class,
        since = 3,
        absent = "nothing is filed for what it says",
        absentChinese = "没有信息因所报内容而归档")
public record FilingRow(
        @Column("归档事由 Why") @Bounds(max = 200) String why,
        @Override RowRef ref) implements RoutingRow {}
