package liandong.routing;

import java.util.List;
import liandong.decision.AnswersFor;
import liandong.decision.Trouble;
import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.incident.Nature;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * Words that tell what is wanted (性质词); the first row that applies counts, before examples.
 *
 * @param words any of them
 * @param place where in the text they must stand
 * @param nature what is wanted then
 * @param ref the row
 */
@AnswersFor(Trouble.OVERRULED)
@Sheet(
        value = "性质词",
        about = Matter.class,
        ofText = true,
        since = 3,
        absent = "no word tells the nature of a report",
        absentChinese = "不按词语判断诉求性质")
public record NatureRow(
        @Column("词语 Words") List<String> words,
        @Column("位置 Place") WordPlace place,
        @Column("诉求性质 Nature") Nature nature,
        @Override RowRef ref)
        implements RoutingRow {}
