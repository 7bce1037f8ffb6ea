package liandong.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import liandong.engine.EngineResult;
import liandong.incident.Body;
import liandong.incident.EventType;
import liandong.incident.Report;
import org.jspecify.annotations.Nullable;

/**
 * A report that tells of several matters (一件多事): each part is decided as if it had been reported alone.
 *
 * <p>Two parts that come to the same event type are one matter.
 */
final class SeveralMatters {
    /** More parts than these are not looked at: a report of 20,000 characters may not cost a thousand decisions. */
    private static final int MOST_PARTS = 6;

    private static final Set<TriageReason> OPEN = Set.of(TriageReason.TIE, TriageReason.LOW_CONFIDENCE);
    private static final Set<RoutingOutcome> DECIDED =
            Set.of(RoutingOutcome.ASSIGNED, RoutingOutcome.ANSWER, RoutingOutcome.REFERRED, RoutingOutcome.RELAYED);

    private SeveralMatters() {}

    /** Whether a decision about a whole report may be about one of several matters. */
    private static boolean mayBeSeveral(RoutingDecision whole) {
        return whole.outcome() == RoutingOutcome.ASSIGNED
                || whole.outcome() == RoutingOutcome.ANSWER
                || (whole.reason() != null && OPEN.contains(whole.reason()));
    }

    /**
     * The decision about a report with every matter it tells of.
     *
     * @param whole what was decided about the whole report
     * @param parts the parts of its text
     * @param decide decides about a report
     * @return the same, naming the matters; that about the first matter, when the whole was left to a person only because it
     *     tells of several; unchanged when it does not
     */
    static EngineResult<RoutingDecision> of(
            EngineResult<RoutingDecision> whole,
            Report report,
            List<String> parts,
            Function<Report, EngineResult<RoutingDecision>> decide) {
        if (parts.size() < 2 || !mayBeSeveral(whole.decision())) {
            return whole;
        }
        Map<EventType, EngineResult<RoutingDecision>> byType = new LinkedHashMap<>();
        Map<EventType, String> texts = new LinkedHashMap<>();
        Reading read = whole.finding(Reading.class);
        boolean lifted = read != null && read.lifted();
        boolean decided = DECIDED.contains(whole.decision().outcome());
        Classification wholly = whole.decision().about();
        for (String part : parts.subList(0, Math.min(parts.size(), MOST_PARTS))) {
            EngineResult<RoutingDecision> alone = decide.apply(report.saying(part));
            Classification about = alone.decision().about();
            // What the whole text says of danger, such as that it is a drill, a part may not know.
            boolean alarmed = lifted && alone.decision().outcome() == RoutingOutcome.RELAYED;
            if (about != null && !alarmed && DECIDED.contains(alone.decision().outcome())) {
                byType.putIfAbsent(about.eventType(), alone);
                texts.putIfAbsent(about.eventType(), part);
            } else if (decided && wholly != null && leansTo(wholly.eventType(), alone.decision())) {
                // By itself it does not say enough; what the whole is about, it is about.
                byType.putIfAbsent(wholly.eventType(), whole);
                texts.putIfAbsent(wholly.eventType(), part);
            }
        }
        if (byType.size() < 2) {
            return whole;
        }
        EventType main = decided && wholly != null && byType.containsKey(wholly.eventType())
                ? wholly.eventType()
                : byType.keySet().iterator().next();
        var matters = new ArrayList<ReportedMatter>();
        byType.forEach((type, alone) -> {
            ReportedMatter matter = matter(texts.getOrDefault(type, ""), type, alone.decision());
            matters.add(type.equals(main) ? 0 : matters.size(), matter);
        });
        EngineResult<RoutingDecision> base = decided ? whole : byType.getOrDefault(main, whole);
        return new EngineResult<>(base.decision().telling(matters), base.evidence(), base.nearMisses());
    }

    /** Whether a part that is left open speaks for an event type more than for any other. */
    private static boolean leansTo(EventType type, RoutingDecision alone) {
        return alone.reason() != null
                && OPEN.contains(alone.reason())
                && !alone.candidates().isEmpty()
                && alone.candidates().get(0).eventType().equals(type);
    }

    private static ReportedMatter matter(String text, EventType type, RoutingDecision alone) {
        return new ReportedMatter(text, alone.outcome(), type, lead(alone), alone.because());
    }

    /** Who would lead, answer, or be in charge; null when nobody would. */
    private static @Nullable Body lead(RoutingDecision alone) {
        Assignment assignment = alone.assignment();
        DirectAnswer answer = alone.directAnswer();
        Referral referral = alone.referral();
        if (assignment != null) {
            return assignment.lead();
        }
        if (answer != null) {
            return answer.by();
        }
        return referral == null ? null : referral.channel();
    }
}
