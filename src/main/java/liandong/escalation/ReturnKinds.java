package liandong.escalation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import liandong.calendar.Limit;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.Matter;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.routing.DutyRow;
import liandong.table.Attribute;
import liandong.table.Condition;
import liandong.table.HitPolicy;
import liandong.table.Row;
import liandong.table.Sheet;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of cases that a policy cannot tell apart as long as bodies do nothing but return a matter.
 *
 * <p>Two cases are of one kind when the same rows of escalation's tables can come to cover them, and the bodies that can come
 * to have them are of the same kinds and stand to each other, and to every body that these rows name, in the same way. Rows
 * that differ in nothing but whom they name are as good as the same. So what becomes of a return by 区教育局 becomes of one by
 * 区民政局. Rows that do nothing but press a body, remind it of a wait say, have no part in where a matter goes. This is so under the program's own rules, which see a case through tables and through how its bodies are related;
 * under other rules every case is a kind of its own.
 */
final class ReturnKinds {
    private static final String CONFERENCE = "预定联席会议";

    private final List<Table<? extends Row>> asked;
    /** By table, the numbers of the rows that have a part in where a matter goes. */
    private final Map<Table<? extends Row>, BitSet> settling = new HashMap<>();

    private final @Nullable Table<DutyRow> catalogue;
    private final List<Body> centre;
    /** The bodies that conditions name, each of which is a kind of its own. */
    private final Set<Body> conditional = new LinkedHashSet<>();

    private final boolean known;
    /** The most bodies that a matter can come to, by whichever row. */
    private final int most;

    ReturnKinds(Policy policy) {
        this.asked = policy.tables().stream()
                .filter(table -> EscalationRow.class.isAssignableFrom(table.type())
                        && table.type() != CitizenLimitRow.class // time that runs out is left out of the walk
                        && table.type().getAnnotation(Sheet.class).about() == OpenCase.class)
                .toList();
        asked.forEach(table -> settling.put(table, settling(table)));
        Table<ReturnRow> returns = policy.table(ReturnRow.class);
        boolean byCatalogue = returns != null && returns.rows().stream().anyMatch(ReturnRow::byCatalogue);
        this.catalogue = byCatalogue ? policy.table(DutyRow.class) : null;
        this.centre = policy.vocabulary().bodies(BodyKind.CENTRE);
        for (Table<? extends Row> table : asked) {
            for (Term term : table.named()) {
                if (term instanceof Body body && body.kind() != BodyKind.CONFERENCE) {
                    conditional.add(body);
                }
            }
        }
        Table<CirculationRow> circulation = policy.table(CirculationRow.class);
        this.most = circulation == null
                ? Integer.MAX_VALUE
                : circulation.rows().stream()
                        .mapToInt(CirculationRow::most)
                        .max()
                        .orElse(Integer.MAX_VALUE);
        this.known = policy.files().hasRulesOf(PolicyFiles.stock());
    }

    /**
     * What two cases have in common that are of one kind.
     *
     * @param lead the conditions on what may change that hold at the beginning, by table and column
     * @param rows the rows that can come to cover it, by table
     * @param kinds the bodies that can come to have it: what tables can tell of their kinds, or which they are where a
     *     condition asks
     * @param seen how many of these have it or assist
     * @param relations how each of these, and then each that a row names, stands to each other
     */
    private record Kind(
            List<List<BitSet>> lead, List<List<Object>> rows, List<Object> kinds, int seen, List<Integer> relations) {}

    /**
     * A row, whichever bodies it names.
     *
     * @param conclusion what it concludes but for these; the row itself where they matter
     * @param bodies their places among all that the rows name
     * @param conditions on what may change
     * @param days on which it counts
     */
    private record Shape(Object conclusion, List<Integer> bodies, List<Condition> conditions, Condition days) {}

    private record Ruling(
            @Nullable Limit within,
            @Nullable Integer share,
            ReturnRuling ruling,
            boolean byCatalogue,
            boolean assistingFirst) {}

    /** What a case has in common with others of its kind: equal for these, and for no others. */
    Object of(OpenCase open) {
        if (!known) {
            return new Object();
        }
        Area area = open.matter().report().area();
        var named = new ArrayList<Body>(centre);
        List<List<Object>> rows =
                asked.stream().map(table -> shapes(table, open, area, named)).toList();
        List<List<BitSet>> lead =
                asked.stream().map(table -> changing(table, open)).toList();
        var bodies = new ArrayList<Body>();
        bodies.add(open.lead());
        bodies.addAll(open.assisting());
        List<Body> duties =
                duties(open.matter()).stream().map(body -> body.in(area)).toList();
        int seen = seen(bodies, duties, named);
        bodies.subList(seen, bodies.size()).clear();
        bodies.addAll(duties);
        bodies.addAll(named);
        List<Object> kinds = bodies.stream()
                .<Object>map(body -> conditional.stream().anyMatch(each -> body.isOneWith(each.in(area)))
                        ? body
                        : asked(body.kind()))
                .toList();
        var relations = new ArrayList<Integer>();
        for (Body one : bodies) {
            for (Body other : bodies) {
                relations.add(one.equals(other) ? 2 : one.isOneWith(other) ? 1 : 0);
            }
        }
        return new Kind(lead, rows, kinds, seen, relations);
    }

