package liandong.decision;

/** A conclusion on the way to an escalation decision. */
public sealed interface EscalationFinding extends Finding permits Action, Called, Silence {}
