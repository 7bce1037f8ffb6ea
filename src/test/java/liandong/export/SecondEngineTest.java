package liandong.export;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liandong.Seeds;
import liandong.calendar.Limit;
import liandong.export.SecondEngine.Answered;
import liandong.export.SecondEngine.Question;
import liandong.incident.Column;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.stock.Stock;
import liandong.table.HitPolicy;
import liandong.table.RandomTables;
import liandong.table.Row;
import liandong.table.Sheet;
import liandong.table.Table;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kie.api.KieBase;

/**
 * Our tables against the compiler and the engine of Drools, which are given the same rows as exported rule tables.
 *
 * <p>Numbers of facts and rows are {@code -Dsecond.facts}, {@code -Dsecond.rows} and {@code -Dsecond.tables}; {@code mvn
 * -Psecond verify} compiles every row of every table. The seed is {@code -Dseed}, and every failure tells it.
 */
@Tag("slow") // compiles every table with Drools
class SecondEngineTest {
    private static final int FACTS = Integer.getInteger("second.facts", 8_000);
    /** Drools takes some 10 ms of compiling and 30 µs of answering 100 facts for each row, so of long tables a sample is taken. */
    private static final int ROWS = Integer.getInteger("second.rows", 120);

    /** A table of no more rows is compared even where none of them asks anything: what it concludes is. */
    private static final int FEW = 20;

    private static final int TABLES = Integer.getInteger("second.tables", 60);
    private static final List<HitPolicy> POLICIES = List.of(HitPolicy.values());
    private static final int RANDOM_FACTS = 200;
    private static final int BATCH = 500;
    private static final long SEED = Seeds.SEED;

    static Stream<Arguments> tables() {
        return Stock.shangcheng().tables().stream()
                .filter(table -> table.rows().size() <= FEW || asks(table))
                .sorted(Comparator.comparing(Table::sheet))
                .map(table -> Arguments.of(table.sheet(), table));
    }

