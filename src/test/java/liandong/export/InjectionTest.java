package liandong.export;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.Seeds;
import liandong.calendar.CalendarEndedException;
import liandong.closure.Closing;
import liandong.decision.Decisions;
import liandong.engine.DecisionFailedException;
import liandong.engine.Engine;
import liandong.incident.Report;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.routing.Consulted;
import liandong.routing.KeywordRow;
import liandong.scoring.Period;
import liandong.scoring.ScoredCase;
import liandong.sheet.GeneratedSheets;
import liandong.table.Workbooks;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;

/**
 * Code of every kind typed into every column of every stock workbook: none of it runs, whether the policy is read, decided
 * by, exported or compiled as Drools would, and each cell is a word like any other or is refused at its place.
 */
@Tag("slow") // makes policies as large as the stock policy again and again
class InjectionTest {
    private static final String HIT = "liandong.export.Canary.hit()";
    private static final String SET = "System.setProperty(\"" + Canary.PROPERTY + "\",\"1\")";
    private static final String WRITE = "new java.io.File(\"target/canary\").createNewFile()";

    /** None has a 、, which would make several words of it. */
    private static final List<String> PAYLOADS = List.of(
            "\"); " + HIT + "; //",
            "\"); " + SET + "; insert(\"",
            "x\"); " + WRITE + "; //",
            "\" || " + HIT + " || \"",
            "\", eval(" + HIT + "), \"",
            "\\\"); " + HIT + "; //",
            "\\\\\"); " + HIT + "; //",
            "\\u0022); " + HIT + "; //",
            "\\u005c\\u0022); " + HIT + "; //",
            "\\042); " + HIT + "; //",
            "\\",
            "\"",
            "'\"`\"'",
            "$param",
            "$1, $2\" + " + HIT + " + \"",
            "forall(,){$} " + HIT,
            "${" + HIT + "}",
            "#{T(liandong.export.Canary).hit()}",
            "@{" + HIT + "}",
            "<%= " + HIT + " %>",
            "{{" + HIT + "}}",
            "RuleTable pwned",
            "RULETABLE",
            "RuleSet",
            "Import",
            "Functions",
            "function void f() { " + HIT + "; }",
            "Declare",
            "Queries",
            "Sequential",
            "(" + HIT + " ? 1 : 2)",
            "PRIORITY",
            "ACTION",
            "end rule \"x\" when then " + HIT + "; end",
            "*/ " + HIT + "; /*",
            "x\nend\nrule \"y\"\nwhen\nthen\n" + HIT + ";\nend",
            "new String(" + HIT + " + \"\")",
            HIT + ";",
            "=cmd|' /C calc'!A0",
            "@SUM(1+1)*cmd|' /C calc'!A0",
            "+cmd|' /C calc'!A0",
            "=HYPERLINK(\"http://127.0.0.1/\",\"x\")",
            "=WEBSERVICE(\"http://127.0.0.1/\")",
            "<script>alert(1)</script><img src=x onerror=alert(1)>",
            "x]]><!--",
            "${jndi:ldap://127.0.0.1/a}",
            "2026\"; " + HIT + "; \"",
            "≥1B, eval(" + HIT + ")",
            "非 \") || " + HIT + " || (\"",
            "\u202e\"); " + HIT + "; //",
            "x\u2028" + HIT + ";");

    /** Columns in which people may write what they like: what stands there is kept as a text, and is no finding. */
    private static final Set<String> FREE = Set.of(
            "编号",
            "依据",
            "备注",
            "正文含",
            "阶段",
            "归档类别",
            "档次",
            "代码",
            "名称",
            "谁或何处",
            "何种情形",
            "问明",
            "词语",
            "同句另含",
            "除非",
            "写作",
            "读作",
            "例句",
            "队列",
            "知识条目",
            "告知用语",
            "又名",
            "议题",
            // Of 认可, only compared with what is found; a code is looked at once the day beside it can be read.
            "问题",
            "工作表",
            "行",
            "理由",
            "认可人");

    /** In the vocabulary, where the words themselves are typed over, these find them; and nobody asks for the state of a word. */
    private static final Set<String> WORDS = Set.of("类别", "小类", "主题", "状态", "层级", "体系", "外部代码", "外部名称", "本区名称");

