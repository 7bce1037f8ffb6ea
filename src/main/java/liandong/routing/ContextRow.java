package liandong.routing;

import java.util.List;
import liandong.decision.AnswersFor;
import liandong.decision.Trouble;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Words that change what those around them mean (语境).
 *
 * @param words any of them
 * @param effect what they do
 * @param scope how far it goes, where the effect asks for it; never beyond words that say that another matter begins
 * @param reach how many characters after them are denied, 1–50; null for as far as the clause goes
 * @param ref the row
 */
@AnswersFor(Trouble.OVERRULED)
@Sheet(
        value = "语境",
        about = Matter.class,
        ofText = true,
        since = 3,
        absent = "every word is taken as it stands",
        absentChinese = "词语一律按字面理解")
public record ContextRow(
        @Column("词语 Words") List<String> words,
        @Column("作用 Effect") ContextEffect effect,
        @Column("范围 Within") ContextScope scope,

        @Column(value = "间隔 Reach", optional = true) @Bounds(min = 1, max = 50) @Nullable
        Integer reach,

        @Override RowRef ref)
        implements RoutingRow {
    /**
     * Whether its words say that another matter begins: with the scope of a clause, only where a clause begins with them.
     *
     * @param first whether they are the first of their clause
     */
    boolean begins(boolean first) {
        return first || scope != ContextScope.CLAUSE;
    }
}
