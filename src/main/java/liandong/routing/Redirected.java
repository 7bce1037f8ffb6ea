package liandong.routing;

import java.util.List;
import liandong.table.RowRef;

/**
 * The matter has a lawful way of its own (告知法定途径).
 *
 * @param row the row that says so
 */
public record Redirected(ReferralRow row) implements RoutingFinding, Ending {
    @Override
    public List<RowRef> rows() {
        return List.of(row.ref());
    }
}
