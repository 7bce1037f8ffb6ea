package liandong.routing;

import java.util.List;
import java.util.function.Consumer;
import liandong.incident.Area;
import liandong.policy.Policy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;

/** Areas whose codes say that they lie in another area than the vocabulary does: codes of wider areas begin those within. */
final class AreaAnalysis {
    private AreaAnalysis() {}

    static void tell(Policy policy, Consumer<Problem> problems) {
        List<Area> areas = policy.vocabulary().all(Area.class);
        for (Area area : areas) {
            Area parent = area.parent();
            CellRef at = policy.at(area);
            if (parent != null && at != null && !area.code().startsWith(parent.code())) {
                areas.stream()
                        .filter(other -> other.level().equals(parent.level())
                                && !other.equals(area)
                                && area.code().startsWith(other.code()))
                        .findFirst()
                        .ifPresent(other -> problems.accept(Problem.of(
                                Code.AREA_OF_ANOTHER,
                                at,
                                area.label(),
                                area.code(),
                                other.label(),
                                other.code(),
                                parent.label())));
            }
        }
    }
}
