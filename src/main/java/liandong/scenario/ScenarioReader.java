package liandong.scenario;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.engine.Engine;
import liandong.incident.Nearest;
import liandong.policy.Policy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Location;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.sheet.Cell;
import liandong.sheet.GeneratedSheets;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import liandong.table.FreeColumnSheet;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads scenario workbooks: a sheet for each decision, a row for each case; and a sheet of stories.
 *
 * <p>A case with a fault is reported at its cell and left out; the others can be run.
 */
public final class ScenarioReader {
    /** The sheet of stories. */
    public static final String STORIES = "故事";

    static final String GUIDE = "说明";
    static final String ID = "编号";
    static final String TITLE = "标题";
    static final String NOW = "时刻";
    static final String FIRES = "命中";
    static final String FIRES_NOT = "未命中";
    static final String SOURCE = "依据";
    static final String STATUS = "状态";
    static final String NOTE = "备注";
    static final String TAGS = "标签";
    /** What a run adds to a copy of a workbook begins with one of these, and is passed over when that copy is read. */
    static final String RESULT = "结果";

    static final String ACTUAL = "实际";
    static final String UNCONFIRMED = "待确认";
    static final String CONFIRMED = "已确认";
    private static final List<String> NEEDED = List.of(ID, NOW);

    static final List<String> FIXED = List.of(ID, TITLE, NOW, FIRES, FIRES_NOT, SOURCE, STATUS, NOTE, TAGS);

    private final Policy policy;
    private final ZoneId zone;
    private final Set<String> ids = new LinkedHashSet<>();
    private final Map<String, CellRef> taken = new HashMap<>();
    private final List<Scenario> cases = new ArrayList<>();
    private final List<CaseStory> stories = new ArrayList<>();
    private final List<Scenarios.Broken> broken = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private ScenarioReader(Policy policy) {
        this.policy = policy;
        this.zone = policy.calendar().zone();
        policy.tables()
                .forEach(table -> table.rows().forEach(row -> ids.add(row.ref().id())));
        policy.rules().refs().forEach(rule -> ids.add(rule.code()));
        ids.add(Engine.ONE_ROW_ONLY.code());
    }

    /**
     * Reads workbooks.
     *
     * @param policy whose words, rows and rules the scenarios may name
     * @param workbooks .xlsx files by name
     */
    public static Scenarios read(Policy policy, SortedMap<String, byte[]> workbooks) {
        var reader = new ScenarioReader(policy);
        workbooks.forEach(reader::workbook);
        return new Scenarios(
                List.copyOf(reader.cases),
                List.copyOf(reader.stories),
                reader.broken.stream()
                        .sorted(Comparator.comparing(each -> each.at().toString()))
                        .toList(),
                List.copyOf(reader.problems));
    }

    private void workbook(String file, byte[] bytes) {
        for (SheetData sheet : WorkbookReader.read(file, bytes, problems::add)) {
            Decision<?, ?> kind = Decisions.ofSheet(sheet.name());
            if (kind != null) {
                table(kind, sheet);
            } else if (sheet.name().equals(STORIES)) {
                Scenarios read = CaseStories.read(policy, sheet, ids, taken);
                stories.addAll(read.stories());
                broken.addAll(read.broken());
                problems.addAll(read.problems());
            } else if (!sheet.name().equals(GUIDE) && !GeneratedSheets.NAMES.contains(sheet.name())) {
                problems.add(Problem.of(
                        Code.UNKNOWN_SHEET,
                        sheet.at(1, 0),
                        sheet.name(),
                        Stream.concat(Decisions.all().stream().map(Decision::label), Stream.of(STORIES))
                                .collect(Collectors.joining("、"))));
            }
        }
    }

    private void table(Decision<?, ?> kind, SheetData sheet) {
        CaseColumns<Part> columns =
                CaseColumns.of(sheet, FIXED, GivenColumn.of(kind.facts()), Part.of(kind), NEEDED, problems::add);
        if (columns != null) {
            var reader = new Sheet(kind, columns);
            columns.entries(NEEDED).forEach(reader::entry);
        }
    }

    /** One sheet while its rows are read. */
    private final class Sheet {
        private final Decision<?, ?> kind;
        private final CaseColumns<Part> columns;

        Sheet(Decision<?, ?> kind, CaseColumns<Part> columns) {
            this.kind = kind;
            this.columns = columns;
        }

