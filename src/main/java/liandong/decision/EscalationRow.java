package liandong.decision;

/** A row of a table that escalation consults. */
public sealed interface EscalationRow extends Row
        permits CirculationRow, ConferenceRow, ExtensionRow, LimitRow, RaiseRow, RaiseToRow, ReturnRow, WaitRow {}
