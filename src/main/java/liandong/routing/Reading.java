package liandong.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import liandong.incident.Danger;
import liandong.incident.EventType;
import liandong.incident.Matter;
import liandong.incident.Nature;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/**
 * What a text says (研读), before anybody has judged it.
 *
 * @param matter the matter whose text it is
 * @param text the text as it was read: in one form, spelt in one way
 * @param alarms what tells of danger, the gravest first; empty when nothing does
 * @param alarming the sentences that tell of danger by themselves, in the reporter's words, the first few; empty when nothing
 *     does, or the text has one sentence only
 * @param asides the sentences that plainly say nothing of a matter, in the reporter's words: what the text is about, and what
 *     the reporter wants, is found without them
 * @param nature what the reporter wants; null when the text does not tell
 * @param candidates the event types the text speaks for, most points first, then by code; empty when it speaks for none
 * @param dangerShare how much of the likeness to the nearest examples lies on dangerous ones, in percent
 * @param lifted whether words say that there is no danger now
 * @param uneventful whether it needs nothing done, by the event type that leads: that there is nothing to report, or what is
 *     answered by its very event type, as thanks are
 * @param quiet whether each clause of it, too, is over or tells of nothing by itself
 * @param besides the clauses that by themselves plainly tell of a matter although nothing is to be done about the whole; empty
 *     when none does
 * @param oneLead whether all event types that the leading one does not lead by enough are led by the same body as it is
 * @param elsewhere the rows that say it happened outside the district; empty when none does
 * @param threshold how much of it a decision needs
 */
