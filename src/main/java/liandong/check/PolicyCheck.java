package liandong.check;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import liandong.analysis.AnalysedTable;
import liandong.analysis.Unconfirmed;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.problem.Problem;

/** Checks a policy whole: every file, row and cell first, then, if it can be used, what its tables say together. */
public final class PolicyCheck {
    private PolicyCheck() {}

    /**
     * Checks a policy.
     *
     * @param now the moment on whose day, in the policy's own zone, rows that have ended are reported
     */
    public static CheckResult of(PolicyFiles files, Instant now) {
        try {
            Policy policy = Decisions.policy(files, now);
            return new CheckResult(found(policy, policy.day(now)), policy);
        } catch (BadPolicyException e) {
            return new CheckResult(e.problems(), null);
        }
    }

    /**
     * Checks a policy as on a day that somebody has named.
     *
     * @param today the day on which rows that have ended are reported
     */
    public static CheckResult of(PolicyFiles files, LocalDate today) {
        try {
            Policy policy = Decisions.policy(files, today);
            return new CheckResult(found(policy, today), policy);
        } catch (BadPolicyException e) {
            return new CheckResult(e.problems(), null);
        }
    }

    private static List<Problem> found(Policy policy, LocalDate today) {
        var found = new ArrayList<Problem>(policy.notes());
        List<AnalysedTable> tables = AnalysedTable.all(policy, today, found::add);
        for (Decision<?, ?> decision : Decisions.all()) {
            if (policy.decides(decision.part())) {
                decision.analyse(policy, tables, today, found::add);
            }
        }
        found.addAll(Unconfirmed.of(policy));
        found.sort(Problem.BY_PLACE);
        return List.copyOf(found);
    }
}
