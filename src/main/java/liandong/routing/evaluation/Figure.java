package liandong.routing.evaluation;

import java.util.Locale;
import liandong.incident.Danger;

/** A figure that tells how good the answers are: of some rows, how many. */
enum Figure {
    /** How many matters were decided without a person. */
    ANSWERED,
    /** How many of the decisions without a person were wrong. */
    WRONG_AND_CONFIDENT,
    /** How many rows were left to a person. */
    TRIAGE,
    /** How many rows that want no person were left to one. */
    NEEDLESS_TRIAGE,
    /** How many dangers were passed to an emergency line. */
    DANGER_RELAYED,
    /** How many dangers were given the most urgent degree. */
    DANGER_TOP_URGENCY,
    /** How many dangers were laid before a person as possible ones. */
    DANGER_BEFORE_PERSON,
    /** How many dangers were treated as such in any of these ways. */
    DANGER_SEEN,
    /** How many possible dangers were treated as dangers in any of these ways. */
    POSSIBLE_DANGER_SEEN,
    /** How many texts without danger were treated as dangers in any of these ways. */
    NO_DANGER_SEEN,
    /** How many texts without danger were passed to an emergency line. */
    NO_DANGER_RELAYED;

    /** What it is called in JSON. */
    String json() {
        String[] words = name().toLowerCase(Locale.ROOT).split("_", -1);
        var json = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            json.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
        }
        return json.toString();
    }

    /** The key of its name for people. */
    String key() {
        return "evaluate.figure." + json();
    }

    /** Whether it is about danger, which not every file labels. */
    boolean isAboutDanger() {
        return name().contains("DANGER");
    }

    /** Whether a row is among those that it is a share of. */
    boolean isOf(Measured row) {
        return switch (this) {
            case ANSWERED -> row.row().matter();
            case WRONG_AND_CONFIDENT -> !row.triaged();
            case TRIAGE -> true;
            case NEEDLESS_TRIAGE -> row.needsNoPerson();
            case DANGER_RELAYED, DANGER_TOP_URGENCY, DANGER_BEFORE_PERSON, DANGER_SEEN -> row.isLabelled(Danger.NOW);
            case POSSIBLE_DANGER_SEEN -> row.isLabelled(Danger.POSSIBLE);
            case NO_DANGER_SEEN, NO_DANGER_RELAYED -> row.isLabelled(Danger.NO);
        };
    }

    /** Whether a row is counted. */
    boolean counts(Measured row) {
        return isOf(row)
                && switch (this) {
                    case ANSWERED -> !row.triaged();
                    case WRONG_AND_CONFIDENT -> row.wrongAndConfident();
                    case TRIAGE, NEEDLESS_TRIAGE -> row.triaged();
                    case DANGER_RELAYED, NO_DANGER_RELAYED -> row.relayed();
                    case DANGER_TOP_URGENCY -> row.topUrgency();
                    case DANGER_BEFORE_PERSON -> row.beforePerson();
                    case DANGER_SEEN, POSSIBLE_DANGER_SEEN, NO_DANGER_SEEN -> row.looksDangerous();
                };
    }
}