public record Reading(
        Matter matter,
        String text,
        List<Alarm> alarms,
        List<String> alarming,
        List<String> asides,
        @Nullable ReadNature nature,
        List<Candidate> candidates,
        int dangerShare,
        boolean lifted,
        boolean uneventful,
        boolean quiet,
        List<String> besides,
        boolean oneLead,
        List<RowRef> elsewhere,
        ReadingRow threshold)
        implements RoutingFinding {

    /**
     * Something that tells of danger.
     *
     * @param danger whether somebody is in danger, or may be
     * @param row the row of the screen; null when examples tell
     * @param rows every row that speaks for it
     */
    public record Alarm(Danger danger, @Nullable DangerRow row, List<RowRef> rows) {}

    /**
     * What the reporter wants.
     *
     * @param nature that
     * @param rows the rows that say so
     */
    public record ReadNature(Nature nature, List<RowRef> rows) {}

    /**
     * An event type the text speaks for.
     *
     * @param eventType the event type; null for no matter that could be dispatched
     * @param points all its points: those of its examples, and those of words
     * @param words the rows whose words speak for it, the deciding ones first, then by id
     * @param example the example most like the text; null when there is none
     * @param likeness how like that is, in percent
     */
    public record Candidate(
            @Nullable EventType eventType,
            int points,
            List<CueRow> words,
            @Nullable ExampleRow example,
            int likeness) {
        /** The rows that speak for it. */
        public List<RowRef> rows() {
            var rows = new ArrayList<RowRef>();
            words.forEach(row -> rows.add(row.ref()));
            if (example != null) {
                rows.add(example.ref());
            }
            return List.copyOf(rows);
        }
    }

    /** Whether somebody is in danger, or may be. */
    public Danger danger() {
        return alarms.isEmpty() ? Danger.NO : alarms.get(0).danger();
    }

    /** What the person who takes the call should ask, by the rows of the screen that tell of danger. */
    public List<String> ask() {
        return alarms.stream()
                .map(Alarm::row)
                .filter(Objects::nonNull)
                .map(DangerRow::ask)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** The first event types of the candidates, as the answer names them. */
    List<KeywordCandidate> told(int most) {
        return candidates.stream()
                .filter(each -> each.eventType() != null)
                .limit(most)
                .map(each -> new KeywordCandidate(
                        Objects.requireNonNull(each.eventType()),
                        each.points(),
                        each.rows().stream().map(RowRef::id).toList()))
                .toList();
    }

    /** The leading candidate; null when there is none. */
    public @Nullable Candidate first() {
        return candidates.isEmpty() ? null : candidates.get(0);
    }

    /** The event type that leads; null when none does, or when the text is most like what is no matter. */
    public @Nullable EventType eventType() {
        Candidate first = first();
        return first == null ? null : first.eventType();
    }

    /** Points of the leading candidate; 0 when there is none. */
    public int points() {
        Candidate first = first();
        return first == null ? 0 : first.points();
    }

    /** By how many percent of its own points the leading candidate leads the next, 0–100. */
    public int lead() {
        return lead(candidates);
    }

    /** By how many percent of its own points the first of some candidates leads the next, 0–100. */
    static int lead(List<Candidate> candidates) {
        int points = candidates.isEmpty() ? 0 : candidates.get(0).points();
        int next = candidates.size() < 2 ? 0 : candidates.get(1).points();
        return points == 0 ? 0 : (points - next) * 100 / points;
    }

    /** What it certainly is about because somebody is in danger: the event type of the first row that says so; null when none does. */
    public @Nullable DangerRow certain() {
        return alarms.stream()
                .filter(alarm -> alarm.danger() == Danger.NOW)
                .map(Alarm::row)
                .filter(row -> row != null && row.eventType() != null)
                .findFirst()
                .orElse(null);
    }

    /** What the report is about, by a row of the screen for danger. */
    public Classified classified(DangerRow row) {
        return new Classified(
                told(matter.classified(Objects.requireNonNull(row.eventType()))),
                ClassifiedBy.TEXT,
                List.of(row.ref()));
    }

    /** A matter with what its text tells of it: danger, and what the reporter wants unless the caller has said so. */
    Matter told(Matter known) {
        Matter endangered = known.endangered(danger());
        return nature == null || known.nature() != null ? endangered : endangered.wanting(nature.nature());
    }

    /**
     * Whether the text says enough, and plainly enough, for its event type to be taken; that nothing is left to do is not where
     * it also tells of danger, or a part of it of a matter. Where somebody may be in danger it need not lead no matter.
     */
    public boolean decides() {
        EventType leading = eventType();
        return threshold.findsType()
                && leading != null
                && points() >= threshold.minimum()
                && lead() >= wantedLead(leading)
                && (uneventful || danger() != Danger.NO || !isBare())
                && besides.isEmpty()
                && !(leading.isUneventful() && danger() != Danger.NO);
    }

    private int wantedLead(EventType leading) {
        Integer ofGeneral = threshold.generalLead();
        if (leading.general() && ofGeneral != null) {
            return ofGeneral;
        }
        Integer ofSame = threshold.sameLead();
        return oneLead && ofSame != null ? ofSame : threshold.lead();
    }

    /** Whether the leading event type does not lead no matter by as much as it must. */
    public boolean isBare() {
        return isBare(candidates, threshold);
    }

    /** Whether the first of some candidates does not lead no matter by as much as it must. */
    static boolean isBare(List<Candidate> candidates, ReadingRow threshold) {
        Integer wanted = threshold.nothingLead();
        int points = candidates.isEmpty() ? 0 : candidates.get(0).points();
        return wanted != null
                && candidates.stream()
                        .filter(each -> each.eventType() == null)
                        .anyMatch(none -> (points - none.points()) * 100 < wanted * points);
    }

    /** Whether nothing that it tells of is left to do, and none may be in danger: whether it is filed a table says. */
    public boolean tellsOfNothing() {
        return quiet && decides() && danger() == Danger.NO && elsewhere.isEmpty();
    }

    /** Whether the text was to be decided by and does not say enough, or not plainly enough. */
    public boolean leavesOpen() {
        return threshold.findsType() && !decides() && certain() == null && matter.eventType() == null;
    }

    /** What the report is about, by what the text says. */
    public Classified classified() {
        Candidate first = Objects.requireNonNull(first());
        var rows = new ArrayList<>(first.rows());
        rows.add(threshold.ref());
        return new Classified(
                told(matter.classified(Objects.requireNonNull(first.eventType()))),
                ClassifiedBy.TEXT,
                List.copyOf(rows));
    }

    /** The rows that leave it open: those of the leading candidate, and the row that asks for more. */
    public List<RowRef> evidence() {
        var rows = new ArrayList<RowRef>();
        candidates.stream().limit(1).forEach(each -> rows.addAll(each.rows()));
        rows.add(threshold.ref());
        return List.copyOf(rows);
    }

    /** None: what was read is a reason only where a rule judges by it. */
    @Override
    public List<RowRef> rows() {
        return List.of();
    }
}
