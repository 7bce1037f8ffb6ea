package liandong.scenario;

import java.util.List;
import liandong.scenario.Cases.Result;
import org.jspecify.annotations.Nullable;

/**
 * What came of a story.
 *
 * @param story the story
 * @param results what came of each question that was asked, in their order: a story ends with the first that is answered
 *     otherwise than expected
 * @param notRun the numbers of the steps after that one
 */
public record StoryRun(CaseStory story, List<Result> results, List<String> notRun) {
    /** Whether every answer was as expected. */
    public boolean passed() {
        return results.stream().allMatch(Result::passed);
    }

    /** The question that was answered otherwise; null when none was. */
    public @Nullable Result failed() {
        return results.stream().filter(each -> !each.passed()).findFirst().orElse(null);
    }
}
