package liandong.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.drools.decisiontable.InputType;
import org.drools.decisiontable.SpreadsheetCompiler;
import org.kie.api.KieBase;
import org.kie.api.io.ResourceType;
import org.kie.api.runtime.StatelessKieSession;
import org.kie.internal.utils.KieHelper;
import org.openl.rules.runtime.RulesEngineFactory;

/**
 * The table that ours is measured beside, in three other ways: event type, area and a band of people, the first row that
 * covers a question counts. Each asks in the way that its own documentation shows for one table.
 */
public final class OtherTables {
    /** A row: what it asks for, and what it concludes. */
    record Row(String type, String area, int from, int to, String id) {}

    private OtherTables() {}

    /** What is asked; Drools sets the answer. Public, with a method for each, because rules compile against it. */
    public static final class Question {
        private final String type;
        private final String area;
        private final int people;
        private String answer = "";

        Question(String type, String area, int people) {
            this.type = type;
            this.area = area;
            this.people = people;
        }

        public String getType() {
            return type;
        }

        public String getArea() {
            return area;
        }

        public int getPeople() {
            return people;
        }

        public String getAnswer() {
            return answer;
        }

        public void setAnswer(String answer) {
            this.answer = answer;
        }
    }

    /** What OpenL makes an implementation of. */
    public interface Duties {
        /** The first row's conclusion. */
        String duty(String type, String area, int people);
    }

    /** One row after the other. */
    static Function<Question, String> loop(List<Row> rows) {
        Row[] all = rows.toArray(Row[]::new);
        return asked -> {
            for (Row row : all) {
                if (row.type.equals(asked.type)
                        && row.area.equals(asked.area)
                        && row.from <= asked.people
                        && asked.people <= row.to) {
                    return row.id;
                }
            }
            return "";
        };
    }

    /** What somebody writes who knows that this table has two columns that ask for one value each. */
    static Function<Question, String> handMade(List<Row> rows) {
        record Key(String type, String area) {}
        var index = new HashMap<Key, List<Row>>();
        rows.forEach(row -> index.computeIfAbsent(new Key(row.type, row.area), key -> new ArrayList<>())
                .add(row));
        return asked -> {
            for (Row row : index.getOrDefault(new Key(asked.type, asked.area), List.of())) {
                if (row.from <= asked.people && asked.people <= row.to) {
                    return row.id;
                }
            }
            return "";
        };
    }

    /** OpenL Tablets. */
    static Function<Question, String> openL(List<Row> rows) throws IOException {
        Path file = Files.createTempFile("openl", ".xlsx");
        try {
            List<List<String>> head = List.of(
                    List.of("Rules String duty(String type, String area, int people)"),
                    List.of("C1", "C2", "C3", "", "RET1"),
                    List.of("type == t", "area == a", "from <= people && people <= to", "", "id"),
                    List.of("String t", "String a", "int from", "int to", "String id"),
                    List.of("Type", "Area", "From", "To", "Row"));
            Files.write(
                    file, workbook(head, rows, row -> List.of(row.type, row.area, row.from, row.to, row.id)));
            Duties duties = new RulesEngineFactory<>(file.toString(), Duties.class).newEngineInstance();
            return asked -> {
                String answer = duties.duty(asked.type, asked.area, asked.people);
                return String.valueOf(answer);
            };
        } finally {
            Files.delete(file);
        }
    }

    /** A decision table of Drools, of which rows go off from the top down; what a row asks for stands in one cell. */
    static Function<Question, String> drools(List<Row> rows) throws IOException {
        List<List<String>> head = List.of(
                List.of("RuleSet", "liandong.bench.rules"),
                List.of("Import", Question.class.getCanonicalName()),
                List.of("Sequential", "true"),
                List.of("RuleTable duties"),
                List.of("CONDITION", "ACTION"),
                List.of("q : Question", ""),
                List.of(
                        "answer == \"\", type == \"$1\", area == \"$2\", people >= $3, people <= $4",
                        "modify(q) { setAnswer(\"$param\") }"),
                List.of("Asked", "Row"));
        byte[] workbook = workbook(head, rows, row -> List.of(
                String.join(",", row.type, row.area, String.valueOf(row.from), String.valueOf(row.to)), row.id));
        String drl = new SpreadsheetCompiler().compile(new ByteArrayInputStream(workbook), InputType.XLS);
        KieBase base = new KieHelper().addContent(drl, ResourceType.DRL).build();
        StatelessKieSession session = base.newStatelessKieSession();
        return asked -> {
            asked.setAnswer("");
            session.execute(asked);
            return asked.getAnswer();
        };
    }

    private static byte[] workbook(List<List<String>> head, List<Row> rows, Function<Row, List<Object>> cells)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "bench", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Tables");
            int at = 1;
            for (List<String> row : head) {
                for (int c = 0; c < row.size(); c++) {
                    if (!row.get(c).isEmpty()) {
                        sheet.value(at, c + 1, row.get(c));
                    }
                }
                at++;
            }
            if (head.get(1).get(0).equals("C1")) { // OpenL: one condition of two values
                sheet.range(2, 3, 2, 4).merge();
                sheet.range(3, 3, 3, 4).merge();
            }
            for (Row row : rows) {
                List<Object> values = cells.apply(row);
                for (int c = 0; c < values.size(); c++) {
                    if (values.get(c) instanceof Number number) {
                        sheet.value(at, c + 1, number);
                    } else {
                        sheet.value(at, c + 1, String.valueOf(values.get(c)));
                    }
                }
                at++;
            }
        }
        return bytes.toByteArray();
    }
}
