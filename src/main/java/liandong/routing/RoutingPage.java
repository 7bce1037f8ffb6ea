package liandong.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import liandong.decision.DecisionRecord;
import liandong.engine.EngineResult;
import liandong.engine.Reason;
import liandong.explain.Columns;
import liandong.explain.Page;
import liandong.explain.Phrases;
import liandong.explain.PolicyRows;
import liandong.explain.ReasonsSection;
import liandong.incident.EventType;
import liandong.incident.Matter;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/** An answer as a person reads it: the outcome first, then what led to it, then what nearly did. */
final class RoutingPage {
    private static final int KEYWORDS_SHOWN = 20;
    private static final int AROUND = 12;
    private static final int RIVALS = 2;

    private final EngineResult<RoutingDecision> answer;
    private final RoutingDecision decision;
    private final Phrases say;
    private final PolicyRows rows;
    private final Page page = new Page();
    private final Policy policy;
    private final ReasonsSection why;

    private RoutingPage(Policy policy, EngineResult<RoutingDecision> answer, Phrases say) {
        this.answer = answer;
        this.decision = answer.decision();
        this.say = say;
        this.policy = policy;
        this.rows = new PolicyRows(policy);
        this.why = new ReasonsSection(policy, say, rows, page, KeywordRow.class::isInstance);
    }

    static String of(DecisionRecord<RoutingFacts, RoutingDecision> record, Phrases say) {
        var explanation = new RoutingPage(record.policy(), record.result(), say);
        explanation.outcome();
        explanation.found();
        explanation.conclusions();
        explanation.stages();
        explanation.nearest();
        explanation.why.footer(
                "explain.footer", record.subject(), record.request().now());
        return explanation.page.toString();
    }

    /** What was decided, in a sentence. */
    static String sentence(DecisionRecord<RoutingFacts, RoutingDecision> record, Phrases say) {
        return new RoutingPage(record.policy(), record.result(), say).sentence();
    }

    private void outcome() {
        page.entry(0, say.of("explain.outcome") + "  ", sentence());
        decision.dangerToldIn().forEach(sentence -> page.paragraph(2, say.of("explain.danger.told", sentence)));
        RoutingStory.asides(answer).forEach(sentence -> page.paragraph(2, say.of("explain.aside", sentence)));
        if (!decision.unconfirmed().isEmpty()) {
            page.paragraph(2, ReasonsSection.restsOn(decision.unconfirmed(), policy, say));
        }
        List<String> provisional = decision.assignment() == null
                ? List.of()
                : decision.assignment().stages().stream()
                        .filter(PlannedStage::provisional)
                        .map(PlannedStage::name)
                        .toList();
        if (!provisional.isEmpty()) {
            page.paragraph(2, say.of("explain.provisional", say.list(provisional)));
        }
    }

    private String sentence() {
        Assignment assignment = decision.assignment();
        return switch (decision.outcome()) {
            case ASSIGNED -> say.of("explain.assigned", assignment == null ? "" : assigned(assignment));
            case RELAYED -> {
                String relayed = say.of("explain.relayed", say.labels(decision.relayTo()));
                yield assignment == null
                        ? relayed
                        : say.join(relayed, say.of("explain.followed", assigned(assignment)));
            }
            case MERGED -> say.of("explain.merged", String.valueOf(decision.mergedInto()));
            case ARCHIVED -> say.of("explain.archived");
            case ANSWER -> answered(decision.directAnswer());
            case REFERRED -> referred(decision.referral());
            case MANUAL_TRIAGE -> {
                String reason = say.of("explain.triage", decision.reason() == null ? "" : say.word(decision.reason()));
                TriageDesk desk = decision.triage();
                yield desk == null
                        ? reason
                        : say.join(
                                reason,
                                say.of(
                                        "explain.desk",
                                        desk.queue(),
                                        desk.by().label(),
                                        desk.urgency().label(),
                                        desk.due() == null ? "—" : ReasonsSection.time(desk.due())));
            }
        };
    }

