package liandong.console;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import liandong.policy.Policy;
import liandong.scenario.CaseStory;
import liandong.scenario.Cases;
import liandong.scenario.Cases.Result;
import liandong.scenario.Coverage;
import liandong.scenario.Coverage.RowState;
import liandong.scenario.Scenario;
import liandong.scenario.ScenarioReader;
import liandong.scenario.Scenarios;
import liandong.scenario.StoryRun;
import liandong.scenario.TableCoverage;
import liandong.scenario.TableCoverage.OfRow;
import liandong.scenario.TestReport;
import liandong.web.Job;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The scenarios and stories of the live policy, and what came of running them last: pages list it, paint tables by it and give
 * it away. Safe for use by many threads.
 */
@Component
class ScenarioRuns {
    /** The kind of its job. */
    static final String RUN = "scenarios";

    /** What is told of the reasons of an answer that is otherwise than expected, and of one that is not. */
    private static final List<String> TOLD = List.of("rule", "title", "row", "says", "at");

    private static final List<String> TOLD_OF_PASSED = List.of("row", "at");

    private final Supplier<Policy> policy;
    private final Jobs jobs;
    private final Clock clock;
    private volatile @Nullable Read read;

    ScenarioRuns(Supplier<Policy> policy, Jobs jobs, Clock clock) {
        this.policy = policy;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** The scenarios of a policy, read once as long as it is live. */
    private record Read(Policy policy, Scenarios scenarios) {}

    /**
     * What scenarios have shown of a row.
     *
     * @param state how it fared
     * @param conditions how many conditions it states
     * @param untested of those, how many have not been shown to make the difference
     */
    record Shown(RowState state, int conditions, int untested) {}

    /**
     * What came of a run.
     *
     * @param report all of it; of answers only as much as pages tell of their reasons: thousands are remembered
     * @param coverage what it has shown of tables; nobody adds to it any more
     * @param rows the same of each row, by its id
     * @param results what came of each scenario, and of each story its last step that was asked, by their ids
     * @param at when it ended
     */
    record Ran(
            Policy policy,
            TestReport report,
            Coverage coverage,
            Map<String, Shown> rows,
            Map<String, Result> results,
            Instant at) {
        /** How many scenarios and stories were answered otherwise than expected. */
        long failed() {
            return report.failed() + report.storiesFailed();
        }
    }

    /** The scenarios of a policy that is live. */
    Scenarios of(Policy live) {
        Read known = read;
        if (known == null || known.policy() != live) {
            known = new Read(live, ScenarioReader.read(live, live.files().scenarios()));
            read = known;
        }
        return known.scenarios();
    }

    /** The last run of a policy's scenarios; null when none has ended. */
    @Nullable
    Ran ran(Policy live) {
        Job job = jobs.last(RUN);
        return job != null && job.result() instanceof Ran ran && ran.policy() == live ? ran : null;
    }

    /** Runs all of them, or those that failed last; what came of the others stays. */
    void begin(boolean onlyFailed, String by) {
        Policy live = policy.get();
        Ran before = onlyFailed ? ran(live) : null;
        long count = before == null ? of(live).size() : before.failed();
        jobs.begin(RUN, by, count, watch -> run(live, before, count, watch));
    }

    private Ran run(Policy live, @Nullable Ran before, long total, Job watch) {
        Scenarios all = of(live);
        // The same policy answers the same: what failed shows of tables what it has shown before.
        Coverage coverage = before == null ? new Coverage(live) : before.coverage();
        long count = 0;
        var runs = new ArrayList<StoryRun>();
        for (CaseStory each : all.stories()) {
            StoryRun known = before == null ? null : known(before, each);
            if (known != null && known.passed()) {
                runs.add(known);
            } else {
                StoryRun run = before == null ? coverage.run(each) : Cases.run(live, each);
                runs.add(new StoryRun(
                        each, run.results().stream().map(ScenarioRuns::slim).toList(), run.notRun()));
                watch.goOn(++count, total);
            }
        }
        var results = new ArrayList<Result>();
        for (Scenario each : all.cases()) {
            Result known = before == null ? null : before.results().get(each.id());
            if (known != null && known.passed()) {
                results.add(known);
            } else {
                results.add(slim(before == null ? coverage.run(each) : Cases.run(live, each)));
                watch.goOn(++count, total);
            }
        }
        var report = new TestReport(live, List.copyOf(results), List.copyOf(runs), all.broken(), all.problems());
        return new Ran(
                live, report, coverage, before == null ? rows(coverage) : before.rows(), byId(report), clock.instant());
    }

    private static @Nullable StoryRun known(Ran before, CaseStory story) {
        return before.report().stories().stream()
                .filter(each -> each.story().id().equals(story.id()))
                .findFirst()
                .orElse(null);
    }

    private static Map<String, Result> byId(TestReport report) {
        var byId = new HashMap<String, Result>();
        report.results().forEach(each -> byId.put(each.scenario().id(), each));
        report.stories()
                .forEach(run -> byId.put(
                        run.story().id(), run.results().get(run.results().size() - 1)));
        return byId;
    }

    private static Map<String, Shown> rows(Coverage coverage) {
        var rows = new HashMap<String, Shown>();
        for (TableCoverage table : coverage.tables()) {
            for (OfRow row : table.rows()) {
                rows.put(
                        row.row().id(),
                        new Shown(
                                coverage.state(row),
                                row.conditions().size(),
                                Coverage.untested(row).size()));
            }
        }
        return rows;
    }

    /** The same without its answer, but for what is told of its reasons. */
    private static Result slim(Result result) {
        ObjectNode answer = Json.object();
        ArrayNode because = answer.putArray("because");
        List<String> told = result.passed() ? TOLD_OF_PASSED : TOLD;
        for (JsonNode reason : result.answer().path("because")) {
            ObjectNode kept = because.addObject();
            told.stream().filter(reason::has).forEach(member -> kept.set(member, reason.get(member)));
        }
        return new Result(result.scenario(), result.checks(), answer, result.problems());
    }
}
