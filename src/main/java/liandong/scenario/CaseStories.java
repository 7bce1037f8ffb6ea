package liandong.scenario;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.calendar.CalendarEndedException;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.policy.Policy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.sheet.Cell;
import liandong.sheet.SheetData;
import liandong.table.FreeColumnSheet.Entry;
import liandong.table.Grammar;
import liandong.wire.BadRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the sheet of stories: a row for each step, the rows of a story one below the other.
 *
 * <p>A story with a fault in any of its rows is left out; the others can be run.
 */
final class CaseStories {
    static final String STORY = "故事";
    static final String STEP = "步骤";
    static final String DECISION = "决策";
    static final String CARRIED_OUT = "照办";
    private static final List<String> FIXED = Stream.concat(
                    Stream.of(STORY, STEP, DECISION, CARRIED_OUT),
                    ScenarioReader.FIXED.stream().filter(name -> !name.equals(ScenarioReader.ID)))
            .toList();
    /** The first policy format whose answers have what the next question needs. */
    private static final int HANDED_OVER_SINCE = 3;

    private static final List<String> EVENTS = List.of("events");

    /** The decisions about one case, in their order. */
    static final List<Decision<?, ?>> ASKABLE = Decisions.all().stream()
            .filter(each -> GivenColumn.of(each.facts()).containsKey("incident.id"))
            .toList();

    private static final Map<String, GivenColumn> COLUMNS = columns();

    /** The parts of the answers of all of them. */
    private static final Map<String, String> PARTS = ASKABLE.stream()
            .flatMap(kind -> Part.of(kind).keySet().stream())
            .distinct()
            .collect(Collectors.toMap(part -> part, part -> part, (one, other) -> one, LinkedHashMap::new));

    private static final List<String> NEEDED = List.of(STORY, ScenarioReader.NOW, DECISION);

    private final Policy policy;
    private final CaseColumns<String> columns;
    private final Set<String> rowIds;
    private final Map<String, CellRef> taken;
    private final List<CaseStory> stories = new ArrayList<>();
    private final List<Scenarios.Broken> broken = new ArrayList<>();
    private final List<Problem> problems;

    private CaseStories(
            Policy policy,
            CaseColumns<String> columns,
            Set<String> rowIds,
            Map<String, CellRef> taken,
            List<Problem> problems) {
        this.problems = problems;
        this.policy = policy;
        this.columns = columns;
        this.rowIds = rowIds;
        this.taken = taken;
    }

    /** What every step may state: the first decision that has a column of a name gives it its meaning. */
    private static Map<String, GivenColumn> columns() {
        var columns = new LinkedHashMap<String, GivenColumn>();
        for (Decision<?, ?> kind : ASKABLE) {
            GivenColumn.of(kind.facts()).forEach((name, column) -> {
                if (!column.path().get(0).equals("handled")) { // a step has one case in hand, which is sent whole
                    columns.putIfAbsent(name, column);
                }
            });
        }
        return columns;
    }

    /** The parts of an answer that are moments, by name. */
    static Map<String, Part> times(Decision<?, ?> kind) {
        return Part.of(kind).values().stream()
                .filter(part -> part.type() == OffsetDateTime.class)
                .distinct()
                .collect(Collectors.toMap(Part::name, part -> part, (one, other) -> one));
    }

    static Problem tooEarly(CellRef at, OffsetDateTime then, OffsetDateTime before, ZoneId zone) {
        return Problem.of(Code.STEP_TOO_EARLY, at, Expectation.shown(then, zone), Expectation.shown(before, zone));
    }

    /**
     * Reads a sheet.
     *
     * @param rowIds the rows and rules there are
     * @param taken ids that are taken, by whom; gets those of the stories
     */
    static Scenarios read(Policy policy, SheetData sheet, Set<String> rowIds, Map<String, CellRef> taken) {
        int format = policy.vocabulary().format();
        if (format < HANDED_OVER_SINCE) {
            Problem problem = Problem.of(Code.NO_STORIES, sheet.at(1, 0), HANDED_OVER_SINCE, format);
            return new Scenarios(List.of(), List.of(), List.of(), List.of(problem));
        }
        var problems = new ArrayList<Problem>();
        CaseColumns<String> columns = CaseColumns.of(sheet, FIXED, COLUMNS, PARTS, NEEDED, problems::add);
        if (columns == null) {
            return new Scenarios(List.of(), List.of(), List.of(), problems);
        }
        var reader = new CaseStories(policy, columns, rowIds, taken, problems);
        reader.read();
        return new Scenarios(List.of(), reader.stories, reader.broken, problems);
    }

    private void read() {
        List<Entry> rows = new ArrayList<>();
        for (Entry entry : columns.entries(NEEDED)) {
            String id = columns.cell(entry, STORY).text();
            boolean goesOn = !rows.isEmpty()
                    && (id.isEmpty()
                            || id.equals(columns.cell(rows.get(0), STORY).text()));
            if (!goesOn && !rows.isEmpty()) {
                story(rows);
                rows = new ArrayList<>();
            }
            rows.add(entry);
        }
        if (!rows.isEmpty()) {
            story(rows);
        }
    }

