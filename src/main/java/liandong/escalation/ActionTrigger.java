package liandong.escalation;

import java.util.List;
import liandong.calendar.Limit;
import liandong.incident.Body;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/** A row that calls for an action once its conditions are met. */
public sealed interface ActionTrigger
        permits CitizenLimitRow, ConditionActionRow, LateTrigger, OverdueActionRow, WaitingActionRow {
    /** What it calls for. */
    TriggerableAction step();

    /** Whom it concerns. */
    Concerned concerned();

    /** Who gets a copy; empty for nobody. */
    List<Body> copied();

    /** How soon the body must have answered it; null when not said. */
    @Nullable
    Limit within();

    /** How soon at most, as percent of the limit of the stage that it is about; null for no more than {@link #within}. */
    default @Nullable Integer withinShare() {
        return null;
    }

    /** The row as a reason. */
    RowRef ref();
}
