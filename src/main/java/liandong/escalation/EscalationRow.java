package liandong.escalation;

import liandong.table.Row;

/** A row of a table that escalation consults. */
public sealed interface EscalationRow extends Row
        permits CirculationRow,
                CitizenLimitRow,
                ClockChangeRow,
                ConditionActionRow,
                ConferenceRow,
                ExtensionRow,
                HigherBodyRow,
                LowerBodyRow,
                OverdueActionRow,
                ReportedRow,
                ReturnRow,
                RulingLimitRow,
                WaitingActionRow {}