    private void story(List<Entry> rows) {
        var own = new ArrayList<Problem>();
        Entry first = rows.get(0);
        String id = columns.cell(first, STORY).text();
        CellRef at = columns.at(first, STORY);
        columns.mustBeNew(id, at, taken, own::add);
        var steps = new ArrayList<StoryStep>();
        var told = new LinkedHashSet<String>();
        OffsetDateTime before = null;
        for (Entry entry : rows) {
            StoryStep step = step(entry, steps, own);
            if (step != null) {
                before = checkTime(step, steps.isEmpty(), before, told, own);
                steps.add(step);
                if (step.kind() != null) {
                    told.addAll(times(step.kind()).keySet());
                }
            }
        }
        if (steps.stream().allMatch(step -> step.expected().isEmpty()) && own.isEmpty()) {
            own.add(Problem.of(Code.NO_EXPECTATION, at, id));
        }
        String title = columns.cell(first, ScenarioReader.TITLE).text();
        List<String> tags = rows.stream().flatMap(columns::tags).distinct().toList();
        boolean confirmed = rows.stream().map(entry -> confirmed(entry, own)).reduce(true, Boolean::logicalAnd);
        var story = new CaseStory(
                id,
                title,
                List.copyOf(steps),
                at,
                columns.cell(first, ScenarioReader.SOURCE).text(),
                confirmed,
                tags);
        if (!hasError(own)) {
            checkReport(story, first, own);
        }
        own.stream().filter(problem -> !columns.isTold(problem)).forEach(problems::add);
        if (hasError(own)) {
            broken.add(new Scenarios.Broken(true, id, title, tags, at, List.copyOf(own)));
        } else {
            stories.add(story);
        }
    }

    private static boolean hasError(List<Problem> problems) {
        return problems.stream().anyMatch(problem -> problem.code().isError());
    }

    /** The first question must be one that the service would take: nothing has been answered that could complete it. */
    private void checkReport(CaseStory story, Entry first, List<Problem> own) {
        var known = new ArrayList<StoryStep>();
        for (StoryStep step : story.steps()) {
            known.add(step);
            if (step.kind() == null) {
                continue;
            }
            boolean reported = known.stream().anyMatch(each -> each.states("incident"));
            if (!reported) {
                own.add(Problem.of(Code.NO_REPORT, columns.at(first, DECISION), story.id()));
                return;
            }
            boolean refusal =
                    step.expected().stream().anyMatch(each -> each.part().equals(Part.REFUSED));
            if (!refusal) {
                var opening = new CaseStory(
                        story.id(), story.title(), known, story.at(), story.source(), story.confirmed(), story.tags());
                ObjectNode request = CaseInHand.opening(policy, opening);
                try {
                    Cases.check(step.kind(), policy, request);
                } catch (BadRequestException e) {
                    e.problems()
                            .forEach(problem -> own.add(
                                    new Problem(problem.code(), CaseInHand.place(problem, known), problem.args())));
                }
            }
            return;
        }
    }

    /** When a step is as far as its row tells; null when that depends on answers. */
    private @Nullable OffsetDateTime checkTime(
            StoryStep step, boolean first, @Nullable OffsetDateTime before, Set<String> told, List<Problem> own) {
        StepTime time = step.time();
        if (!time.named().isEmpty()) {
            if (!told.contains(time.named())) {
                own.add(Problem.of(Code.NO_TIME_TOLD, step.at(), time.named()));
            }
            return null;
        }
        if (time.moment() == null && first) {
            own.add(Problem.of(Code.NO_STEP_BEFORE, step.at()));
            return null;
        }
        if (time.moment() == null && before == null) {
            return null;
        }
        try {
            OffsetDateTime then = time.from(before == null ? OffsetDateTime.MIN : before, policy.calendar());
            if (before != null && then.isBefore(before)) {
                own.add(tooEarly(step.at(), then, before, policy.calendar().zone()));
            }
            return then;
        } catch (CalendarEndedException e) {
            own.add(Problem.of(Code.CALENDAR_ENDED, step.at(), e.date(), e.first(), e.last()));
            return null;
        }
    }

    private boolean confirmed(Entry entry, List<Problem> own) {
        return ScenarioReader.confirmed(
                columns.cell(entry, ScenarioReader.STATUS).text(), columns.at(entry, ScenarioReader.STATUS), own);
    }