    /** What may stand here depends on the cell before it, in which the same was typed and refused. */
    private static final String DEPENDENT = "日";

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    private static final long SEED = Seeds.SEED;

    private static int attempts;

    @BeforeEach
    @AfterEach
    void nothing_has_run() throws IOException {
        Canary.assertSilent();
    }

    @Test
    void what_is_typed_here_would_run_in_a_table_that_quotes_it_as_usual() {
        String[][] naive = {
            {"RuleSet", "naive"},
            {},
            {"RuleTable naive"},
            {"CONDITION", "ACTION"},
            {"", ""},
            {"$s : String( this != \"$param\" )", "insert( \"$param\" );"},
            {"", ""},
            {"'x", "'" + PAYLOADS.get(0)},
        };
        KieBase base = SecondEngine.compile(Map.of("naive", SecondEngine.drl(Workbooks.xlsx(Map.of("naive", naive)))));
        KieSession session = base.newKieSession();
        try {
            session.insert("a fact");
            session.fireAllRules();
            assertThat(Canary.hits()).isPositive();
        } finally {
            session.dispose();
            Canary.reset();
        }
    }

    @Test
    void in_every_data_cell_it_is_a_word_or_a_finding() {
        for (boolean behind : new boolean[] {false, true}) {
            for (boolean words : new boolean[] {false, true}) {
                Books books = Books.stock();
                var placed = new LinkedHashMap<String, String>();
                var texts = new LinkedHashMap<String, String>();
                books.forEach((file, sheet, cells) -> {
                    boolean vocabulary = file.equals("vocabulary.xlsx") || file.equals("calendar.xlsx");
                    if (sheet.equals("说明") || vocabulary != words) {
                        return;
                    }
                    for (int row = 2; row < cells.length && row < 2 + PAYLOADS.size(); row++) {
                        for (int column = 0; column < cells[1].length; column++) {
                            String payload = PAYLOADS.get((row - 2) % PAYLOADS.size());
                            String before = column < cells[row].length ? cells[row][column] : "";
                            String text = behind && !before.isEmpty() ? plain(before) + payload : payload;
                            put(cells, row, column, "'" + text);
                            String at = new CellRef(file, sheet, row + 1, column).toString();
                            placed.put(at, chinese(cells[1][column]));
                            texts.put(at, text);
                        }
                    }
                });
                Set<String> told = places(books);
                // One that several cells have is told at the word of the vocabulary whose former name it may be.
                Set<String> former = former(books);
                attempts += placed.size();
                assertThat(placed.entrySet().stream()
                                .filter(cell -> !told.contains(cell.getKey())
                                        && former.stream().noneMatch(texts.getOrDefault(cell.getKey(), "")::endsWith)
                                        && !FREE.contains(cell.getValue())
                                        && !cell.getValue().equals(DEPENDENT)
                                        && !(words && WORDS.contains(cell.getValue()))))
                        .as("cells that were neither refused nor free")
                        .isEmpty();
            }
        }
        report("data cells");
    }

    @Test
    void as_a_formula_it_is_a_finding() {
        Books books = Books.stock();
        var placed = new LinkedHashMap<String, String>();
        List<String> formulas = List.of(
                "=cmd|' /C calc'!A0",
                "=WEBSERVICE(\"http://127.0.0.1/\")",
                "=HYPERLINK(\"http://127.0.0.1/\",\"x\")",
                "=DDE(\"cmd\",\"/C calc\",\"x\")",
                "=EXEC(\"calc\")",
                "=CALL(\"kernel32\",\"WinExec\",\"JCJ\",\"calc\",0)");
        books.forEach((file, sheet, cells) -> {
            for (int row = 2; row < cells.length && row < 2 + 2 * formulas.size() && !sheet.equals("说明"); row++) {
                for (int column = 0; column < cells[1].length; column++) {
                    put(cells, row, column, formulas.get((row + column) % formulas.size()));
                    placed.put(new CellRef(file, sheet, row + 1, column).toString(), chinese(cells[1][column]));
                }
            }
        });
        Set<String> told = places(books);
        attempts += placed.size();
        assertThat(placed.entrySet().stream()
                        .filter(cell -> !told.contains(cell.getKey()))
                        .map(Map.Entry::getValue)
                        .collect(Collectors.toSet()))
                .as("columns in which a formula was no finding")
                .isSubsetOf("备注", "依据", "状态", "生效", "失效"); // of vocabulary and calendar, which nobody asks for these
        report("formulas");
    }

