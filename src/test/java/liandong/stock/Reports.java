package liandong.stock;

import java.util.List;
import liandong.incident.Area;
import liandong.incident.EventType;
import liandong.incident.Source;
import liandong.incident.Vocabulary;
import liandong.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/** Reports of every type from every area and source, so that answers are as different as they are in a day's work. */
public final class Reports {
    private static final Vocabulary WORDS = Stock.shangcheng().vocabulary();
    private static final List<EventType> TYPES = WORDS.all(EventType.class);
    private static final List<Area> AREAS = WORDS.all(Area.class);
    private static final List<Source> SOURCES = WORDS.all(Source.class);

    private Reports() {}

    /** The n-th report, as a request for routing. */
    public static ObjectNode report(int n) {
        EventType type = TYPES.get(n % TYPES.size());
        ObjectNode request = Json.object().put("now", "2026-03-20T16:30:00+08:00");
        request.putObject("incident")
                .put("id", "SC-" + n)
                .put("reportedAt", "2026-03-20T16:00:00+08:00")
                .put("source", SOURCES.get(n % SOURCES.size()).code())
                .put("area", AREAS.get(n % AREAS.size()).code())
                .put("text", "反映：" + type.label() + "，请尽快处理")
                .put("eventType", type.code());
        return request;
    }
}