    /** Whether any of a table's rows has a condition; of hundreds without one there is little to compare, and each fact meets all. */
    private static boolean asks(Table<? extends Row> table) {
        return !IntStream.range(0, table.rows().size()).allMatch(table::asksNothing);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void drools_answers_a_stock_table_as_we_do(String sheet, Table<? extends Row> table) throws IOException {
        Policy policy = Stock.shangcheng();
        Class<?> about = requireNonNull(table.type().getAnnotation(Sheet.class)).about();
        var random = new Random(SEED);
        byte[] workbook = DroolsTable.workbook(table, problem -> {
            throw new AssertionError(problem);
        });
        Set<String> rows = ids(table);
        if (rows.size() > ROWS && table.hitPolicy() == HitPolicy.ALL) {
            rows = sample(rows, random);
            workbook = only(workbook, rows);
        }
        long start = System.nanoTime();
        String packageName = DroolsTable.packageName(table);
        KieBase base = SecondEngine.compile(Map.of("t", SecondEngine.drl(workbook)));
        long compiled = System.nanoTime();
        var facts = new RandomFacts(table, about, policy.vocabulary(), random);
        var comparison = new Comparison(table, rows);
        for (int done = 0; done < FACTS; done += BATCH) {
            comparison.compare(base, packageName, about, questions(facts, Math.min(BATCH, FACTS - done)));
        }
        System.out.printf(
                "second engine: %s, %d of %d rows compiled in %.1f s, %d facts, %d of the rows covered one, %.1f s, seed %d%n",
                sheet,
                rows.size(),
                table.rows().size(),
                (compiled - start) / 1e9,
                FACTS,
                comparison.covering.size(),
                (System.nanoTime() - compiled) / 1e9,
                SEED);
        assertThat(comparison.differences).as("seed %d", SEED).isEmpty();
        assertThat(comparison.covering).as("rows that covered a fact").isNotEmpty();
    }

    @Test
    void drools_answers_random_tables_of_every_kind_of_cell_as_we_do() {
        var differences = new ArrayList<String>();
        int facts = 0;
        int covering = 0;
        int clashes = 0;
        int together = 20;
        for (int first = 0; first < TABLES; first += together) {
            var tables = new LinkedHashMap<String, Table<? extends Row>>();
            var sources = new LinkedHashMap<String, String>();
            for (int i = first; i < first + together; i++) {
                var table = RandomTables.table(new Random(SEED + i), POLICIES.get(i % POLICIES.size()));
                String packageName = "random.t" + i;
                byte[] workbook = DroolsTable.workbook(table, RandomTables.Asked.class, problem -> {
                    throw new AssertionError(problem);
                });
                tables.put(packageName, table);
                sources.put("t" + i, SecondEngine.drl(workbook).replace(DroolsTable.packageName(table), packageName));
            }
            KieBase base = SecondEngine.compile(sources);
            for (var each : tables.entrySet()) {
                Table<? extends Row> table = each.getValue();
                var random = new RandomFacts(
                        table, RandomTables.Asked.class, RandomTables.VOCABULARY, new Random(SEED + facts));
                var comparison = new Comparison(table, ids(table));
                comparison.compare(base, each.getKey(), RandomTables.Asked.class, questions(random, RANDOM_FACTS));
                facts += RANDOM_FACTS;
                covering += comparison.covering.size();
                clashes += comparison.clashes;
                differences.addAll(comparison.differences);
            }
        }
        System.out.printf(
                "second engine: %d random tables, %d facts, %d rows covered one, %d clashes, seed %d%n",
                TABLES, facts, covering, clashes, SEED);
        assertThat(differences).as("seed %d", SEED).isEmpty();
        assertThat(covering).isGreaterThan(TABLES);
        assertThat(clashes).isPositive();
    }

    private static List<Question> questions(RandomFacts facts, int count) {
        return Stream.generate(() -> new Question(facts.next(), facts.day()))
                .limit(count)
                .toList();
    }

    private static Set<String> ids(Table<? extends Row> table) {
        var ids = new LinkedHashSet<String>();
        table.rows().forEach(row -> ids.add(row.ref().id()));
        return ids;
    }

    private static Set<String> sample(Set<String> ids, Random random) {
        var all = new ArrayList<>(ids);
        var sample = new LinkedHashSet<String>();
        while (sample.size() < ROWS) {
            sample.add(all.get(random.nextInt(all.size())));
        }
        return sample;
    }

    /** A rule table without the rows of other ids: what is left closes up, since Drools ends a table at a gap. */
    private static byte[] only(byte[] workbook, Set<String> ids) throws IOException {
        try (var book = new XSSFWorkbook(new ByteArrayInputStream(workbook));
                var bytes = new ByteArrayOutputStream()) {
            XSSFSheet sheet = book.getSheetAt(0);
            int header = 0;
            while (!"编号 Id".equals(text(sheet.getRow(header), 0))) {
                header++;
            }
            int next = header + 1;
            int last = sheet.getLastRowNum();
            for (int row = header + 1; row <= last; row++) {
                XSSFRow from = sheet.getRow(row);
                if (ids.contains(text(from, 0))) {
                    XSSFRow to = requireNonNull(sheet.getRow(next++));
                    for (int column = 0; column < from.getLastCellNum(); column++) {
                        String text = text(from, column); // first: the row may stay where it is
                        to.createCell(column).setCellValue(text);
                    }
                }
            }
            for (int row = last; row >= next; row--) {
                sheet.removeRow(sheet.getRow(row));
            }
            book.write(bytes);
            return bytes.toByteArray();
        }
    }

    private static String text(XSSFRow row, int column) {
        return row == null || row.getCell(column) == null
                ? ""
                : row.getCell(column).getStringCellValue();
    }

    /** What came of asking both the same. */
    private static final class Comparison {
        private final Table<? extends Row> table;
        private final Set<String> rows;
        private final Map<String, Map<String, Object>> conclusions = new HashMap<>();
        private final Set<String> covering = new LinkedHashSet<>();
        private final List<String> differences = new ArrayList<>();
        private int clashes;

        Comparison(Table<? extends Row> table, Set<String> rows) {
            this.table = table;
            this.rows = rows;
            table.rows().forEach(row -> conclusions.put(row.ref().id(), concluded(row)));
        }

        void compare(KieBase base, String packageName, Class<?> about, List<Question> questions) {
            List<Answered> answers = SecondEngine.answers(base, packageName, about, questions);
            for (int i = 0; i < questions.size(); i++) {
                Question question = questions.get(i);
                List<String> ours = table.match(question.fact(), question.on()).stream()
                        .map(row -> row.ref().id())
                        .filter(rows::contains)
                        .toList();
                boolean clash = table.hitPolicy() == HitPolicy.UNIQUE && ours.size() > 1;
                var expected = new LinkedHashMap<String, Map<String, Object>>();
                if (!clash) {
                    ours.forEach(id -> expected.put(id, requireNonNull(conclusions.get(id))));
                }
                covering.addAll(ours);
                clashes += clash ? 1 : 0;
                var answer = new Answered(List.copyOf(expected.keySet()), expected, clash);
                if (!answers.get(i).equals(answer) && differences.size() < 5) {
                    differences.add(table.sheet() + " on " + question.on() + ", " + question.fact() + ": "
                            + difference(answer, answers.get(i)));
                }
            }
        }

        /** What two answers do not share: of a hundred rows that both give, nobody finds the one that differs. */
        private static String difference(Answered ours, Answered theirs) {
            var only = new LinkedHashMap<>(ours.conclusions());
            only.entrySet().removeAll(theirs.conclusions().entrySet());
            var other = new LinkedHashMap<>(theirs.conclusions());
            other.entrySet().removeAll(ours.conclusions().entrySet());
            return "only we say " + only + ", only Drools " + other
                    + (ours.rows().equals(theirs.rows()) ? "" : ", in another order or number");
        }

        private static Map<String, Object> concluded(Row row) {
            var values = new HashMap<String, Object>();
            for (RecordComponent component : row.getClass().getRecordComponents()) {
                if (component.getAccessor().isAnnotationPresent(Column.class)) {
                    try {
                        Object value = component.getAccessor().invoke(row);
                        if (value != null && !value.equals(List.of())) {
                            values.put(DroolsTable.field(component.getName()), plain(value));
                        }
                    } catch (ReflectiveOperationException e) {
                        throw new LinkageError(e.getMessage(), e);
                    }
                }
            }
            return values;
        }

        private static Object plain(Object value) {
            if (value instanceof List<?> list) {
                return list.stream().map(Comparison::plain).toList();
            }
            if (value instanceof Term term) {
                return term.code();
            }
            return value instanceof Limit limit ? limit.label() : value;
        }
    }
}
