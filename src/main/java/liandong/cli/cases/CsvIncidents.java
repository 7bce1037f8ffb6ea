package liandong.cli.cases;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import liandong.cli.terminal.CommandFailure;
import liandong.explain.Phrases;
import liandong.incident.Report;
import liandong.problem.Code;
import liandong.problem.LineRef;
import liandong.problem.Problem;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import liandong.wire.RecordType;
import liandong.wire.RecordType.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows of a CSV file as incidents in JSON.
 *
 * <p>Only shapes are changed here, by what each field is: digits to numbers, yes and no to true and false. Whether a
 * value may be is for whoever reads the JSON to say, so that both forms are judged alike.
 */
final class CsvIncidents {
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,15}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,9})?");

    private final List<Component> columns;

    private CsvIncidents(List<Component> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * Finds the fields the columns stand for.
     *
     * @throws CommandFailure if a column stands for none, or two for the same
     */
    static CsvIncidents of(List<String> header, String file, Phrases say) throws CommandFailure {
        Map<String, Component> fields = fields();
        var columns = new ArrayList<Component>();
        var problems = new ArrayList<String>();
        for (String name : header) {
            int space = name.indexOf(' ');
            Component field = fields.get(space < 0 ? name : name.substring(0, space));
            var at = new LineRef(file, 1);
            if (field == null) {
                problems.add(Problem.of(Code.UNKNOWN_FIELD, at, name, String.join(", ", fields.keySet()))
                        .line(say.locale()));
            } else if (columns.contains(field)) {
                problems.add(Problem.of(Code.BAD_CSV, at, say.of("csv.twice", field.json()))
                        .line(say.locale()));
            } else {
                columns.add(field);
            }
        }
        if (!problems.isEmpty()) {
            throw new CommandFailure(CommandFailure.BAD, problems);
        }
        return new CsvIncidents(columns);
    }

    /** The fields of an incident by all the names they have: as in JSON, and in Chinese as everywhere else. */
    private static Map<String, Component> fields() {
        var fields = new LinkedHashMap<String, Component>();
        List<Component> components = RecordType.of(Report.class).components();
        components.forEach(field -> fields.put(field.json(), field));
        components.forEach(field -> fields.put(field.label().split(" ", 2)[0], field));
        fields.put("编号", components.get(0));
        return fields;
    }

    /**
     * A row as an incident; empty cells are left out.
     *
     * @throws BadRequestException if the row has more or fewer cells than the header
     */
    ObjectNode incident(CsvRows rows, CsvRows.Row row) throws BadRequestException {
        Problem fault = rows.fault(row);
        if (fault != null) {
            throw new BadRequestException(false, List.of(fault));
        }
        ObjectNode incident = Json.object();
        for (int i = 0; i < columns.size(); i++) {
            Component field = columns.get(i);
            String cell = row.fields().get(i);
            if (!cell.isBlank()) {
                put(incident, field, field.json().equals("text") ? cell : cell.strip());
            }
        }
        return incident;
    }

    private static void put(ObjectNode incident, Component field, String cell) {
        Class<?> type = field.type();
        String name = field.json();
        String word = cell.toLowerCase(Locale.ROOT);
        if (type == int.class && WHOLE.matcher(cell).matches()) {
            incident.put(name, Long.parseLong(cell));
        } else if (type == BigDecimal.class && NUMBER.matcher(cell).matches()) {
            incident.put(name, new BigDecimal(cell));
        } else if (type == boolean.class && (word.equals("是") || word.equals("true"))) {
            incident.put(name, true);
        } else if (type == boolean.class && (word.equals("否") || word.equals("false"))) {
            incident.put(name, false);
        } else {
            incident.put(name, cell);
        }
    }
}
