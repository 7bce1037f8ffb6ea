package liandong.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import liandong.decision.DecisionRecord;
import liandong.engine.EngineResult;
import liandong.explain.Phrases;
import liandong.explain.PolicyRows;
import liandong.explain.Story;
import liandong.explain.Story.Mark;
import liandong.explain.Story.Part;
import liandong.explain.Story.Span;
import liandong.incident.EventType;
import liandong.incident.Matter;
import liandong.incident.Report;
import liandong.policy.Policy;
import liandong.table.Table;

/** What a page draws of an answer: the words that decided, and the stages on their time line. */
final class RoutingStory {
    private static final Comparator<Mark> BY_PLACE =
            Comparator.comparingInt(Mark::start).thenComparing(mark -> -mark.end());

    /** Most sentences that are told as left out. */
    private static final int ASIDES_TOLD = 3;

    private RoutingStory() {}

    static Story of(DecisionRecord<RoutingFacts, RoutingDecision> record, Phrases say) {
        var told = new ArrayList<String>();
        told.add(RoutingPage.sentence(record, say));
        record.decided().dangerToldIn().forEach(sentence -> told.add(say.of("explain.danger.told", sentence)));
        asides(record.result()).forEach(sentence -> told.add(say.of("explain.aside", sentence)));
        record.decided().ask().forEach(told::add);
        Report report = record.request().facts().incident();
        Assignment assignment = record.decided().assignment();
        return new Story(
                List.copyOf(told),
                report.text(),
                marks(record, report).stream().sorted(BY_PLACE).toList(),
                assignment == null
                        ? List.of()
                        : assignment.stages().stream().map(RoutingStory::span).toList());
    }

    /** The first sentences that were left out of what a report is about. */
    static List<String> asides(EngineResult<?> result) {
        Reading reading = result.finding(Reading.class);
        return reading == null
                ? List.of()
                : reading.asides().stream().limit(ASIDES_TOLD).toList();
    }

    private static Span span(PlannedStage stage) {
        return new Span(
                stage.name(), stage.limit().label(), stage.start(), stage.due(), stage.row(), stage.provisional());
    }

    private static List<Mark> marks(DecisionRecord<RoutingFacts, RoutingDecision> record, Report report) {
        Policy policy = record.policy();
        Tally tally = record.result().finding(Tally.class);
        if (tally != null && record.result().finding(Reading.class) == null) {
            return voted(record, tally, new PolicyRows(policy), report);
        }
        var reader = new TextReader(
                TextIndex.of(policy), policy.tables(policy.day(record.request().now())));
        return reader.marks(Matter.of(report));
    }

    /** The keywords that voted: those of the event type that was taken decide. */
    private static List<Mark> voted(
            DecisionRecord<RoutingFacts, RoutingDecision> record, Tally tally, PolicyRows rows, Report report) {
        Classification about = record.decided().about();
        EventType chosen = about == null ? null : about.eventType();
        var marks = new ArrayList<Mark>();
        for (Tally.Votes<EventType> votes : tally.candidates()) {
            Part part = votes.of().equals(chosen) ? Part.DECIDES : Part.SUPPORTS;
            for (KeywordRow row : votes.rows()) {
                for (Table.Hit hit : rows.hits(row.ref().id(), tally.matter())) {
                    if (hit.text().length() == report.text().length()) {
                        int end = hit.at() + hit.word().length();
                        marks.add(new Mark(
                                hit.at(), end, part, row.ref().id(), row.ref().says()));
                    }
                }
            }
        }
        return marks;
    }
}
