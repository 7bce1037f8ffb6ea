package liandong.routing.evaluation;

import liandong.cli.terminal.EnumConverter;
import liandong.incident.Body;
import liandong.incident.Category;
import liandong.incident.EventType;
import liandong.incident.Term;
import liandong.incident.Topic;
import liandong.routing.RoutingDecision;
import org.jspecify.annotations.Nullable;

/** The part of an answer that labels are compared with. */
enum Against {
    TOPIC("topic", Topic.class),
    CATEGORY("category", Category.class),
    LEAD("lead", Body.class),
    EVENT_TYPE("eventType", EventType.class);

    private final String json;
    private final Class<? extends Term> set;

    Against(String json, Class<? extends Term> set) {
        this.json = json;
        this.set = set;
    }

    /** What it is called in answers. */
    String json() {
        return json;
    }

    /** The words it can be. */
    Class<? extends Term> set() {
        return set;
    }

    /** What a decision says of it; null when it says nothing. */
    @Nullable
    Term in(RoutingDecision decision) {
        var classification = decision.about();
        var assignment = decision.assignment();
        return switch (this) {
            case TOPIC -> classification == null ? null : classification.topic();
            case CATEGORY -> classification == null ? null : classification.category();
            case LEAD -> assignment == null ? null : assignment.lead();
            case EVENT_TYPE -> classification == null ? null : classification.eventType();
        };
    }

    static final class Name extends EnumConverter<Against> {
        Name() {
            super(Against.class);
        }

        @Override
        public String typed(Against word) {
            return word.json;
        }
    }
}
