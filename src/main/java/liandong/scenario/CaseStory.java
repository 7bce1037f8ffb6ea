package liandong.scenario;

import java.util.List;
import liandong.problem.CellRef;

/**
 * One case from its report on, question by question, as time goes by (故事).
 *
 * <p>What an answer says of the case stays for the questions after it, as a calling system would keep it.
 *
 * @param id its id, unique among all stories and scenarios
 * @param title what it is about, for people
 * @param steps what happens and what is asked, in their order; at least one
 * @param at the cell of its id
 * @param source what its expectations rest on
 * @param confirmed whether a person stands for all of them
 * @param tags words by which people find it again; empty for none
 */
public record CaseStory(
        String id,
        String title,
        List<StoryStep> steps,
        CellRef at,
        String source,
        boolean confirmed,
        List<String> tags) {}