    private String answered(@Nullable DirectAnswer answer) {
        return answer == null
                ? ""
                : say.of(
                        answer.entry() == null ? "explain.answered" : "explain.answeredBy",
                        answer.by().label(),
                        answer.due() == null ? "—" : ReasonsSection.time(answer.due()),
                        answer.entry() == null ? "" : answer.entry());
    }

    private String referred(@Nullable Referral referral) {
        return referral == null
                ? ""
                : say.of("explain.referred", referral.channel().label(), referral.say());
    }

    private String assigned(Assignment assignment) {
        String lead = assignment.lead().label();
        if (assignment.nextReviewAt() == null) {
            return assignment.assisting().isEmpty()
                    ? say.of("explain.leadsUntimed", lead)
                    : say.of("explain.leadsAssistedUntimed", lead, say.labels(assignment.assisting()));
        }
        String review = ReasonsSection.time(assignment.nextReviewAt());
        return assignment.assisting().isEmpty()
                ? say.of("explain.leads", lead, review)
                : say.of("explain.leadsAssisted", lead, say.labels(assignment.assisting()), review);
    }

    /** What the text was read as saying: danger, what is wanted, and what speaks for each event type. */
    private void read(Reading reading) {
        for (Reading.Alarm alarm : reading.alarms()) {
            page.paragraph(
                    2,
                    say.of(
                            "explain.alarm",
                            say.word(alarm.danger()),
                            alarm.row() == null
                                    ? say.list(alarm.rows().stream()
                                            .map(RowRef::says)
                                            .toList())
                                    : alarm.row().ref().says(),
                            say.list(alarm.rows().stream().map(RowRef::id).toList())));
        }
        Reading.ReadNature nature = reading.nature();
        if (nature != null) {
            page.paragraph(
                    2,
                    say.of(
                            "explain.nature",
                            nature.nature().label(),
                            say.list(nature.rows().stream().map(RowRef::id).toList())));
        }
        for (Reading.Candidate candidate :
                reading.candidates().stream().limit(KEYWORDS_SHOWN / 4).toList()) {
            EventType type = candidate.eventType();
            ExampleRow example = candidate.example();
            page.paragraph(
                    2,
                    say.of(
                            "explain.candidate",
                            type == null ? say.of("explain.noMatter") : type.label(),
                            candidate.points(),
                            candidate.words().isEmpty()
                                    ? say.of("explain.noWords")
                                    : say.list(candidate.words().stream()
                                            .map(row -> String.join("、", row.words()) + " ("
                                                    + row.ref().id() + ")")
                                            .toList()),
                            example == null ? "" : example.sentence(),
                            example == null ? "" : example.ref().id(),
                            candidate.likeness()));
        }
        for (Reason reason : decision.because()) {
            if (rows.row(reason.row()) instanceof ReadingRow threshold) {
                page.paragraph(2, say.of("explain.minimum", threshold.minimum(), threshold.lead()));
                return;
            }
        }
    }

    private void found() {
        page.heading(say.of("explain.found"));
        Reading reading = answer.finding(Reading.class);
        if (reading != null) {
            read(reading);
            return;
        }
        Tally tally = answer.finding(Tally.class);
        if (tally == null) {
            page.paragraph(2, say.of("explain.notSearched"));
            return;
        }
        if (tally.candidates().isEmpty()) {
            page.paragraph(2, say.of("explain.nothing"));
            return;
        }
        int shown = 0;
        int more = 0;
        for (Tally.Votes<EventType> votes : chosenFirst(tally.candidates())) {
            for (KeywordRow row : votes.rows()) {
                if (shown < KEYWORDS_SHOWN) {
                    keyword(row, tally.matter());
                    shown++;
                } else {
                    more++;
                }
            }
        }
        if (more > 0) {
            page.paragraph(2, say.of("explain.more", more));
        }
        page.paragraph(
                2,
                say.of(
                        "explain.topics",
                        say.list(tally.topics().stream()
                                .map(votes ->
                                        say.of("explain.points", votes.of().label(), votes.points()))
                                .toList())));
    }

