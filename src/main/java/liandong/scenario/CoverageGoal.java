package liandong.scenario;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import liandong.explain.Phrases;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.Bounds;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.table.Attribute;
import liandong.table.Condition;
import liandong.table.HitPolicy;
import liandong.table.Row;
import liandong.table.Table;
import liandong.table.TableQuery;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Something that questions have not shown of a row yet, how near a question comes to showing it, and what it would take.
 *
 * @param table the table
 * @param row the row's index
 * @param shows what is to be shown
 * @param column the index of the condition column it is about; -1 when it is about the row as a whole
 * @param edge the value it is about; null unless it is about an edge
 */
public record CoverageGoal(
        Table<? extends Row> table,
        int row,
        Shows shows,
        int column,
        @Nullable BigDecimal edge) {
    private static final int MOST_VALUES = 6;
    private static final double NOT_YET = 0.5; // a condition short counts more than any gap to its bound

    /**
     * What is to be shown, in one line.
     *
     * @param above ids of the rows that stand above and cover the same facts; may be empty
     */
    public String line(Phrases say, List<String> above) {
        return say.of(
                "suggest.line." + shows,
                table.sheet(),
                of().ref().id(),
                header(),
                text(),
                edge == null ? "" : edge.toPlainString(),
                above.isEmpty() ? "" : " ← " + say.list(above));
    }

    /** What can be shown of a row. */
    public enum Shows {
        /** A value at a bound, or right beside it, while all other conditions hold. */
        EDGE,
        /** The row decides. */
        DECIDES,
        /** A condition alone keeps the row from covering a fact. */
        DECIDING,
        /** A condition holds. */
        HOLDS,
        /** A condition fails. */
        FAILS
    }

    /**
     * What a condition column would have to be given.
     *
     * @param attribute what the column asks about
     * @param values values that would do, the likeliest first; of a text, words to add, or nothing when it must be without
     *     them; a null stands for nothing known
     */
    public record Want(Attribute attribute, List<@Nullable Object> values) {}

    /** The row's reference. */
    public Row of() {
        return table.rows().get(row);
    }

    /** The header of the condition column it is about; empty when it is about the row as a whole. */
    public String header() {
        return column < 0
                ? ""
                : Attribute.chinese(table.columns().get(column).attribute().header());
    }

    /** The cell it is about; empty when it is about the row as a whole. */
    public String text() {
        return column < 0 ? "" : table.columns().get(column).texts().get(row);
    }

    private enum Need {
        HOLD,
        FAIL,
        EDGE,
        FREE
    }

    private Need need(int of) {
        return switch (shows) {
            case DECIDES -> Need.HOLD;
            case EDGE -> of == column ? Need.EDGE : Need.HOLD;
            case DECIDING -> of == column ? Need.FAIL : Need.HOLD;
            case HOLDS -> of == column ? Need.HOLD : Need.FREE;
            case FAILS -> of == column ? Need.FAIL : Need.FREE;
        };
    }

    /**
     * How far a question is from showing it.
     *
     * @return 0 when it shows it, or, of a row that is to decide, when nothing in this table stands against it
     */
    public double distance(TableQuery asked) {
        Object fact = asked.fact();
        RoaringBitmap[] satisfied = asked.satisfied();
        double distance = 0;
        for (int i = 0; i < table.columns().size(); i++) {
            boolean holds = satisfied[i].contains(row);
            distance += switch (need(i)) {
                case HOLD -> holds ? 0 : 1 + gap(i, fact, null);
                case FAIL -> holds ? 1 : 0;
                case EDGE -> gap(i, fact, edge) == 0 ? 0 : 1 + gap(i, fact, edge);
                case FREE -> 0;
            };
        }
        if (satisfied.length > table.columns().size()
                && !satisfied[table.columns().size()].contains(row)) {
            distance += 1;
        }
        if (distance == 0 && shows == Shows.DECIDES && table.hitPolicy() == HitPolicy.FIRST) {
            distance = Math.min(above(satisfied).size(), 100) / 200.0;
        }
        return distance;
    }

    /** How far a number is from the bounds, or from a value, between 0 and a half. */
    private double gap(int of, Object fact, @Nullable BigDecimal from) {
        Table.ConditionColumn at = table.columns().get(of);
        Object value = at.attribute().of().apply(fact);
        if (!at.attribute().isNumber() || value == null) {
            return at.attribute().isNumber() ? NOT_YET : 0;
        }
        BigDecimal number = Attribute.number(value);
        double far = from != null
                ? number.subtract(from).abs().doubleValue()
                : at.conditions().get(row).fold(() -> 0.0, one -> 0.0, none -> 0.0, within -> beyond(number, within));
        return NOT_YET * far / (1 + far);
    }

    private static double beyond(BigDecimal number, Condition.Within within) {
        return within.ranges().stream()
                .mapToDouble(range -> beyond(number, range))
                .min()
                .orElseThrow();
    }

    private static double beyond(BigDecimal number, Condition.Range range) {
        if (range.from() != null && number.compareTo(range.from()) < 0) {
            return range.from().subtract(number).doubleValue();
        }
        return range.to() != null && number.compareTo(range.to()) > 0
                ? number.subtract(range.to()).doubleValue()
                : 0;
    }

    /** What a condition names of which one must be; empty when it names no such thing. */
    private static List<Object> named(Condition condition) {
        return condition.<List<Object>>fold(List::of, Condition.OneOf::values, none -> List.of(), within -> List.of());
    }

    /** The rows above that cover the fact, too. */
    private List<Integer> above(RoaringBitmap[] satisfied) {
        RoaringBitmap covering = RoaringBitmap.bitmapOfRange(0, row);
        for (RoaringBitmap each : satisfied) {
            covering.and(each);
        }
        var above = new ArrayList<Integer>();
        covering.forEach((int each) -> above.add(each));
        return above;
    }

    /** Ids of the rows above that cover a fact, too, where only the first counts. */
    public List<String> coveredBy(TableQuery asked) {
        return table.hitPolicy() == HitPolicy.FIRST
                ? above(asked.satisfied()).stream()
                        .map(each -> table.rows().get(each).ref().id())
                        .toList()
                : List.of();
    }

    /** What a question lacks: of each column that stands against it, what it would have to be given. */
    public List<Want> wants(TableQuery asked, Vocabulary vocabulary) {
        Object fact = asked.fact();
        RoaringBitmap[] satisfied = asked.satisfied();
        var wants = new ArrayList<Want>();
        for (int i = 0; i < table.columns().size(); i++) {
            boolean holds = satisfied[i].contains(row);
            Need need = need(i);
            boolean lacks = switch (need) {
                case HOLD -> !holds;
                case FAIL -> holds;
                case EDGE -> gap(i, fact, edge) != 0;
                case FREE -> false;
            };
            if (lacks) {
                wants.add(want(i, need, -1, fact, vocabulary));
            }
        }
        if (wants.isEmpty() && shows == Shows.DECIDES && table.hitPolicy() == HitPolicy.FIRST) {
            for (int blocker : above(satisfied)) {
                for (int i = 0; i < table.columns().size(); i++) {
                    if (!table.columns().get(i).texts().get(blocker).isEmpty()) {
                        wants.add(want(i, Need.HOLD, blocker, fact, vocabulary));
                    }
                }
            }
        }
        return wants.stream().filter(want -> !want.values().isEmpty()).toList();
    }

    /** @param blocker a row that must fail; -1 for none */
    private Want want(int of, Need need, int blocker, Object fact, Vocabulary vocabulary) {
        Table.ConditionColumn at = table.columns().get(of);
        Attribute attribute = at.attribute();
        if (attribute.isText()) {
            List<Object> words =
                    need == Need.HOLD && blocker < 0 ? named(at.conditions().get(row)) : List.of();
            return new Want(attribute, words.isEmpty() ? List.of("") : List.copyOf(words));
        }
        if (need == Need.EDGE && edge != null) {
            return new Want(attribute, List.of(of(attribute, edge)));
        }
        var values = new ArrayList<@Nullable Object>();
        for (Object value : candidates(at, blocker, fact, vocabulary)) {
            RoaringBitmap rows = at.index().rows(value);
            boolean fits = rows.contains(row) == (need == Need.HOLD) && (blocker < 0 || !rows.contains(blocker));
            if (fits && values.size() < MOST_VALUES) {
                values.add(value);
            }
        }
        RoaringBitmap unknown = at.index().rows(null);
        if (attribute.optional()
                && unknown.contains(row) == (need == Need.HOLD)
                && (blocker < 0 || !unknown.contains(blocker))) {
            values.add(null);
        }
        return new Want(attribute, values);
    }

    private Set<Object> candidates(Table.ConditionColumn at, int blocker, Object fact, Vocabulary vocabulary) {
        var candidates = new LinkedHashSet<Object>();
        Attribute attribute = at.attribute();
        var conditions = new ArrayList<Condition>();
        conditions.add(at.conditions().get(row));
        if (blocker >= 0) {
            conditions.add(at.conditions().get(blocker));
        }
        if (attribute.isNumber()) {
            Object now = attribute.of().apply(fact);
            BigDecimal current = now == null ? BigDecimal.ZERO : Attribute.number(now);
            var numbers = new TreeSet<BigDecimal>(Comparator.<BigDecimal, BigDecimal>comparing(
                            number -> number.subtract(current).abs())
                    .thenComparing(Comparator.naturalOrder()));
            conditions.forEach(condition -> numbers.addAll(edges(attribute, condition)));
            numbers.forEach(number -> candidates.add(of(attribute, number)));
        } else if (attribute.isBoolean()) {
            candidates.addAll(List.of(true, false));
        } else if (Term.class.isAssignableFrom(attribute.type())) {
            candidates.addAll(named(at.conditions().get(row)));
            Class<? extends Term> set = attribute.type().asSubclass(Term.class);
            candidates.addAll(vocabulary.all(set));
            if (set == Body.class) {
                vocabulary.all(Area.class).stream()
                        .map(area -> vocabulary.territory(area.code()))
                        .filter(body -> body != null)
                        .forEach(candidates::add);
            }
        }
        return candidates;
    }

    private static Object of(Attribute attribute, BigDecimal number) {
        if (attribute.isDate()) {
            return LocalDate.ofEpochDay(number.longValueExact());
        }
        return attribute.isWhole() ? (Object) number.intValueExact() : number;
    }

    /** The values at the bounds of a condition and right beside them, as far as the attribute can have them. */
    static List<BigDecimal> edges(Attribute attribute, Condition condition) {
        return attribute.isNumber()
                ? condition.fold(List::of, one -> List.of(), none -> List.of(), within -> edges(attribute, within))
                : List.of();
    }

    private static List<BigDecimal> edges(Attribute attribute, Condition.Within within) {
        Bounds bounds = attribute.bounds();
        var edges = new TreeSet<BigDecimal>();
        within.bounds().forEach(bound -> {
            BigDecimal step = BigDecimal.ONE.movePointLeft(
                    attribute.isWhole()
                            ? 0
                            : Math.max(0, bound.stripTrailingZeros().scale()));
            edges.add(bound.subtract(step));
            edges.add(bound);
            edges.add(bound.add(step));
        });
        edges.removeIf(edge -> (attribute.isWhole() && edge.stripTrailingZeros().scale() > 0)
                || (bounds == null
                        ? attribute.isWhole() && !attribute.isDate() && edge.signum() < 0
                        : edge.compareTo(BigDecimal.valueOf(bounds.min())) < 0
                                || edge.compareTo(BigDecimal.valueOf(bounds.max())) > 0));
        return List.copyOf(edges);
    }
}
