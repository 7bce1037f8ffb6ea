package liandong.escalation;

import java.util.EnumMap;
import java.util.Map;
import liandong.incident.CaseEventKind;
import liandong.incident.Term;
import org.jspecify.annotations.Nullable;

/** What the centre can do about a case in progress (督办措施). */
public enum ActionKind implements Term {
    /** Remind the body. */
    REMIND("提醒", CaseEventKind.REMINDED),
    /** Urge the body in writing, with a copy. */
    SUPERVISE("催办", CaseEventKind.SUPERVISED),
    /** Warn the body that time runs out. */
    BLUE_CARD("蓝牌", CaseEventKind.BLUE_CARD),
    /** Order the body to mend it within a period. */
    YELLOW_CARD("黄牌", CaseEventKind.YELLOW_CARD),
    /** Name the body in public, talk with who answers for it, take points off. */
    RED_CARD("红牌", CaseEventKind.RED_CARD),
    /** Ask routing anew: what is told is graver than how the case was graded. */
    ROUTE_AGAIN("重新研判", CaseEventKind.ROUTED_AGAIN),
    /** Have the level above take it up. */
    RAISE_LEVEL("提级办理", CaseEventKind.LEVEL_RAISED),
    /** Give it back to the level below. */
    LOWER_LEVEL("降级办理", CaseEventKind.LEVEL_LOWERED),
    /** Put it on the ledger of pending matters. */
    LEDGER("挂账", CaseEventKind.LEDGERED),
    /** A person at the centre decides whose it is. */
    CENTRE_DECIDES("指挥中心裁定", CaseEventKind.CENTRE_DECIDED),
    /** Have a joint conference take it up. */
    ACTIVATE_CONFERENCE("启动联席会议", CaseEventKind.CONFERENCE_ACTIVATED),
    /** Give it to another body. */
    REASSIGN("改派", CaseEventKind.REASSIGNED),
    /** Keep the body to it. */
    REFUSE_RETURN("退单不予受理", CaseEventKind.RETURN_REFUSED),
    /** Give the body the time it asks for. */
    GRANT_EXTENSION("同意延期", CaseEventKind.EXTENSION_GRANTED),
    /** Do not give it. */
    REFUSE_EXTENSION("不同意延期", CaseEventKind.EXTENSION_REFUSED),
    /** Tell the citizen how it stands: who has it meanwhile, and by when there is a decision. */
    TELL_CITIZEN("告知群众", CaseEventKind.CONTACTED);

    /** How hard what an event tells of has pressed a body; without what does not press. */
    private static final Map<CaseEventKind, Integer> PRESSURE = pressure();

    private final String label;
    private final CaseEventKind done;

    ActionKind(String label, CaseEventKind done) {
        this.label = label;
        this.done = done;
    }

    private static Map<CaseEventKind, Integer> pressure() {
        var pressure = new EnumMap<CaseEventKind, Integer>(CaseEventKind.class);
        for (ActionKind kind : values()) {
            Integer weight = kind.weight();
            if (weight != null) {
                pressure.put(kind.done, weight);
            }
        }
        return pressure;
    }

    @Override
    public String code() {
        return name();
    }

    @Override
    public String label() {
        return label;
    }

    /** The event that says it has been done. */
    public CaseEventKind done() {
        return done;
    }

    /**
     * How far it goes towards settling whose the matter is: of several such actions only the furthest is taken.
     *
     * @return null when it does not settle that
     */
    @Nullable
    Integer reach() {
        return switch (this) {
            case REFUSE_RETURN -> 0;
            case LOWER_LEVEL -> 1;
            case REASSIGN -> 2;
            case RAISE_LEVEL -> 3;
            case CENTRE_DECIDES -> 4;
            case ACTIVATE_CONFERENCE -> 5;
            default -> null;
        };
    }

    /** Whether an event tells of an action that presses a body. */
    static boolean presses(CaseEventKind event) {
        return PRESSURE.containsKey(event);
    }

    /** Whether an event tells of a card. */
    static boolean isCard(CaseEventKind event) {
        return event == CaseEventKind.BLUE_CARD
                || event == CaseEventKind.YELLOW_CARD
                || event == CaseEventKind.RED_CARD;
    }

    /** Whether one event tells of an action that presses a body harder than another one does. */
    static boolean pressesHarder(CaseEventKind event, CaseEventKind than) {
        Integer weight = PRESSURE.get(event);
        Integer less = PRESSURE.get(than);
        return weight != null && less != null && weight > less;
    }

    /**
     * How hard it presses a body: of several such actions on the same body for the same stage only the hardest is taken.
     *
     * @return null when it does not press
     */
    @Nullable
    Integer weight() {
        return switch (this) {
            case REMIND -> 0;
            case BLUE_CARD -> 1;
            case SUPERVISE -> 2;
            case YELLOW_CARD -> 3;
            case RED_CARD -> 4;
            default -> null;
        };
    }
}
