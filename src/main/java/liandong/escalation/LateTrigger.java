package liandong.escalation;

import org.jspecify.annotations.Nullable;

/** A row that says what is to be done when somebody has not decided in time. */
sealed interface LateTrigger extends ActionTrigger permits ConferenceRow, RulingLimitRow {
    /** What is to be done when that time is over; null for nothing. */
    @Nullable
    TriggerableAction late();

    /** @throws IllegalStateException if it does not say */
    @Override
    default TriggerableAction step() {
        TriggerableAction late = late();
        if (late == null) {
            throw new IllegalStateException(ref().id());
        }
        return late;
    }
}
