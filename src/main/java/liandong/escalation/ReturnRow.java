package liandong.escalation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import liandong.calendar.Limit;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a return (退单处理).
 *
 * @param within how soon after it got the matter the body must have returned it; null when it may at any time
 * @param share how soon at most, as percent of the limit of the first stage that is open; null for no more than
 *     {@code within}
 * @param ruling what becomes of it
 * @param catalogued whether the duty catalogue is asked before any other body: whoever it names takes it, and when it names
 *     the one that returns, the centre reviews that; null for no (按目录)
 * @param assistingFirst whether the bodies that assist are asked before the bodies below
 * @param bodies who takes it, the first that has not had it; empty for none
 * @param ref the row
 */
@Sheet(value = "退单处理", about = OpenCase.class)
public record ReturnRow(
        @Column(value = "退单时限 Return within", optional = true) @Nullable
        Limit within,

        @Column(value = "时限比例 Share of limit", optional = true, mayBeAbsent = true)
        @Bounds(min = 1, max = 100)
        @Nullable
        Integer share,

        @Column("处理 Ruling") ReturnRuling ruling,

        @Column(value = "按目录 By catalogue", optional = true, mayBeAbsent = true) @Nullable
        Boolean catalogued,

        @Column("先问配合单位 Assisting first") boolean assistingFirst,
        @Column(value = "改派 To", optional = true) List<Body> bodies,
        @Override RowRef ref)
        implements EscalationRow {

    /** Whether the duty catalogue is asked before any other body. */
    public boolean byCatalogue() {
        return Boolean.TRUE.equals(catalogued);
    }

    /** The first body that it names for a case and that has not had it; null when all have. */
    public @Nullable Body next(OpenCase open) {
        var named = new ArrayList<Body>();
        if (assistingFirst) {
            named.addAll(open.assisting());
        }
        bodies.forEach(body -> named.add(body.in(open.matter().report().area())));
        Set<Body> holders = open.holders();
        return named.stream()
                .filter(body -> holders.stream().noneMatch(body::isOneWith))
                .findFirst()
                .orElse(null);
    }
}
