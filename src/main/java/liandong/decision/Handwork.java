package liandong.decision;

import java.time.OffsetDateTime;
import java.util.List;
import liandong.incident.Term;
import liandong.policy.Policy;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a decision leaves to a person, and how what the person chose is asked again (人工研判).
 *
 * <p>A person does not write the answer: what they find becomes a fact of the same request, and the decision is made again.
 */
public interface Handwork {
    /**
     * What is left to a person.
     *
     * @param undecided whether nothing was decided; else it was, and a person is to look all the same
     * @param danger whether somebody may be in danger of life
     * @param reason why a person has to judge; null when it is not known
     * @param queue the queue it is put in; empty when the policy has none
     * @param by the body whose people judge; empty when the policy names none
     * @param urgency how urgent the judging is; empty when the policy does not say
     * @param rank of that urgency in today's policy, from 1 for the least urgent; 0 when it has none such
     * @param due by when; null when the policy does not say
     * @param about the event type that was found; empty for none
     * @param lead who was told to lead; empty for nobody
     * @param candidates what it may be about, the likeliest first
     * @param ask what may be asked of the reporter
     * @param parts the texts of the matters it tells of, if there are several; empty otherwise
     */
    record Left(
            boolean undecided,
            boolean danger,
            @Nullable Term reason,
            String queue,
            String by,
            String urgency,
            int rank,
            @Nullable OffsetDateTime due,
            String about,
            String lead,
            List<Candidate> candidates,
            List<String> ask,
            List<String> parts) {}

    /**
     * Something it may be about.
     *
     * @param code of the event type
     * @param label of the event type
     * @param points what speaks for it, as a number without a unit; more speaks louder
     * @param rows ids of the rows that speak for it
     */
    record Candidate(String code, String label, int points, List<String> rows) {}

    /** What a person finds. */
    enum Way {
        /** What it is about; where it goes follows. */
        CHOOSE,
        /** It belongs to an open incident. */
        MERGE,
        /** It is settled already, or went back to where it came from. */
        SETTLE,
        /** Somebody is in danger of life now. */
        DANGER,
        /** It tells of several matters, each of which is a report of its own. */
        SPLIT
    }

    /**
     * What a person found.
     *
     * @param eventType code or label of what it is about; empty to leave it to the rules
     * @param nature code or label of what the reporter wants; empty to leave it to the rules
     * @param lead code or label of who takes it; empty to leave it to the rules
     * @param into the open incident; empty unless it is merged
     * @param parts the texts; empty unless it is split
     * @param because why; empty while nobody has said so
     */
    record Choice(
            Way way, String eventType, String nature, String lead, String into, List<String> parts, String because) {}

    /**
     * What an answer leaves to a person.
     *
     * @param policy whose ranks count
     * @return null when it leaves nothing
     */
    @Nullable
    Left left(JsonNode answer, Policy policy);

    /**
     * The requests by which the decision is made again, the first under the incident's own id. What they leave out is as it
     * was.
     *
     * @param request what was asked; stays as it is
     * @param by the body on whose behalf the person judges, by code or label; empty when none is known
     * @return one; when it is split, one for each part
     */
    List<ObjectNode> again(ObjectNode request, Choice choice, String by);

    /** The reporter's words in a request; empty when there are none. */
    String text(JsonNode request);

    /**
     * Something a person judged, to learn from.
     *
     * @param request what was asked, with what the person found
     * @param before what was answered before
     * @param after what was answered then
     * @param note what tells of it: who, when, why
     */
    record Judged(JsonNode request, JsonNode before, JsonNode after, String note) {}

    /**
     * Rows for a sheet of the policy.
     *
     * @param sheet its name
     * @param title what stands over it
     * @param header its header row
     * @param widths of its columns, in characters
     * @param rows the rows, none of them confirmed
     */
    record Rows(String sheet, String title, List<String> header, List<Integer> widths, List<List<String>> rows) {}

    /** Rows that would have had the policy find by itself what persons found. */
    Rows learned(Policy policy, List<Judged> judged);
}
