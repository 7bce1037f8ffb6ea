package liandong.closure;

import liandong.engine.Finding;

/** A conclusion on the way to a closure decision. */
public sealed interface ClosureFinding extends Finding
        permits Accepted,
                Closed,
                Fault,
                Filing,
                FollowUpPlan,
                Ongoing,
                Redo,
                Referred,
                Sampling,
                Supplement,
                Uncounted,
                Warning {}
