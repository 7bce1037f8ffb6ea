package liandong.bench;

import java.util.concurrent.TimeUnit;
import liandong.engine.Engine;
import liandong.incident.Report;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.routing.Routing;
import liandong.routing.RoutingDecision;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole routing decision with its reasons. Goal: ≤ 20 µs of CPU, the same (≤ 1.3 ×) from 100 to 100,000 rows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class RoutingBenchmark {
    /** How many rows the duty catalogue has. */
    @Param({"100", "1000", "10000", "100000"})
    public int rows;

    private final Engine engine = new Engine();
    private Policy policy;
    private Report known;
    private Report inWords;

    /** Makes the policy and the reports. */
    @Setup
    public void setUp() {
        var made = new Rows(rows);
        policy = Rows.load(made.files());
        known = made.report(rows - 1);
        Report first = made.report(0);
        inWords = new Report(
                "B", first.reportedAt(), first.source(), first.area(), "小区门口路灯不亮，已经两个星期了，老人夜里出门不便",
                null, null, false, false, false, false, null, 0, 0, first.loss(), first.people(),
                0, null, null, null, null);
    }

    /** A report whose event type the caller knows; the last row covers it. */
    @Benchmark
    public RoutingDecision eventTypeKnown() {
        return Routing.route(engine, policy, known, known.reportedAt().toInstant());
    }

    /** A report in words; the first row covers it. */
    @Benchmark
    public RoutingDecision inWords() {
        return Routing.route(engine, policy, inWords, inWords.reportedAt().toInstant());
    }

    /** The stock policy, 4,000 keywords and all. */
    @State(Scope.Benchmark)
    public static class Stock {
        private final Policy policy = Rows.load(PolicyFiles.stock());
    }

    /** The same report in words under the stock policy; the number of rows has no part in it. */
    @Benchmark
    public RoutingDecision inWordsUnderTheStockPolicy(Stock stock) {
        return Routing.route(engine, stock.policy, inWords, inWords.reportedAt().toInstant());
    }
}
