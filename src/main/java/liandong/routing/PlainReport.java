package liandong.routing;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import liandong.incident.Area;
import liandong.incident.EventType;
import liandong.incident.Report;
import liandong.incident.Severity;
import liandong.incident.Source;
import liandong.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * Reports that say no more than what a check asks the tables about.
 *
 * @param at when they are received
 * @param source who brings them: the first of the vocabulary
 * @param area where: one of the finest
 */
record PlainReport(OffsetDateTime at, Source source, Area area) {
    /** The reports of a policy; null when its vocabulary lacks what every report has. */
    static @Nullable PlainReport of(Policy policy, OffsetDateTime at) {
        List<Source> sources = policy.vocabulary().all(Source.class);
        Area area = policy.vocabulary().all(Area.class).stream()
                .max(Comparator.comparingInt(each -> each.level().rank()))
                .orElse(null);
        return sources.isEmpty() || area == null ? null : new PlainReport(at, sources.get(0), area);
    }

    /** A report of an event type and nothing else. */
    Report about(EventType type) {
        return about(type, new Told(false, 0, 0, BigDecimal.ZERO, 0, 0, null));
    }

    /**
     * What a report tells besides.
     *
     * @param lifeInDanger whether a life is in danger
     * @param deaths persons killed
     * @param injured persons injured
     * @param loss the loss
     * @param people persons concerned
     * @param gathering persons who have gathered
     * @param hazard how grave a hazard is; null when not rated
     */
    record Told(
            boolean lifeInDanger,
            int deaths,
            int injured,
            BigDecimal loss,
            int people,
            int gathering,
            @Nullable Severity hazard) {}

    Report about(EventType type, Told told) {
        return new Report(
                "C",
                at,
                source,
                area,
                "",
                type,
                null,
                false,
                false,
                told.lifeInDanger(),
                false,
                null,
                told.deaths(),
                told.injured(),
                told.loss(),
                told.people(),
                told.gathering(),
                told.hazard(),
                null,
                null,
                null);
    }
}