    private List<Tally.Votes<EventType>> chosenFirst(List<Tally.Votes<EventType>> candidates) {
        Classification classification = decision.about();
        EventType chosen = classification == null ? null : classification.eventType();
        return candidates.stream()
                .sorted(Comparator.comparing(votes -> !votes.of().equals(chosen)))
                .toList();
    }

    private void keyword(KeywordRow row, Matter matter) {
        RowRef ref = row.ref();
        List<Table.Hit> hits = rows.hits(ref.id(), matter);
        page.entry(
                2,
                "• ",
                say.of(
                        "explain.keyword",
                        say.list(rows.words(ref.id(), matter)),
                        row.eventType().label(),
                        row.eventType().topic().label(),
                        row.points()));
        if (!hits.isEmpty()) {
            page.paragraph(4, around(hits.get(0)));
        }
        page.paragraph(4, why.place(ref.id(), ref.at(), ref.source(), ref.confirmed()));
    }

    /** The text about a word, with the word marked. */
    private static String around(Table.Hit hit) {
        int start = hit.at();
        int end = start + hit.word().length();
        int from = Math.max(0, start - AROUND);
        int to = Math.min(hit.text().length(), end + AROUND);
        return (from > 0 ? "…" : "")
                + Columns.shown(hit.text().substring(from, start))
                + "【"
                + hit.text().substring(start, end)
                + "】"
                + Columns.shown(hit.text().substring(end, to))
                + (to < hit.text().length() ? "…" : "");
    }

    /** What is concluded, in the order it is concluded. */
    private enum Conclusion {
        RELAY,
        CLASSIFICATION,
        SEVERITY,
        URGENCY,
        DUTY,
        STAGES,
        RULE_ALONE;

        /** What a row helps to conclude; the rule alone without a row. */
        static Conclusion by(@Nullable Row row) {
            if (row instanceof RelayRow) {
                return RELAY;
            }
            if (row instanceof KeywordRow
                    || row instanceof ThresholdRow
                    || row instanceof CueRow
                    || row instanceof ExampleRow
                    || row instanceof ReadingRow) {
                return CLASSIFICATION;
            }
            if (row instanceof SeverityRow) {
                return SEVERITY;
            }
            if (row instanceof UrgencyRow) {
                return URGENCY;
            }
            if (row instanceof DutyRow || row instanceof DutyListRow) {
                return DUTY;
            }
            return row instanceof StageRow ? STAGES : RULE_ALONE;
        }
    }

    private void conclusions() {
        page.heading(say.of("explain.because"));
        Map<Conclusion, List<Reason>> reasons = new EnumMap<>(Conclusion.class);
        for (Reason reason : decision.because()) {
            reasons.computeIfAbsent(Conclusion.by(rows.row(reason.row())), conclusion -> new ArrayList<>())
                    .add(reason);
        }
        for (Conclusion conclusion : Conclusion.values()) {
            List<Reason> own = reasons.getOrDefault(conclusion, List.of());
            List<String> values = values(conclusion);
            if (own.isEmpty() && values.isEmpty()) {
                continue;
            }
            if (values.isEmpty()) {
                page.paragraph(2, say.of("explain.open." + conclusion));
            }
            values.forEach(value -> page.paragraph(2, value));
            why.reasons(own);
        }
    }

