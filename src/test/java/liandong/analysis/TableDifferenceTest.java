package liandong.analysis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import liandong.Seeds;
import liandong.analysis.JointSpace.Axis;
import liandong.analysis.JointSpace.Pair;
import liandong.analysis.JointSpace.Part;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.routing.UrgencyRow;
import liandong.table.Attribute;
import liandong.table.HitPolicy;
import liandong.table.RandomTables;
import liandong.table.RandomTables.Asked;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableDifferenceTest {
    private static final List<HitPolicy> HIT_POLICIES = List.of(HitPolicy.values());
    private static final List<Vocabulary> WORDS = List.of(RandomTables.VOCABULARY, RandomTables.VOCABULARY);
    private static final int PAIRS = 300;
    private static final int FACTS = 300;
    private static final long PLENTY = 50_000_000;

    @Test
    void random_facts_lie_in_a_region_exactly_when_the_versions_treat_them_differently() {
        Random random = Seeds.random();
        int differing = 0;
        int alike = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            HitPolicy hitPolicy = HIT_POLICIES.get(pair % HIT_POLICIES.size());
            List<Table<UrgencyRow>> versions = RandomTables.versions(random, hitPolicy);
            var difference = difference(versions);
            for (int i = 0; i < FACTS && difference.isComplete(); i++) {
                Asked fact = RandomTables.asked(random);
                LocalDate on = RandomTables.someDay(random);
                if (hitPolicy == HitPolicy.ALL
                        && fact.text() != null
                        && fact.text().contains("。")) {
                    continue; // of such a table, texts of one word stand for those of several
                }
                boolean differs = !counting(versions.get(0), fact, on).equals(counting(versions.get(1), fact, on));
                boolean inRegion = difference.regions().stream()
                        .anyMatch(region -> lies(fact, on, region.box(), difference, versions));
                assertThat(inRegion)
                        .as(
                                "pair %s: %s on %s, %s",
                                pair, fact, on, versions.get(0).hitPolicy())
                        .isEqualTo(differs);
                differing += differs ? 1 : 0;
                alike += differs ? 0 : 1;
            }
        }
        assertThat(differing).isGreaterThan(5_000);
        assertThat(alike).isGreaterThan(5_000);
    }

    @Test
    void each_part_of_each_region_is_treated_differently() {
        Random random = Seeds.random();
        int regions = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            List<Table<UrgencyRow>> versions =
                    RandomTables.versions(random, HIT_POLICIES.get(pair % HIT_POLICIES.size()));
            var difference = difference(versions);
            for (TableDifference.Region region : difference.regions()) {
                int[] example = Boxes.example(region.box());
                Map<String, Object> values = values(difference, example);
                LocalDate on =
                        (LocalDate) requireNonNull(last(difference, example).get(""));
                assertThat(counting(versions.get(0), values, on)).isNotEqualTo(counting(versions.get(1), values, on));
                regions++;
            }
        }
        assertThat(regions).isGreaterThan(1_000);
    }

    @Test
    void a_table_is_no_different_from_itself() {
        Random random = Seeds.random();
        for (int i = 0; i < PAIRS; i++) {
            Table<UrgencyRow> table = RandomTables.table(random, HIT_POLICIES.get(i % HIT_POLICIES.size()));
            var difference = TableDifference.of(new Pair(table, table), WORDS, RandomTables.firstDay(), PLENTY);
            assertThat(difference.regions()).isEmpty();
            assertThat(difference.classes()).isZero();
        }
    }

    @Test
    void a_comparison_without_an_allowance_says_that_it_is_not_complete() {
        Random random = Seeds.random();
        List<Table<UrgencyRow>> versions;
        do {
            versions = RandomTables.versions(random, HitPolicy.FIRST);
        } while (difference(versions).regions().isEmpty());

        var difference =
                TableDifference.of(new Pair(versions.get(0), versions.get(1)), WORDS, RandomTables.firstDay(), 0);

        assertThat(difference.isComplete()).isFalse();
        assertThat(difference.regions()).isEmpty();
    }

    private static TableDifference difference(List<Table<UrgencyRow>> versions) {
        return TableDifference.of(new Pair(versions.get(0), versions.get(1)), WORDS, RandomTables.firstDay(), PLENTY);
    }

    /** What a table concludes of a fact, the order left out; several rows where one may are a clash. */
    private static Object counting(Table<UrgencyRow> table, Asked fact, LocalDate on) {
        return concluded(table, table.match(fact, on));
    }

    private static Object counting(Table<UrgencyRow> table, Map<String, Object> values, LocalDate on) {
        List<UrgencyRow> covering = table.covering(values, on);
        boolean first = table.hitPolicy() == HitPolicy.FIRST && covering.size() > 1;
        return concluded(table, first ? covering.subList(0, 1) : covering);
    }

    private static Object concluded(Table<UrgencyRow> table, Collection<UrgencyRow> rows) {
        return table.hitPolicy() == HitPolicy.UNIQUE && rows.size() > 1
                ? "clash"
                : rows.stream().map(row -> row.urgency().code()).sorted().toList();
    }

    private static Map<String, Object> last(TableDifference difference, int[] parts) {
        List<Axis> axes = difference.space().axes();
        return requireNonNull(
                axes.get(axes.size() - 1).parts().get(parts[parts.length - 1]).before());
    }

    private static Map<String, Object> values(TableDifference difference, int[] parts) {
        var values = new HashMap<String, Object>();
        List<Axis> axes = difference.space().axes();
        for (int axis = 0; axis < axes.size() - 1; axis++) {
            values.putAll(requireNonNull(axes.get(axis).parts().get(parts[axis]).before()));
        }
        return values;
    }

    /** Whether a fact lies in a box, found out without the runs of any row. */
    private static boolean lies(
            Asked fact, LocalDate on, int[][] box, TableDifference difference, List<Table<UrgencyRow>> versions) {
        List<Axis> axes = difference.space().axes();
        for (int i = 0; i < axes.size(); i++) {
            Axis axis = axes.get(i);
            Object value = axis.isDays()
                    ? on
                    : requireNonNull(Attribute.of(Asked.class).get(axis.name()))
                            .of()
                            .apply(fact);
            int part = IntStream.range(0, axis.parts().size())
                    .filter(each -> isAlike(value, axis, axis.parts().get(each), versions))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(axis.name() + " has no part for " + value));
            boolean inside = false;
            for (int run = 0; run < box[i].length; run += 2) {
                inside |= part >= box[i][run] && part <= box[i][run + 1];
            }
            if (!inside) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlike(@Nullable Object value, Axis axis, Part part, List<Table<UrgencyRow>> versions) {
        Object example = requireNonNull(part.before()).get(axis.isDays() ? "" : axis.name());
        if (axis.isText()) {
            return versions.stream()
                    .allMatch(table -> table.columns().stream()
                            .filter(column -> column.attribute().isText())
                            .allMatch(column -> column.index()
                                    .rows(value)
                                    .equals(column.index().rows(example))));
        }
        if (value == null || example == null) {
            return value == example;
        }
        if (value instanceof Term || value instanceof Boolean) {
            return value.equals(example);
        }
        BigDecimal number = Attribute.number(value);
        return (part.from() == null
                        || number.compareTo(part.from().at()) > 0
                        || (part.from().included()
                                && number.compareTo(part.from().at()) == 0))
                && (part.to() == null
                        || number.compareTo(part.to().at()) < 0
                        || (part.to().included() && number.compareTo(part.to().at()) == 0));
    }

    @Test
    void what_is_kept_of_two_sequences_is_their_longest_common_part() {
        assertThat(RowContent.changed(List.of("a", "b", "c", "d"), List.of("a", "c", "b", "d")))
                .isDeepEqualTo(new boolean[][] {{false, false, true, false}, {false, true, false, false}});
        assertThat(RowContent.changed(List.of("a", "b"), List.of("x", "a", "b")))
                .isDeepEqualTo(new boolean[][] {{false, false}, {true, false, false}});
        assertThat(RowContent.changed(List.of(), List.of("x"))).isDeepEqualTo(new boolean[][] {{}, {true}});
    }
}
