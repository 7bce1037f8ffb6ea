package liandong.escalation;

import liandong.table.Row;

/** A row of a table that escalation consults. */
public sealed interface EscalationRow extends Row
        permits CirculationRow,
                ConferenceRow,
                ExtensionRow,
                OverdueActionRow,
                ConditionActionRow,
                HigherBodyRow,
                ReturnRow,
                WaitingActionRow {}
