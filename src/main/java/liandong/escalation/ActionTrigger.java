package liandong.escalation;

import java.util.List;
import liandong.calendar.Limit;
import liandong.incident.Body;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/** A row that calls for an action once its conditions are met. */
public sealed interface ActionTrigger permits OverdueActionRow, ConditionActionRow, WaitingActionRow {
    /** What it calls for. */
    TriggerableAction step();

    /** Whom it concerns. */
    Concerned concerned();

    /** Who gets a copy; empty for nobody. */
    List<Body> copied();

    /** How soon the body must have answered it; null when not said. */
    @Nullable
    Limit within();

    /** The row as a reason. */
    RowRef ref();
}
