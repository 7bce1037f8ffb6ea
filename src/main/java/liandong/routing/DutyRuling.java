package liandong.routing;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import liandong.decision.DecisionRecord;
import liandong.decision.RuledRow;
import liandong.incident.Body;
import liandong.incident.Choice;
import liandong.incident.EventType;
import liandong.incident.Matter;
import liandong.incident.Report;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.table.RowStatus;
import liandong.table.Sheet;
import liandong.table.Table;
import liandong.table.Tables;
import liandong.workbook.AddedRow;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what has been ruled about whose a matter is a row of the duty catalogue (裁定成行).
 *
 * <p>The row stands above the one that decided so far and asks what that one asks, but for the event type: a ruling about one
 * sub-district says nothing about another. That one ends when it is about nothing else.
 */
final class DutyRuling {
    private static final String SHEET =
            Objects.requireNonNull(DutyRow.class.getAnnotation(Sheet.class)).value();
    private static final String EVENT_TYPE = "事项";
    private static final RequestPointer CHOICE =
            new RequestPointer("").member("incident").member("choice");

    private final DecisionRecord<RoutingFacts, RoutingDecision> record;
    private final Policy policy;

    DutyRuling(DecisionRecord<RoutingFacts, RoutingDecision> record) {
        this.record = record;
        this.policy = record.policy();
    }

    /** The row; null, with a problem, when nothing was ruled or the workbook cannot be edited. */
    @Nullable
    RuledRow row(Consumer<Problem> problems) {
        Report report = record.request().facts().incident();
        Choice choice = report.choice();
        Assignment assignment = record.decided().assignment();
        Classification about = assignment == null ? null : assignment.about();
        EventType type = about == null ? null : about.eventType();
        Table<DutyRow> duties = policy.table(DutyRow.class);
        if (choice == null
                || choice.lead() == null
                || assignment == null
                || assignment.chosenBy() == null // the choice was passed over: what the catalogue says is no ruling
                || about == null
                || type == null
                || duties == null) {
            problems.accept(Problem.of(Code.NOTHING_RULED, CHOICE));
            return null;
        }
        LocalDate day = record.request().now().atZone(policy.calendar().zone()).toLocalDate();
        var matter = new Matter(report, type, about.severity(), about.urgency(), report.nature(), null);
        Tables tables = policy.tables(day);
        List<DutyRow> rows =
                duties.rows().stream().filter(row -> tables.covers(row, matter)).toList();
        DutyRow above = rows.isEmpty() ? null : rows.get(0);
        boolean ends = above != null && isAboutOnly(duties, above, type);
        Set<String> conditions = duties.conditions().stream()
                .map(header -> header.split(" ", -1)[0])
                .filter(header -> !header.equals(EVENT_TYPE))
                .collect(Collectors.toUnmodifiableSet());
        AddedRow.Added added = AddedRow.of(
                duties.file(),
                Objects.requireNonNull(policy.files().tables().get(duties.file())),
                new AddedRow.NewRow(
                        SHEET,
                        above == null ? 0 : above.ref().row(),
                        above == null ? Set.of() : conditions,
                        cells(assignment, type, choice, day),
                        ends ? day : null),
                problems);
        return added == null
                ? null
                : new RuledRow(
                        duties.file(),
                        added.bytes(),
                        new RuledRow.Told(
                                duties.file(),
                                SHEET,
                                added.id(),
                                above == null ? null : above.ref().id(),
                                ends,
                                rows.stream().skip(1).map(row -> row.ref().id()).toList()));
    }

    /** Whether a row is about one event type and no other. */
    private boolean isAboutOnly(Table<DutyRow> duties, DutyRow row, EventType type) {
        int number = duties.rows().indexOf(row);
        return duties.columns().stream()
                .filter(column -> column.attribute().chinese().equals(EVENT_TYPE))
                .anyMatch(column -> policy.vocabulary().all(EventType.class).stream()
                        .filter(each ->
                                BitSet.valueOf(column.index().bits(each)).get(number))
                        .allMatch(type::equals));
    }

    private Map<String, String> cells(Assignment assignment, EventType type, Choice choice, LocalDate day) {
        var cells = new LinkedHashMap<String, String>();
        cells.put(EVENT_TYPE, type.label());
        cells.put("牵头", named(assignment.lead()));
        cells.put("配合", named(assignment.assisting()));
        cells.put("路径", assignment.route().label());
        cells.put(
                "联席会议",
                assignment.conference() == null ? "" : assignment.conference().label());
        cells.put("知会", named(assignment.informed()));
        cells.put("依据", choice.by().label() + " " + day + " 裁定（" + record.subject() + "）：" + choice.reason());
        cells.put("状态", RowStatus.ofOwn(policy.vocabulary().format()).label());
        cells.put("备注", "据裁定拟定，核定后生效；只限某地、某种情形的，请填条件");
        return cells;
    }

    private String named(List<Body> bodies) {
        return bodies.stream().map(this::named).collect(Collectors.joining("、"));
    }

    /** A body as a cell of the catalogue names it: one that the vocabulary lacks is that of a territory, meant by its kind. */
    private String named(@Nullable Body body) {
        if (body == null) {
            return "";
        }
        boolean known = policy.vocabulary().find(Body.class, body.label()) != null;
        List<Body> generic = policy.vocabulary().bodies(body.kind());
        return known || generic.isEmpty() ? body.label() : generic.get(0).label();
    }
}
