package liandong.cli;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.incident.Report;
import liandong.problem.Code;
import liandong.problem.LineRef;
import liandong.problem.Problem;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
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

    /** What Chinese headers may call the fields that are no conditions of any table. */
    private static final Map<String, String> NAMES =
            Map.of("编号", "id", "上报时间", "reportedAt", "正文", "text", "在办件", "sameAs");

    private final List<RecordComponent> columns;

    private CsvIncidents(List<RecordComponent> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * Finds the fields the columns stand for.
     *
     * @throws Stop if a column stands for none, or two for the same
     */
    static CsvIncidents of(List<String> header, String file, Phrases say) throws Stop {
        Map<String, RecordComponent> fields = fields();
        var columns = new ArrayList<RecordComponent>();
        var problems = new ArrayList<String>();
        for (String name : header) {
            int space = name.indexOf(' ');
            RecordComponent field = fields.get(space < 0 ? name : name.substring(0, space));
            var at = new LineRef(file, 1);
            if (field == null) {
                problems.add(Problem.of(Code.UNKNOWN_FIELD, at, name, String.join(", ", fields.keySet()))
                        .line(say.locale()));
            } else if (columns.contains(field)) {
                problems.add(Problem.of(Code.BAD_CSV, at, say.of("csv.twice", field.getName()))
                        .line(say.locale()));
            } else {
                columns.add(field);
            }
        }
        if (!problems.isEmpty()) {
            throw new Stop(Stop.BAD, problems);
        }
        return new CsvIncidents(columns);
    }

    /** The fields of an incident by all the names they have. */
    private static Map<String, RecordComponent> fields() {
        var fields = new LinkedHashMap<String, RecordComponent>();
        RecordComponent[] components = Report.class.getRecordComponents();
        for (RecordComponent field : components) {
            fields.put(field.getName(), field);
        }
        for (RecordComponent field : components) {
            String header = header(field);
            if (header != null) {
                fields.put(header, field);
            }
        }
        NAMES.forEach((name, field) -> {
            RecordComponent named = fields.get(field);
            if (named != null) {
                fields.put(name, named);
            }
        });
        return fields;
    }

    /** The Chinese name under which a field, or what will be known by it, is a condition; null when it is none. */
    private static @Nullable String header(RecordComponent field) {
        Column column = field.getAccessor().getAnnotation(Column.class);
        if (column == null) {
            try {
                column = Matter.class.getMethod(field.getName()).getAnnotation(Column.class);
            } catch (NoSuchMethodException e) {
                return null;
            }
        }
        return column == null ? null : column.value().split(" ", 2)[0];
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
            RecordComponent field = columns.get(i);
            String cell = row.fields().get(i);
            if (!cell.isBlank()) {
                put(incident, field, field.getName().equals("text") ? cell : cell.strip());
            }
        }
        return incident;
    }

    private static void put(ObjectNode incident, RecordComponent field, String cell) {
        Class<?> type = field.getType();
        String name = field.getName();
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