    @Test
    void in_every_header_it_is_a_finding() {
        for (String payload : PAYLOADS) {
            // Every other one: a row of which nothing is a header any more is one finding.
            for (int first = 0; first < 2; first++) {
                int from = first;
                Books books = Books.ofOneRow();
                var placed = new ArrayList<String>();
                books.forEach((file, sheet, cells) -> {
                    for (int column = from; column < cells[1].length && !sheet.equals("说明"); column += 2) {
                        put(cells, 1, column, "'" + payload);
                        placed.add(new CellRef(file, sheet, 2, column).toString());
                    }
                });
                Set<String> told = places(books);
                attempts += placed.size();
                assertThat(told).as(payload).containsAll(placed);
            }
        }
        report("headers");
    }

    @Test
    void in_titles_and_guides_it_is_passed_over_or_a_finding() {
        for (String payload : PAYLOADS) {
            Books books = Books.ofOneRow();
            books.forEach((file, sheet, cells) -> {
                int rows = sheet.equals("说明") ? cells.length : 1;
                for (int row = 0; row < rows; row++) {
                    for (int column = 0; column < Math.max(1, cells[row].length); column++) {
                        put(cells, row, column, "'" + payload);
                        attempts++;
                    }
                }
            });
            assertThat(places(books)).as(payload).contains("routing.xlsx 派单目录!A1", "scoring.xlsx 等次!A1");
        }
        report("titles and guides");
    }

    @Test
    void where_it_is_kept_as_a_word_nothing_runs_while_deciding_exporting_and_compiling() {
        Books books = Books.stock();
        int before = attempts;
        bodies(books);
        books.forEach((file, sheet, cells) -> {
            if (sheet.equals("说明")) {
                return;
            }
            put(cells, 0, 0, "'" + PAYLOADS.get(sheet.length()));
            for (int row = 2; row < cells.length; row++) {
                String payload = PAYLOADS.get((row - 2) % PAYLOADS.size());
                for (int column = 0; column < cells[1].length; column++) {
                    String typed = switch (chinese(cells[1][column])) {
                        case "编号" -> payload + " " + sheet + row;
                        case "依据",
                                "备注",
                                "正文含",
                                "阶段",
                                "谁或何处",
                                "何种情形",
                                "问明",
                                "词语",
                                "同句另含",
                                "写作",
                                "读作",
                                "例句",
                                "队列",
                                "知识条目",
                                "告知用语" -> payload;
                        case "代码" -> List.of("类别", "小类", "主题", "事项", "来源").contains(sheet) ? payload + " " + row : "";
                        case "配合" -> payload;
                        default -> "";
                    };
                    if (!typed.isEmpty()) {
                        put(cells, row, column, "'" + typed);
                        attempts++;
                    }
                }
            }
        });
        Policy policy = books.load();
        assertThat(policy.tables()).hasSize(PolicyTables.COUNT);
        assertThat(policy.tables()).allMatch(table -> table.rows().size() >= PAYLOADS.size());

        int decided = decide(policy);
        var sources = new TreeMap<String, String>();
        policy.tables().forEach(table -> {
            byte[] workbook = DroolsTable.workbook(table, problem -> {
                throw new AssertionError(problem);
            });
            sources.put(DroolsTable.packageName(table), SecondEngine.drl(workbook));
        });
        KieBase base = SecondEngine.compile(sources);
        policy.tables().forEach(table -> {
            Class<?> about = requireNonNull(table.type().getAnnotation(liandong.table.Sheet.class))
                    .about();
            var facts = new RandomFacts(table, about, policy.vocabulary(), new Random(SEED));
            List<SecondEngine.Question> questions = Stream.generate(
                            () -> new SecondEngine.Question(facts.next(), TODAY))
                    .limit(100)
                    .toList();
            assertThat(SecondEngine.answers(base, DroolsTable.packageName(table), about, questions).stream()
                            .map(SecondEngine.Answered::rows))
                    .as("%s, seed %d", table.sheet(), SEED)
                    .isEqualTo(questions.stream()
                            .map(question -> table.match(question.fact(), TODAY).stream()
                                    .map(row -> row.ref().id())
                                    .toList())
                            .toList());
        });
        assertThat(decided).isPositive();
        System.out.println("injection: kept as words: " + (attempts - before) + " cells, " + decided + " decisions, "
                + sources.size() + " exported tables compiled, seed " + SEED);
    }

