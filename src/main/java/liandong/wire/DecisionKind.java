package liandong.wire;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import liandong.engine.Engine;
import liandong.policy.Policy;
import org.jspecify.annotations.Nullable;

/** The decisions there are (决策). */
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

    /** What staff call it; the sheet of that name holds its scenarios. */
    public String sheet() {
        return sheet;
    }

    /** The facts it is asked about, whose components are the request's members. */
    public Class<? extends Record> facts() {
        return facts;
    }

    /** Takes requests as the service does. */
    public Desk<?, ?> desk(Engine engine, Supplier<Policy> policy, Clock clock) {
        return switch (this) {
            case ROUTING -> new RoutingDesk(engine, policy, clock);
            case ESCALATION -> new EscalationDesk(engine, policy, clock);
            case CLOSURE -> new ClosureDesk(engine, policy, clock);
            case SCORING -> new ScoringDesk(engine, policy, clock);
            case PERIOD -> new PeriodScoringDesk(engine, policy, clock);
        };
    }

    /** The decision whose sheet has this name; null when there is none. */
    public static @Nullable DecisionKind of(String sheet) {
        return List.of(values()).stream()
                .filter(kind -> kind.sheet.equals(sheet))
                .findFirst()
                .orElse(null);
    }
}
