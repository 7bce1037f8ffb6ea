package liandong.routing;

import java.time.Instant;
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
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.BodyKind;
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
 * <p>The row stands above the one that decided so far and asks what that one asks, but for the event type and the area: a ruling
 * about one sub-district says nothing about another unless somebody says that it does. That one ends when it is about nothing
 * else. What the ruling does not say, such as who assists, is as in that row. Nothing of it counts before the day on which the
 * row is made.
 */
final class DutyRuling {
    private static final String SHEET =
            Objects.requireNonNull(DutyRow.class.getAnnotation(Sheet.class)).value();
    private static final String EVENT_TYPE = "事项";
    private static final String AREA = "区域";
    private static final String SUB_DISTRICT = BodyKind.SUB_DISTRICT.name();
    private static final RequestPointer CHOICE =
            new RequestPointer("").member("incident").member("choice");

    private final DecisionRecord<RoutingFacts, RoutingDecision> record;
    private final Policy policy;

    DutyRuling(DecisionRecord<RoutingFacts, RoutingDecision> record) {
        this.record = record;
        this.policy = record.policy();
    }

    /**
     * The row; null, with a problem, when nothing was ruled or the workbook cannot be edited.
     *
     * @param everywhere whether it is for all areas that the row above is about, and not for the sub-district of the case alone
     * @param made when the row is made
     */
    @Nullable
    RuledRow row(boolean everywhere, Instant made, Consumer<Problem> problems) {
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
        Instant ruled = record.request().now();
        LocalDate day = (made.isAfter(ruled) ? made : ruled)
                .atZone(policy.calendar().zone())
                .toLocalDate();
        var matter = new Matter(report, type, about.severity(), about.urgency(), report.nature(), null);
        Tables tables = policy.tables(day);
        List<DutyRow> rows =
                duties.rows().stream().filter(row -> tables.covers(row, matter)).toList();
        DutyRow above = rows.isEmpty() ? null : rows.get(0);
        Area area = everywhere ? null : area(duties, above, report.area());
        boolean ends = above != null && isAboutOnly(duties, above, EVENT_TYPE, type) && covers(duties, above, area);
        Set<String> own = area == null ? Set.of(EVENT_TYPE) : Set.of(EVENT_TYPE, AREA);
        Set<String> inherited = duties.conditions().stream()
                .map(header -> header.split(" ", -1)[0])
                .filter(header -> !own.contains(header))
                .collect(Collectors.toUnmodifiableSet());
        Map<String, String> cells = cells(matter, choice, above, assignment.lead(), day);
        if (area != null) {
            cells.put(AREA, policy.vocabulary().find(Area.class, area.label()) == null ? area.code() : area.label());
        }
        AddedRow.Added added = AddedRow.of(
                duties.file(),
                Objects.requireNonNull(policy.files().tables().get(duties.file())),
                new AddedRow.NewRow(
                        SHEET,
                        above == null ? 0 : above.ref().row(),
                        above == null ? Set.of() : inherited,
                        cells,
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
                                area == null ? null : area.label(),
                                day,
                                above == null ? null : above.ref().id(),
                                ends,
                                rows.stream().skip(1).map(row -> row.ref().id()).toList()));
    }

    /**
     * The area that the row is for: the sub-district of the case or, where the row above is about less than that, where the case
     * is; null when the catalogue does not ask for areas.
     */
    private static @Nullable Area area(Table<DutyRow> duties, @Nullable DutyRow above, Area place) {
        Area within = place.at(SUB_DISTRICT);
        Area wide = within == null ? place : within;
        Table.ConditionColumn column = column(duties, AREA);
        return column == null ? null : above == null || holds(duties, column, above, wide) ? wide : place;
    }

    /** Whether a row for an area is about all that a row is about, so that nothing is left of that one; null for every area. */
    private boolean covers(Table<DutyRow> duties, DutyRow row, @Nullable Area area) {
        Table.ConditionColumn column = column(duties, AREA);
        return area == null
                || column == null
                || policy.vocabulary().all(Area.class).stream()
                        .filter(each -> holds(duties, column, row, each))
                        .allMatch(each -> isWithin(each, area));
    }

    private static boolean isWithin(Area inner, Area outer) {
        for (Area area = inner; area != null; area = area.parent()) {
            if (area.equals(outer)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a row is about one word of a set and no other. */
    private boolean isAboutOnly(Table<DutyRow> duties, DutyRow row, String header, EventType type) {
        Table.ConditionColumn column = column(duties, header);
        return column != null
                && policy.vocabulary().all(EventType.class).stream()
                        .filter(each -> holds(duties, column, row, each))
                        .allMatch(type::equals);
    }

    private static boolean holds(Table<DutyRow> duties, Table.ConditionColumn column, DutyRow row, Object word) {
        return BitSet.valueOf(column.index().bits(word)).get(duties.rows().indexOf(row));
    }

    private static Table.@Nullable ConditionColumn column(Table<DutyRow> duties, String header) {
        return duties.columns().stream()
                .filter(column -> column.attribute().chinese().equals(header))
                .findFirst()
                .orElse(null);
    }

    private Map<String, String> cells(Matter matter, Choice choice, @Nullable DutyRow above, Body lead, LocalDate day) {
        Area place = matter.report().area();
        List<Body> told = choice.assisting().isEmpty() && above != null ? above.assisting() : choice.assisting();
        List<Body> assisting = told.stream()
                .map(body -> body.in(place))
                .filter(body -> !body.isOneWith(lead))
                .distinct()
                .toList();
        Body conference = above == null ? null : above.conference();
        var cells = new LinkedHashMap<String, String>();
        cells.put(EVENT_TYPE, Objects.requireNonNull(matter.eventType()).label());
        cells.put("牵头", named(lead));
        cells.put("配合", named(assisting));
        cells.put("路径", new Chosen(matter, lead, assisting, choice.by()).route().label());
        cells.put("联席会议", conference == null ? "" : conference.label());
        cells.put("知会", above == null ? "" : named(above.informed()));
        cells.put("依据", choice.by().label() + " " + day + " 裁定（" + record.subject() + "）：" + choice.reason());
        cells.put("状态", RowStatus.ofOwn(policy.vocabulary().format()).label());
        cells.put("生效", day.toString());
        cells.put("备注", "据裁定拟定，核定后生效；只限某种情形的，请填条件");
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
