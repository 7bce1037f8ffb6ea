package liandong.routing;

import java.util.List;
import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Sheet;

/**
 * Other ways to write a word (写法): slips, dialect, digits.
 *
 * @param written any of these
 * @param readAs what they are read as
 * @param ref the row
 */
@Sheet(
        value = "写法",
        about = Matter.class,
        ofText = true,
        since = 3,
        absent = "a text is read as it is written",
        absentChinese = "正文照原样读")
public record SpellingRow(
        @Column("写作 Written") List<String> written,
        @Column("读作 Read as") String readAs,
        @Override RowRef ref) implements RoutingRow {}
