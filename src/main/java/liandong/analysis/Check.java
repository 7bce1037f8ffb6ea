package liandong.analysis;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyLoader;

/** Checks a policy whole: every file, row and cell first, then, if it can be used, what its tables say together. */
public final class Check {
    private Check() {}

    /**
     * Checks a policy.
     *
     * @param today the day on which rows that have ended are told of
     */
    public static Checked of(PolicyFiles files, LocalDate today) {
        try {
            Policy policy = PolicyLoader.load(files, today);
            var problems = new ArrayList<>(policy.notes());
            problems.addAll(ReturnPaths.of(policy, today).problems());
            return new Checked(List.copyOf(problems), policy);
        } catch (BadPolicyException e) {
            return new Checked(e.problems(), null);
        }
    }
}
