package liandong.bench;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Function;
import liandong.incident.Matter;
import liandong.table.Row;
import liandong.table.Table;

/** One generated table asked in five ways, in a process of its own; the answers must be the same. */
final class TableComparison {
    private static final int QUESTIONS = 1_000;

    /** Compiling a rule for each of more rows takes more than minutes. */
    private static final int MOST_FOR_DROOLS = 1_000;

    private static final long WARM_UP = 3_000_000_000L;
    private static final long MEASURED = 1_000_000_000L;

    private TableComparison() {}

    /** @param args how many rows; prints a line for each way: its name and nanoseconds of CPU for each question */
    public static void main(String... args) throws Exception {
        int count = Integer.parseInt(args[0]);
        var made = new Rows(count);
        Table<? extends Row> table = Rows.load(made.files()).tables().stream()
                .filter(each -> each.sheet().equals("派单目录"))
                .findFirst()
                .orElseThrow();
        var rows = new ArrayList<OtherTables.Row>();
        for (int i = 0; i < count; i++) {
            rows.add(made.plain(i));
        }
        var random = new Random(20261130);
        var matters = new ArrayList<Matter>();
        var questions = new ArrayList<OtherTables.Question>();
        for (int i = 0; i < QUESTIONS; i++) {
            int row = random.nextInt(count);
            matters.add(Matter.of(made.report(row)));
            questions.add(new OtherTables.Question(
                    rows.get(row).type(), rows.get(row).area(), rows.get(row).from() + 5));
        }
        LocalDate on = matters.get(0).report().reportedAt().toLocalDate();
        var ways = new LinkedHashMap<String, Callable<Function<Integer, String>>>();
        ways.put("liandong", () -> i -> table.match(matters.get(i), on).get(0).ref().id());
        ways.put("hand-made", () -> asking(OtherTables.handMade(rows), questions));
        ways.put("loop", () -> asking(OtherTables.loop(rows), questions));
        ways.put("openl", () -> asking(OtherTables.openL(rows), questions));
        if (count <= MOST_FOR_DROOLS) {
            ways.put("drools", () -> asking(OtherTables.drools(rows), questions));
        }
        for (Map.Entry<String, Callable<Function<Integer, String>>> way : ways.entrySet()) {
            Function<Integer, String> asked = way.getValue().call();
            for (int i = 0; i < QUESTIONS; i++) {
                String row = "D-" + made.numberOf(questions.get(i).getType(), questions.get(i).getArea(),
                        questions.get(i).getPeople());
                if (!asked.apply(i).equals(row)) {
                    throw new IllegalStateException(way.getKey() + ": " + asked.apply(i) + " instead of " + row);
                }
            }
            run(asked, WARM_UP);
            System.out.printf(Locale.ROOT, "%s %.1f%n", way.getKey(), run(asked, MEASURED));
        }
    }

    private static Function<Integer, String> asking(
            Function<OtherTables.Question, String> way, List<OtherTables.Question> questions) {
        return i -> way.apply(questions.get(i));
    }

    /** Asks for so many nanoseconds of CPU; how many each question takes. */
    private static double run(Function<Integer, String> asked, long nanos) {
        var threads = ManagementFactory.getThreadMXBean();
        long begun = threads.getCurrentThreadCpuTime();
        long count = 0;
        long taken = 0;
        int length = 0;
        while (taken < nanos) {
            for (int i = 0; i < QUESTIONS; i++) {
                length += asked.apply(i).length();
            }
            count += QUESTIONS;
            taken = threads.getCurrentThreadCpuTime() - begun;
        }
        if (length == 0) {
            throw new IllegalStateException("nothing was answered");
        }
        return taken / (double) count;
    }
}