    /** Bodies called by each payload, so that a row can name them. */
    private static void bodies(Books books) {
        books.replace("vocabulary.xlsx", "单位", cells -> {
            var rows = new ArrayList<>(List.of(cells));
            for (int i = 0; i < PAYLOADS.size(); i++) {
                String[] row = cells[2].clone();
                row[0] = "'" + PAYLOADS.get(i) + " code";
                row[1] = "'" + PAYLOADS.get(i);
                rows.add(row);
            }
            return rows.toArray(String[][]::new);
        });
    }

    private static int decide(Policy policy) {
        var random = new Random(SEED);
        var keywords = policy.tables().stream()
                .filter(table -> table.type() == KeywordRow.class)
                .findFirst()
                .orElseThrow();
        var engine = new Engine();
        int decided = 0;
        for (Class<?> type : List.of(Report.class, Closing.class, ScoredCase.class, Period.class)) {
            var facts = new RandomFacts(keywords, type, policy.vocabulary(), random);
            for (int i = 0; i < 200; i++) {
                try {
                    engine.decide(
                            policy,
                            facts.next(),
                            OffsetDateTime.parse("2026-11-20T16:30:00+08:00").toInstant(),
                            true,
                            Consulted.GLOBALS,
                            List::size);
                    decided++;
                } catch (DecisionFailedException | CalendarEndedException e) {
                    // A fact made at random may be one that no request can state.
                }
            }
        }
        return decided;
    }

    private static void report(String what) {
        System.out.println(
                "injection: " + what + ": " + attempts + " attempts so far, " + Canary.hits() + " executions");
    }

