package liandong.routing.evaluation;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import liandong.incident.Danger;

/**
 * A labelled text and what was decided about it.
 *
 * @param row the labelled text
 * @param outcome how the decision ended, in its own code
 * @param reason why a person has to judge, in its own code; empty unless one has to
 * @param said what the answer says, by part; a part of which it says nothing has no words
 * @param topUrgency whether it gives the most urgent degree there is
 * @param candidates the event types that the text speaks for, most points first, as far as the answer names them
 * @param votes the rows that decided, most points first
 */
record Measured(
        LabelledText row,
        Word outcome,
        String reason,
        Map<Part, List<Word>> said,
        boolean topUrgency,
        List<Word> candidates,
        List<Vote> votes) {
    private static final String TRIAGE = "MANUAL_TRIAGE";
    private static final String ARCHIVED = "ARCHIVED";
    private static final String RELAYED = "RELAYED";
    private static final String POSSIBLE_DANGER = "POSSIBLE_DANGER";

    /**
     * A row that voted for the answer.
     *
     * @param row its id
     * @param sheet the sheet it stands in
     * @param words the words of it that the text has; of an example its sentence, of any other row what it says
     * @param points its points; 0 for a row that has none
     */
    record Vote(String row, String sheet, List<String> words, int points) {}

    /** Whether it is left to a person. */
    boolean triaged() {
        return outcome.code().equals(TRIAGE);
    }

    /** Whether it was passed to an emergency line. */
    boolean relayed() {
        return outcome.code().equals(RELAYED);
    }

    /** Whether a person has to judge because there may be danger. */
    boolean beforePerson() {
        return triaged() && reason.equals(POSSIBLE_DANGER);
    }

    /** Whether the answer treats it as danger in any way. */
    boolean looksDangerous() {
        return relayed() || topUrgency || beforePerson();
    }

    /** What is answered of a part; empty when it is left to a person, or nothing is said of it. */
    List<Word> answered(Part part) {
        return triaged() && part.leftToPerson() ? List.of() : said.getOrDefault(part, List.of());
    }

    /** Whether something is wanted of a part and the answer is something else. */
    boolean isWrong(Part part) {
        Wanted wanted = row.wanted(part);
        List<Word> answered = answered(part);
        return wanted != null && !answered.isEmpty() && !wanted.accepts(answered);
    }

    /** Whether something is wanted of a part and answered. */
    boolean isRight(Part part) {
        Wanted wanted = row.wanted(part);
        return wanted != null && wanted.accepts(answered(part));
    }

    /** Whether the labels want something else than a person's judgement. */
    boolean needsNoPerson() {
        Wanted wanted = row.wanted(Part.OUTCOME);
        return wanted == null ? row.matter() : !wanted.has(TRIAGE);
    }

    /**
     * Whether it was decided without a person, and wrongly: to a lead or as an event type that the labels do not accept
     * (where they name neither, as a category or topic), or though it is no matter at all.
     */
    boolean wrongAndConfident() {
        if (triaged()) {
            return false;
        }
        boolean named = row.wanted(Part.LEAD) != null || row.wanted(Part.EVENT_TYPE) != null;
        Stream<Part> deciding = named ? Stream.of(Part.LEAD, Part.EVENT_TYPE) : Stream.of(Part.CATEGORY, Part.TOPIC);
        return deciding.anyMatch(this::isWrong) || answeredNothing();
    }

    /** Whether something was done about what is no matter, and the labels do not want that. */
    private boolean answeredNothing() {
        Wanted wanted = row.wanted(Part.OUTCOME);
        return !row.matter() && !outcome.code().equals(ARCHIVED) && (wanted == null || !wanted.has(outcome.code()));
    }

    /** Whether it is labelled as danger of a degree. */
    boolean isLabelled(Danger danger) {
        Wanted wanted = row.wanted(Part.DANGER);
        return wanted != null && wanted.label().code().equals(danger.code());
    }
}
