package liandong.scenario;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import liandong.engine.Engine;
import liandong.policy.Policy;
import liandong.wire.ClosureDesk;
import liandong.wire.ClosureFacts;
import liandong.wire.Desk;
import liandong.wire.EscalationDesk;
import liandong.wire.EscalationFacts;
import liandong.wire.PeriodFacts;
import liandong.wire.PeriodScoringDesk;
import liandong.wire.RoutingDesk;
import liandong.wire.RoutingFacts;
import liandong.wire.ScoringDesk;
import liandong.wire.ScoringFacts;
import org.jspecify.annotations.Nullable;

/** The decisions a scenario may be about; each has a sheet of its own. */
public enum DecisionKind {
    /** Who takes a report. */
    ROUTING("研判交办", RoutingFacts.class),
    /** What follows while a body has it in hand. */
    ESCALATION("督办升级", EscalationFacts.class),
    /** Whether what is said to be done is. */
    CLOSURE("办结回访", ClosureFacts.class),
    /** What a case scores. */
    SCORING("个案考核", ScoringFacts.class),
    /** What a body's period scores. */
    PERIOD("期间考核", PeriodFacts.class);

    private final String sheet;
    private final Class<? extends Record> facts;

    DecisionKind(String sheet, Class<? extends Record> facts) {
        this.sheet = sheet;
        this.facts = facts;
    }

    /** The sheet its scenarios stand in. */
    public String sheet() {
        return sheet;
    }

    /** The facts it is asked about, whose components are the request's members. */
    Class<? extends Record> facts() {
        return facts;
    }

    /** Takes requests as the service does. */
    Desk<?, ?> desk(Engine engine, Supplier<Policy> policy, Clock clock) {
        return switch (this) {
            case ROUTING -> new RoutingDesk(engine, policy, clock);
            case ESCALATION -> new EscalationDesk(engine, policy, clock);
            case CLOSURE -> new ClosureDesk(engine, policy, clock);
            case SCORING -> new ScoringDesk(engine, policy, clock);
            case PERIOD -> new PeriodScoringDesk(engine, policy, clock);
        };
    }

    /** The decision whose sheet has this name; null when there is none. */
    static @Nullable DecisionKind of(String sheet) {
        return List.of(values()).stream()
                .filter(kind -> kind.sheet.equals(sheet))
                .findFirst()
                .orElse(null);
    }
}
