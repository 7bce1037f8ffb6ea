package liandong.escalation;

import liandong.engine.Finding;

/** A conclusion on the way to an escalation decision. */
public sealed interface EscalationFinding extends Finding
        permits Action, Awaited, CitizenLimit, Credited, Disregarded, NoAction, TriggeredAction {}
