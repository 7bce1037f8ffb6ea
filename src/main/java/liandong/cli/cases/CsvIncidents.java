package liandong.cli.cases;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.cli.terminal.CommandFailure;
import liandong.explain.Phrases;
import liandong.incident.Nearest;
import liandong.incident.Report;
import liandong.problem.Code;
import liandong.problem.LineRef;
import liandong.problem.Problem;
import liandong.wire.AnswerShape;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
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
    /** Columns that tell a point on the map in the place of an area. */
    private static final List<Component> POINT =
            RecordType.of(FactReader.GivenPoint.class).components();

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,15}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,9})?");

    /** What a spreadsheet program makes of a long number, such as an id: its last digits are gone, and two become one. */
    private static final Pattern SHORTENED = Pattern.compile("-?\\d(\\.\\d+)?[Ee]\\+\\d{1,3}");

    private static final Pattern OTHER_SEPARATOR = Pattern.compile("[\\t;，；|]");

    /** A time without an offset, as spreadsheet programs and people write it. */
    private static final Pattern LOCAL_TIME =
            Pattern.compile("(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})[ T]+(\\d{1,2}):(\\d{2})(?::(\\d{2}))?");

    private final List<Component> columns;
    private final ZoneId zone;
    private boolean local;

    private CsvIncidents(List<Component> columns, ZoneId zone) {
        this.columns = List.copyOf(columns);
        this.zone = zone;
    }

    /** Whether any time had no offset so far, and was taken as one of the zone. */
    boolean hasTakenZone() {
        return local;
    }

    /**
     * Finds the fields the columns stand for.
     *
     * @param zone the zone of times that say no offset
     * @throws CommandFailure if a column stands for none, or two for the same
     */
    static CsvIncidents of(List<String> header, String file, ZoneId zone, Phrases say) throws CommandFailure {
        Map<String, Component> fields = fields();
        var columns = new ArrayList<Component>();
        var problems = new ArrayList<String>();
        if (header.size() == 1) {
            demandCommas(header.get(0), file, say);
        }
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            int space = name.indexOf(' ');
            Component field = fields.get(space < 0 ? name : name.substring(0, space));
            var at = new LineRef(file, 1);
            if (name.isEmpty()) {
                problems.add(Problem.of(Code.BAD_CSV, at, say.of("csv.unnamed", i + 1))
                        .line(say.locale()));
            } else if (field == null) {
                String nearest = Nearest.of(name, fields.keySet());
                String known = (nearest == null ? "" : nearest + "? ") + String.join(", ", fields.keySet());
                problems.add(Problem.of(Code.UNKNOWN_FIELD, at, name, known).line(say.locale()));
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
        return new CsvIncidents(columns, zone);
    }

    /** A header of one column that holds what other programs put between columns is most likely of several. */
    private static void demandCommas(String name, String file, Phrases say) throws CommandFailure {
        Matcher other = OTHER_SEPARATOR.matcher(name);
        if (other.find()) {
            String sign = other.group().equals("\t") ? "Tab" : other.group();
            throw new CommandFailure(
                    CommandFailure.BAD,
                    List.of(Problem.of(Code.BAD_CSV, new LineRef(file, 1), say.of("csv.separator", sign))
                            .line(say.locale())));
        }
    }

    /** The fields of an incident by all the names they have: as in JSON, and in Chinese as everywhere else. */
    private static Map<String, Component> fields() {
        var fields = new LinkedHashMap<String, Component>();
        List<Component> components = RecordType.of(Report.class).components().stream()
                .filter(field -> !AnswerShape.isObject(field.type())) // a cell holds no object
                .toList();
        components.forEach(field -> fields.put(field.json(), field));
        components.forEach(field -> fields.put(field.label().split(" ", 2)[0], field));
        fields.put("编号", components.get(0));
        for (Component field : POINT) {
            fields.put(field.json(), field);
            fields.put(field.label().split(" ", 2)[0], field);
        }
        return fields;
    }

    /**
     * A row as an incident; empty cells are left out.
     *
     * @throws BadRequestException if the row has more or fewer cells than the header, or a cell was shortened
     */
    ObjectNode incident(CsvRows rows, CsvRows.Row row) throws BadRequestException {
        Problem fault = rows.fault(row);
        if (fault != null) {
            throw new BadRequestException(false, List.of(fault));
        }
        ObjectNode incident = Json.object();
        ObjectNode point = Json.object();
        for (int i = 0; i < columns.size(); i++) {
            Component field = columns.get(i);
            String cell = row.fields().get(i);
            if (!field.json().equals("text") && SHORTENED.matcher(cell.strip()).matches()) {
                throw new BadRequestException(
                        false, List.of(rows.fault(row, "csv.shortened", field.json(), cell.strip())));
            }
            if (!cell.isBlank()) {
                put(
                        POINT.contains(field) ? point : incident,
                        field,
                        field.json().equals("text") ? cell : cell.strip());
            }
        }
        if (!point.isEmpty() && !incident.has("area")) {
            incident.set("area", point);
        }
        return incident;
    }

    private void put(ObjectNode incident, Component field, String cell) {
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
        } else if (type == OffsetDateTime.class) {
            incident.put(name, moment(cell));
        } else {
            incident.put(name, cell);
        }
    }

    /**
     * A time with its offset; as it is when it has one, or is none. Of a time that comes twice, when clocks are put back,
     * the first is taken, and one that they skip is moved on as far as they are.
     */
    private String moment(String cell) {
        Matcher parts = LOCAL_TIME.matcher(cell);
        if (!parts.matches()) {
            return cell;
        }
        int[] numbers = new int[6];
        for (int i = 0; i < numbers.length; i++) {
            String number = parts.group(i + 1);
            numbers[i] = number == null ? 0 : Integer.parseInt(number);
        }
        try {
            LocalDateTime time =
                    LocalDateTime.of(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
            local = true;
            return time.atZone(zone).toOffsetDateTime().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        } catch (DateTimeException e) {
            return cell; // no calendar has it, which is told as of any other form
        }
    }
}
