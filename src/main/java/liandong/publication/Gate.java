package liandong.publication;

import java.util.List;
import liandong.policy.Policy;
import liandong.problem.Problem;

/** Looks at what a publication would change, just before it does. */
@FunctionalInterface
public interface Gate {
    /** Lets every publication pass. */
    Gate OPEN = (live, draft) -> new Verdict(List.of(), List.of());

    /**
     * What there is to say.
     *
     * @param live what is live now
     * @param draft what would be
     */
    Verdict judge(Policy live, Policy draft);

    /**
     * What a gate says.
     *
     * @param doubts what takes a third pair of eyes: two people besides the authors must have approved; empty when nothing
     *     does
     * @param objections what no approval outweighs; empty when nothing is so bad
     */
    record Verdict(List<Problem> doubts, List<Problem> objections) {}
}