    private List<String> values(Conclusion conclusion) {
        Classification classification = decision.about();
        Assignment assignment = decision.assignment();
        return switch (conclusion) {
            case RELAY ->
                decision.relayTo().isEmpty()
                        ? List.of()
                        : List.of(say.of("explain.relayTo", say.labels(decision.relayTo())));
            case CLASSIFICATION ->
                classification == null
                        ? List.of()
                        : List.of(say.of(
                                "explain.classified",
                                classification.category().label(),
                                classification.topic().label(),
                                classification.eventType().label(),
                                say.word(classification.by())));
            case SEVERITY -> one("explain.severity", classification == null ? null : classification.severity());
            case URGENCY -> one("explain.urgency", classification == null ? null : classification.urgency());
            case DUTY -> assignment == null ? List.of() : duty(assignment);
            case STAGES ->
                assignment == null
                        ? List.of()
                        : List.of(say.of(
                                "explain.stages",
                                say.list(assignment.stages().stream()
                                        .map(PlannedStage::name)
                                        .toList())));
            case RULE_ALONE -> List.of();
        };
    }

    private List<String> one(String key, @Nullable Term term) {
        return term == null ? List.of() : List.of(say.of(key, term.label()));
    }

    private List<String> duty(Assignment assignment) {
        var values = new ArrayList<String>();
        values.add(say.of("explain.lead", assignment.lead().label()));
        values.add(say.of("explain.route", say.word(assignment.route())));
        if (!assignment.assisting().isEmpty()) {
            values.add(say.of("explain.assisting", say.labels(assignment.assisting())));
        }
        if (assignment.conference() != null) {
            values.add(say.of("explain.conference", assignment.conference().label()));
        }
        if (!assignment.informed().isEmpty()) {
            values.add(say.of("explain.informed", say.labels(assignment.informed())));
        }
        return values;
    }

    private void stages() {
        Assignment assignment = decision.assignment();
        if (assignment == null) {
            return;
        }
        page.heading(say.of("explain.schedule"));
        int name = assignment.stages().stream()
                .mapToInt(stage -> Columns.width(stage.name()))
                .max()
                .orElse(0);
        int limit = assignment.stages().stream()
                .mapToInt(stage -> Columns.width(stage.limit().label()))
                .max()
                .orElse(0);
        for (PlannedStage stage : assignment.stages()) {
            page.line("  " + stage.order() + ". " + Columns.left(Columns.shown(stage.name()), name) + "  "
                    + Columns.left(stage.limit().label(), limit) + "  " + ReasonsSection.time(stage.start()) + " → "
                    + say.of("explain.due", ReasonsSection.time(stage.due()), stage.row()));
        }
    }

    private void nearest() {
        page.heading(say.of("explain.nearest"));
        Tally tally = answer.finding(Tally.class);
        List<String> rivals = tally == null ? List.of() : rivals(tally);
        rivals.forEach(rival -> page.entry(2, "• ", rival));
        if (rivals.isEmpty() && answer.nearMisses().isEmpty()) {
            page.paragraph(2, say.of("explain.noneNear"));
        }
        why.near(answer.nearMisses());
    }

    /** What the text speaks for beside what was concluded, and by how much it fell short. */
    private List<String> rivals(Tally tally) {
        var rivals = new ArrayList<String>();
        for (Reason reason : decision.because()) {
            if (rows.row(reason.row()) instanceof ThresholdRow threshold && decision.about() == null) {
                rivals.add(say.of(
                        "explain.threshold",
                        tally.points(),
                        threshold.minimumPoints(),
                        tally.lead(),
                        threshold.minimumLead()));
            }
        }
        tally.topics().stream()
                .skip(1)
                .limit(RIVALS)
                .forEach(votes -> rivals.add(say.of(
                        "explain.rivalTopic", votes.of().label(), votes.points(), tally.points() - votes.points())));
        EventType specific = tally.specific();
        tally.candidates().stream()
                .filter(votes -> specific != null
                        && !votes.of().general()
                        && !votes.of().equals(specific)
                        && votes.of().topic().equals(specific.topic()))
                .limit(RIVALS)
                .forEach(votes -> rivals.add(say.of(
                        "explain.rivalType",
                        votes.of().label(),
                        votes.points(),
                        tally.specificPoints() - votes.points())));
        return rivals;
    }
}
