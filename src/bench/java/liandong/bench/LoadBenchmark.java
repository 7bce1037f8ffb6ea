package liandong.bench;

import java.util.concurrent.TimeUnit;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
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

/**
 * Workbook bytes to live policy, the rules being those of the policy before. Goal for 10,000 rows: ≤ 0.5 s warm, ≤ 3 s in
 * a fresh process.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LoadBenchmark {
    /** How many rows the duty catalogue has. */
    @Param({"1000", "10000", "100000"})
    public int rows;

    private PolicyFiles files;

    /** Makes the workbook, and compiles the rules. */
    @Setup
    public void setUp() {
        files = new Rows(rows).files();
    }

    /** Warm. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Fork(1)
    @Warmup(iterations = 5, time = 2)
    @Measurement(iterations = 5, time = 2)
    public Policy warm() {
        return Rows.load(files);
    }

    /** The first load of a catalogue in a process that has compiled the rules. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Fork(3)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public Policy fresh() {
        return Rows.load(files);
    }
}
