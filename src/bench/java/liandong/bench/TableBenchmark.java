package liandong.bench;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import liandong.incident.Matter;
import liandong.table.Row;
import liandong.table.Table;
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

/** The first row that covers a fact, outside the session. Goal: ≤ 0.4, 0.8, 1.5 and 3 µs at 100, 1,000, 10,000 and 100,000 rows, wherever it stands. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TableBenchmark {
    /** How many rows. */
    @Param({"100", "1000", "10000", "100000"})
    public int rows;

    /** Which row covers the fact. */
    @Param({"first", "middle", "last"})
    public String covering;

    private Table<? extends Row> table;
    private Matter matter;
    private LocalDate on;

    /** Makes the table. */
    @Setup
    public void setUp() {
        var made = new Rows(rows);
        table = Rows.load(made.files()).tables().stream()
                .filter(each -> each.sheet().equals("派单目录"))
                .findFirst()
                .orElseThrow();
        int row = covering.equals("first") ? 0 : covering.equals("middle") ? rows / 2 : rows - 1;
        matter = Matter.of(made.report(row));
        on = matter.report().reportedAt().toLocalDate();
        if (!table.match(matter, on).get(0).ref().id().equals("D-" + row)) {
            throw new IllegalStateException("not the row that was meant");
        }
    }

    /** Asks. */
    @Benchmark
    public List<? extends Row> firstHit() {
        return table.match(matter, on);
    }
}
