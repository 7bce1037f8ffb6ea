package liandong.decision;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What a kept decision tells whoever brought the report: where the matter stands (进展).
 *
 * <p>Read from question and answer as they are kept, as {@link CaseCourse} is: neither the policy of then nor its words need
 * be there any more.
 *
 * @param closed whether the case is at its end; null when the decision does not say
 * @param by who has it: the label of a body, or its code where it was sent so; empty when not told
 * @param about the code of the event type; empty when not told
 * @param due by when it is to be done; null when not told
 * @param notice what happens now, in sentences for the reporter; empty when not told
 */
public record Standing(
        @Nullable Boolean closed,
        String by,
        String about,
        @Nullable OffsetDateTime due,
        String notice) {
    /** A decision that tells nothing of where the matter stands. */
    public static final Standing NOTHING = new Standing(null, "", "", null, "");
}