        private void entry(FreeColumnSheet.Entry entry) {
            var own = new ArrayList<Problem>();
            var words = new CellJson(policy.vocabulary(), zone, own::add);
            String id = columns.cell(entry, ID).text();
            CellRef at = columns.at(entry, ID);
            columns.mustBeNew(id, at, taken, own::add);
            columns.mustKnow(entry, own::add);
            ObjectNode request = request(entry, id, words, own);
            List<Expectation> expectations = expectations(entry, words, own);
            boolean confirmed = confirmed(columns.cell(entry, STATUS).text(), columns.at(entry, STATUS), own);
            if (expectations.isEmpty() && own.isEmpty()) {
                own.add(Problem.of(Code.NO_EXPECTATION, at, id));
            }
            boolean refusal = expectations.stream().anyMatch(each -> each.part().equals(Part.REFUSED));
            if (own.stream().noneMatch(problem -> problem.code().isError()) && !refusal) {
                try {
                    Cases.check(kind, policy, request);
                } catch (BadRequestException e) {
                    e.problems().forEach(problem -> own.add(atCell(problem, entry)));
                }
            }
            own.stream().filter(problem -> !columns.isTold(problem)).forEach(problems::add);
            String title = columns.cell(entry, TITLE).text();
            List<String> tags = columns.tags(entry).toList();
            if (own.stream().anyMatch(problem -> problem.code().isError())) {
                broken.add(new Scenarios.Broken(false, id, title, tags, at, List.copyOf(own)));
            } else {
                cases.add(new Scenario(
                        id,
                        title,
                        kind,
                        request,
                        expectations,
                        at,
                        columns.cell(entry, SOURCE).text(),
                        confirmed,
                        tags));
            }
        }

        /** What the service is asked: members that no cell states are left out, the id and the time are the case's own. */
        private ObjectNode request(FreeColumnSheet.Entry entry, String id, CellJson words, List<Problem> own) {
            ObjectNode request = Json.object();
            columns.given().forEach((heading, column) -> {
                Cell cell = entry.cell(heading.column());
                if (!cell.isEmpty()) {
                    JsonNode value = words.of(column, cell, columns.at(entry, heading.column()));
                    if (value != null) {
                        put(request, column.path(), value);
                    }
                }
            });
            Cell now = columns.cell(entry, NOW);
            OffsetDateTime time = words.time(now);
            if (now.isEmpty()) {
                own.add(Problem.of(Code.MISSING_VALUE, columns.at(entry, NOW), NOW));
            } else if (time == null) {
                own.add(Problem.of(Code.BAD_TIME, columns.at(entry, NOW), now.text(), NOW));
            }
            if (time != null) {
                own(request, "id", id);
                own(request, "reportedAt", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
                request.put("now", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
            }
            return request;
        }

        /** States a member of the incident that no cell does. */
        private void own(ObjectNode request, String name, String value) {
            boolean known = GivenColumn.of(kind.facts()).containsKey("incident." + name);
            if (known && !request.path("incident").has(name)) {
                put(request, List.of("incident", name), Json.text(value));
            }
        }

        private List<Expectation> expectations(FreeColumnSheet.Entry entry, CellJson words, List<Problem> own) {
            var expectations = new ArrayList<Expectation>();
            columns.expected().forEach((heading, part) -> {
                Cell cell = entry.cell(heading.column());
                CellRef at = columns.at(entry, heading.column());
                if (!cell.isEmpty()) {
                    Expectation expectation = ExpectedCell.of(part, heading.name(), cell, at, words, own);
                    if (expectation != null) {
                        expectations.add(expectation);
                    }
                }
            });
            expectations.addAll(ExpectedCell.fired(
                    columns.cell(entry, FIRES),
                    columns.at(entry, FIRES),
                    columns.cell(entry, FIRES_NOT),
                    columns.at(entry, FIRES_NOT),
                    ids,
                    own));
            return List.copyOf(expectations);
        }

        /** A problem with a request at the cell that states the member, else at the case's id. */
        private Problem atCell(Problem problem, FreeColumnSheet.Entry entry) {
            Location at = columns.at(entry, ID);
            if (problem.at() instanceof RequestPointer pointer) {
                String place = pointer.pointer();
                at = columns.given().entrySet().stream()
                        .filter(each -> (place + "/").startsWith(each.getValue().pointer() + "/"))
                        .max(Comparator.comparing(
                                each -> each.getValue().pointer().length()))
                        .map(each -> (Location) columns.at(entry, each.getKey().column()))
                        .orElse(place.equals("/now") ? columns.at(entry, NOW) : at);
            }
            return new Problem(problem.code(), at, problem.args());
        }
    }

    /** Whether a person stands for a row, by its column 状态. */
    static boolean confirmed(String status, CellRef at, List<Problem> own) {
        List<String> known = List.of(CONFIRMED, UNCONFIRMED);
        if (!status.isEmpty() && !known.contains(status)) {
            String nearest = Nearest.of(status, known);
            own.add(
                    nearest == null
                            ? Problem.of(Code.UNKNOWN_CHOICE, at, status, String.join("、", known))
                            : Problem.of(Code.MISTYPED_LABEL, at, status, STATUS, nearest));
        }
        return !status.equals(UNCONFIRMED);
    }

    /** States a member of a request. */
    static void put(ObjectNode object, List<String> path, JsonNode value) {
        ObjectNode at = object;
        for (int i = 0; i < path.size() - 1; i++) {
            String name = path.get(i);
            if (path.get(i + 1).equals("0")) {
                JsonNode list = at.get(name);
                ArrayNode array = list instanceof ArrayNode known ? known : at.putArray(name);
                at = array.isEmpty() ? array.addObject() : (ObjectNode) array.get(0);
                i++;
            } else {
                JsonNode next = at.get(name);
                at = next instanceof ObjectNode known ? known : at.putObject(name);
            }
        }
        at.set(path.get(path.size() - 1), value);
    }
}
