package liandong;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import liandong.policy.Policy;
import liandong.scenario.Cases;
import liandong.scenario.Scenario;
import liandong.scenario.ScenarioReader;

/**
 * Decides a policy's own scenarios while the service starts, before it says that it is ready: the first caller then waits as
 * little as the next.
 *
 * <p>Nothing of it is kept, counted or told: it never comes near the journal or the endpoints. Whether the scenarios come out
 * as expected is not looked at.
 */
final class WarmUp {
    private static final System.Logger LOG = System.getLogger(WarmUp.class.getName());

    private final Thread thread;

    private WarmUp(Thread thread) {
        this.thread = thread;
    }

    /**
     * Begins beside whatever the caller does next.
     *
     * @param longest how long it lasts, reading the scenarios included; one at least is decided, if there is any. Zero decides
     *     none
     */
    static WarmUp begin(Policy policy, Duration longest) {
        long begun = System.nanoTime();
        var thread = new Thread(() -> decide(policy, begun, longest), "warm-up");
        thread.setDaemon(true);
        thread.start();
        return new WarmUp(thread);
    }

    /** Waits for its end. */
    void await() throws InterruptedException {
        thread.join();
    }

    private static void decide(Policy policy, long begun, Duration longest) {
        if (longest.isZero()) {
            return;
        }
        try {
            List<Scenario> scenarios = inTurns(
                    ScenarioReader.read(policy, policy.files().scenarios()).cases());
            for (int i = 0; i < scenarios.size(); i = (i + 1) % scenarios.size()) {
                Cases.run(policy, scenarios.get(i));
                if (System.nanoTime() - begun >= longest.toNanos()) {
                    return;
                }
            }
        } catch (RuntimeException e) { // whatever a scenario does to it, the service starts
            LOG.log(Level.WARNING, "warm-up ended early", e);
        }
    }

    /** Scenarios of each decision in turn: there may not be time for all of them. */
    private static List<Scenario> inTurns(List<Scenario> scenarios) {
        var byDecision = new LinkedHashMap<String, List<Scenario>>();
        scenarios.forEach(each -> byDecision
                .computeIfAbsent(each.kind().code(), kind -> new ArrayList<>())
                .add(each));
        var inTurns = new ArrayList<Scenario>();
        for (int turn = 0; inTurns.size() < scenarios.size(); turn++) {
            for (List<Scenario> own : byDecision.values()) {
                if (turn < own.size()) {
                    inTurns.add(own.get(turn));
                }
            }
        }
        return inTurns;
    }
}
