package liandong.check;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import liandong.analysis.AnalysedTable;
import liandong.analysis.Unconfirmed;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.policy.AcceptedFinding;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.table.Row;
import liandong.table.Table;

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
        return policy.accepted().isEmpty() ? List.copyOf(found) : notAccepted(policy, today, found);
    }

    /** What is found without what is meant; tells of what is accepted though nothing finds it, so that it does not linger. */
    private static List<Problem> notAccepted(Policy policy, LocalDate today, List<Problem> found) {
        var ids = new HashMap<List<Object>, String>();
        for (Table<? extends Row> table : policy.tables()) {
            table.rows()
                    .forEach(row -> ids.put(
                            List.of(table.file(), table.sheet(), row.ref().row()),
                            row.ref().id()));
        }
        policy.places().forEach((word, at) -> ids.put(List.of(at.file(), at.sheet(), at.row()), word.code()));
        var used = new HashSet<AcceptedFinding>();
        var left = new ArrayList<Problem>();
        for (Problem problem : found) {
            String id = problem.at() instanceof CellRef cell
                    ? ids.get(List.of(cell.file(), cell.sheet(), cell.row()))
                    : null;
            List<AcceptedFinding> meant = policy.accepted().stream()
                    .filter(each -> each.accepts(problem, id, today))
                    .toList();
            used.addAll(meant);
            if (meant.isEmpty()) {
                left.add(problem);
            }
        }
        policy.accepted().stream()
                .filter(each -> !used.contains(each)
                        && (each.until() == null || !each.until().isBefore(today)))
                .forEach(each -> left.add(Problem.of(Code.ACCEPTED_NOTHING, each.at(), each.code(), each.sheet())));
        left.sort(Problem.BY_PLACE);
        return List.copyOf(left);
    }
}
