package liandong.scenario;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
        Map<String, GivenColumn> columns = GivenColumn.of(kind.facts());
        Map<String, Part> parts = Part.of(kind);
        FreeColumnSheet table =
                FreeColumnSheet.read(sheet, known(FIXED, columns.keySet(), parts.keySet()), NEEDED, problems::add);
        if (table != null) {
            new Sheet(kind, table, columns, parts).read();
        }
    }

    /** The columns that a sheet can have besides those of results. */
    static List<String> known(Collection<String> fixed, Collection<String> given, Collection<String> parts) {
        var known = new ArrayList<>(fixed);
        known.addAll(given);
        parts.forEach(part -> known.add(Part.EXPECTED + part));
        return known;
    }

    /** One sheet while its rows are read. */
    private final class Sheet {
        private final Decision<?, ?> kind;
        private final FreeColumnSheet sheet;
        private final Map<String, GivenColumn> columns;
        private final Map<String, Part> parts;
        private final Map<String, FreeColumnSheet.Heading> fixed = new LinkedHashMap<>();
        private final Map<FreeColumnSheet.Heading, GivenColumn> given = new LinkedHashMap<>();
        private final Map<FreeColumnSheet.Heading, Part> expected = new LinkedHashMap<>();
        private final Map<FreeColumnSheet.Heading, Problem> unknown = new LinkedHashMap<>();

        Sheet(Decision<?, ?> kind, FreeColumnSheet sheet, Map<String, GivenColumn> columns, Map<String, Part> parts) {
            this.kind = kind;
            this.sheet = sheet;
            this.columns = columns;
            this.parts = parts;
        }

        void read() {
            sheet.headings().forEach(this::heading);
            problems.addAll(unknown.values());
            for (String name : NEEDED) {
                if (!fixed.containsKey(name)) {
                    problems.add(Problem.of(Code.MISSING_COLUMN, sheet.sheet().at(sheet.header(), 0), name));
                }
            }
            if (fixed.keySet().containsAll(NEEDED)) {
                sheet.entries().forEach(this::entry);
            }
        }

        private void heading(FreeColumnSheet.Heading heading) {
            String name = heading.name();
            String part = name.startsWith(Part.EXPECTED) ? name.substring(Part.EXPECTED.length()) : null;
            if (FIXED.contains(name)) {
                fixed.put(name, heading);
            } else if (part != null && parts.containsKey(part)) {
                expected.put(heading, parts.get(part));
            } else if (columns.containsKey(name)) {
                given.put(heading, columns.get(name));
            } else if (!name.startsWith(ACTUAL) && !name.equals(RESULT)) {
                String nearest = Nearest.of(name, known(FIXED, columns.keySet(), parts.keySet()));
                unknown.put(
                        heading,
                        nearest == null
                                ? Problem.of(Code.UNKNOWN_COLUMN, sheet.at(heading), heading.text())
                                : Problem.of(Code.MISTYPED_COLUMN, sheet.at(heading), heading.text(), nearest));
            }
        }

        private Cell cell(FreeColumnSheet.Entry entry, String name) {
            FreeColumnSheet.Heading heading = fixed.get(name);
            return heading == null ? Cell.EMPTY : entry.cell(heading.column());
        }

        private CellRef at(FreeColumnSheet.Entry entry, String name) {
            FreeColumnSheet.Heading heading = fixed.get(name);
            return sheet.sheet().at(entry.row(), heading == null ? 0 : heading.column());
        }

        private void entry(FreeColumnSheet.Entry entry) {
            var own = new ArrayList<Problem>();
            var words = new CellJson(policy.vocabulary(), zone, own::add);
            String id = cell(entry, ID).text();
            CellRef at = at(entry, ID);
            if (id.isEmpty()) {
                own.add(Problem.of(Code.MISSING_ID, at));
            } else {
                CellRef other = taken.putIfAbsent(id, at);
                if (other != null) {
                    own.add(Problem.of(Code.DUPLICATE_ID, at, id, other));
                }
            }
            unknown.forEach((heading, problem) -> {
                if (!entry.cell(heading.column()).isEmpty()) {
                    own.add(problem);
                }
            });
            ObjectNode request = request(entry, id, words, own);
            List<Expectation> expectations = expectations(entry, words, own);
            boolean confirmed = confirmed(cell(entry, STATUS).text(), at(entry, STATUS), own);
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
            own.stream().filter(problem -> !unknown.containsValue(problem)).forEach(problems::add);
            String title = cell(entry, TITLE).text();
            List<String> tags = Stream.of(cell(entry, TAGS).text().split("、"))
                    .map(String::strip)
                    .filter(tag -> !tag.isEmpty())
                    .toList();
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
                        cell(entry, SOURCE).text(),
                        confirmed,
                        tags));
            }
        }

        /** What the service is asked: members that no cell states are left out, the id and the time are the case's own. */
        private ObjectNode request(FreeColumnSheet.Entry entry, String id, CellJson words, List<Problem> own) {
            ObjectNode request = Json.object();
            given.forEach((heading, column) -> {
                Cell cell = entry.cell(heading.column());
                if (!cell.isEmpty()) {
                    JsonNode value = words.of(column, cell, sheet.sheet().at(entry.row(), heading.column()));
                    if (value != null) {
                        put(request, column.path(), value);
                    }
                }
            });
            Cell now = cell(entry, NOW);
            OffsetDateTime time = words.time(now);
            if (now.isEmpty()) {
                own.add(Problem.of(Code.MISSING_VALUE, at(entry, NOW), NOW));
            } else if (time == null) {
                own.add(Problem.of(Code.BAD_TIME, at(entry, NOW), now.text(), NOW));
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
            expected.forEach((heading, part) -> {
                Cell cell = entry.cell(heading.column());
                CellRef at = sheet.sheet().at(entry.row(), heading.column());
                if (!cell.isEmpty()) {
                    Expectation expectation = ExpectedCell.of(part, heading.name(), cell, at, words, own);
                    if (expectation != null) {
                        expectations.add(expectation);
                    }
                }
            });
            expectations.addAll(ExpectedCell.fired(
                    cell(entry, FIRES), at(entry, FIRES), cell(entry, FIRES_NOT), at(entry, FIRES_NOT), ids, own));
            return List.copyOf(expectations);
        }

        /** A problem with a request at the cell that states the member, else at the case's id. */
        private Problem atCell(Problem problem, FreeColumnSheet.Entry entry) {
            Location at = at(entry, ID);
            if (problem.at() instanceof RequestPointer pointer) {
                String place = pointer.pointer();
                at = given.entrySet().stream()
                        .filter(each -> (place + "/").startsWith(each.getValue().pointer() + "/"))
                        .max(Comparator.comparing(
                                each -> each.getValue().pointer().length()))
                        .map(each -> (Location)
                                sheet.sheet().at(entry.row(), each.getKey().column()))
                        .orElse(place.equals("/now") ? at(entry, NOW) : at);
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