    /** A row; null when it has no time, which has been told. */
    private @Nullable StoryStep step(Entry entry, List<StoryStep> before, List<Problem> own) {
        var words = new CellJson(policy.vocabulary(), policy.calendar().zone(), own::add);
        columns.mustKnow(entry, own::add);
        Decision<?, ?> kind = kind(entry, own);
        StepTime time = time(entry, words, own);
        String number = number(entry, before, own);
        var facts = new LinkedHashMap<List<String>, JsonNode>();
        var events = new ArrayList<JsonNode>();
        var cells = new LinkedHashMap<String, CellRef>();
        columns.given().forEach((heading, column) -> {
            Cell cell = entry.cell(heading.column());
            CellRef at = columns.at(entry, heading.column());
            JsonNode value = cell.isEmpty() ? null : words.of(column, cell, at);
            if (value == null) {
                return;
            }
            cells.put(column.pointer(), at);
            if (kind == null
                    && columns.cell(entry, DECISION).isEmpty()
                    && column.path().get(0).equals(CaseInHand.FOLLOW_UP)) {
                own.add(Problem.of(Code.UNHEARD_FOLLOW_UP, at, heading.name()));
            }
            if (column.path().equals(EVENTS)) {
                value.forEach(events::add);
            } else {
                facts.put(column.path(), value);
            }
        });
        List<Expectation> expectations = expectations(entry, kind, words, own);
        Cell done = columns.cell(entry, CARRIED_OUT);
        Boolean carriedOut = done.isEmpty()
                ? Boolean.TRUE
                : new Grammar(policy.vocabulary(), own::add)
                        .yes(done.text(), columns.at(entry, CARRIED_OUT), CARRIED_OUT);
        cells.put("/now", columns.at(entry, ScenarioReader.NOW));
        return time == null
                ? null
                : new StoryStep(
                        number,
                        columns.cell(entry, ScenarioReader.TITLE).text(),
                        kind,
                        time,
                        List.copyOf(events),
                        facts,
                        !Boolean.FALSE.equals(carriedOut),
                        expectations,
                        columns.at(entry, ScenarioReader.NOW),
                        cells);
    }

    private @Nullable Decision<?, ?> kind(Entry entry, List<Problem> own) {
        String label = columns.cell(entry, DECISION).text();
        if (label.isEmpty()) {
            return null;
        }
        return ASKABLE.stream()
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseGet(() -> {
                    own.add(Problem.of(
                            Code.UNKNOWN_DECISION,
                            columns.at(entry, DECISION),
                            label,
                            ASKABLE.stream().map(Decision::label).collect(Collectors.joining("、"))));
                    return null;
                });
    }

    private @Nullable StepTime time(Entry entry, CellJson words, List<Problem> own) {
        Cell cell = columns.cell(entry, ScenarioReader.NOW);
        CellRef at = columns.at(entry, ScenarioReader.NOW);
        if (cell.isEmpty()) {
            own.add(Problem.of(Code.MISSING_VALUE, at, ScenarioReader.NOW));
            return null;
        }
        OffsetDateTime moment = words.time(cell);
        StepTime time = moment == null ? StepTime.parse(cell.text()) : StepTime.at(moment);
        if (time == null) {
            own.add(Problem.of(Code.BAD_STEP_TIME, at, cell.text()));
        }
        return time;
    }

    /** What a step is called: its number where the row gives one, which must go up; else how many it makes. */
    private String number(Entry entry, List<StoryStep> before, List<Problem> own) {
        Cell cell = columns.cell(entry, STEP);
        if (cell.isEmpty()) {
            return String.valueOf(before.size() + 1);
        }
        String text = Grammar.normalised(cell.text());
        String last = before.isEmpty() ? "0" : before.get(before.size() - 1).number();
        if (!text.matches("\\d{1,4}")) {
            own.add(Problem.of(Code.NOT_A_NUMBER, columns.at(entry, STEP), cell.text(), STEP));
            return String.valueOf(before.size() + 1);
        }
        if (Integer.parseInt(text) <= Integer.parseInt(last)) {
            own.add(Problem.of(Code.STEP_OUT_OF_TURN, columns.at(entry, STEP), text, last));
        }
        return text;
    }

    private List<Expectation> expectations(
            Entry entry, @Nullable Decision<?, ?> kind, CellJson words, List<Problem> own) {
        var expectations = new ArrayList<Expectation>();
        columns.expected().forEach((heading, name) -> {
            Cell cell = entry.cell(heading.column());
            CellRef at = columns.at(entry, heading.column());
            if (cell.isEmpty() || kind == null) {
                return;
            }
            Part part = Part.of(kind).get(name);
            if (part == null) {
                own.add(Problem.of(Code.NOT_OF_DECISION, at, kind.label(), name));
                return;
            }
            Expectation expectation = ExpectedCell.of(part, heading.name(), cell, at, words, own);
            if (expectation != null) {
                expectations.add(expectation);
            }
        });
        expectations.addAll(ExpectedCell.fired(
                columns.cell(entry, ScenarioReader.FIRES),
                columns.at(entry, ScenarioReader.FIRES),
                columns.cell(entry, ScenarioReader.FIRES_NOT),
                columns.at(entry, ScenarioReader.FIRES_NOT),
                rowIds,
                own));
        boolean expects = !expectations.isEmpty()
                || columns.expected().keySet().stream()
                        .anyMatch(heading -> !entry.cell(heading.column()).isEmpty());
        if (kind == null && expects && columns.cell(entry, DECISION).isEmpty()) {
            own.add(Problem.of(Code.NOTHING_ASKED, columns.at(entry, DECISION)));
        }
        return List.copyOf(expectations);
    }
}