    /**
     * The rows of a table that have a part in where a matter goes: all of them, but where each row counts by itself only those
     * that call for more than pressing a body. The fold leaves what settles whose the matter is as it is, whatever presses beside it.
     */
    private static BitSet settling(Table<? extends Row> table) {
        var settling = new BitSet();
        for (int number = 0; number < table.rows().size(); number++) {
            settling.set(
                    number,
                    table.hitPolicy() != HitPolicy.ALL || !presses(table.rows().get(number)));
        }
        return settling;
    }

    /** Whether a row calls for nothing that settles whose the matter is; a ruling that is late may be settled in more ways. */
    private static boolean presses(Row row) {
        return row instanceof ActionTrigger trigger
                && !(row instanceof RulingLimitRow)
                && !(row instanceof ConferenceRow)
                && trigger.step().action().reach() == null;
    }

    /** The rows of a table that have a part in where a matter goes, of those whose condition in a column holds. */
    private BitSet holding(Table<? extends Row> table, Table.ConditionColumn column, @Nullable Object value) {
        BitSet rows = BitSet.valueOf(column.index().bits(value));
        rows.and(settling.get(table));
        return rows;
    }

    /** What the tables can tell of a kind of body: by column that asks for one, the rows whose condition holds. */
    private List<BitSet> asked(BodyKind kind) {
        return asked.stream()
                .flatMap(table -> table.columns().stream()
                        .filter(column -> column.attribute().type() == BodyKind.class)
                        .map(column -> holding(table, column, kind)))
                .toList();
    }

    /** The numbers of the rows of a table that can come to cover a case while it is returned. */
    static BitSet mayHold(Table<? extends Row> table, OpenCase open) {
        return table.holding(open, ReturnKinds::isFixed);
    }

    /** Whether what a column asks about stays as it is while a matter is returned. */
    private static boolean isFixed(Table.ConditionColumn column) {
        String name = column.attribute().chinese();
        return Attribute.of(Matter.class).containsKey(name) || name.equals(CONFERENCE);
    }

    /** The rows of a table that can come to cover a case. */
    private List<Object> shapes(Table<? extends Row> table, OpenCase open, Area area, List<Body> named) {
        var shapes = new ArrayList<Object>();
        BitSet rows = table.holding(open, ReturnKinds::isFixed);
        rows.and(settling.get(table));
        boolean goesOn = true;
        for (int number = rows.nextSetBit(0); number >= 0 && goesOn; number = rows.nextSetBit(number + 1)) {
            Row row = table.rows().get(number);
            var conditions = new ArrayList<Condition>();
            for (Table.ConditionColumn column : table.columns()) {
                if (!isFixed(column)) {
                    conditions.add(column.conditions().get(number));
                }
            }
            Condition days = table.inForce(number);
            // Where the first row counts, none below one that always covers the case ever does.
            goesOn = table.hitPolicy() != HitPolicy.FIRST
                    || days != Condition.ANY
                    || conditions.stream().anyMatch(condition -> condition != Condition.ANY);
            if (row instanceof ReturnRow returned) {
                var ruling = new Ruling(
                        returned.within(),
                        returned.share(),
                        returned.ruling(),
                        returned.byCatalogue(),
                        returned.assistingFirst());
                List<Integer> places = returned.bodies().stream()
                        .map(body -> place(body.in(area), named))
                        .toList();
                shapes.add(new Shape(ruling, places, conditions, days));
            } else if (row instanceof ConferenceRow conference) {
                shapes.add(new Shape(
                        ConferenceRow.class, List.of(place(conference.conference(), named)), conditions, days));
            } else {
                shapes.add(new Shape(row, List.of(), conditions, days));
            }
        }
        return shapes;
    }

    private static int place(Body body, List<Body> among) {
        int place = among.indexOf(body);
        if (place < 0) {
            among.add(body);
            return among.size() - 1;
        }
        return place;
    }

    /** By column that asks about what may change, the rows whose condition holds as the case stands. */
    private List<BitSet> changing(Table<? extends Row> table, OpenCase open) {
        return table.columns().stream()
                .filter(column -> !isFixed(column))
                .map(column -> holding(table, column, column.attribute().of().apply(open)))
                .toList();
    }

    /**
     * How many of the bodies that have or assist in a case can be asked to take it: no more than may have it in turn, and one
     * more, unless some body is one with several of them and keeps all of these from getting it.
     */
    private int seen(List<Body> bodies, List<Body> duties, List<Body> named) {
        var blocking = new ArrayList<>(bodies);
        blocking.addAll(duties);
        blocking.addAll(named);
        boolean apart = blocking.stream()
                .allMatch(each -> bodies.stream().filter(each::isOneWith).count() <= 1);
        return apart ? (int) Math.min(bodies.size(), 1L + most) : bodies.size();
    }

    /** Whom the duty catalogue may name for a matter, on whatever day; nobody when no return asks it. */
    private List<Body> duties(Matter matter) {
        Table<DutyRow> duty = catalogue;
        return duty == null
                ? List.of()
                : duty.holding(matter, column -> true).stream()
                        .mapToObj(row -> duty.rows().get(row).lead())
                        .filter(Objects::nonNull)
                        .toList();
    }
}