    private static Set<String> places(Books books) {
        return problems(books).stream()
                .map(Problem::at)
                .map(Object::toString)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** What is told to be the former name of a word. */
    private static Set<String> former(Books books) {
        return problems(books).stream()
                .filter(problem -> problem.code() == Code.RENAMED_LABEL)
                .map(problem -> problem.args().get(2))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<Problem> problems(Books books) {
        try {
            Decisions.policy(books.files(), TODAY);
            return List.of();
        } catch (BadPolicyException e) {
            return e.problems();
        }
    }

    private static String chinese(String typedHeader) {
        String header = plain(typedHeader);
        int space = header.indexOf(' ');
        return space < 0 ? header : header.substring(0, space);
    }

    private static String plain(String typed) {
        return typed.startsWith("'") ? typed.substring(1) : typed;
    }

    private static void put(String[][] cells, int row, int column, String typed) {
        int before = cells[row].length;
        if (before <= column) {
            cells[row] = Arrays.copyOf(cells[row], column + 1);
            Arrays.fill(cells[row], before, column, "");
        }
        cells[row][column] = typed;
    }

    /** How many tables the stock policy has. */
    private static final class PolicyTables {
        private static final int COUNT =
                liandong.stock.Stock.shangcheng().tables().size();
    }

    /** The stock workbooks as cells, each decision table with exactly as many rows as there are payloads. */
    private static final class Books {
        private final Map<String, Map<String, String[][]>> books;

        private Books(Map<String, Map<String, String[][]>> books) {
            this.books = books;
        }

        private static final Map<String, Map<String, String[][]>> STOCK = read();

        interface Visit {
            void sheet(String file, String sheet, String[][] cells);
        }

        interface Change {
            String[][] of(String[][] cells);
        }

        static Books stock() {
            var copy = new TreeMap<String, Map<String, String[][]>>();
            STOCK.forEach((file, sheets) -> {
                var own = new LinkedHashMap<String, String[][]>();
                sheets.forEach((name, cells) ->
                        own.put(name, Stream.of(cells).map(String[]::clone).toArray(String[][]::new)));
                copy.put(file, own);
            });
            return new Books(copy);
        }

        /** The same with one row a sheet, where it is not the rows that matter. */
        static Books ofOneRow() {
            Books books = stock();
            books.books
                    .values()
                    .forEach(sheets -> sheets.replaceAll((name, cells) ->
                            name.equals("说明") ? cells : Arrays.copyOf(cells, Math.min(cells.length, 3))));
            return books;
        }

        void forEach(Visit visit) {
            books.forEach((file, sheets) -> sheets.forEach((name, cells) -> {
                // The lists of drop-downs are the program's own, and read by nobody.
                if (!name.equals(GeneratedSheets.LABELS)) {
                    visit.sheet(file, name, cells);
                }
            }));
        }

        void replace(String file, String sheet, Change change) {
            requireNonNull(books.get(file)).computeIfPresent(sheet, (name, cells) -> change.of(cells));
        }

        PolicyFiles files() {
            var files = new TreeMap<String, byte[]>();
            PolicyFiles.stock().files().forEach((path, bytes) -> {
                if (path.startsWith("rules/")) {
                    files.put(path, bytes);
                }
            });
            books.forEach((file, sheets) -> files.put("decision-tables/" + file, Workbooks.xlsx(sheets)));
            return new PolicyFiles("injected", files);
        }

        Policy load() {
            try {
                return Decisions.policy(files(), TODAY);
            } catch (BadPolicyException e) {
                throw new AssertionError(e.getMessage(), e);
            }
        }

        private static Map<String, Map<String, String[][]>> read() {
            var books = new TreeMap<String, Map<String, String[][]>>();
            PolicyFiles.stock().files().forEach((path, bytes) -> {
                if (path.matches("decision-tables/[^/]+")) {
                    String file = path.substring(path.indexOf('/') + 1);
                    try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
                        var sheets = new LinkedHashMap<String, String[][]>();
                        workbook.forEach(sheet -> sheets.put(sheet.getSheetName(), cells(file, sheet)));
                        books.put(file, sheets);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            });
            return books;
        }

        private static String[][] cells(String file, Sheet sheet) {
            var rows = new ArrayList<String[]>();
            for (int i = 0; i <= sheet.getLastRowNum(); i++) {
                Row row = sheet.getRow(i);
                var cells = new String[row == null ? 0 : Math.max(0, row.getLastCellNum())];
                for (int column = 0; column < cells.length; column++) {
                    cells[column] = typed(row == null ? null : row.getCell(column));
                }
                rows.add(cells);
            }
            boolean table = rows.size() > 2 && rows.get(1).length > 0 && rows.get(1)[0].startsWith("'编号");
            if (!table || file.equals("vocabulary.xlsx") || file.equals("calendar.xlsx")) {
                return rows.toArray(String[][]::new);
            }
            var same = new ArrayList<>(rows.subList(0, 2));
            rows.removeIf(row -> row.length == 0);
            for (int i = 0; i < PAYLOADS.size(); i++) {
                String[] row = rows.get(2 + i % (rows.size() - 2)).clone();
                row[0] = row[0] + "-" + i;
                same.add(row);
            }
            return same.toArray(String[][]::new);
        }

        private static String typed(@org.jspecify.annotations.Nullable Cell cell) {
            if (cell == null) {
                return "";
            }
            return switch (cell.getCellType()) {
                case STRING -> cell.getStringCellValue().isBlank() ? "" : "'" + cell.getStringCellValue();
                case NUMERIC ->
                    DateUtil.isCellDateFormatted(cell)
                            ? cell.getLocalDateTimeCellValue().toLocalDate().toString()
                            : new java.math.BigDecimal(String.valueOf(cell.getNumericCellValue()))
                                    .stripTrailingZeros()
                                    .toPlainString();
                case BOOLEAN -> cell.getBooleanCellValue() ? "TRUE" : "FALSE";
                default -> "";
            };
        }
    }
}
